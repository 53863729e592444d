"""What looks secret: a named person answers for it, and somebody else than writers and signers reviews it."""

from __future__ import annotations

from collections.abc import Callable

from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.enums import Role
from accounts.models import User
from reviews.enums import Action, Secrecy
from reviews.models import OfficeRule
from submissions.enums import Status
from submissions.models import Item
from tests.browser.test_whole_life import fits
from tests.conftest import Cast, City, draft, filed, make_person, step

TITLE = "青山县巡察整改“回头看”见实效"
type SignIn = Callable[[User, int], Page]


def test_a_place_that_looks_secret_is_filed_only_with_a_named_persons_statement(
    office: tuple[City, Cast], sign_in: SignIn
) -> None:
    _city, cast = office
    body = "2026年4月10日，青山县委巡察办公布值班电话13847501234，方便群众反映情况。"
    item = draft(cast.author, timezone.now(), title=TITLE, body=body)
    page = sign_in(cast.author, 1366)
    page.get_by_role("link", name=TITLE).first.click()
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_label("说明人")).to_be_visible()
    item.refresh_from_db()
    assert item.status == Status.DRAFT
    page.get_by_label("说明人").fill("包审核")
    page.get_by_label("不涉密的理由").fill("系对外公布的值班电话")
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(TITLE)

    head = sign_in(cast.section_head, 390)
    head.get_by_role("link", name=TITLE).first.click()
    expect(head.get_by_text("系对外公布的值班电话")).to_be_visible()
    expect(head.get_by_text("包审核").first).to_be_visible()
    fits(head)


def test_an_item_is_issued_only_after_somebody_else_reviewed_it_for_secrets(
    office: tuple[City, Cast], sign_in: SignIn
) -> None:
    city, cast = office
    OfficeRule.objects.create(office=city.office, secrecy=Secrecy.ALL)
    watcher = make_person(city.section, "watcher", "未保密", Role.SECRECY_REVIEWER, at=city.office)
    now = timezone.now()
    item = step(filed(cast.author, now, title=TITLE), Action.PASS, cast.section_head, now)
    step(item, Action.PASS, cast.supervising_leader, now)

    leader = sign_in(cast.principal_leader, 1366)
    leader.get_by_role("link", name=TITLE).first.click()
    expect(leader.get_by_text("审查前不能签发")).to_be_visible()

    page = sign_in(watcher, 390)
    page.locator("main").get_by_role("link", name=TITLE, exact=True).click()
    for answer in page.get_by_label("否", exact=True).all():
        answer.check()
    page.get_by_label("可以公开").check()
    fits(page)
    page.get_by_role("button", name="提交审查结论").click()
    expect(page.get_by_text(f"已记录：《{TITLE}》可以公开。")).to_be_visible()

    leader.reload()
    for box in leader.locator("#points").get_by_role("checkbox").all():
        box.check()
    leader.get_by_role("button", name="签发", exact=True).click()
    expect(leader.get_by_text(f"《{TITLE}》").first).to_be_visible()
    assert Item.objects.get().status == Status.ISSUED
