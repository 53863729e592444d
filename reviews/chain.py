"""The chain of review as a table: which action leads from where to where, and whose it is.

`STEPS` is everything there is to know; `docs/architecture.md` prints it, and a test compares the two.
Nothing here touches the database.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from accounts.enums import Role
from reviews.enums import Action
from submissions.enums import Route, Status


@dataclass(frozen=True, slots=True)
class Level:
    """A level of review: the state of waiting for it, the state after its return, and who decides."""

    waiting: Status
    returned: Status
    role: Role


@dataclass(frozen=True, slots=True)
class Step:
    route: Route
    source: Status
    action: Action
    target: Status
    role: Role


SECTION = Level(Status.SECTION_REVIEW, Status.SECTION_RETURN, Role.SECTION_HEAD)
SUPERVISING = Level(Status.SUPERVISING_REVIEW, Status.SUPERVISING_RETURN, Role.SUPERVISING_LEADER)
PRINCIPAL = Level(Status.PRINCIPAL_REVIEW, Status.PRINCIPAL_RETURN, Role.PRINCIPAL_LEADER)
GROUP = Level(Status.GROUP_REVIEW, Status.GROUP_RETURN, Role.GROUP_MEMBER)

ROUTES: dict[Route, tuple[Level, ...]] = {
    Route.ORDINARY: (SECTION, SUPERVISING, PRINCIPAL),
    Route.IMPORTANT: (SECTION, SUPERVISING, PRINCIPAL, GROUP),
}
#: Where the author may file from, without having been returned.
FILED_FROM = (Status.DRAFT, Status.WITHDRAWN)
FINAL = Status.ISSUED


def _steps() -> Iterator[Step]:
    for route, levels in ROUTES.items():
        for source in FILED_FROM:
            yield Step(route, source, Action.SUBMIT, levels[0].waiting, Role.AUTHOR)
        following = [level.waiting for level in levels[1:]]
        for level, target in zip(levels, [*following, FINAL], strict=True):
            go_on = Action.ISSUE if target == FINAL else Action.PASS
            yield Step(route, level.waiting, go_on, target, level.role)
            yield Step(route, level.waiting, Action.RECUSE, target, level.role)
            yield Step(route, level.waiting, Action.RETURN, level.returned, level.role)
            yield Step(route, level.waiting, Action.WITHDRAW, Status.WITHDRAWN, Role.AUTHOR)
            yield Step(route, level.returned, Action.SUBMIT, level.waiting, Role.AUTHOR)


STEPS: tuple[Step, ...] = tuple(_steps())
_BY_KEY = {(step.route, step.source, step.action): step for step in STEPS}
LEVELS: dict[Status, Level] = {level.waiting: level for levels in ROUTES.values() for level in levels}


class IllegalStep(Exception):
    """The table has no such step from here."""


def step_for(route: str, source: str, action: str) -> Step:
    """The one step that `action` takes from `source` on `route`. Raises IllegalStep."""
    try:
        return _BY_KEY[Route(route), Status(source), Action(action)]
    except (KeyError, ValueError):
        raise IllegalStep(f"{action} from {source} on the {route} route") from None


def approval(route: str, source: str) -> Action:
    """How this level lets an item go on: `issue` at the last level of the route, `pass` before it."""
    return Action.ISSUE if (Route(route), Status(source), Action.ISSUE) in _BY_KEY else Action.PASS


def onward(route: str, source: str) -> list[Level]:
    """The levels an item in the state `source` has yet to pass, in order.

    A level it waits at counts, and so does the level that returned it, to which it comes back.
    Before filing it is the whole route, after issuing nothing.
    """
    levels = list(ROUTES[Route(route)])
    for position, level in enumerate(levels):
        if source in {level.waiting, level.returned}:
            return levels[position:]
    return levels if source in FILED_FROM else []


assert len(_BY_KEY) == len(STEPS), "an action leads to one place"
assert set(ROUTES) == set(Route), "every route has its levels"
for _route, _levels in ROUTES.items():
    assert len({level.role for level in _levels}) == len(_levels), "nobody answers for two levels"
    _own = [step for step in STEPS if step.route == _route]
    _sources = {step.source for step in _own}
    assert Status.DRAFT in _sources, "a route starts with a draft"
    assert not any(step.target == Status.DRAFT for step in _own), "a filed item is never a draft again"
    assert {step.target for step in _own} - _sources == {FINAL}, "every state but the final one has an exit"
    assert FINAL not in _sources, "what is issued stays issued"
