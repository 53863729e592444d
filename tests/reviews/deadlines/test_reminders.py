"""Reminders before, on and after the due day, over weekends, holidays and returns; what is said above."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.enums import Role
from notices.enums import Kind
from notices.models import Notice
from reviews import tasks
from reviews.deadlines.clocks import Term, deadlines_of
from reviews.deadlines.lateness import late_below
from reviews.deadlines.reminders import remind
from reviews.deadlines.services import create_default_calendar, set_terms
from reviews.enums import Action
from reviews.models import Assignment
from submissions.enums import Route, Status
from submissions.models import Item
from tests.conftest import Cast, City, filed, make_person, shanghai, step
from tests.test_reconciling import in_threads

# 2026-04-10 is a Friday; the section head has two working days, so until Tuesday the 14th.
FRIDAY, MONDAY, TUESDAY, WEDNESDAY = (shanghai(f"2026-04-{day}") for day in (10, 13, 14, 15))


def sweep(city: City, *days: str) -> list[tuple[str, str, str]]:
    """Remind on these days in turn; returns (recipient, kind, stage or event) of all that was told so far."""
    for day in days:
        remind(office=city.office, now=shanghai(day, "09:00"))
    told = Notice.objects.filter(kind__in=[Kind.DUE, Kind.ESCALATED, Kind.RETURNED])
    told = told.exclude(key__startswith="step").order_by("pk").select_related("recipient")
    return [
        (each.recipient.username, each.kind, each.key.rsplit(":", 1)[-1] if each.kind == Kind.DUE else "")
        for each in told
        if each.key.split(":")[0] in {"due", "late", "lying"}
    ]


def test_the_decider_is_told_the_day_before_on_the_day_and_the_day_after(cast: Cast, city: City) -> None:
    filed(cast.author, FRIDAY)
    assert sweep(city, "2026-04-10") == []
    assert sweep(city, "2026-04-13") == [("section", "due", "T-1")]
    assert sweep(city, "2026-04-14")[-1] == ("section", "due", "T")
    assert sweep(city, "2026-04-15")[2:] == [("section", "due", "T+1"), ("supervising", "escalated", "")]
    assert len(sweep(city, "2026-04-16", "2026-04-17", "2026-04-20")) == 4


def test_however_often_the_sweep_runs_each_stage_is_told_once(cast: Cast, city: City) -> None:
    filed(cast.author, FRIDAY)
    assert len(sweep(city, *["2026-04-13"] * 3, *["2026-04-15"] * 3)) == 3


def test_nobody_is_told_on_days_off(cast: Cast, city: City) -> None:
    filed(cast.author, shanghai("2026-04-09"))  # due on Monday the 13th
    assert sweep(city, "2026-04-11", "2026-04-12") == []


def test_holidays_and_worked_weekends_are_the_offices_own(cast: Cast, city: City) -> None:
    """Labour day 2026: off from 1 to 5 May, worked on Saturday 9 May."""
    create_default_calendar(office=city.office)
    filed(cast.author, shanghai("2026-04-30"))
    assert sweep(city, *(f"2026-05-0{day}" for day in range(1, 6))) == []
    assert sweep(city, "2026-05-06") == [("section", "due", "T-1")]
    filed(cast.author, shanghai("2026-05-07"), title="另一篇")
    assert sweep(city, "2026-05-09")[-1] == ("section", "due", "T")


def test_a_sweep_that_was_down_makes_up_for_the_newest_stage_alone(cast: Cast, city: City) -> None:
    filed(cast.author, FRIDAY)
    assert sweep(city, "2026-04-14") == [("section", "due", "T")]
    other = filed(cast.author, FRIDAY, title="另一篇")
    assert [stage for _who, _kind, stage in sweep(city, "2026-04-22")][1:] == ["T+1", "", "T+1", ""]
    assert not Notice.objects.filter(key__contains=f"due:{other.pk}", key__endswith=":T").exists()


def test_the_clock_restarts_after_a_return(cast: Cast, city: City) -> None:
    item = filed(cast.author, FRIDAY)
    sweep(city, "2026-04-13", "2026-04-14")
    step(item, Action.RETURN, cast.section_head, TUESDAY, "标题请改短")
    assert len(sweep(city, "2026-04-15", "2026-04-16")) == 2
    step(item, Action.SUBMIT, cast.author, shanghai("2026-04-16"))
    assert sweep(city, "2026-04-17")[2:] == [("section", "due", "T-1")]


def test_the_next_level_has_a_clock_of_its_own(cast: Cast, city: City) -> None:
    item = filed(cast.author, FRIDAY)
    step(item, Action.PASS, cast.section_head, MONDAY)
    assert sweep(city, "2026-04-13") == []
    assert sweep(city, "2026-04-14") == [("supervising", "due", "T-1")]


def test_an_urgent_item_with_one_day_is_not_due_tomorrow_on_the_day_it_comes(cast: Cast, city: City) -> None:
    filed(cast.author, FRIDAY, urgent=True)
    assert sweep(city, "2026-04-10") == []
    assert sweep(city, "2026-04-13") == [("section", "due", "T")]


def test_the_due_day_follows_the_terms_the_office_has_set(cast: Cast, city: City) -> None:
    set_terms(office=city.office, terms={Status.SECTION_REVIEW: Term(1, 1)}, by=cast.admin, now=FRIDAY)
    filed(cast.author, FRIDAY)
    assert sweep(city, "2026-04-13") == [("section", "due", "T")]


def test_what_is_late_at_the_last_level_is_told_to_the_administrator(cast: Cast, city: City) -> None:
    item = filed(cast.author, shanghai("2026-04-01"))
    step(item, Action.PASS, cast.section_head, shanghai("2026-04-01"))
    step(item, Action.PASS, cast.supervising_leader, shanghai("2026-04-01"))
    assert sweep(city, "2026-04-08") == [("principal", "due", "T+1"), ("admin", "escalated", "")]


def test_a_level_at_which_nobody_decides_is_passed_over_when_lateness_is_told(cast: Cast, city: City) -> None:
    filed(cast.author, FRIDAY)
    cast.supervising_leader.grants.update(until=date(2026, 4, 1))
    assert sweep(city, "2026-04-15")[-1] == ("principal", "escalated", "")


def test_only_the_one_an_item_was_handed_to_is_reminded(cast: Cast, city: City) -> None:
    second = make_person(city.section, "second", "又科长", Role.SECTION_HEAD)
    item = filed(cast.author, FRIDAY)
    Assignment.objects.create(
        item=item, level=item.status, person=second, by=cast.section_head, at=FRIDAY + timedelta(hours=1)
    )
    assert sweep(city, "2026-04-13") == [("second", "due", "T-1")]


def test_writers_are_reminded_of_what_lies_with_them(cast: Cast, city: City) -> None:
    item = filed(cast.author, FRIDAY)
    step(item, Action.RETURN, cast.section_head, FRIDAY, "标题请改短")
    assert sweep(city, "2026-04-14") == []
    assert sweep(city, "2026-04-15", "2026-04-16") == [("author", "returned", "")]


def test_nothing_is_told_to_another_office(cast: Cast, foreign_cast: Cast, city: City) -> None:
    filed(foreign_cast.author, FRIDAY)
    assert sweep(city, "2026-04-15") == []


def test_what_is_issued_or_withdrawn_is_nobodys_concern(cast: Cast, city: City) -> None:
    step(filed(cast.author, FRIDAY), Action.WITHDRAW, cast.author, FRIDAY)
    assert sweep(city, "2026-04-15") == []


def test_the_task_reminds_in_every_office_whatever_happens_in_one(
    cast: Cast, foreign_cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    filed(cast.author, FRIDAY)
    filed(foreign_cast.author, FRIDAY)

    def fails_at_home(*, office, now):
        if office == cast.author.office:
            raise RuntimeError("disk full")
        return remind(office=office, now=now)

    monkeypatch.setattr(tasks, "remind_office", fails_at_home)
    with time_machine.travel(shanghai("2026-04-13"), tick=False):
        tasks.remind(wholly_new="keyword")
    assert [notice.recipient.username for notice in Notice.objects.filter(kind=Kind.DUE)] == [
        "foreign_section"
    ]


@pytest.mark.django_db(transaction=True)
def test_two_beats_at_once_remind_once(cast: Cast, city: City) -> None:
    filed(cast.author, FRIDAY)
    with time_machine.travel(shanghai("2026-04-15"), tick=False):
        in_threads(tasks.remind, tasks.remind, tasks.remind)
    assert len(sweep(city)) == 2


def late(person, day: str) -> set[Item]:
    return set(late_below(person, deadlines_of(person.office), timezone.localdate(shanghai(day))))


def test_leaders_see_what_is_late_below_them_and_not_what_is_late_with_them(cast: Cast) -> None:
    one = filed(cast.author, FRIDAY)
    other = filed(cast.author, shanghai("2026-04-08"), title="二审中")
    step(other, Action.PASS, cast.section_head, shanghai("2026-04-08"))
    important = filed(cast.author, FRIDAY, title="重要", route=Route.IMPORTANT, route_reason="全市通报")
    day = "2026-04-15"
    assert late(cast.section_head, day) == set()
    assert late(cast.supervising_leader, day) == {one, important}
    assert late(cast.principal_leader, day) == {one, other, important}
    assert late(cast.group_member, day) == {important}
    assert late(cast.admin, day) == {one, other, important}
    assert late(cast.author, day) == set()
    assert late(cast.principal_leader, "2026-04-10") == set()


def test_the_inbox_lists_what_is_late_below(cast: Cast, foreign_cast: Cast, as_user) -> None:
    filed(cast.author, FRIDAY)
    with time_machine.travel(WEDNESDAY, tick=False):
        assert "下级超期 1 件" in as_user(cast.supervising_leader).get("/review/").content.decode()
        assert "下级超期" not in as_user(cast.section_head).get("/review/").content.decode()
        assert "下级超期" not in as_user(foreign_cast.principal_leader).get("/review/").content.decode()
