"""A row that somebody else holds: told on a page that keeps what was typed, and sends it again."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import User
from reviews.enums import Action
from submissions.models import Item
from tests.browser.test_whole_life import fits
from tests.conftest import Cast, City, filed
from tests.kit.test_faults import held

COMMENT = "第二段的数字请核实。\n第三段写明出处。"


@pytest.fixture
def complaints() -> set[str]:
    return {"503"}


@pytest.mark.parametrize("width", [pytest.param(1366, id="desk"), pytest.param(390, id="phone")])
def test_what_was_typed_is_sent_again_from_the_page_that_tells_of_it(
    office: tuple[City, Cast], sign_in: Callable[[User, int], Page], width: int
) -> None:
    _city, cast = office
    item = filed(cast.author, timezone.now())
    page = sign_in(cast.section_head, width)
    page.goto("/".join(page.url.split("/", 3)[:3]) + reverse("reviews:item-decide", args=[item.pk]))
    page.get_by_role("link", name="退回修改").click()
    page.get_by_label("审核意见").fill(COMMENT)
    with held(Item.objects.filter(pk=item.pk)):
        page.get_by_role("button", name="退回", exact=True).click()
        expect(page.get_by_text("请过几秒再试")).to_be_visible(timeout=20000)
    assert page.locator("textarea").input_value() == COMMENT
    fits(page)
    if folder := os.environ.get("LOOKS"):
        page.screenshot(path=Path(folder) / f"trouble-{width}.png", full_page=True)
    page.get_by_role("button", name="重试").click()
    expect(page.get_by_text("请过几秒再试")).to_have_count(0)
    assert item.decisions.get(action=Action.RETURN).comment == COMMENT.replace("\n", "\r\n")


def test_a_form_sent_by_htmx_stays_as_it_is(
    office: tuple[City, Cast], sign_in: Callable[[User, int], Page]
) -> None:
    _city, cast = office
    page = sign_in(cast.admin, 1366)
    start = reverse("adoptions:import-start")
    page.goto("/".join(page.url.split("/", 3)[:3]) + start)
    ledger = {"name": "台账.csv", "mimeType": "text/csv", "buffer": "标题\n".encode()}
    page.locator("input[type=file]").set_input_files(ledger)  # type: ignore[arg-type]
    page.route(f"**{start}", lambda route: route.fulfill(status=503, body="later"))
    page.get_by_role("button", name="核对文件").click()
    expect(page.get_by_text("您填写的内容还在这里")).to_be_visible()
    assert page.locator("input[type=file]").evaluate("(field) => field.files.length") == 1
    expect(page.get_by_role("button", name="核对文件")).to_be_enabled()
