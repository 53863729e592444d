"""Somebody decides for a leader who is away: from when until when, in whose name, and where not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from accounts.enums import Role
from accounts.models import AuditEntry, StandIn, User
from accounts.services import grant_role
from notices.models import Notice
from reviews.services import end_stand_in, name_stand_in
from tests.conftest import LONG_AGO, Cast, City, make_person, shanghai

Sign = Callable[[User], Client]
NOW = shanghai("2026-04-10")
TOMORROW = shanghai("2026-04-11")


def away(
    absent: User,
    stand_in: User,
    since: datetime = NOW,
    until: datetime = TOMORROW,
    by: User | None = None,
    now: datetime = NOW,
) -> StandIn:
    return name_stand_in(
        absent=absent, stand_in=stand_in, since=since, until=until, by=by or absent, now=now, reason="出差"
    )


@pytest.fixture
def deputy(city: City) -> User:
    """Somebody of the office who writes but decides on nothing."""
    return make_person(city.section, "deputy", "寅代签", Role.AUTHOR)


# Naming and ending


def test_a_leader_names_a_stand_in_and_both_are_told(cast: Cast, deputy: User) -> None:
    entry = away(cast.supervising_leader, deputy)
    told = Notice.objects.filter(kind="stand_in", key=f"stand_in:{entry.pk}:named")
    assert {notice.recipient for notice in told} == {cast.supervising_leader, deputy}
    audit = AuditEntry.objects.get(action="stand_in.name")
    assert audit.detail["absent"] == "戊分管"
    assert audit.detail["until"] == "2026-04-11 10:00"


def test_the_administrator_does_it_for_others_and_nobody_else_does(
    cast: Cast, deputy: User, foreign_cast: Cast
) -> None:
    for person in (cast.author, cast.section_head, cast.county_admin, cast.auditor, foreign_cast.admin):
        with pytest.raises(PermissionDenied):
            away(cast.supervising_leader, deputy, by=person)
    assert away(cast.supervising_leader, deputy, by=cast.admin).given_by == cast.admin


def test_who_decides_on_nothing_has_no_stand_in(cast: Cast, deputy: User) -> None:
    with pytest.raises(PermissionDenied):
        away(cast.author, deputy)
    with pytest.raises(ValidationError, match="不审核稿件"):
        away(cast.author, deputy, by=cast.admin)


@pytest.mark.parametrize("person", ["admin", "county_admin", "auditor"])
def test_whoever_keeps_the_house_or_watches_does_not_stand_in(cast: Cast, person: str) -> None:
    with pytest.raises(ValidationError, match="不能审核稿件"):
        away(cast.supervising_leader, getattr(cast, person))


def test_nobody_of_another_office_or_with_a_closed_account_stands_in(
    cast: Cast, foreign_cast: Cast, deputy: User
) -> None:
    deputy.is_active = False
    deputy.save()
    for person in (foreign_cast.section_head, deputy, cast.supervising_leader):
        with pytest.raises(ValidationError, match="请选择本机关"):
            away(cast.supervising_leader, person)


def test_an_end_before_the_beginning_or_before_now_is_refused(cast: Cast, deputy: User) -> None:
    for since, until in ((TOMORROW, NOW), (NOW - timedelta(days=2), NOW)):
        with pytest.raises(ValidationError, match="结束时间"):
            away(cast.supervising_leader, deputy, since, until)


def test_two_stand_ins_at_one_time_are_refused_and_one_after_the_other_is_not(
    cast: Cast, deputy: User
) -> None:
    away(cast.supervising_leader, deputy)
    with pytest.raises(ValidationError, match="已由寅代签代签"):
        away(
            cast.supervising_leader, cast.section_head, since=TOMORROW - timedelta(minutes=1), until=TOMORROW
        )
    away(cast.supervising_leader, cast.section_head, since=TOMORROW, until=TOMORROW + timedelta(days=1))


def test_circles_and_chains_are_refused(cast: Cast, deputy: User) -> None:
    away(cast.supervising_leader, cast.section_head)
    with pytest.raises(ValidationError, match="代签"):
        away(cast.section_head, cast.supervising_leader)
    with pytest.raises(ValidationError, match="代签"):
        away(cast.section_head, deputy)
    with pytest.raises(ValidationError, match="外出"):
        away(cast.principal_leader, cast.supervising_leader)


def test_ending_early_keeps_the_row_and_makes_room(cast: Cast, deputy: User) -> None:
    entry = away(cast.supervising_leader, deputy)
    noon = NOW + timedelta(hours=2)
    end_stand_in(entry=entry, by=cast.supervising_leader, now=noon)
    entry.refresh_from_db()
    assert (entry.since, entry.until) == (NOW, noon)
    with pytest.raises(ValidationError, match="已经结束"):
        end_stand_in(entry=entry, by=cast.admin, now=noon)
    away(cast.supervising_leader, cast.section_head, since=noon, now=noon)
    assert Notice.objects.filter(key=f"stand_in:{entry.pk}:ended").count() == 2
    assert AuditEntry.objects.filter(action="stand_in.end").count() == 1


def test_one_that_has_not_begun_never_begins(cast: Cast, deputy: User) -> None:
    entry = away(cast.supervising_leader, deputy, since=TOMORROW, until=TOMORROW + timedelta(days=1))
    end_stand_in(entry=entry, by=cast.supervising_leader, now=NOW)
    entry.refresh_from_db()
    assert entry.since == entry.until == TOMORROW
    assert not StandIn.objects.at(TOMORROW).exists()
    away(cast.supervising_leader, cast.section_head, since=TOMORROW, until=TOMORROW + timedelta(days=1))


def test_only_the_person_away_or_the_administrator_ends_it(cast: Cast, deputy: User) -> None:
    entry = away(cast.supervising_leader, deputy)
    for person in (deputy, cast.principal_leader, cast.county_admin):
        with pytest.raises(PermissionDenied):
            end_stand_in(entry=entry, by=person, now=NOW)


def test_a_stand_in_is_not_made_an_administrator_meanwhile(cast: Cast, deputy: User) -> None:
    entry = away(cast.supervising_leader, deputy)
    with pytest.raises(ValidationError, match="戊分管"):
        grant_role(user=deputy, role=Role.OFFICE_ADMIN, unit=deputy.office, since=LONG_AGO)
    grant_role(user=deputy, role=Role.SECTION_HEAD, unit=deputy.office, since=LONG_AGO)
    deputy.grants.filter(role=Role.SECTION_HEAD).delete()
    end_stand_in(entry=entry, by=cast.admin, now=NOW)
    entry.refresh_from_db()
    grant_role(user=deputy, role=Role.OFFICE_ADMIN, unit=deputy.office, since=TOMORROW.date())


# The pages


def test_the_pages_name_list_and_end(cast: Cast, deputy: User, as_user: Sign) -> None:
    with time_machine.travel(NOW, tick=False):
        client = as_user(cast.supervising_leader)
        page = client.get(reverse("reviews:stand-in-create")).content.decode()
        assert "寅代签" in page
        assert "辛管理" not in page
        data: dict[str, Any] = {
            "stand_in": deputy.pk,
            "since": "2026-04-10T10:00",
            "until": "2026-04-12T18:00",
            "reason": "赴京开会",
        }
        assert client.post(reverse("reviews:stand-in-create"), data).status_code == 302
        entry = StandIn.objects.get()
        assert (entry.absent, entry.until) == (cast.supervising_leader, shanghai("2026-04-12", "18:00"))
        shown = client.get(reverse("reviews:stand-in-list")).content.decode()
        for word in ("寅代签", "赴京开会", "2026-04-12 18:00", "生效中"):
            assert word in shown
        again = client.post(reverse("reviews:stand-in-create"), data)
        assert again.status_code == 422
        assert "已由寅代签代签" in again.content.decode()
        end = reverse("reviews:stand-in-end", args=[entry.pk])
        assert "戊分管" in client.get(end).content.decode()
        assert client.post(end).status_code == 302
        assert client.post(end).status_code == 302, "twice is once"
        assert AuditEntry.objects.filter(action="stand_in.end").count() == 1


def test_the_administrator_chooses_the_person_away(cast: Cast, deputy: User, as_user: Sign) -> None:
    client = as_user(cast.admin)
    data = {
        "absent": cast.principal_leader.pk,
        "stand_in": deputy.pk,
        "since": "2026-04-10T10:00",
        "until": "2096-04-12T18:00",
    }
    assert client.post(reverse("reviews:stand-in-create"), data).status_code == 302
    assert StandIn.objects.get().absent == cast.principal_leader


def test_others_see_only_what_concerns_them(
    cast: Cast, deputy: User, foreign_cast: Cast, as_user: Sign
) -> None:
    entry = away(cast.supervising_leader, deputy)
    listed = reverse("reviews:stand-in-list")
    end = reverse("reviews:stand-in-end", args=[entry.pk])
    for person in (deputy, cast.admin):
        assert "出差" in as_user(person).get(listed).content.decode()
    for person in (cast.section_head, cast.author, foreign_cast.admin):
        assert "戊分管" not in as_user(person).get(listed).content.decode()
        assert as_user(person).post(end).status_code == 404
    assert as_user(deputy).post(end).status_code == 403
    assert as_user(cast.author).get(reverse("reviews:stand-in-create")).status_code == 403
