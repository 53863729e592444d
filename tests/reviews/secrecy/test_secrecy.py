"""The separate secrecy review: which items need it, who gives it, and what it holds up."""

from __future__ import annotations

import html
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from accounts.enums import Role
from accounts.models import AuditEntry, User
from accounts.services.roles import grant_role
from notices.enums import Kind
from notices.models import Notice
from publicity.digest import write_digest
from reviews.checklists import CHECKLISTS
from reviews.deadlines.reminders import remind
from reviews.deadlines.urging import urge
from reviews.enums import Action, Secrecy
from reviews.handling.editing import edit_text
from reviews.models import OfficeRule, SecrecyReview
from reviews.rules import may_decide
from reviews.secrecy.questions import SECRECY_QUESTIONS
from reviews.secrecy.rules import may_review_secrecy, needs_secrecy_review, secrecy_inbox
from reviews.secrecy.services import review_secrecy
from reviews.steps.moving import TextChanged
from reviews.steps.services import SecrecyPending
from submissions.enums import Route, Status
from submissions.models import Item
from tests.conftest import LONG_AGO, Cast, City, filed, make_person, shanghai, step
from tests.reviews.builders import NOW, important, item_at

Sign = Callable[[User], Client]
NOTHING = dict.fromkeys(SECRECY_QUESTIONS, False)


@pytest.fixture
def watcher(city: City) -> User:
    return make_person(city.section, "watcher", "未保密", Role.SECRECY_REVIEWER, at=city.office)


@pytest.fixture
def all_items(city: City) -> OfficeRule:
    return OfficeRule.objects.create(office=city.office, secrecy=Secrecy.ALL)


def judge(item: Item, by: User, *, clear: bool = True, comment: str = "", **answers: bool) -> SecrecyReview:
    item.refresh_from_db()
    return review_secrecy(
        item=item,
        version=item.version,
        answers=NOTHING | answers,
        clear=clear,
        comment=comment,
        by=by,
        now=NOW,
    )


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (Secrecy.NONE, [False, False, False]),
        (Secrecy.IMPORTANT, [False, True, False]),
        (Secrecy.FOUND, [False, True, True]),
        (Secrecy.ALL, [True, True, True]),
    ],
)
def test_the_office_says_which_items_need_it(cast: Cast, city: City, rule: str, expected: list[bool]) -> None:
    """An ordinary item, an important one, one in which the checks found something."""
    OfficeRule.objects.create(office=city.office, secrecy=rule)
    one, two, three = (
        filed(cast.author, NOW),
        filed(cast.author, NOW, **important(Route.IMPORTANT)),
        filed(cast.author, NOW),
    )
    three.versions.update(
        findings=[{"reason": "phone", "severity": "statement", "source": "body", "found": "138"}]
    )
    assert [needs_secrecy_review(item) for item in (one, two, three)] == expected


def test_no_item_is_issued_before_a_clear_verdict_on_its_text(
    cast: Cast, watcher: User, all_items: OfficeRule
) -> None:
    item = item_at(cast, Status.PRINCIPAL_REVIEW)
    with pytest.raises(SecrecyPending):
        step(item, Action.ISSUE, cast.principal_leader, NOW)
    judge(item, watcher)
    assert step(item, Action.ISSUE, cast.principal_leader, NOW).status == Status.ISSUED


def test_who_is_to_give_it_is_reminded_and_urged_at_the_last_level_until_the_verdict(
    cast: Cast, city: City, watcher: User, all_items: OfficeRule
) -> None:
    """There it is what the item waits for; on the levels before nobody waits for it yet."""
    item = item_at(cast, Status.SUPERVISING_REVIEW)
    remind(office=city.office, now=NOW + timedelta(days=3))
    urge(item=item, by=cast.author, now=NOW)
    reminded = Notice.objects.filter(recipient=watcher, kind__in=[Kind.DUE, Kind.URGED])
    assert not reminded.exists()
    item = step(item, Action.PASS, cast.supervising_leader, NOW)
    for _sweep in range(2):
        remind(office=city.office, now=NOW + timedelta(days=3))
    assert cast.principal_leader in urge(item=item, by=cast.author, now=NOW + timedelta(days=3))
    page = reverse("reviews:secrecy-review", args=[item.pk])
    assert sorted(reminded.values_list("kind", "link")) == [(Kind.DUE, page), (Kind.URGED, page)]
    judge(item, watcher)
    remind(office=city.office, now=NOW + timedelta(days=5))
    assert watcher not in urge(item=item, by=cast.author, now=NOW + timedelta(days=5))
    assert reminded.count() == 2


