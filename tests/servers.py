"""The real services that tests run against: PostgreSQL, Valkey, a Celery worker, Chromium."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection

from launcher.embedded import FAST, Runtime
from launcher.processes import Child
from launcher.supervisor import Supervisor, python
from launcher.system import WORKER, worker_answers
from publicity.celery import app as celery_app

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
BROWSER_FLAGS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


class TestServices:
    """PostgreSQL and Valkey of one test run, with a `var/` of their own; nothing of them is kept."""

    __test__ = False

    def __init__(self) -> None:
        self.var = Path(tempfile.mkdtemp(prefix="publicity-test-"))
        self.runtime = Runtime.create(self.var / "postgres")
        self.supervisor = Supervisor()

    def start(self) -> None:
        """Start them and put their addresses into this process's environment, before Django reads it.

        Of several test processes each has its own queue: a worker must not be rung for another's database.
        """
        if "PYTEST_XDIST_WORKER" in os.environ:
            os.environ.pop("REDIS_URL", None)  # of the process that shares the tests out
        os.environ.update(PUBLICITY_ENV="test", PUBLICITY_VAR=str(self.var))
        os.environ.update(
            self.supervisor.start_servers(
                self.runtime, data=self.var / "postgres", logs=self.var, settings=FAST
            )
        )

    def stop(self) -> None:
        self.supervisor.stop()
        self.runtime.remove()
        shutil.rmtree(self.var, ignore_errors=True)


def start_worker() -> Child:
    """Start a real worker on the *test* database, its queue empty; returns when it answers.

    Its log is `worker.log` in the run's `PUBLICITY_VAR`. The caller stops it.
    """
    celery_app.control.purge()
    database = urlsplit(os.environ["DATABASE_URL"])._replace(path="/" + connection.settings_dict["NAME"])
    environment = os.environ | {
        "DATABASE_URL": database.geturl(),
        "MEDIA_ROOT": str(settings.MEDIA_ROOT),
        "PYTHONUNBUFFERED": "1",
    }
    log = Path(os.environ["PUBLICITY_VAR"]) / "worker.log"
    worker = Child.start("worker", python(*WORKER), log=log, env=environment)
    supervisor = Supervisor()
    supervisor.add(worker)
    try:
        queue = os.environ["REDIS_URL"]
        supervisor.wait_until(lambda: worker_answers(queue), worker, seconds=60)
    except BaseException:
        worker.stop()
        raise
    return worker


def eventually(condition: Callable[[], bool], *, seconds: float = 30) -> None:
    """Wait until another process has made `condition` true. Raises AssertionError after `seconds`."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"still not so after {seconds} seconds"
        time.sleep(0.1)


def browser_path() -> str | None:
    """The system's Chromium, None when there is none."""
    return next(filter(None, map(shutil.which, BROWSERS)), None)


def browser_flags() -> list[str]:
    """Quiet on the network; without the sandbox as root, where Chromium cannot have one."""
    return [*BROWSER_FLAGS, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
