"""Telling: once, in the transaction of its cause, as the person wants it."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction
from django.http import HttpRequest

from notices.context import bell
from notices.enums import Kind
from notices.models import Notice
from notices.services import read_all, set_preferences, tidy
from tests.conftest import Cast, shanghai
from tests.notices.builders import LATER, NOW, told
from tests.test_reconciling import in_threads


def test_a_person_is_told_once_however_often_it_is_said(cast: Cast) -> None:
    assert told(cast.author, cast.colleague) == 2
    assert told(cast.author, cast.colleague, now=LATER) == 0
    assert Notice.objects.of(cast.author).get().created_at == NOW


def test_somebody_named_twice_is_told_once(cast: Cast) -> None:
    assert told(cast.author, cast.author) == 1


def test_another_event_of_the_same_subject_is_told_as_well(cast: Cast) -> None:
    told(cast.author)
    told(cast.author, key="arrived:17:2")
    assert Notice.objects.of(cast.author).count() == 2


def test_nobody_is_told_of_what_was_rolled_back(cast: Cast) -> None:
    class Failure(Exception):
        pass

    def fail_after_telling() -> None:
        with transaction.atomic():
            told(cast.author)
            raise Failure

    with pytest.raises(Failure):
        fail_after_telling()
    assert not Notice.objects.exists()


def test_an_account_that_is_closed_is_told_nothing(cast: Cast) -> None:
    cast.author.is_active = False
    assert told(cast.author) == 0


def test_what_a_person_does_not_want_to_see_is_kept_as_read(cast: Cast) -> None:
    set_preferences(user=cast.author, choices={Kind.ARRIVED: (False, False)})
    told(cast.author, cast.colleague)
    assert not Notice.objects.of(cast.author).unread().exists()
    assert Notice.objects.of(cast.author).exists()
    assert Notice.objects.of(cast.colleague).unread().exists()


@pytest.mark.parametrize(
    "link",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "\\\\evil.example",
        "javascript:alert(1)",
        "",
    ],
)
def test_a_notice_leads_nowhere_but_to_a_page_of_this_site(cast: Cast, link: str) -> None:
    with pytest.raises(ValueError, match="page of this site"):
        told(cast.author, link=link)


@pytest.mark.django_db(transaction=True)
def test_two_workers_that_tell_the_same_at_once_tell_it_once(cast: Cast) -> None:
    people = [cast.author, cast.colleague, cast.section_head]
    in_threads(lambda: told(*people), lambda: told(*reversed(people)), lambda: told(*people))
    assert Notice.objects.count() == 3


def test_preferences_are_set_and_set_anew(cast: Cast) -> None:
    set_preferences(user=cast.author, choices={Kind.DIGEST: (False, True), Kind.DUE: (True, True)})
    set_preferences(user=cast.author, choices={Kind.DIGEST: (True, False)})
    held = {each.kind: (each.shown, each.mailed) for each in cast.author.notice_preferences.all()}
    assert held == {"digest": (True, False), "due": (True, True)}


def test_marking_all_leaves_what_came_after_the_page_was_shown_and_what_is_anothers(cast: Cast) -> None:
    told(cast.author, cast.colleague)
    shown = Notice.objects.of(cast.author).get().pk
    told(cast.author, key="later")
    assert read_all(user=cast.author, up_to=shown, now=LATER) == 1
    assert Notice.objects.of(cast.author).unread().get().key == "later"
    assert Notice.objects.of(cast.colleague).unread().exists()


def test_old_notices_are_removed_when_they_were_read(cast: Cast) -> None:
    told(cast.author, key="unread")
    told(cast.author, key="read")
    Notice.objects.filter(key="read").update(read_at=NOW)
    assert tidy(now=shanghai("2026-10-06")) == 0
    assert tidy(now=shanghai("2026-10-08")) == 1
    assert Notice.objects.get().key == "unread"


def test_a_request_without_a_person_counts_nothing(django_assert_num_queries: Any, db: None) -> None:

    with django_assert_num_queries(0):
        assert bell(HttpRequest()) == {}
