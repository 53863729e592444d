"""Loaded by pytest before Django (see pyproject.toml): the real services, and no test left out in silence."""

from __future__ import annotations

import os
import signal
from collections.abc import Generator, Iterator

import pytest
from django.core.management import call_command
from playwright.sync_api import Browser, sync_playwright

from launcher.processes import Child
from tests.servers import TestServices, browser_flags, browser_path, start_worker


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Generator[None]:
    """Start PostgreSQL and Valkey before pytest-django reads the settings."""
    # Asked to end by a time limit, pytest finishes as after Ctrl-C, and nothing of these is left running.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    services = TestServices()
    early_config.add_cleanup(services.stop)
    services.start()
    return (yield)


#: What takes minutes, and what a module makes once for all its tests.
LONGEST = (
    "tests/browser/test_every_page.py",
    "tests/test_every_address.py",
    "tests/test_demo.py",
    "tests/test_launcher.py",
)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest first: what begins last is to be short, lest one process works while the others wait."""
    items.sort(key=lambda item: not item.nodeid.startswith(LONGEST))


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """A file in the name of a test would carry the second it was packed in, and processes that collect the
    tests in different seconds would not agree on their names."""
    return argname if isinstance(val, bytes) else None


@pytest.fixture(scope="session", autouse=True)
def static_files() -> None:
    """The hashed static files that every page names, as in production."""
    call_command("collectstatic", interactive=False, verbosity=0)


@pytest.fixture
def celery_worker_process(transactional_db: None) -> Iterator[Child]:
    """A real worker on the test database, for this test only."""
    worker = start_worker()
    yield worker
    worker.stop()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium, driven by Playwright."""
    path = browser_path()
    assert path, "no Chromium: apt-get install chromium fonts-noto-cjk"
    # Playwright's event loop runs in this thread; the ORM in the test body is synchronous all the same.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=browser_flags())
        yield browser
        browser.close()


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """A skipped test proves nothing: say so, and in CI fail."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    skipped = len(reporter.stats.get("skipped", [])) if reporter else 0
    if skipped and reporter:
        reporter.write_line("")
        reporter.write_sep("!", f"{skipped} skipped: a skipped test is a failed run", red=True, bold=True)
        if os.environ.get("CI"):
            session.exitstatus = pytest.ExitCode.TESTS_FAILED
