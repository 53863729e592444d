"""Who decides here, what waits for me, what waits for nobody: one rule, asked from three sides."""

from __future__ import annotations

from datetime import timedelta

import pytest

from accounts.enums import Role
from accounts.models import StandIn, User
from accounts.services.roles import grant_role
from reviews.chain import LEVELS, ROADS, Road
from reviews.enums import Action
from reviews.models import Decision
from reviews.querysets import deciders, inbox, unattended
from submissions.enums import IN_REVIEW, Chain, Route, Status
from submissions.models import Item
from submissions.services.drafts import Author, save_draft
from tests.conftest import LONG_AGO, Cast, City, filed, make_person, shanghai, step
from tests.reviews.builders import (
    IMPORTANT,
    NOW,
    ORDINARY,
    decider,
    important,
    item_at,
    refiled,
    states,
    use_chain,
)

TODAY = NOW.date()
#: Between them they pass through every level.
EVERYWHERE = (IMPORTANT, Road(Chain.UNIT_FIRST_COUNTY, Route.ORDINARY))


def fresh(person: User) -> User:
    """The person as the next request loads them."""
    found: User = User.objects.get(pk=person.pk)
    return found


def test_the_inbox_puts_urgent_items_first_and_then_the_oldest(cast: Cast) -> None:
    moments = [shanghai("2026-04-01"), shanghai("2026-04-02"), shanghai("2026-04-03"), shanghai("2026-04-04")]
    old, older_urgent, newer_urgent, new = (
        filed(cast.author, moment, title=title, urgent=title.startswith("急"))
        for moment, title in zip(moments, ["旧稿", "急一", "急二", "新稿"], strict=True)
    )
    assert list(inbox(cast.section_head)) == [older_urgent, newer_urgent, old, new]


def test_an_item_waits_from_the_moment_it_reached_the_level(cast: Cast) -> None:
    first = filed(cast.author, shanghai("2026-04-01"))
    second = filed(cast.author, shanghai("2026-04-02"))
    step(second, Action.PASS, cast.section_head, shanghai("2026-04-03"))
    step(first, Action.PASS, cast.section_head, shanghai("2026-04-04"))
    assert list(inbox(cast.supervising_leader)) == [second, first]


@pytest.mark.parametrize("person", ["author", "colleague", "admin", "county_admin", "auditor"])
def test_nothing_waits_for_those_who_review_nothing(cast: Cast, person: str) -> None:
    for road in EVERYWHERE:
        for level in ROADS[road]:
            item_at(cast, level.waiting, road)
    assert set(Item.objects.values_list("status", flat=True)) == IN_REVIEW
    assert not inbox(getattr(cast, person)).exists()


def test_nothing_of_another_office_waits_for_anybody_here(cast: Cast, foreign_cast: Cast) -> None:
    filed(cast.author, NOW)
    assert not inbox(foreign_cast.section_head).exists()
    assert not unattended(foreign_cast.author.office, NOW).exists()


@pytest.fixture
def crowded(cast: Cast, city: City) -> list[User]:
    """Items in every state, written and signed by people with one role, several, or none any more."""
    both = make_person(city.office, "both", "两职人", Role.SECTION_HEAD, Role.SUPERVISING_LEADER)
    every = make_person(city.office, "every", "全职人", *[level.role for level in ROADS[IMPORTANT]])
    writer = make_person(city.office, "writer", "写稿领导", Role.PRINCIPAL_LEADER, Role.AUTHOR)
    gone = make_person(city.office, "gone", "离任人", Role.SUPERVISING_LEADER)
    for road in (ORDINARY, *EVERYWHERE):
        for status in states(road):
            item_at(cast, status, road)
    use_chain(cast, Chain.THREE_LEVELS)
    for signer in (both, every):
        step(filed(cast.author, NOW, **important(Route.IMPORTANT)), Action.PASS, signer, NOW)
    for by in (both, every, writer):
        filed(by, NOW, **important(Route.IMPORTANT))
    together = [
        Author("甲作者", 1, cast.author),
        Author("全职人", 1, every),
        Author("庚成员", 1, cast.group_member),
    ]
    filed(cast.author, NOW, authors=together)
    former = filed(cast.author, NOW, authors=together)
    step(former, Action.RETURN, cast.section_head, NOW, "请核实")
    save_draft(item=former, by=cast.author, fields={}, authors=together[:1], now=NOW)
    step(former, Action.SUBMIT, cast.author, NOW)
    returned_by_gone = item_at(cast, Status.SUPERVISING_REVIEW)
    step(returned_by_gone, Action.RETURN, gone, NOW, "请核实")
    refiled(returned_by_gone, cast.author, body="改好了。")
    gone.is_active = False
    gone.save()
    cast.principal_leader.grants.all().delete()
    return list(User.objects.order_by("pk"))


