"""The director's meeting of a county: called at the desk, opinions from the phone, concluded by its chair."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import User
from reviews.models import OfficeRule
from submissions.enums import Chain
from submissions.models import Item
from tests.browser.test_whole_life import fits
from tests.conftest import Cast, City, filed

TITLE = "青山县巡察整改“回头看”见实效"
type SignIn = Callable[[User, int], Page]


def test_a_meeting_speaks_of_an_item_and_its_chair_carries_it_out(
    office: tuple[City, Cast], sign_in: SignIn
) -> None:
    city, cast = office
    OfficeRule.objects.create(office=city.office, chain=Chain.COUNTY)
    filed(cast.author, timezone.now() - timedelta(days=1), title=TITLE)

    head = sign_in(cast.section_head, 1366)
    head.get_by_role("link", name="待我审核").first.click()
    head.get_by_role("link", name="会议", exact=True).click()
    expect(head.get_by_text("有 1 件待主任办公会审议的稿件尚未列入议题")).to_be_visible()
    head.get_by_role("link", name="召集主任办公会").click()
    begun = timezone.localtime() - timedelta(minutes=10)
    head.get_by_label("时间").fill(f"{begun:%Y-%m-%dT%H:%M}")
    head.get_by_label("地点").fill("三楼会议室")
    head.get_by_label("主持人").select_option(label="己主要")
    head.get_by_label("戊分管").uncheck()
    head.get_by_role("button", name="召集会议").click()
    head.get_by_label(TITLE).check()
    head.get_by_role("button", name="列入议题").click()
    expect(head.get_by_role("link", name=TITLE)).to_be_visible()
    with head.expect_download() as download:
        head.get_by_role("link", name="打印议题单（PDF）").click()
    assert "主任办公会" in download.value.suggested_filename

    chair = sign_in(cast.principal_leader, 390)
    chair.get_by_role("link", name="通知，2 条未读").click()
    chair.get_by_role("link", name="三楼会议室").click()
    chair.get_by_role("link", name="发表意见").click()
    fits(chair)
    chair.get_by_label("意见", exact=True).select_option(label="同意")
    chair.get_by_label("说明").fill("内容属实")
    chair.get_by_role("button", name="提交意见").click()
    expect(chair.get_by_text("本人填写")).to_be_visible()
    fits(chair)

    head.get_by_role("link", name="登记意见和决议").click()
    own = head.get_by_role("group", name="丁科长")
    own.get_by_label("意见").select_option(label="同意")
    head.get_by_label("同意", exact=True).check()
    head.get_by_role("button", name="保存").click()
    expect(head.get_by_text("本件会议记录已保存")).to_be_visible()

    chair.reload()
    chair.get_by_role("link", name="确认会议决议").click()
    fits(chair)
    for point in ("政策关", "内容关", "文字关"):
        chair.get_by_label(point).check()
    chair.get_by_role("button", name="确认会议决议").click()
    expect(chair.get_by_text("会议决议已确认并办理")).to_be_visible()
    item = Item.objects.get()
    assert (item.status, item.decisions.latest("at").by) == ("issued", cast.principal_leader)