def test_their_desk_and_their_digest_name_what_waits_for_it(
    cast: Cast, city: City, watcher: User, all_items: OfficeRule, as_user: Sign
) -> None:
    item = item_at(cast, Status.PRINCIPAL_REVIEW)
    page = as_user(watcher).get(reverse("desk")).content.decode()
    assert reverse("reviews:secrecy-review", args=[item.pk]) in page
    monday = shanghai("2026-11-23", "08:30")
    write_digest(office=city.office, now=monday)
    assert "待您保密审查 1 件" in Notice.objects.get(recipient=watcher, kind=Kind.DIGEST).text


def test_its_writers_see_that_an_item_waits_for_it(
    cast: Cast, watcher: User, all_items: OfficeRule, as_user: Sign
) -> None:
    item, client = item_at(cast, Status.SUPERVISING_REVIEW), as_user(cast.author)
    pages = [reverse("mine"), reverse("submissions:item-detail", args=[item.pk])]
    said = ["等保密审查", "保密审查</strong>：这一版尚未审查"]

    def told() -> list[bool]:
        return [words in client.get(page).content.decode() for page, words in zip(pages, said, strict=True)]

    assert told() == [False, False]
    step(item, Action.PASS, cast.supervising_leader, NOW)
    assert told() == [True, True]
    judge(item, watcher)
    assert told() == [False, False]


def test_a_verdict_on_an_earlier_text_does_not_count(
    cast: Cast, watcher: User, all_items: OfficeRule
) -> None:
    item = item_at(cast, Status.PRINCIPAL_REVIEW)
    judge(item, watcher)
    edit_text(
        item=item,
        by=cast.principal_leader,
        source=item.status,
        version=1,
        title="改过的题目",
        body=item.body,
        now=NOW,
    )
    with pytest.raises(SecrecyPending):
        step(item, Action.ISSUE, cast.principal_leader, NOW)
    assert item.pk in secrecy_inbox(watcher, NOW).values_list("pk", flat=True)
    judge(item, watcher)
    assert step(item, Action.ISSUE, cast.principal_leader, NOW).status == Status.ISSUED


def test_a_verdict_against_it_holds_it_up_until_a_later_one(
    cast: Cast, watcher: User, all_items: OfficeRule
) -> None:
    item = item_at(cast, Status.PRINCIPAL_REVIEW)
    judge(item, watcher, clear=False, comment="涉及未反馈问题", findings=True)
    with pytest.raises(SecrecyPending):
        step(item, Action.ISSUE, cast.principal_leader, NOW)
    told = Notice.objects.filter(key__startswith="secrecy:")
    assert {notice.recipient for notice in told} == {cast.author, cast.principal_leader}
    judge(item, watcher, comment="已核实，问题已公开反馈")
    assert step(item, Action.ISSUE, cast.principal_leader, NOW).status == Status.ISSUED


def test_levels_passed_over_do_not_slip_an_item_past_it(
    cast: Cast, watcher: User, all_items: OfficeRule
) -> None:
    item = filed(cast.principal_leader, NOW)
    item = step(item, Action.PASS, cast.section_head, NOW)
    with pytest.raises(SecrecyPending):
        step(item, Action.PASS, cast.supervising_leader, NOW)
    item.refresh_from_db()
    assert item.status == Status.SUPERVISING_REVIEW


def test_it_is_given_by_somebody_who_neither_wrote_nor_signs(
    cast: Cast, city: City, watcher: User, all_items: OfficeRule
) -> None:
    for person in (cast.author, cast.section_head, cast.supervising_leader):
        if person.office == city.office:
            grant_role(user=person, role=Role.SECRECY_REVIEWER, unit=city.office, since=LONG_AGO)
    item = step(filed(cast.author, NOW), Action.PASS, cast.section_head, NOW)
    fresh = [
        User.objects.get(pk=each.pk) for each in (cast.author, cast.section_head, cast.supervising_leader)
    ]
    for person in (*fresh, cast.admin, cast.principal_leader):
        assert not may_review_secrecy(person, item, NOW)
        assert item.pk not in secrecy_inbox(person, NOW).values_list("pk", flat=True)
        with pytest.raises(PermissionDenied):
            judge(item, person)
    judge(item, watcher)
    grant_role(user=watcher, role=Role.SUPERVISING_LEADER, unit=city.office, since=LONG_AGO)
    assert not may_decide(watcher, item, NOW), "who reviewed it for secrets does not sign it"


