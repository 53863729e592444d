"""Who stands where: ranks inside groups, with ties, and the change since the period before.

Rules R40–R45 of docs/scoring.md.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from scoring.figures.facts import UnitFact
from scoring.schemes.scheme import Scheme
from scoring.schemes.words import TieRule

#: What is compared: a number, or several of which the next decides where the one before is equal.
type Value = Decimal | int | tuple[Decimal, ...]


class HasUnit(Protocol):
    """Anything that is ranked for a unit, such as a UnitCount."""

    @property
    def unit(self) -> UnitFact: ...


class HasFigures(HasUnit, Protocol):
    """A unit with a figure for every metric."""

    def value(self, metric: str) -> Decimal: ...


@dataclass(frozen=True, slots=True)
class Ranked[Row: HasUnit]:
    """A row with its rank in its group, first is 1; `tied` when another unit has the same rank."""

    row: Row
    value: Value
    rank: int
    tied: bool


def rank[Row: HasUnit](
    rows: Iterable[Row], *, key: Callable[[Row], Value], tie_rule: TieRule
) -> list[Ranked[Row]]:
    """Every row ranked inside its unit's group, more is better, zeros included.

    Group by group in order of their names, then by rank; units of the same rank keep their standing order.
    """
    groups: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row.unit.group].append(row)
    return [ranked for _, group in sorted(groups.items()) for ranked in _rank_group(group, key, tie_rule)]


def ranking_key(scheme: Scheme) -> Callable[[HasFigures], tuple[Decimal, ...]]:
    """What a scheme compares: the metric it ranks by, then those that decide between equals."""
    metrics = (scheme.rank_by, *scheme.ties.then)
    return lambda row: tuple(row.value(metric) for metric in metrics)


def changes[Row: HasUnit](
    current: Iterable[Ranked[Row]], previous: Iterable[Ranked[Row]]
) -> dict[int, int | None]:
    """Ranks gained since the previous period by unit id; None for a unit that was not in this group then."""
    before = {(ranked.row.unit.id, ranked.row.unit.group): ranked.rank for ranked in previous}
    gained: dict[int, int | None] = {}
    for ranked in current:
        unit = ranked.row.unit
        old = before.get((unit.id, unit.group))
        gained[unit.id] = None if old is None else old - ranked.rank
    return gained


def idle_groups[Row: HasUnit](ranked: Iterable[Ranked[Row]]) -> set[str]:
    """The groups in which nobody has anything of what they are ranked by: there nobody is first."""
    alive: dict[str, bool] = {}
    for entry in ranked:
        value = entry.value if isinstance(entry.value, tuple) else (entry.value,)
        alive[entry.row.unit.group] = alive.get(entry.row.unit.group, False) or any(value)
    return {group for group, is_alive in alive.items() if not is_alive}


def _rank_group[Row: HasUnit](
    rows: list[Row], key: Callable[[Row], Value], tie_rule: TieRule
) -> list[Ranked[Row]]:
    # Sorting keeps the order of equals, also in reverse.
    ordered = sorted(sorted(rows, key=lambda row: row.unit.order), key=key, reverse=True)
    holders = Counter(key(row) for row in rows)
    best_first = sorted(holders, reverse=True)
    rank_of: dict[Value, int] = {}
    ahead = 0
    for value in best_first:
        rank_of[value] = ahead + 1
        ahead += 1 if tie_rule is TieRule.DENSE else holders[value]
    return [Ranked(row, key(row), rank_of[key(row)], holders[key(row)] > 1) for row in ordered]