def test_the_inbox_holds_exactly_what_the_person_may_decide_on(crowded: list[User]) -> None:
    waiting = list(Item.objects.filter(status__in=IN_REVIEW))
    for person in map(fresh, crowded):
        if not person.is_active:
            continue
        may = {item for item in waiting if person in deciders(item, LEVELS[Status(item.status)], NOW)}
        assert set(inbox(person)) == may, person.username


def test_unattended_is_exactly_what_nobody_may_decide_on(crowded: list[User], city: City) -> None:
    def forsaken() -> set[Item]:
        waiting = Item.objects.filter(status__in=IN_REVIEW)
        return {item for item in waiting if not deciders(item, LEVELS[Status(item.status)], NOW).exists()}

    assert set(unattended(city.office, NOW)) == forsaken()
    for person in crowded:
        person.grants.exclude(role=Role.AUTHOR).first() and person.grants.exclude(role=Role.AUTHOR)[
            0
        ].delete()
        assert set(unattended(city.office, NOW)) == forsaken(), person.username
    assert forsaken(), "the last holders are gone, so something waits for nobody"


def test_one_query_finds_the_same_deciders_as_small_steps(crowded: list[User], cast: Cast) -> None:
    StandIn.objects.create(
        absent=cast.section_head,
        stand_in=cast.colleague,
        since=NOW,
        until=NOW + timedelta(days=1),
        given_by=cast.section_head,
        given_at=NOW,
    )
    found = set()
    for item in Item.objects.filter(status__in=IN_REVIEW):
        level = LEVELS[Status(item.status)]
        able = set(deciders(item, level, NOW))
        assert set(deciders(item, level, NOW, at_once=True)) == able, item
        found |= able
    assert cast.colleague in found, "the stand-in is among them somewhere"


def test_an_item_is_attended_again_when_the_role_is_given_to_somebody_else(cast: Cast, city: City) -> None:
    item = filed(cast.author, NOW)
    cast.section_head.grants.all().delete()
    assert list(unattended(city.office, NOW)) == [item]
    grant_role(user=cast.colleague, role=Role.SECTION_HEAD, unit=city.office, since=LONG_AGO)
    assert not unattended(city.office, NOW).exists()
    assert list(inbox(fresh(cast.colleague))) == [item]


def test_the_forsaken_are_listed_urgent_first_and_then_the_oldest(cast: Cast, city: City) -> None:
    old = filed(cast.author, NOW)
    urgent = filed(cast.author, NOW + timedelta(days=1), urgent=True)
    cast.section_head.grants.all().delete()
    assert list(unattended(city.office, NOW)) == [urgent, old]


@pytest.mark.parametrize("road", ROADS, ids="-".join)
def test_every_level_has_one_decider_of_the_cast(cast: Cast, road: Road) -> None:
    for level in ROADS[road]:
        item = item_at(cast, level.waiting, road)
        assert list(deciders(item, level, NOW)) == [decider(cast, level.waiting)]


def test_holding_a_role_twice_is_being_one_decider(cast: Cast, city: City) -> None:
    grant = cast.section_head.grants.get()
    grant.until = shanghai("2026-04-05").date()
    grant.save()
    grant_role(user=cast.section_head, role=Role.SECTION_HEAD, unit=city.office, since=TODAY)
    item = filed(cast.author, NOW)
    assert deciders(item, LEVELS[Status(item.status)], NOW).count() == 1


def test_the_latest_signature_of_a_person_is_found_with_its_version(cast: Cast) -> None:
    item = item_at(cast, Status.SECTION_RETURN)
    assert item.decisions.last_by(cast.supervising_leader) is None
    item = refiled(item, cast.author, body="改好了。")
    step(item, Action.PASS, cast.section_head, NOW)
    last = item.decisions.last_by(cast.section_head)
    assert last is not None
    assert (last.action, last.version.number) == (Action.PASS, 2)


def test_filing_and_recusal_are_no_signatures(cast: Cast) -> None:
    cast.section_head.grants.all().delete()
    filed(cast.author, NOW)
    assert Decision.objects.count() == 2
    assert not Decision.objects.signed().exists()