def test_every_question_is_answered_and_a_yes_is_explained(
    cast: Cast, watcher: User, all_items: OfficeRule
) -> None:
    item = filed(cast.author, NOW)
    with pytest.raises(ValidationError):
        review_secrecy(item=item, version=1, answers={}, clear=True, comment="", by=watcher, now=NOW)
    with pytest.raises(ValidationError):
        judge(item, watcher, clear=False)
    with pytest.raises(ValidationError):
        judge(item, watcher, clues=True)
    with pytest.raises(TextChanged):
        review_secrecy(item=item, version=2, answers=NOTHING, clear=True, comment="", by=watcher, now=NOW)
    assert not SecrecyReview.objects.exists()


def test_filing_tells_the_secrecy_reviewers(cast: Cast, watcher: User, all_items: OfficeRule) -> None:
    item = filed(cast.author, NOW)
    assert Notice.objects.filter(recipient=watcher, key=f"secrecy-wanted:{item.pk}:1").count() == 1


# The pages


def data_of(item: Item, **more: Any) -> dict[str, Any]:
    answers = {f"q-{code}": "no" for code in SECRECY_QUESTIONS}
    return {"version": item.version, "clear": "yes", "comment": ""} | answers | more


def test_the_pages_list_ask_and_record(
    cast: Cast, watcher: User, all_items: OfficeRule, as_user: Sign
) -> None:
    item = filed(cast.author, NOW, title="待审题目")
    client = as_user(watcher)
    listed = html.unescape(client.get(reverse("reviews:secrecy-inbox")).content.decode())
    assert "待审题目" in listed
    assert '保密审查 <span class="count">1' in listed
    page = reverse("reviews:secrecy-review", args=[item.pk])
    shown = html.unescape(client.get(page).content.decode())
    assert all(str(words) in shown for words in SECRECY_QUESTIONS.values())
    assert client.post(page, data_of(item, **{"q-clues": "yes"})).status_code == 422
    assert client.post(page, data_of(item, **{"q-clues": ""})).status_code == 422
    assert client.post(page, data_of(item))["Location"] == reverse("reviews:secrecy-inbox")
    assert SecrecyReview.objects.get().clear
    assert AuditEntry.objects.filter(action="item.secrecy").count() == 1
    detail = html.unescape(client.get(reverse("submissions:item-detail", args=[item.pk])).content.decode())
    assert "可以公开" in detail
    decide = as_user(cast.section_head).get(reverse("reviews:item-decide", args=[item.pk]))
    assert "未保密" in html.unescape(decide.content.decode())


def test_issuing_too_early_is_answered_with_what_is_missing(
    cast: Cast, watcher: User, all_items: OfficeRule, as_user: Sign
) -> None:
    item = item_at(cast, Status.PRINCIPAL_REVIEW)
    client = as_user(cast.principal_leader)
    page = reverse("reviews:item-decide", args=[item.pk])
    assert "这一版尚未审查" in html.unescape(client.get(page).content.decode())
    data = {"source": item.status, "version": 1, "action": "issue", "checked": list(CHECKLISTS[item.status])}
    answer = client.post(page, data | {"comment": "同意签发"})
    assert answer.status_code == 409
    assert "签发前须经保密审查" in html.unescape(answer.content.decode())
    assert "同意签发" in html.unescape(answer.content.decode())
    item.refresh_from_db()
    assert item.status == Status.PRINCIPAL_REVIEW


@pytest.mark.parametrize("person", ["author", "section_head", "admin", "auditor"])
def test_the_pages_are_closed_to_others(
    cast: Cast, all_items: OfficeRule, as_user: Sign, person: str
) -> None:
    item = filed(cast.author, NOW)
    client = as_user(getattr(cast, person))
    assert client.get(reverse("reviews:secrecy-inbox")).status_code == 403
    assert client.get(reverse("reviews:secrecy-review", args=[item.pk])).status_code in {403, 404}
