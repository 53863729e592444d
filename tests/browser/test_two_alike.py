"""The same story from two units: seen side by side, handed on, and made one item with shared credit."""

from __future__ import annotations

from collections.abc import Callable

from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.enums import Role
from accounts.models import User
from submissions.enums import Status
from submissions.models import Item
from tests.browser.test_whole_life import fits
from tests.conftest import Cast, City, filed, make_person

ONE, OTHER = "青山县用好“回头看”推动整改", "用好“回头看” 白水县推动整改"
STORY = "2026年4月10日，巡察组会同农牧局逐项核对整改台账，走访一百二十户，退还水费三万元，健全制度六项。"
type SignIn = Callable[[User, int], Page]


def test_two_items_of_one_story_are_compared_handed_on_and_merged(
    office: tuple[City, Cast], sign_in: SignIn
) -> None:
    city, cast = office
    other_head = make_person(city.section, "section2", "卯副科", Role.SECTION_HEAD, at=city.office)
    first = filed(cast.author, timezone.now(), title=ONE, body=STORY * 3)
    second = filed(cast.other_author, timezone.now(), title=OTHER, body=STORY * 3)

    head = sign_in(cast.section_head, 1366)
    head.get_by_role("link", name=OTHER).first.click()
    head.get_by_role("link", name="对照查看").first.click()
    expect(head.get_by_text(ONE).first).to_be_visible()
    expect(head.get_by_text(OTHER).first).to_be_visible()
    fits(head)

    site = head.url.split("/review")[0]
    head.goto(f"{site}/items/{second.pk}/")
    head.get_by_role("link", name="转交", exact=True).click()
    head.get_by_label("转交给").select_option(label=other_head.display_name)
    head.get_by_role("button", name="转交", exact=True).click()
    expect(head.get_by_text("卯副科").first).to_be_visible()

    page = sign_in(other_head, 390)
    page.goto(f"{site}/review/items/{second.pk}/merge/")
    page.get_by_role("radio", name=ONE).check()
    fits(page)
    page.get_by_role("button", name="合并", exact=True).click()
    expect(page.get_by_label("标题")).to_have_value(ONE)  # to be revised with what the other one told
    assert Item.objects.get(pk=second.pk).status == Status.MERGED
    first.refresh_from_db()
    assert {author.name for author in first.authorships.all()} == {"甲作者", "丙外县"}
