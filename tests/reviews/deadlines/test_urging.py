"""Asking a reviewer to hurry (催办): who may, how often, and what is left of it."""

from __future__ import annotations

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts.models import AuditEntry
from notices.enums import Kind
from notices.models import Notice
from reviews.deadlines.lateness import urges_of
from reviews.deadlines.urging import NobodyToUrge, UrgedAlready, urge
from reviews.enums import Action
from tests.conftest import Cast, draft, filed, shanghai, step
from tests.test_reconciling import in_threads

FRIDAY, SATURDAY, MONDAY = (shanghai(f"2026-04-{day}") for day in (10, 11, 13))


def test_the_deciders_of_the_level_are_told_who_asks_and_for_how_long_it_waits(cast: Cast) -> None:
    item = filed(cast.author, FRIDAY)
    assert urge(item=item, by=cast.author, now=MONDAY) == [cast.section_head]
    notice = Notice.objects.get(kind=Kind.URGED)
    assert notice.recipient == cast.section_head
    assert notice.link == f"/review/items/{item.pk}/"
    assert "甲作者" in notice.text
    assert "04-10" in notice.text
    entry = AuditEntry.objects.get(action="item.urge")
    assert (entry.actor, entry.target_id) == (cast.author, str(item.pk))


def test_a_person_asks_for_an_item_once_a_working_day(cast: Cast) -> None:
    item = filed(cast.author, FRIDAY)
    urge(item=item, by=cast.author, now=FRIDAY)
    for again in (FRIDAY, SATURDAY):
        with pytest.raises(UrgedAlready):
            urge(item=item, by=cast.author, now=again)
    urge(item=item, by=cast.admin, now=FRIDAY)
    urge(item=item, by=cast.author, now=MONDAY)
    assert Notice.objects.filter(kind=Kind.URGED).count() == 3
    assert AuditEntry.objects.filter(action="item.urge").count() == 3


@pytest.mark.parametrize("who", ["colleague", "other_author", "county_admin", "section_head", "auditor"])
def test_nobody_else_asks(cast: Cast, who: str) -> None:
    item = filed(cast.author, FRIDAY)
    with pytest.raises(PermissionDenied):
        urge(item=item, by=getattr(cast, who), now=FRIDAY)
    assert not Notice.objects.filter(kind=Kind.URGED).exists()


def test_there_is_nobody_to_ask_about_a_draft(cast: Cast) -> None:
    with pytest.raises(PermissionDenied):
        urge(item=draft(cast.author, FRIDAY), by=cast.author, now=FRIDAY)


def test_when_nobody_may_decide_that_is_said(cast: Cast) -> None:
    item = filed(cast.author, FRIDAY)
    cast.section_head.grants.all().delete()
    with pytest.raises(NobodyToUrge):
        urge(item=item, by=cast.author, now=FRIDAY)


def test_what_was_asked_is_counted_at_the_level_where_the_item_waits(cast: Cast) -> None:
    item = filed(cast.author, FRIDAY)
    assert urges_of(item) is None
    urge(item=item, by=cast.author, now=FRIDAY)
    urge(item=item, by=cast.author, now=MONDAY)
    urges = urges_of(item)
    assert urges
    assert (urges.count, urges.latest.created_at) == (2, MONDAY)
    step(item, Action.PASS, cast.section_head, shanghai("2026-04-14"))
    assert urges_of(item) is None


@pytest.mark.django_db(transaction=True)
def test_ten_clicks_at_once_ask_once(cast: Cast) -> None:
    item, outcomes = filed(cast.author, FRIDAY), []

    def click() -> None:
        try:
            outcomes.append(urge(item=item, by=cast.author, now=FRIDAY))
        except UrgedAlready:
            outcomes.append([])

    in_threads(*[click] * 10)
    assert len(outcomes) == 10
    assert sum(map(bool, outcomes)) == 1
    assert AuditEntry.objects.filter(action="item.urge").count() == 1


def test_the_button_stands_on_the_item_page_and_says_who_was_told(cast: Cast, as_user) -> None:
    item = filed(cast.author, timezone.now())
    page, urge_page = f"/items/{item.pk}/", f"/review/items/{item.pk}/urge/"
    assert urge_page in as_user(cast.author).get(page).content.decode()
    assert urge_page not in as_user(cast.colleague).get(page).content.decode()
    client = as_user(cast.author)
    assert "丁科长" in client.post(urge_page, follow=True).content.decode()
    assert "今天已经催办过" in client.post(urge_page, follow=True).content.decode()
    assert "已催办 1 次" in client.get(page).content.decode()
    assert "已催办 1 次" in as_user(cast.section_head).get(f"/review/items/{item.pk}/").content.decode()


def test_the_page_refuses_strangers_and_links(cast: Cast, foreign_cast: Cast, as_user) -> None:
    item = filed(cast.author, FRIDAY)
    page = f"/review/items/{item.pk}/urge/"
    with time_machine.travel(MONDAY, tick=False):
        assert as_user(foreign_cast.author).post(page).status_code == 404
        assert as_user(cast.other_author).post(page).status_code == 404
        assert as_user(cast.colleague).post(page).status_code == 403
        assert as_user(cast.author).get(page).status_code == 405
