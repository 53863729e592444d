"""The chain of review as a table: which action leads from where to where, and whose it is.

An item goes along a road: that of its chain (how its office and unit review) and of its route (how
important it is). `STEPS` is everything there is to know; `docs/architecture.md` prints it, and a test
compares the two. Nothing here touches the database.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from accounts.enums import Role
from reviews.enums import Action
from submissions.enums import Chain, Route, Status

if TYPE_CHECKING:
    from submissions.models import Item


@dataclass(frozen=True, slots=True)
class Level:
    """A level of review: the state of waiting for it, the state after its return, and who decides."""

    waiting: Status
    returned: Status
    role: Role


class Road(NamedTuple):
    """What settles which levels an item passes."""

    chain: Chain
    route: Route


@dataclass(frozen=True, slots=True)
class Step:
    road: Road
    source: Status
    action: Action
    target: Status
    role: Role


UNIT = Level(Status.UNIT_REVIEW, Status.UNIT_RETURN, Role.UNIT_HEAD)
SECTION = Level(Status.SECTION_REVIEW, Status.SECTION_RETURN, Role.SECTION_HEAD)
SUPERVISING = Level(Status.SUPERVISING_REVIEW, Status.SUPERVISING_RETURN, Role.SUPERVISING_LEADER)
PRINCIPAL = Level(Status.PRINCIPAL_REVIEW, Status.PRINCIPAL_RETURN, Role.PRINCIPAL_LEADER)
GROUP = Level(Status.GROUP_REVIEW, Status.GROUP_RETURN, Role.GROUP_MEMBER)
MEETING = Level(Status.MEETING_REVIEW, Status.MEETING_RETURN, Role.PRINCIPAL_LEADER)

#: The chains an office chooses from, each with the one that sets the unit's own check before it.
UNIT_FIRST: Final = {Chain.THREE_LEVELS: Chain.UNIT_FIRST, Chain.COUNTY: Chain.UNIT_FIRST_COUNTY}

_OF_THE_OFFICE: Final = {
    Road(Chain.THREE_LEVELS, Route.ORDINARY): (SECTION, SUPERVISING, PRINCIPAL),
    Road(Chain.THREE_LEVELS, Route.IMPORTANT): (SECTION, SUPERVISING, PRINCIPAL, GROUP),
    Road(Chain.COUNTY, Route.ORDINARY): (MEETING,),
    Road(Chain.COUNTY, Route.IMPORTANT): (GROUP,),
}
ROADS: dict[Road, tuple[Level, ...]] = _OF_THE_OFFICE | {
    Road(UNIT_FIRST[road.chain], road.route): (UNIT, *levels) for road, levels in _OF_THE_OFFICE.items()
}
#: Where the author may file from, without having been returned.
FILED_FROM = (Status.DRAFT, Status.WITHDRAWN)
FINAL = Status.ISSUED
#: What no step leads out of.
ENDS = frozenset({FINAL, Status.MERGED})


def _steps() -> Iterator[Step]:
    for road, levels in ROADS.items():
        for source in FILED_FROM:
            yield Step(road, source, Action.SUBMIT, levels[0].waiting, Role.AUTHOR)
        following = [level.waiting for level in levels[1:]]
        for level, target in zip(levels, [*following, FINAL], strict=True):
            go_on = Action.ISSUE if target == FINAL else Action.PASS
            yield Step(road, level.waiting, go_on, target, level.role)
            yield Step(road, level.waiting, Action.RECUSE, target, level.role)
            yield Step(road, level.waiting, Action.RETURN, level.returned, level.role)
            for earlier in levels[: levels.index(level)]:
                yield Step(road, level.waiting, Action.SEND_BACK, earlier.waiting, level.role)
            yield Step(road, level.waiting, Action.EDIT, level.waiting, level.role)
            yield Step(road, level.waiting, Action.MERGE, Status.MERGED, level.role)
            yield Step(road, level.waiting, Action.WITHDRAW, Status.WITHDRAWN, Role.AUTHOR)
            yield Step(road, level.returned, Action.SUBMIT, level.waiting, Role.AUTHOR)


STEPS: tuple[Step, ...] = tuple(_steps())
#: Where an action leads from a state of a road: target → step.
_TARGETS: dict[tuple[Road, str, str], dict[str, Step]] = {}
for _step in STEPS:
    _TARGETS.setdefault((_step.road, _step.source, _step.action), {})[_step.target] = _step
LEVELS: dict[Status, Level] = {
    level.waiting: level for level in (UNIT, SECTION, SUPERVISING, PRINCIPAL, GROUP, MEETING)
}


class IllegalStep(Exception):
    """The table has no such step from here."""


def road_of(item: Item) -> Road:
    return Road(Chain(item.chain), Route(item.route))


def step_for(road: Road, source: str, action: str, to: str | None = None) -> Step:
    """The one step that `action` takes from `source` along `road`; `to` names the target of an action
    that has several. Raises IllegalStep."""
    targets = _TARGETS.get((road, source, action), {})
    if to is None and action != Action.SEND_BACK and targets:
        (step,) = targets.values()
        return step
    if to not in targets:
        raise IllegalStep(f"{action} from {source} to {to} along {road}")
    return targets[to]


def approval(road: Road, source: str) -> Action:
    """How this level lets an item go on: `issue` at the last level of the road, `pass` before it."""
    return Action.ISSUE if ROADS[road][-1].waiting == source else Action.PASS


def onward(road: Road, source: str) -> list[Level]:
    """The levels an item in the state `source` has yet to pass, in order.

    A level it waits at counts, and so does the level that returned it, to which it comes back.
    Before filing it is the whole road, at its end nothing.
    """
    levels = list(ROADS[road])
    for position, level in enumerate(levels):
        if source in {level.waiting, level.returned}:
            return levels[position:]
    return levels if source in FILED_FROM else []


def is_at_last_level(item: Item) -> bool:
    """Whether an item in review is issued by the level where it stands."""
    return len(onward(road_of(item), item.status)) == 1


def behind(road: Road, source: str) -> list[Level]:
    """The levels before the one at which an item waits, in order: where it can be sent back to."""
    return [LEVELS[step.target] for step in _TARGETS.get((road, source, Action.SEND_BACK), {}).values()]


assert set(ROADS) == {Road(chain, route) for chain in Chain for route in Route}, "every road has its levels"
assert set(LEVELS.values()) == {level for levels in ROADS.values() for level in levels}, "no level is idle"
assert len(set(STEPS)) == len(STEPS), "a step stands in the table once"
assert all(len(targets) == 1 for (_, _, action), targets in _TARGETS.items() if action != Action.SEND_BACK), (
    "an action leads to one place, unless the place is named with it"
)
for _road, _levels in ROADS.items():
    assert len({level.role for level in _levels}) == len(_levels), "nobody answers for two levels"
    _own = [step for step in STEPS if step.road == _road]
    _sources = {step.source for step in _own}
    _order = [level.waiting for level in _levels]
    assert Status.DRAFT in _sources, "a road starts with a draft"
    assert not any(step.target == Status.DRAFT for step in _own), "a filed item is never a draft again"
    assert {step.target for step in _own} - _sources == ENDS, "every state but the ends has an exit"
    assert not ENDS & _sources, "what is issued stays issued, what is merged stays merged"
    assert all(
        _order.index(step.target) < _order.index(step.source)
        for step in _own
        if step.action == Action.SEND_BACK
    ), "an item is sent back to an earlier level only"
