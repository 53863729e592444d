"""The chain as a table: what it says of itself, and that the document prints the same."""

import pytest

from accounts.enums import Role
from reviews.chain import (
    ENDS,
    FILED_FROM,
    FINAL,
    LEVELS,
    ROADS,
    STEPS,
    UNIT,
    UNIT_FIRST,
    IllegalStep,
    Road,
    approval,
    behind,
    onward,
    step_for,
)
from reviews.enums import Action
from submissions.enums import IN_REVIEW, RETURNED, Chain, Route, Status
from tests.reviews.builders import IMPORTANT, ORDINARY
from tests.reviews.chain_table import markdown, printed

every_road = pytest.mark.parametrize("road", ROADS, ids="-".join)


def test_the_document_prints_the_table_as_it_is() -> None:
    assert printed() == markdown(), "python -m tests.reviews.chain_table"


def test_every_step_of_the_table_is_found_and_no_other() -> None:
    rows = {(step.road, step.source, step.action, step.target): step for step in STEPS}
    for road in ROADS:
        for source in Status:
            for action in Action:
                for target in Status:
                    wanted = rows.get((road, source, action, target))
                    if wanted:
                        to = target if action == Action.SEND_BACK else None
                        assert step_for(road, source, action, to) == wanted
                    else:
                        with pytest.raises(IllegalStep):
                            step_for(road, source, action, target)


@every_road
def test_where_an_item_is_sent_back_to_is_always_named(road: Road) -> None:
    for level in ROADS[road]:
        with pytest.raises(IllegalStep):
            step_for(road, level.waiting, Action.SEND_BACK)


def test_words_that_are_no_status_are_no_step() -> None:
    with pytest.raises(IllegalStep):
        step_for(ORDINARY, "nowhere", "pass")


def test_every_level_of_review_has_its_place_and_its_return() -> None:
    assert set(LEVELS) == IN_REVIEW
    assert {level.returned for level in LEVELS.values()} == RETURNED


@every_road
def test_a_returned_item_comes_back_to_the_level_that_returned_it(road: Road) -> None:
    for level in ROADS[road]:
        returned = step_for(road, level.waiting, Action.RETURN).target
        assert step_for(road, returned, Action.SUBMIT).target == level.waiting


@every_road
def test_every_state_can_be_reached_and_left(road: Road) -> None:
    steps = [step for step in STEPS if step.road == road]
    reached, size = {Status.DRAFT}, 0
    while len(reached) > size:
        size = len(reached)
        reached |= {step.target for step in steps if step.source in reached}
    assert reached == {step.source for step in steps} | ENDS


@every_road
def test_a_level_sends_back_to_every_level_before_it_and_to_no_other(road: Road) -> None:
    levels = list(ROADS[road])
    for position, level in enumerate(levels):
        assert behind(road, level.waiting) == levels[:position]
        assert behind(road, level.returned) == []


def test_the_ordinary_road_ends_with_the_principal_leader() -> None:
    assert [level.role for level in ROADS[ORDINARY]] == [
        Role.SECTION_HEAD,
        Role.SUPERVISING_LEADER,
        Role.PRINCIPAL_LEADER,
    ]
    assert approval(ORDINARY, Status.PRINCIPAL_REVIEW) == Action.ISSUE


def test_the_important_road_adds_the_leading_group() -> None:
    assert [level.role for level in ROADS[IMPORTANT]] == [
        *[level.role for level in ROADS[ORDINARY]],
        Role.GROUP_MEMBER,
    ]
    assert approval(IMPORTANT, Status.PRINCIPAL_REVIEW) == Action.PASS
    assert approval(IMPORTANT, Status.GROUP_REVIEW) == Action.ISSUE


def test_a_county_decides_in_its_meeting_and_on_what_is_important_in_its_leading_group() -> None:
    assert [level.waiting for level in ROADS[Road(Chain.COUNTY, Route.ORDINARY)]] == [Status.MEETING_REVIEW]
    assert [level.waiting for level in ROADS[Road(Chain.COUNTY, Route.IMPORTANT)]] == [Status.GROUP_REVIEW]


@pytest.mark.parametrize("route", Route)
def test_a_units_own_check_stands_before_the_levels_of_its_office(route: Route) -> None:
    for chain, with_check in UNIT_FIRST.items():
        assert ROADS[Road(with_check, route)] == (UNIT, *ROADS[Road(chain, route)])


@pytest.mark.parametrize(
    ("status", "first"),
    [
        (Status.DRAFT, Status.SECTION_REVIEW),
        (Status.WITHDRAWN, Status.SECTION_REVIEW),
        (Status.SUPERVISING_REVIEW, Status.SUPERVISING_REVIEW),
        (Status.PRINCIPAL_RETURN, Status.PRINCIPAL_REVIEW),
        (Status.GROUP_RETURN, Status.GROUP_REVIEW),
    ],
)
def test_the_levels_ahead_begin_where_the_item_stands(status: Status, first: Status) -> None:
    ahead = [level.waiting for level in onward(IMPORTANT, status)]
    assert ahead[0] == first
    assert ahead[-1] == Status.GROUP_REVIEW


@pytest.mark.parametrize("end", sorted(ENDS))
def test_nothing_lies_ahead_of_an_item_at_its_end(end: Status) -> None:
    assert onward(ORDINARY, end) == []
    assert not any(step.source == end for step in STEPS)


def test_filing_always_begins_at_the_first_level() -> None:
    for road, levels in ROADS.items():
        for source in FILED_FROM:
            assert step_for(road, source, Action.SUBMIT).target == levels[0].waiting


def test_only_the_last_level_issues() -> None:
    for road, levels in ROADS.items():
        issuing = {step.source for step in STEPS if step.road == road and step.action == Action.ISSUE}
        assert issuing == {levels[-1].waiting}
        assert step_for(road, levels[-1].waiting, Action.ISSUE).target == FINAL
