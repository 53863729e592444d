"""Child processes with a name and a log file: start, watch, stop, and find again after a crash."""

import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

LOG_LIMIT = 5 * 1024 * 1024
TAIL_BYTES = 64 * 1024


class LaunchError(Exception):
    """The system cannot go on; the message says in Chinese what happened and what to do."""


class Interrupted(Exception):
    """Ctrl-C or SIGTERM arrived while something was being waited for."""


@dataclass(frozen=True)
class Account:
    """The system account that a child runs as, when the launcher itself is root."""

    uid: int
    gid: int


@dataclass
class Child:
    """One running child. It leads a process group of its own, so Ctrl-C reaches only the launcher."""

    name: str
    process: subprocess.Popen[bytes]
    argv: list[str]
    log: Path
    stop_signal: signal.Signals
    asked: bool = False  # a second signal would tell some programs to drop what they are doing

    @classmethod
    def start(
        cls,
        name: str,
        argv: Sequence[str],
        *,
        log: Path,
        output: Path | None = None,
        env: Mapping[str, str] | None = None,
        cwd: Path | None = None,
        account: Account | None = None,
        stop_signal: signal.Signals = signal.SIGTERM,
    ) -> "Child":
        """Start `argv`, what it says appended to `log`, or its standard output into `output` alone.

        With `account` it runs as that account, without any further groups.
        """
        rotate(log)
        with log.open("ab") as stderr, output.open("wb") if output else log.open("ab") as stdout:
            process = subprocess.Popen(
                argv,
                stdin=subprocess.DEVNULL,
                stdout=stdout,
                stderr=stderr,
                env=env,
                cwd=cwd,
                start_new_session=True,
                user=account.uid if account else None,
                group=account.gid if account else None,
                extra_groups=[] if account else None,
            )
        return cls(name, process, list(argv), log, stop_signal)

    @property
    def exit_code(self) -> int | None:
        """None while it runs; negative for the signal that ended it."""
        return self.process.poll()

    @property
    def command(self) -> str:
        """Its command line as the system has it; "" when it has ended.

        The system has none for a moment after the start, until the new program is in place.
        """
        while not (command := command_line(self.process.pid)) and self.exit_code is None:
            time.sleep(0.005)
        return command

    def tail(self, lines: int = 20) -> str:
        """The last lines of its log."""
        return tail(self.log, lines)

    def ask_to_stop(self) -> None:
        """Send it the signal on which it finishes what it is doing and ends."""
        if self.exit_code is None and not self.asked:
            self.asked = True
            self.process.send_signal(self.stop_signal)

    def stop(self, grace: float = 15) -> None:
        """Ask it to stop; after `grace` seconds end its whole group. Returns when it is gone."""
        self.ask_to_stop()
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(grace)
        # Whatever the child had started and left behind goes with it.
        kill_group(self.process.pid)
        self.process.wait()


def failure(child: Child, what: str) -> LaunchError:
    """The error for a child that ended although it was needed."""
    return LaunchError(f"{what}（退出码 {child.exit_code}）。日志 {child.log} 的末尾：\n{child.tail()}")


def rotate(log: Path) -> None:
    """Keep one older log beside a log that has grown large."""
    if log.exists() and log.stat().st_size > LOG_LIMIT:
        log.replace(log.with_suffix(".1.log"))


def tail(log: Path, lines: int) -> str:
    """The last `lines` lines of a file, however large it is."""
    with log.open("rb") as stream:
        stream.seek(max(0, log.stat().st_size - TAIL_BYTES))
        return "\n".join(stream.read().decode("utf-8", "replace").splitlines()[-lines:])


def kill_group(pid: int) -> None:
    """SIGKILL for the process group led by `pid`, if any of it is left."""
    with suppress(ProcessLookupError, PermissionError):  # macOS says "permission" for a group of zombies
        os.killpg(pid, signal.SIGKILL)


def command_line(pid: int) -> str:
    """The command a process runs, its arguments joined by blanks; "" when there is no such process."""
    entry = Path(f"/proc/{pid}/cmdline")
    if not Path("/proc/self/cmdline").exists():  # not Linux
        command = ["ps", "-o", "command=", "-p", str(pid)]
        return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()
    try:
        return entry.read_bytes().replace(b"\0", b" ").decode("utf-8", "replace").strip()
    except (FileNotFoundError, ProcessLookupError):
        return ""


def end_leftover(pid: int, command: str, stop_signal: int, grace: float = 15) -> bool:
    """Stop a child of a launcher that was killed; True when there was one.

    Process numbers are used again, so only a process with exactly this command line is touched.
    """
    if not command or command_line(pid) != command:
        return False
    os.kill(pid, stop_signal)
    deadline = time.monotonic() + grace
    while command_line(pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    kill_group(pid)
    return True
