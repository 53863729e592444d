"""The clock of a level: what is overdue stands first, and the office sets terms and calendar."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse
from time_machine import travel

from accounts.models import AuditEntry
from reviews.deadlines.clocks import Clock, deadlines_of, first_things_first
from reviews.deadlines.services import create_default_calendar
from reviews.enums import Action
from reviews.models import CalendarDay, ReviewTerm
from reviews.querysets import inbox
from submissions.enums import Status
from tests.conftest import Cast, City, filed, shanghai, step

SETTINGS, DAYS = reverse("reviews:clock-settings"), reverse("reviews:day-set")
MONDAY = date(2026, 4, 13)
DAY = {"date": "2026-04-15", "works": "False", "name": "地方节日"}
TERMS = {
    "section_review-days": "3",
    "section_review-urgent": "1",
    "supervising_review-days": "4",
    "supervising_review-urgent": "2",
    "principal_review-days": "5",
    "principal_review-urgent": "2",
    "group_review-days": "6",
    "group_review-urgent": "3",
    "unit_review-days": "1",
    "unit_review-urgent": "1",
    "meeting_review-days": "6",
    "meeting_review-urgent": "3",
}


def test_the_clock_starts_on_the_day_of_arrival_in_the_office_s_time(cast: Cast) -> None:
    item = filed(cast.author, shanghai("2026-04-13", "00:30"))
    assert deadlines_of(cast.author.office).clock(item, MONDAY) == Clock(date(2026, 4, 15), 2)


def test_an_urgent_item_has_less_time(cast: Cast) -> None:
    item = filed(cast.author, shanghai("2026-04-13"), urgent=True)
    assert deadlines_of(cast.author.office).clock(item, MONDAY) == Clock(date(2026, 4, 14), 1)


def test_the_clock_starts_anew_when_a_returned_item_comes_back(cast: Cast) -> None:
    item = filed(cast.author, shanghai("2026-04-01"))
    step(item, Action.RETURN, cast.section_head, shanghai("2026-04-07"), "请补充")
    item.refresh_from_db()
    assert deadlines_of(cast.author.office).clock(item, MONDAY) is None
    step(item, Action.SUBMIT, cast.author, shanghai("2026-04-10"))
    item.refresh_from_db()
    assert deadlines_of(cast.author.office).clock(item, MONDAY) == Clock(date(2026, 4, 14), 1)


def test_overdue_comes_before_urgent_and_urgent_before_old(cast: Cast) -> None:
    waiting = {
        name: filed(cast.author, shanghai(day), title=name, urgent=urgent)
        for name, day, urgent in [
            ("新来", "2026-04-13", False),
            ("加急", "2026-04-13", True),
            ("较早", "2026-04-10", False),
            ("超期", "2026-04-08", False),
        ]
    }
    deadlines = deadlines_of(cast.author.office)
    ordered = first_things_first(inbox(cast.section_head), deadlines, MONDAY)
    assert [item.title for item in ordered] == ["超期", "加急", "较早", "新来"]
    late = [name for name, item in waiting.items() if deadlines.clock(item, MONDAY).overdue]  # type: ignore[union-attr]
    assert late == ["超期"]


@pytest.mark.parametrize("days_ago", range(12))
@pytest.mark.parametrize("urgent", [True, False])
def test_the_order_and_the_clock_agree_on_what_is_overdue(cast: Cast, days_ago: int, urgent: bool) -> None:
    create_default_calendar(office=cast.author.office)
    item = filed(cast.author, shanghai(f"{MONDAY - timedelta(days=days_ago)}", "23:50"), urgent=urgent)
    deadlines = deadlines_of(cast.author.office)
    (row,) = inbox(cast.section_head).annotate(late=deadlines.overdue(MONDAY)).values_list("late", flat=True)
    clock = deadlines.clock(item, MONDAY)
    assert clock is not None
    assert row == clock.overdue


def test_the_inbox_says_what_is_overdue(cast: Cast, as_user) -> None:
    filed(cast.author, shanghai("2026-04-08"))
    with travel(shanghai("2026-04-13"), tick=False):
        page = as_user(cast.section_head).get(reverse("reviews:inbox")).content.decode()
    assert "已超期1个工作日" in page


# What the office sets


def test_an_administrator_sets_the_terms(cast: Cast, as_user) -> None:
    assert as_user(cast.admin).post(SETTINGS, TERMS)["Location"] == SETTINGS
    assert deadlines_of(cast.admin.office).terms[Status.PRINCIPAL_REVIEW].days == 5
    assert AuditEntry.objects.filter(action="terms.set").count() == 1


@pytest.mark.parametrize("change", ["0", "", "61", "两天"])
def test_a_term_that_cannot_be_is_refused(cast: Cast, as_user, change: str) -> None:
    answer = as_user(cast.admin).post(SETTINGS, TERMS | {"section_review-days": change})
    assert answer.status_code == 422
    assert not ReviewTerm.objects.exists()


def test_a_day_off_moves_the_due_day_until_it_is_taken_off(cast: Cast, as_user) -> None:
    item, client = filed(cast.author, shanghai("2026-04-13")), as_user(cast.admin)
    client.post(DAYS, DAY)
    client.post(DAYS, DAY | {"name": "改名"})
    office = cast.admin.office
    assert deadlines_of(office).clock(item, MONDAY) == Clock(date(2026, 4, 16), 2)
    client.post(reverse("reviews:day-unset", args=[CalendarDay.objects.get().pk]))
    assert deadlines_of(office).clock(item, MONDAY) == Clock(date(2026, 4, 15), 2)


@pytest.mark.parametrize("change", [{"date": ""}, {"date": "春节"}, {"name": "长" * 31}])
def test_a_day_that_cannot_be_is_refused(cast: Cast, as_user, change) -> None:
    assert as_user(cast.admin).post(DAYS, DAY | change).status_code == 422
    assert not CalendarDay.objects.exists()


def test_only_the_administrator_keeps_terms_and_days(cast: Cast, foreign_cast: Cast, as_user) -> None:
    as_user(cast.admin).post(DAYS, DAY)
    remove = reverse("reviews:day-unset", args=[CalendarDay.objects.get().pk])
    for other in (cast.author, cast.county_admin, cast.section_head, cast.auditor):
        assert as_user(other).get(SETTINGS).status_code == 403
        for page in (SETTINGS, DAYS, remove):
            assert as_user(other).post(page, TERMS | DAY).status_code == 403
    assert as_user(foreign_cast.admin).post(remove).status_code == 404
    assert "地方节日" not in as_user(foreign_cast.admin).get(SETTINGS).content.decode()


def test_the_shipped_calendar_is_that_of_the_state_council(city: City) -> None:
    create_default_calendar(office=city.office)
    calendar = deadlines_of(city.office).calendar
    assert sum(calendar.works(date(2026, 1, 1) + timedelta(days=day)) for day in range(365)) == 248
    assert not calendar.works(date(2026, 10, 1))
    assert calendar.works(date(2026, 10, 10))
