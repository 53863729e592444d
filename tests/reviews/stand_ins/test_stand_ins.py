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
from accounts.services.roles import grant_role
from notices.models import Notice
from reviews.enums import Action, FitToSign, Secrecy
from reviews.office_settings.services import set_rule
from reviews.querysets import inbox, unattended
from reviews.rules import may_decide
from reviews.stand_ins.services import end_stand_in, name_stand_in
from reviews.wording import signer
from submissions.enums import Chain, Status
from submissions.models import Item
from tests.conftest import LONG_AGO, Cast, City, filed, make_person, shanghai, step

Sign = Callable[[User], Client]
NOW = shanghai("2026-04-10")
TOMORROW = shanghai("2026-04-11")


def away(
    absent: User,
    stand_in: User,
    since: datetime = NOW,
    until: datetime = TOMORROW,
    *,
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


# Who is fit to sign


@pytest.fixture
def set_to(cast: Cast) -> Callable[[FitToSign], None]:
    def choose(rule: FitToSign) -> None:
        set_rule(chain=Chain.THREE_LEVELS, secrecy=Secrecy.NONE, stand_ins=rule, by=cast.admin, now=NOW)

    return choose


def test_people_of_units_below_do_not_sign_for_the_office(cast: Cast, city: City, as_user: Sign) -> None:
    head = make_person(city.county, "head", "县负责人", Role.UNIT_HEAD)
    leader = cast.supervising_leader
    for person in (cast.author, cast.other_author, head):
        with pytest.raises(ValidationError, match="不能代戊分管签"):
            away(leader, person)
    page = as_user(leader).get(reverse("reviews:stand-in-create")).content.decode()
    assert "丁科长" in page
    assert "甲作者" not in page
    away(head, cast.author)


def test_an_office_may_have_only_signers_stand_in(
    cast: Cast, deputy: User, set_to: Callable[[FitToSign], None]
) -> None:
    set_to(FitToSign.SIGNERS)
    with pytest.raises(ValidationError, match="在办公室某一级审签的人"):
        away(cast.principal_leader, deputy)
    away(cast.principal_leader, cast.section_head)


def test_an_office_may_go_by_rank(cast: Cast, deputy: User, set_to: Callable[[FitToSign], None]) -> None:
    set_to(FitToSign.RANK)
    for person in (deputy, cast.section_head):
        with pytest.raises(ValidationError, match="不能代己主要签"):
            away(cast.principal_leader, person)
    away(cast.principal_leader, cast.supervising_leader)
    away(cast.section_head, cast.group_member)


def test_whom_a_stand_in_signs_for_is_said_wherever_the_item_is_offered(
    cast: Cast, city: City, deputy: User, as_user: Sign
) -> None:
    grant_role(user=deputy, role=Role.SECTION_HEAD, unit=city.office, since=LONG_AGO)
    own = filed(cast.author, NOW, title="自己这一级的")
    theirs = step(filed(cast.author, NOW, title="代人审签的"), Action.PASS, cast.section_head, NOW)
    away(cast.supervising_leader, deputy)
    with time_machine.travel(NOW, tick=False):
        client = as_user(deputy)
        for item in (own, theirs):
            client.get(reverse("reviews:item-decide", args=[item.pk]))
        batch = f"{reverse('reviews:batch-confirm')}?item={own.pk}&item={theirs.pk}"
        for page in (reverse("desk"), reverse("reviews:inbox"), batch):
            html = client.get(page).content.decode()
            assert html.count('<span class="badge-level">代戊分管</span>') == 1, page


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


# Deciding in somebody's name


def waiting_for(person: User) -> set[int]:
    """What waits for a person, as their next request would find it."""
    return set(inbox(User.objects.get(pk=person.pk)).values_list("pk", flat=True))


def may(person: User, item: Item, now: datetime = NOW) -> bool:
    return may_decide(person, item, now)


def test_it_begins_and_ends_at_its_minute(cast: Cast, deputy: User, as_user: Sign) -> None:
    item = step(filed(cast.author, NOW), Action.PASS, cast.section_head, NOW)
    since, until = shanghai("2026-04-13", "08:30"), shanghai("2026-04-15", "18:00")
    away(cast.supervising_leader, deputy, since, until)
    page = reverse("reviews:item-decide", args=[item.pk])
    second = timedelta(seconds=1)
    for moment, acts in ((since - second, False), (since, True), (until - second, True), (until, False)):
        with time_machine.travel(moment, tick=False):
            assert may(deputy, item, moment) is acts
            assert (item.pk in waiting_for(deputy)) is acts
            assert as_user(deputy).get(page).status_code == (200 if acts else 404)
            assert as_user(deputy).get(reverse("reviews:inbox")).status_code == (200 if acts else 403)
            assert may(cast.supervising_leader, item, moment), "the person away may still decide"
            assert item.pk in waiting_for(cast.supervising_leader)


def test_a_stand_in_signs_with_both_names(cast: Cast, deputy: User) -> None:
    away(cast.section_head, deputy)
    item = step(filed(cast.author, NOW), Action.PASS, deputy, NOW)
    decision = item.decisions.signed().get()
    assert (decision.by, decision.acting_for) == (deputy, cast.section_head)
    assert signer(decision) == "寅代签（代丁科长）"
    assert item.status == Status.SUPERVISING_REVIEW


def test_who_holds_the_role_signs_in_their_own_name(cast: Cast, city: City) -> None:
    other = make_person(city.section, "second", "卯副科", Role.SECTION_HEAD)
    away(cast.section_head, other)
    item = step(filed(cast.author, NOW), Action.PASS, other, NOW)
    assert item.decisions.signed().get().acting_for is None


def test_after_the_end_the_step_is_not_theirs(cast: Cast, deputy: User) -> None:
    away(cast.section_head, deputy)
    item = filed(cast.author, NOW)
    with pytest.raises(PermissionDenied):
        step(item, Action.PASS, deputy, TOMORROW)


def test_what_a_stand_in_does_is_not_handed_on(cast: Cast, deputy: User, city: City) -> None:
    """The service refuses chains; even a chain in the table gives the third person nothing."""
    third = make_person(city.section, "third", "辰第三", Role.AUTHOR)
    away(cast.section_head, deputy)
    StandIn.objects.create(
        absent=deputy, stand_in=third, since=NOW, until=TOMORROW, given_by=deputy, given_at=NOW
    )
    item = filed(cast.author, NOW)
    assert may(deputy, item)
    assert not may(third, item)


def test_nobody_answers_at_two_levels_not_as_a_stand_in_either(cast: Cast, deputy: User) -> None:
    away(cast.supervising_leader, cast.section_head)
    item = step(filed(cast.author, NOW), Action.PASS, cast.section_head, NOW)
    assert not may(cast.section_head, item)
    assert may(cast.supervising_leader, item)
    with time_machine.travel(NOW, tick=False):
        assert item.pk not in waiting_for(cast.section_head)
        fresh = filed(cast.author, NOW)
        assert fresh.pk in waiting_for(cast.section_head)


def test_whom_a_stand_in_signed_for_does_not_sign_at_another_level(
    cast: Cast, deputy: User, city: City
) -> None:
    """A leader who holds two levels, through a stand-in at the first, is out at the second."""
    grant_role(user=cast.section_head, role=Role.SUPERVISING_LEADER, unit=city.office, since=LONG_AGO)
    away(cast.section_head, deputy)
    item = step(filed(cast.author, NOW), Action.PASS, deputy, NOW)
    assert item.status == Status.SUPERVISING_REVIEW
    assert not may(cast.section_head, item)
    assert not may(deputy, item)
    assert may(cast.supervising_leader, item)
    with time_machine.travel(NOW, tick=False):
        assert item.pk not in waiting_for(cast.section_head)


def test_one_stand_in_for_two_leaders_signs_once(cast: Cast, deputy: User) -> None:
    away(cast.section_head, deputy)
    away(cast.supervising_leader, deputy)
    item = step(filed(cast.author, NOW), Action.PASS, deputy, NOW)
    assert not may(deputy, item)
    assert may(cast.supervising_leader, item)


def test_a_stand_in_decides_neither_on_the_own_writing_nor_on_that_of_the_person_away(
    cast: Cast, deputy: User
) -> None:
    away(cast.section_head, deputy)
    own = filed(deputy, NOW)
    absent = filed(cast.section_head, NOW)
    both = filed(cast.author, NOW)
    assert own.status == Status.SECTION_REVIEW, "the section head may decide on it"
    assert not may(deputy, own)
    assert absent.status == Status.SUPERVISING_REVIEW, "nobody may, so the level is passed over"
    assert may(deputy, both)
    with time_machine.travel(NOW, tick=False):
        assert waiting_for(deputy) == {both.pk}


def test_a_stand_in_sees_the_items_only_while_acting(cast: Cast, city: City, as_user: Sign) -> None:
    somebody = make_person(city.team, "somebody", "巳组员", Role.AUTHOR)
    item = filed(cast.author, NOW)
    away(cast.section_head, somebody)
    page = reverse("submissions:item-detail", args=[item.pk])
    with time_machine.travel(NOW, tick=False):
        assert as_user(somebody).get(page).status_code == 200
    with time_machine.travel(TOMORROW, tick=False):
        assert as_user(somebody).get(page).status_code == 404


def test_a_stand_in_of_a_closed_account_acts_no_more(cast: Cast, deputy: User) -> None:
    away(cast.section_head, deputy)
    item = filed(cast.author, NOW)
    cast.section_head.is_active = False
    cast.section_head.save()
    assert not may(deputy, item)


def test_the_three_questions_agree_on_stand_ins(cast: Cast, deputy: User) -> None:
    away(cast.section_head, deputy)
    items = [filed(cast.author, NOW), filed(deputy, NOW), filed(cast.section_head, NOW)]
    items.append(step(filed(cast.author, NOW), Action.PASS, deputy, NOW))
    with time_machine.travel(NOW, tick=False):
        for person in (deputy, cast.section_head, cast.supervising_leader, cast.principal_leader):
            assert waiting_for(person) == {item.pk for item in items if may(person, item)}
    assert not unattended(deputy.office, NOW).exists()
