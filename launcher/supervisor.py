"""The children of one launcher: started in order, watched together, stopped in reverse order."""

import os
import signal
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from types import FrameType

from launcher.embedded import Runtime, postgres_answers, start_postgres, start_valkey, valkey_answers
from launcher.processes import Child, Interrupted, LaunchError, failure

PULSE = 0.1  # seconds between two looks at the children


class Supervisor:
    """Holds the children. `changed` is told of every new list of them, so that a crash can be healed."""

    def __init__(self, changed: Callable[[list[Child]], None] = lambda children: None) -> None:
        self.children: list[Child] = []
        self.servers = 0  # so many of the children, the first ones, are servers that the others use
        self.interrupted = False
        self._changed = changed

    def listen_for_signals(self) -> None:
        """From now on Ctrl-C, SIGTERM and a closed terminal end the next wait with `Interrupted`."""

        def note(signum: int, frame: FrameType | None) -> None:
            self.interrupted = True

        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, note)

    def add(self, child: Child) -> Child:
        """Take charge of a child that has been started."""
        self.children.append(child)
        self._changed(self.children)
        return child

    def start_servers(
        self, runtime: Runtime, *, data: Path, logs: Path, settings: dict[str, str] | None = None
    ) -> dict[str, str]:
        """Start the servers whose address the environment does not name already; wait until they answer.

        Returns DATABASE_URL and REDIS_URL.
        """
        waiting: list[tuple[Child, Callable[[Runtime], bool]]] = []
        if not os.environ.get("REDIS_URL"):
            waiting.append((self.add(start_valkey(runtime, logs / "valkey.log")), valkey_answers))
        if not os.environ.get("DATABASE_URL"):
            child = start_postgres(runtime, data, logs / "postgres.log", settings)
            waiting.append((self.add(child), postgres_answers))
        self.servers = len(self.children)
        for child, answers in waiting:
            self.wait_until(partial(answers, runtime), child, seconds=300)
        self._changed(self.children)  # Valkey has put its socket into its command line by now
        return {
            "DATABASE_URL": os.environ.get("DATABASE_URL") or runtime.database_url,
            "REDIS_URL": os.environ.get("REDIS_URL") or runtime.redis_url,
        }

    def perform(
        self,
        name: str,
        argv: Sequence[str],
        *,
        log: Path,
        env: Mapping[str, str],
        output: Path | None = None,
    ) -> None:
        """Run a command to its end, like `Child.start`. Raises LaunchError when it fails."""
        child = self.add(Child.start(name, argv, log=log, output=output, env=env))
        try:
            while child.exit_code is None:
                self.pause()
        finally:
            child.stop()
            self.children.remove(child)
        if child.exit_code != 0:
            raise failure(child, f"{name} 失败")

    def wait_until(self, answers: Callable[[], bool], child: Child, *, seconds: float) -> None:
        """Wait until `child` answers. Raises LaunchError when it, or any other child, ends before."""
        deadline = time.monotonic() + seconds
        while not answers():
            self.check()
            if time.monotonic() > deadline:
                what = f"{child.name} 在 {seconds:.0f} 秒内没有就绪"
                raise LaunchError(f"{what}。日志 {child.log} 的末尾：\n{child.tail()}")
            self.pause()

    def check(self) -> None:
        """Raise LaunchError when a child has ended."""
        for child in self.children:
            if child.exit_code is not None:
                raise failure(child, f"{child.name} 意外停止")

    def watch(self) -> None:
        """Wait for the end: Interrupted when asked to stop, LaunchError when a child has ended."""
        while True:
            self.check()
            self.pause()

    def pause(self) -> None:
        """Let a little time pass."""
        time.sleep(PULSE)
        if self.interrupted:
            raise Interrupted

    def stop(self) -> None:
        """Stop all children: first, at the same time, those that use the servers, then the servers."""
        for child in self.children[self.servers :]:
            child.ask_to_stop()
        while self.children:
            self.children[-1].stop()
            self.children.pop()


def python(*arguments: str) -> list[str]:
    """A command of this very Python environment."""
    return [sys.executable, *arguments]
