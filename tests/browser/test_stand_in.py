"""A leader who travels names a stand-in; the stand-in signs, and every page shows both names."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.enums import Role
from accounts.models import User
from reviews.enums import Action
from submissions.models import Item
from tests.browser.test_whole_life import fits
from tests.conftest import Cast, City, filed, make_person, step

TITLE = "青山县整改见成效"


@pytest.fixture
def complaints() -> set[str]:
    """Whose time is over is refused the page."""
    return {"422", "403"}


@pytest.mark.parametrize("width", [pytest.param(1366, id="desk"), pytest.param(390, id="phone")])
def test_a_stand_in_signs_for_a_leader_who_is_away(
    office: tuple[City, Cast], sign_in: Callable[[User, int], Page], width: int
) -> None:
    city, cast = office
    deputy = make_person(city.section, "deputy", "寅代签", Role.AUTHOR)
    step(filed(cast.author, timezone.now(), title=TITLE), Action.PASS, cast.section_head, timezone.now())

    leader = sign_in(cast.supervising_leader, width)
    leader.locator(".user-menu summary").click()
    leader.get_by_role("link", name="代签", exact=True).click()
    leader.get_by_role("link", name="指定代签人").click()
    leader.get_by_label("代签人").select_option(label="寅代签")
    back = timezone.localtime() + timedelta(days=3)
    leader.get_by_label("至").fill(f"{back:%Y-%m-%dT%H:%M}")
    leader.get_by_label("原因").fill("赴京开会")
    fits(leader)
    leader.get_by_role("button", name="确定").click()
    expect(leader.get_by_text("生效中")).to_be_visible()
    fits(leader)

    acting = sign_in(deputy, width)
    acting.get_by_role("link", name=TITLE).first.click()
    expect(acting.get_by_text("您正代戊分管审核")).to_be_visible()
    fits(acting)
    for box in acting.locator("#points").get_by_role("checkbox").all():
        box.check()
    acting.get_by_role("button", name="通过", exact=True).click()
    expect(acting.get_by_text(f"《{TITLE}》").first).to_be_visible()
    expect(acting.get_by_role("button", name="撤销")).to_be_visible()
    item = Item.objects.get()
    decision = item.decisions.get(action=Action.PASS, by=deputy)
    assert decision.acting_for == cast.supervising_leader

    leader.goto(leader.url.split("/review")[0] + f"/items/{item.pk}/")
    expect(leader.get_by_text("寅代签（代戊分管）")).to_be_visible()
    leader.goto(leader.url.split("/items")[0] + "/review/stand-ins/")
    leader.get_by_role("link", name="立即结束").click()
    leader.get_by_role("button", name="立即结束").click()
    expect(leader.get_by_text("已结束").first).to_be_visible()
    assert acting.goto(acting.url.split("/review")[0] + "/review/").status == 403  # type: ignore[union-attr]
