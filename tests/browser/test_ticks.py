"""Approving without having ticked the points: told where, and nothing else on the page moves."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from accounts.models import User
from tests.browser.test_whole_life import fits
from tests.conftest import Cast, City, filed


@pytest.fixture
def complaints() -> set[str]:
    """What the browser says of a refused form."""
    return {"422"}


def place(button: Locator) -> tuple[float, float]:
    """Where it stands in the window."""
    box = button.bounding_box()
    assert box
    return box["x"], box["y"]


@pytest.mark.parametrize("width", [pytest.param(1366, id="desk"), pytest.param(390, id="phone")])
def test_missing_ticks_are_marked_and_the_button_stays(
    office: tuple[City, Cast], sign_in: Callable[[User, int], Page], width: int
) -> None:
    _city, cast = office
    item = filed(cast.author, timezone.now(), body="巡察整改取得成效。\n" * 60)
    page = sign_in(cast.section_head, width)
    page.goto("/".join(page.url.split("/", 3)[:3]) + reverse("reviews:item-decide", args=[item.pk]))
    approve = page.get_by_role("button", name="通过", exact=True)
    points = page.locator("#points").get_by_role("checkbox")
    points.first.check()
    approve.hover()  # brings it to where it is pressed
    before, unfolded = place(approve), page.locator("details[open]").count()
    with page.expect_navigation():
        approve.click()
    expect(page.locator("#points .is-invalid")).to_have_count(points.count() - 1)
    expect(points.first).to_be_checked()
    assert place(approve) == pytest.approx(before, abs=1)
    assert page.locator("details[open]").count() == unfolded
    assert page.locator("#points .is-invalid").first.is_visible()
    fits(page)
    for box in points.all():
        box.check()
    approve.click()
    expect(page.locator("#points")).to_have_count(0)
