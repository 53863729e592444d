"""Who stands where: ranks inside groups, with ties, and the change since the period before.

Rules R40–R43 of docs/scoring.md.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from stats.figures import UnitFact
from stats.schemes import TieRule

type Value = Decimal | int


class HasUnit(Protocol):
    """Anything that is ranked for a unit, such as a UnitCount."""

    @property
    def unit(self) -> UnitFact: ...


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


def _rank_group[Row: HasUnit](
    rows: list[Row], key: Callable[[Row], Value], tie_rule: TieRule
) -> list[Ranked[Row]]:
    ordered = sorted(rows, key=lambda row: (-key(row), row.unit.order))
    holders = Counter(key(row) for row in rows)
    best_first = sorted(holders, reverse=True)
    rank_of: dict[Value, int] = {}
    ahead = 0
    for value in best_first:
        rank_of[value] = ahead + 1
        ahead += 1 if tie_rule is TieRule.DENSE else holders[value]
    return [Ranked(row, key(row), rank_of[key(row)], holders[key(row)] > 1) for row in ordered]
