"""A server for browsers that leaves static files to WhiteNoise, as production does; an office, and its people
with a browser of their own."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from adoptions.models import Outlet
from scoring.services.versions import create_default_scheme
from tests.conftest import LONG_AGO, PASSWORD, Cast, City, make_cast, make_city
from tests.servers import eventually

# Playwright waits 5 seconds unless told; a machine that runs tests on every core may need longer.
expect.set_options(timeout=20_000)


@pytest.fixture(scope="session")
def live_server(static_files: None, django_db_setup: None) -> Iterator[LiveServer]:
    """In place of pytest-django's, which looks for unhashed names and lets browsers keep none of them."""
    server = LiveServer("localhost", start=False)
    vars(server.thread)["static_handler"] = lambda handler: handler
    server.start()
    yield server
    server.stop()


@pytest.fixture
def office(transactional_db: None, clean_files: None) -> tuple[City, Cast]:
    city = make_city()
    create_default_scheme(office=city.office, effective_from=LONG_AGO, now=timezone.now())
    Outlet.objects.create(
        office=city.office,
        name="示例中央日报",
        level="central",
        carrier="newspaper",
        active_from=LONG_AGO,
    )
    return city, make_cast(city)


@pytest.fixture
def complaints() -> set[str]:
    """What the browser may complain of: 422, the honest answer to an incomplete form; a test adds its own."""
    return {"422"}


@pytest.fixture
def sign_in(
    browser: Browser, live_server: Any, complaints: set[str]
) -> Iterator[Callable[[User, int], Page]]:
    """A browser of one's own for each person; no page may ask another host or break its own policy."""
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def asked(request: Request) -> None:
        if not request.url.startswith(("data:", "blob:", live_server.url)):
            faults.append(request.url)

    def said(message: ConsoleMessage) -> None:
        if message.type == "error" and not any(known in message.text for known in complaints):
            faults.append(message.text)

    def enter(person: User, width: int) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 800}, locale="zh-CN", accept_downloads=True
        )
        contexts.append(context)
        context.on("request", asked)
        page = context.new_page()
        page.on("console", said)
        page.goto(f"{live_server.url}/accounts/login/")
        page.get_by_label("账号").fill(person.username)
        page.get_by_label("密码").fill(PASSWORD)
        page.get_by_role("button", name="登录").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text(person.display_name)
        return page

    yield enter
    for context in contexts:
        context.close()
    wait_for_the_server()
    assert faults == []


def wait_for_the_server() -> None:
    """Until it answers nobody any more, closed browsers included: what it asks of the database would meet the
    emptying of its tables after the test."""
    eventually(lambda: not any("process_request" in thread.name for thread in threading.enumerate()))
