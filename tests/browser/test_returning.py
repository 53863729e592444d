"""An item comes back with points, is answered and filed again; another is sent back to an earlier level."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from accounts.models import User
from submissions.enums import Status
from submissions.models import Item
from tests.conftest import Cast, City
from tests.reviews.builders import item_at

Office = tuple[City, Cast]
SignIn = Callable[[User, int], Page]
WIDTHS = [pytest.param(1366, id="desk"), pytest.param(390, id="phone")]


def open_page(page: Page, path: str) -> None:
    """Another page of the same server."""
    page.goto("/".join(page.url.split("/", 3)[:3]) + path)


def fits(page: Page) -> None:
    """Nothing sticks out to the side."""
    wider = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    assert not page.evaluate(wider), page.url


def stand_apart(one: Locator, other: Locator) -> None:
    """The first stands before or above the second, and does not cover it."""
    first, second = one.bounding_box(), other.bounding_box()
    assert first
    assert second
    assert first["x"] + first["width"] <= second["x"] or first["y"] + first["height"] <= second["y"]


def ask_for(page: Page, item: Item, *points: tuple[str, str]) -> None:
    """Unfold the return on the decision page and write points down."""
    open_page(page, f"/review/items/{item.pk}/")
    expect(page.get_by_role("button", name="退回", exact=True)).to_be_hidden()
    page.get_by_role("link", name="退回修改…").click()
    for number, (reason, text) in enumerate(points):
        row = page.locator("[data-formset-row]").nth(number)
        row.get_by_label("类别").select_option(label=reason)
        row.get_by_label("改什么").fill(text)
    fits(page)


@pytest.mark.parametrize("width", WIDTHS)
def test_points_are_asked_answered_and_seen_again(office: Office, sign_in: SignIn, width: int) -> None:
    _city, cast = office
    item = item_at(cast, Status.PRINCIPAL_REVIEW, now=timezone.now())
    reviewer = sign_in(cast.principal_leader, width)
    ask_for(reviewer, item, ("事实需要核实", "核对办结件数"), ("标题", "标题再短些"))
    reviewer.get_by_role("button", name="退回", exact=True).click()
    expect(reviewer.get_by_text("已退回").first).to_be_visible()

    writer = sign_in(cast.author, width)
    open_page(writer, f"/items/{item.pk}/edit/")
    asked = writer.get_by_role("group", name="退回意见")
    expect(asked).to_contain_text("核对办结件数")
    writer.get_by_role("button", name="重新提交").click()
    expect(writer.get_by_role("alert").first).to_contain_text("改好了请勾选")  # nothing answered yet
    stand_apart(asked.locator("label").last, asked.get_by_role("textbox").last)
    writer.get_by_role("checkbox", name="已改").first.check()
    writer.get_by_label("第2条的答复").fill("标题按惯例，不宜再短")
    fits(writer)
    writer.get_by_role("button", name="重新提交").click()
    writer.wait_for_url(f"**/items/{item.pk}/")
    expect(writer.get_by_text("在主要领导处").first).to_be_visible()

    open_page(reviewer, f"/review/items/{item.pk}/")
    asked = reviewer.locator("details", has_text="提的修改要求")
    expect(asked).to_contain_text("标题按惯例，不宜再短")
    expect(asked).to_contain_text("已改")
    fits(reviewer)


@pytest.mark.parametrize("width", WIDTHS)
def test_an_item_is_sent_back_to_the_section_head(office: Office, sign_in: SignIn, width: int) -> None:
    _city, cast = office
    item = item_at(cast, Status.PRINCIPAL_REVIEW, now=timezone.now())
    reviewer = sign_in(cast.principal_leader, width)
    ask_for(reviewer, item, ("政策口径", "与通报口径核对"))
    reviewer.get_by_label("退回给").select_option(label="综合科负责人：丁科长")
    reviewer.get_by_role("button", name="退回", exact=True).click()
    expect(reviewer.get_by_text("已退给综合科负责人").first).to_be_visible()
    item.refresh_from_db()
    assert item.status == Status.SECTION_REVIEW

    head = sign_in(cast.section_head, width)
    head.get_by_role("link", name="待我审核").first.click()
    head.get_by_role("link", name=item.title).first.click()
    expect(head.get_by_text("与通报口径核对").first).to_be_visible()
    for box in head.get_by_role("checkbox").all():
        box.check()
    head.get_by_role("button", name="通过", exact=True).click()
    expect(head.get_by_text("送分管领导审核").first).to_be_visible()
