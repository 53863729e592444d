"""`./run`: everything on one machine, from nothing to a page that answers."""

import errno
import http.client
import os
import socket
from pathlib import Path

from celery import Celery
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from launcher.embedded import Runtime
from launcher.installation import SOURCE_DIR, Installation
from launcher.processes import Child, Interrupted, LaunchError
from launcher.supervisor import Supervisor, python

WEB = (
    *("-m", "gunicorn", "publicity.wsgi", "--workers", "2", "--threads", "4"),
    *("--timeout", "120", "--no-control-socket"),
)
WORKER = (
    *("-m", "celery", "-A", "publicity", "worker", "--loglevel", "INFO", "--concurrency", "2"),
    *("--without-gossip", "--without-mingle"),
)
BEAT = ("-m", "celery", "-A", "publicity", "beat", "--loglevel", "INFO")
SECONDS_TO_ANSWER = 180  # an old PC that is busy besides


def run() -> int:
    """Start the system and stay until Ctrl-C. Raises LaunchError when it cannot start or go on."""
    host, port = os.environ.get("HOST") or "127.0.0.1", port_number(os.environ.get("PORT") or "8000")
    installation = Installation()
    if not installation.acquire("run"):
        raise LaunchError(in_use(installation))
    supervisor = Supervisor(changed=installation.save)
    supervisor.listen_for_signals()
    runtime = None
    try:
        check_port(host, port)
        runtime = Runtime.create(installation.cluster)
        installation.record.runtime = str(runtime.folder)
        installation.record.address = address(host, port)
        say("启动数据库和队列…")
        servers = supervisor.start_servers(runtime, data=installation.cluster, logs=installation.logs)
        installation.record.environment = servers
        environment = os.environ | servers | {"PUBLICITY_VAR": str(installation.var), "PYTHONUNBUFFERED": "1"}
        logins = prepare(supervisor, installation, environment)
        say("启动网站、后台任务和定时任务…")
        start_programs(supervisor, installation.logs, environment, host, port)
        say(f"\n系统已就绪：{installation.record.address}\n\n{logins}")
        say(f"按 Ctrl-C 停止。运行记录在 {installation.logs}。")
        supervisor.watch()
    except Interrupted:
        say("\n正在停止…")
    finally:
        supervisor.stop()
        if runtime:
            runtime.remove()
        installation.release()
    say("已停止，数据保存在 " + str(installation.var))
    return 0


def prepare(supervisor: Supervisor, installation: Installation, environment: dict[str, str]) -> str:
    """Bring the database and the static files up to date; on the first start make the demo city.

    Returns the demo logins, "" in production, which has neither demo data nor default accounts.
    """
    log = installation.logs / "setup.log"
    say("更新数据库结构和静态文件…")
    supervisor.perform("migrate", manage("migrate", "--noinput"), log=log, env=environment)
    supervisor.perform("collectstatic", manage("collectstatic", "--noinput"), log=log, env=environment)
    if environment.get("PUBLICITY_ENV", "local") == "production":
        return ""
    logins = installation.var / "demo-logins.txt"
    if not logins.exists():
        say("首次启动：生成演示数据…")
        draft = installation.var / "demo-logins.new"
        draft.touch(mode=0o600)
        command = manage("seed_demo", "--logins")
        supervisor.perform("seed_demo", command, log=log, output=draft, env=environment)
        draft.replace(logins)  # its being there says that the first start went well
    return logins.read_text(encoding="utf-8")


def start_programs(
    supervisor: Supervisor, logs: Path, environment: dict[str, str], host: str, port: int
) -> None:
    """Start web, worker and beat; return when the web answers and the worker has answered a ping."""

    def start(name: str, *arguments: str) -> Child:
        log = logs / f"{name}.log"
        return supervisor.add(Child.start(name, python(*arguments), log=log, env=environment, cwd=SOURCE_DIR))

    web = start("web", *WEB, "--bind", bind_argument(host, port))
    worker = start("worker", *WORKER)
    start("beat", *BEAT)
    supervisor.wait_until(lambda: page_answers(host, port), web, seconds=SECONDS_TO_ANSWER)
    queue = environment["REDIS_URL"]
    supervisor.wait_until(lambda: worker_answers(queue), worker, seconds=SECONDS_TO_ANSWER)
    supervisor.check()


def manage(*arguments: str) -> list[str]:
    """A command of manage.py."""
    return python(str(SOURCE_DIR / "manage.py"), *arguments)


def page_answers(host: str, port: int) -> bool:
    """Whether the web says that it and its database are well."""
    connection = http.client.HTTPConnection(local_host(host), port, timeout=5)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def worker_answers(queue: str) -> bool:
    """Whether a worker takes messages from this queue, the address of a Redis server."""
    broker = queue.replace("unix://", "redis+socket://", 1)
    try:
        with Celery(broker=broker, set_as_current=False) as asking:
            return bool(asking.control.ping(timeout=1, limit=1))
    except (OSError, OperationalError, RedisError):
        return False


def port_number(text: str) -> int:
    """PORT as a number."""
    if not (text.isascii() and text.isdigit()) or not 0 < int(text) < 65536:
        raise LaunchError(f"PORT={text} 不是端口号：请用 1 到 65535 的数字。")
    return int(text)


def check_port(host: str, port: int) -> None:
    """Say before anything is started that the address cannot be had. Raises LaunchError."""
    try:
        family, kind, protocol, _, where = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(where)
    except socket.gaierror as error:
        raise LaunchError(f"HOST={host} 不是本机的地址。") from error
    except PermissionError as error:
        raise LaunchError(f"当前账号不能使用端口 {port}：请用 1024 以上的，例如 PORT=8000 ./run") from error
    except OSError as error:
        reason = "已被占用" if error.errno == errno.EADDRINUSE else f"不能使用（{error.strerror}）"
        raise LaunchError(f"{host} 的端口 {port} {reason}：换一个端口，例如 PORT={port + 1} ./run") from error


def local_host(host: str) -> str:
    """Where this machine reaches a server that listens on `host`."""
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 (nothing is bound here)


def bind_argument(host: str, port: int) -> str:
    """`host:port`, an IPv6 address in brackets."""
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def address(host: str, port: int) -> str:
    """What to type into a browser."""
    return f"http://{bind_argument(local_host(host), port)}"


def in_use(installation: Installation) -> str:
    """Who holds the lock, in words."""
    record = installation.read()
    if record and record.purpose == "run":
        return f"系统已在运行（进程 {record.pid}）：{record.address}"
    holder = f"（进程 {record.pid}）" if record else ""
    return f"{installation.var} 正被 ./manage{holder} 使用，等它结束后再启动。"


def say(text: str) -> None:
    """Tell the person at the terminal, at once."""
    print(text, flush=True)
