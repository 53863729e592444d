"""Three items approved on a phone with one thumb: read each, tick the list once, and take one back."""

from __future__ import annotations

from collections.abc import Callable

from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from accounts.models import User
from reviews.enums import Action
from reviews.models import Decision
from submissions.enums import Status
from submissions.models import Item
from tests.browser.test_whole_life import fits
from tests.conftest import Cast, City, filed

PHONE = 390
TITLES = ["青山县整改见成效", "白水县巡察进驻动员", "巡察干部培训班开班"]


class Thumb:
    """Taps, counted."""

    def __init__(self) -> None:
        self.taps = 0

    def tap(self, target: Locator) -> None:
        target.click()
        self.taps += 1


def test_three_items_are_approved_on_a_phone(
    office: tuple[City, Cast], sign_in: Callable[[User, int], Page]
) -> None:
    _city, cast = office
    for title in TITLES:
        filed(cast.author, timezone.now(), title=title)
    page, thumb = sign_in(cast.section_head, PHONE), Thumb()
    thumb.tap(page.locator(".tabbar").get_by_role("link", name="待我审核"))
    expect(page.get_by_text("请先打开看")).to_have_count(3)
    fits(page)
    thumb.tap(page.get_by_role("link", name=TITLES[0]))
    for title in TITLES[1:]:
        thumb.tap(page.get_by_role("link", name="下一篇"))
        expect(page.get_by_role("heading", level=1)).to_contain_text(title)
    fits(page)
    thumb.tap(page.get_by_role("link", name="‹ 待我审核"))
    expect(page.get_by_text("请先打开看")).to_have_count(0)
    fits(page)
    thumb.tap(page.get_by_label("全选已看过的"))
    thumb.tap(page.get_by_role("button", name="批量通过"))
    expect(page.get_by_text("共3篇")).to_be_visible()
    fits(page)
    for box in page.get_by_role("checkbox").all():
        thumb.tap(box)
    thumb.tap(page.get_by_role("button", name="通过3篇"))
    expect(page.get_by_text("已通过3篇")).to_be_visible()
    fits(page)
    assert thumb.taps == 11, "1 to the list, 3 to read, 1 back, 2 to choose, 3 to tick, 1 to approve"
    assert Item.objects.filter(status=Status.SUPERVISING_REVIEW).count() == 3

    page.get_by_role("button", name=f"撤销 {TITLES[1]}").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(TITLES[1])
    assert Decision.objects.get(action=Action.UNDO).item.title == TITLES[1]
    assert Item.objects.filter(status=Status.SUPERVISING_REVIEW).count() == 2
