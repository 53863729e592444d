"""A county's head signs before the office's levels, an item in rare letters; its sheet is printed."""

from __future__ import annotations

from collections.abc import Callable

from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.enums import Role
from accounts.models import User
from reviews.models import CheckedUnit
from submissions.enums import Status
from submissions.models import Item
from tests.browser.test_whole_life import fits
from tests.conftest import Cast, City, filed, make_person

#: Traditional Mongolian, a character outside the basic plane, an emoji of several signs, a letter in two
#: signs, which is stored and shown as one.
TYPED = "ᠮᠣᠩᠭᠣᠯ ᠬᠡᠯᠡ 吴𬱖 👩‍🌾 Cafe\u0301 见实效"
TITLE = "ᠮᠣᠩᠭᠣᠯ ᠬᠡᠯᠡ 吴𬱖 👩‍🌾 Caf\u00e9 见实效"
type SignIn = Callable[[User, int], Page]


def test_the_units_head_signs_first_and_the_approval_sheet_is_printed(
    office: tuple[City, Cast], sign_in: SignIn
) -> None:
    city, cast = office
    county_head = make_person(city.county, "unithead", "子县主", Role.UNIT_HEAD)

    admin = sign_in(cast.admin, 1366)
    admin.get_by_role("link", name="管理", exact=True).first.click()
    admin.get_by_role("link", name="审核").first.click()
    line = admin.get_by_role("row").filter(has_text=city.county.name)
    line.get_by_role("button").click()
    expect(line.get_by_text(county_head.display_name)).to_be_visible()
    assert CheckedUnit.objects.get().unit == city.county
    filed(cast.author, timezone.now(), title=TYPED, checker="")
    assert Item.objects.get().status == Status.UNIT_REVIEW

    page = sign_in(county_head, 390)
    page.locator("main a[href*='/review/items/']").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("吴𬱖 👩‍🌾 Caf\u00e9 见实效")
    mongolian = page.locator("h1 [lang^=mn], h1[lang^=mn]").first
    assert mongolian.evaluate("(element) => getComputedStyle(element).writingMode").startswith("vertical")
    fits(page)
    for box in page.locator("#points").get_by_role("checkbox").all():
        box.check()
    page.get_by_role("button", name="通过", exact=True).click()
    expect(page.get_by_role("button", name="撤销")).to_be_visible()

    item = Item.objects.get()
    assert (item.status, item.title) == (Status.SECTION_REVIEW, TITLE)
    page.goto(page.url.split("/review")[0] + f"/items/{item.pk}/")
    with page.expect_download() as sheet:
        page.get_by_role("link", name="打印审签单").click()
    assert sheet.value.suggested_filename.endswith(".pdf")
    assert sheet.value.path().read_bytes().startswith(b"%PDF")
