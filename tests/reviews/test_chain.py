"""The chain as a table: what it says of itself, and that the document prints the same."""

import pytest

from accounts.enums import Role
from reviews.chain import FILED_FROM, FINAL, LEVELS, ROUTES, STEPS, IllegalStep, approval, onward, step_for
from reviews.enums import Action
from submissions.enums import IN_REVIEW, RETURNED, Route, Status
from tests.reviews.chain_table import markdown, printed


def test_the_document_prints_the_table_as_it_is() -> None:
    assert printed() == markdown(), "python -m tests.reviews.chain_table"


@pytest.mark.parametrize("step", STEPS, ids=lambda step: f"{step.route}-{step.source}-{step.action}")
def test_every_step_of_the_table_is_found(step) -> None:
    assert step_for(step.route, step.source, step.action) == step


@pytest.mark.parametrize("route", Route)
@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("action", Action)
def test_what_the_table_does_not_name_is_no_step(route: Route, status: Status, action: Action) -> None:
    if any((step.route, step.source, step.action) == (route, status, action) for step in STEPS):
        return
    with pytest.raises(IllegalStep):
        step_for(route, status, action)


def test_words_that_are_no_status_are_no_step() -> None:
    with pytest.raises(IllegalStep):
        step_for("ordinary", "nowhere", "pass")


def test_every_level_of_review_has_its_place_and_its_return() -> None:
    assert set(LEVELS) == IN_REVIEW
    assert {level.returned for level in LEVELS.values()} == RETURNED


@pytest.mark.parametrize("route", Route)
def test_a_returned_item_comes_back_to_the_level_that_returned_it(route: Route) -> None:
    for level in ROUTES[route]:
        returned = step_for(route, level.waiting, Action.RETURN).target
        assert step_for(route, returned, Action.SUBMIT).target == level.waiting


@pytest.mark.parametrize("route", Route)
def test_every_state_can_be_reached_and_left(route: Route) -> None:
    steps = [step for step in STEPS if step.route == route]
    reached, size = {Status.DRAFT}, 0
    while len(reached) > size:
        size = len(reached)
        reached |= {step.target for step in steps if step.source in reached}
    assert reached == {step.source for step in steps} | {FINAL}


def test_the_ordinary_route_ends_with_the_principal_leader() -> None:
    assert [level.role for level in ROUTES[Route.ORDINARY]] == [
        Role.SECTION_HEAD,
        Role.SUPERVISING_LEADER,
        Role.PRINCIPAL_LEADER,
    ]
    assert approval(Route.ORDINARY, Status.PRINCIPAL_REVIEW) == Action.ISSUE


def test_the_important_route_adds_the_leading_group() -> None:
    assert [level.role for level in ROUTES[Route.IMPORTANT]] == [
        *[level.role for level in ROUTES[Route.ORDINARY]],
        Role.GROUP_MEMBER,
    ]
    assert approval(Route.IMPORTANT, Status.PRINCIPAL_REVIEW) == Action.PASS
    assert approval(Route.IMPORTANT, Status.GROUP_REVIEW) == Action.ISSUE


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
    ahead = [level.waiting for level in onward(Route.IMPORTANT, status)]
    assert ahead[0] == first
    assert ahead[-1] == Status.GROUP_REVIEW


def test_nothing_lies_ahead_of_an_issued_item() -> None:
    assert onward(Route.ORDINARY, FINAL) == []


def test_filing_always_begins_at_the_first_level() -> None:
    for route, levels in ROUTES.items():
        for source in FILED_FROM:
            assert step_for(route, source, Action.SUBMIT).target == levels[0].waiting
