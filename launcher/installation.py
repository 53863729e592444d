"""The `var/` folder of an installation: who uses it now, and what that user has started.

Whoever starts servers on the folder holds `run.lock`; the kernel lets go of it when that process
ends, however it ends. Beside it stands `run.json`, the record: what is running, and the addresses
for everybody else. A record whose lock is free was left by a crash; its children are ended first.
"""

import fcntl
import json
import os
import shutil
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO

from launcher.embedded import RUNTIME_PREFIX
from launcher.processes import Child, LaunchError, end_leftover

SOURCE_DIR = Path(__file__).resolve().parent.parent


@dataclass
class Record:
    """What the holder of the lock has started."""

    pid: int = field(default_factory=os.getpid)
    purpose: str = ""  # "run" or "manage"
    address: str = ""
    runtime: str = ""  # the folder of the sockets
    environment: dict[str, str] = field(default_factory=dict)  # empty until the servers answer
    children: list[dict[str, str | int]] = field(default_factory=list)


class Installation:
    """The folder, its lock and its record."""

    def __init__(self, var: Path | None = None) -> None:
        self.var = (var or Path(os.environ.get("PUBLICITY_VAR") or SOURCE_DIR / "var")).absolute()
        self.logs = self.var / "log"
        self.cluster = self.var / "postgres"
        self.record = Record()
        try:
            self.var.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.logs.mkdir(exist_ok=True)
            self._lock_file = (self.var / "run.lock").open("ab")
            self._users_file = (self.var / "users.lock").open("ab")
        except PermissionError as error:
            raise LaunchError(
                f"当前账号不能写入 {self.var}（{error.filename}）。"
                "请用当初启动系统的账号，或设置 PUBLICITY_VAR 指向别的文件夹。"
            ) from error

    def acquire(self, purpose: str) -> bool:
        """Take the lock; False when somebody else has it. Ends what a crashed holder left behind."""
        if not _flock(self._lock_file, fcntl.LOCK_EX | fcntl.LOCK_NB):
            return False
        leftover = self.read()
        if leftover:
            for child in reversed(leftover.children):
                end_leftover(int(child["pid"]), str(child["command"]), int(child["stop_signal"]))
            if Path(leftover.runtime).name.startswith(RUNTIME_PREFIX):
                shutil.rmtree(leftover.runtime, ignore_errors=True)
        self.record = Record(purpose=purpose)
        return True

    def save(self, children: list[Child]) -> None:
        """Write the record, readable by this account only: it may name a database with its password."""
        self.record.children = [
            {
                "name": child.name,
                "pid": child.process.pid,
                "command": child.command,
                "stop_signal": int(child.stop_signal),
            }
            for child in children
        ]
        draft = self.var / "run.json.new"
        draft.touch(mode=0o600)
        draft.write_text(json.dumps(asdict(self.record), ensure_ascii=False, indent=1), encoding="utf-8")
        draft.replace(self.var / "run.json")

    def read(self) -> Record | None:
        """The record, or None when there is none (yet)."""
        try:
            return Record(**json.loads((self.var / "run.json").read_text(encoding="utf-8")))
        except (FileNotFoundError, ValueError, TypeError):
            return None

    def join(self) -> None:
        """Say that this process uses the servers of the lock's holder, until it ends."""
        _flock(self._users_file, fcntl.LOCK_SH)

    def wait_for_users(self) -> None:
        """Wait until nobody else uses the servers that this process is about to stop."""
        _flock(self._users_file, fcntl.LOCK_EX)

    def release(self) -> None:
        """Remove the record and let go of the lock."""
        (self.var / "run.json").unlink(missing_ok=True)
        fcntl.flock(self._lock_file, fcntl.LOCK_UN)


def _flock(file: IO[bytes], operation: int) -> bool:
    try:
        fcntl.flock(file, operation)
    except BlockingIOError:
        return False
    return True
