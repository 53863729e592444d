"""From a notice to the text and back: the bell, the list, a push to hurry, and what one wants to be told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import User
from notices.models import Notice
from reviews.enums import Action
from submissions.models import Item
from tests.browser.test_whole_life import fits
from tests.conftest import Cast, City, filed, step

TITLE = "青山县巡察整改“回头看”见实效"
type SignIn = Callable[[User, int], Page]


@pytest.mark.parametrize("width", [pytest.param(1366, id="desk"), pytest.param(390, id="phone")])
def test_a_writer_asks_to_hurry_and_the_reviewers_bell_leads_to_the_text(
    office: tuple[City, Cast], sign_in: SignIn, width: int
) -> None:
    _city, cast = office
    item = filed(cast.author, timezone.now() - timedelta(days=1), title=TITLE)

    writer = sign_in(cast.author, width)
    writer.goto(writer.url.split("/", 3)[0] + "//" + writer.url.split("/", 3)[2] + f"/items/{item.pk}/")
    writer.get_by_role("button", name="催办").click()
    expect(writer.get_by_role("status").filter(has_text="丁科长")).to_be_visible()
    expect(writer.get_by_text("已催办 1 次")).to_be_visible()
    fits(writer)

    head = sign_in(cast.section_head, width)
    head.get_by_role("link", name="通知，2 条未读").click()
    expect(head.get_by_role("heading", level=1)).to_have_text("通知")
    expect(head.get_by_text("还有 1 条")).to_be_visible()
    fits(head)
    head.get_by_text("还有 1 条").click()
    expect(head.get_by_text("待综合科负责人审核")).to_be_visible()
    head.get_by_role("link", name=f"甲作者催办：《{TITLE}》").click()
    expect(head.get_by_role("heading", level=1)).to_contain_text(TITLE)
    expect(head.get_by_role("link", name="通知", exact=True)).to_be_visible()  # nothing is unread any more
    item.refresh_from_db()
    # Following a notice decides nothing.
    assert (item.status, item.decisions.count()) == ("section_review", 1)


def test_what_one_does_not_want_to_be_told_of_does_not_ring(
    office: tuple[City, Cast], sign_in: SignIn
) -> None:
    _city, cast = office
    page = sign_in(cast.author, 390)
    page.get_by_role("link", name="通知", exact=True).click()
    expect(page.get_by_text("您还没有通知")).to_be_visible()
    page.get_by_role("link", name="通知设置").click()
    fits(page)
    page.get_by_label("我的稿件有进展：系统内").uncheck()
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_label("我的稿件有进展：系统内")).not_to_be_checked()

    item = filed(cast.author, timezone.now(), title=TITLE)
    step(item, Action.PASS, cast.section_head, timezone.now())
    page.reload()
    expect(page.get_by_role("link", name="通知", exact=True)).to_be_visible()
    step(item, Action.RETURN, cast.supervising_leader, timezone.now(), "标题请改短")
    page.reload()
    page.get_by_role("link", name="通知，1 条未读").click()
    page.get_by_role("button", name="全部标为已读").click()
    expect(page.get_by_text("通知已全部标为已读")).to_be_visible()
    assert not Notice.objects.of(cast.author).unread().exists()
    assert Item.objects.get().status == "supervising_return"
