"""A writer finds out why an item came back, answers each point and files it again."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import User
from reviews.enums import Action, Reason
from reviews.models import ReturnPoint
from reviews.returns.points import Point
from reviews.steps.services import take_step
from submissions.models import Item
from submissions.services.drafts import attach
from submissions.uploads import check_upload
from tests.browser.test_whole_life import fits
from tests.conftest import Cast, City, draft, step
from tests.submissions.builders import upload
from tests.submissions.test_previews import pages, photograph

WIDTHS = [pytest.param(1366, id="desk"), pytest.param(390, id="phone")]
ASKED = [Point(Reason.FACTS, "第二段办结件数请核对"), Point(Reason.TITLE, "标题请压缩到二十字以内")]


def sent_back(cast: Cast) -> Item:
    now = timezone.now()
    item = draft(cast.author, now)
    for name, content in (("现场.jpg", photograph()), ("佐证.pdf", pages(2))):
        attach(item=item, upload=check_upload(upload(name, content)), by=cast.author, now=now)
    step(item, Action.SUBMIT, cast.author, now)
    item.refresh_from_db()
    take_step(
        item=item,
        action=Action.RETURN,
        by=cast.section_head,
        source=item.status,
        version=item.version,
        comment="改好后请尽快重报",
        points=ASKED,
        now=now,
    )
    return item


@pytest.mark.parametrize("width", WIDTHS)
def test_a_writer_finds_out_why_an_item_came_back(
    office: tuple[City, Cast], sign_in: Callable[[User, int], Page], width: int
) -> None:
    _city, cast = office
    item = sent_back(cast)
    page = sign_in(cast.author, width)

    # The reasons stand on the first page; one click leads to where they are answered.
    begun = time.perf_counter()
    main = page.locator("main")
    for words in ("丁科长", "改好后请尽快重报", ASKED[0].text, ASKED[1].text):
        expect(main.get_by_text(words).first).to_be_visible()
    fits(page)
    main.get_by_role("link", name="去修改").first.click()
    points = page.get_by_role("group", name="退回意见")
    for point in ASKED:
        expect(points.get_by_text(point.text)).to_be_visible()
    expect(points).to_contain_text("丁科长")
    expect(points).to_contain_text("一审")
    seconds = time.perf_counter() - begun
    print(f"\nwhy it came back, {width} px: 0 clicks to the reasons, 1 to the answers, {seconds:.1f} s")
    fits(page)

    # One point is ticked, the other forgotten: the page says which, and keeps what was typed.
    points.get_by_role("checkbox", name="已改").first.check()
    points.get_by_label("第1条的答复").fill("已与台账核对，改为6件")
    page.get_by_role("button", name="重新提交").click()
    expect(page.get_by_role("alert").first).to_contain_text("稿件尚未提交")
    page.get_by_role("alert").first.get_by_role("link", name="第2条").click()
    answer = page.get_by_label("第2条的答复")
    expect(answer).to_be_in_viewport()
    expect(page.get_by_label("第1条的答复")).to_have_value("已与台账核对，改为6件")
    answer.fill("原题不足二十字，不改")
    page.get_by_role("button", name="重新提交").click()
    expect(page.get_by_text("在综合科负责人处").first).to_be_visible()
    assert set(ReturnPoint.objects.values_list("answer", flat=True)) == {
        "已与台账核对，改为6件",
        "原题不足二十字，不改",
    }

    # The reviewer has the answers and the files before them.
    reviewer = sign_in(cast.section_head, width)
    reviewer.get_by_role("link", name=item.title).first.click()
    expect(reviewer.get_by_text("原题不足二十字，不改").first).to_be_visible()
    picture = reviewer.get_by_role("img", name=re.compile("现场.jpg"))
    picture.scroll_into_view_if_needed()
    expect(picture).to_have_js_property("complete", True)
    reviewer.get_by_text("佐证.pdf").first.scroll_into_view_if_needed()
    expect(reviewer.get_by_text("共2页")).to_be_visible(timeout=15_000)
    fits(reviewer)


@pytest.mark.parametrize("width", WIDTHS)
def test_my_page_says_where_everything_stands(
    office: tuple[City, Cast], sign_in: Callable[[User, int], Page], width: int
) -> None:
    _city, cast = office
    sent_back(cast)
    page = sign_in(cast.author, width)
    page.get_by_role("navigation").filter(visible=True).get_by_role("link", name="我的", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("我的")
    expect(page.get_by_role("heading", name="退回待改")).to_be_visible()
    expect(page.get_by_text(ASKED[1].text)).to_be_visible()
    fits(page)
