"""What of a unit's figures stands in another unit's row too, so that a total counts it once.

Rule R89 of docs/scoring.md.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from scoring.figures.counts import Overlap
from scoring.figures.facts import AdoptionFact, UnitFact
from scoring.periods.period import Period
from scoring.schemes.words import LEVELS

ITEM: Final = "item"

#: The ids of the units that have it first, in order; and the level of an adoption, or ITEM.
type Shared = tuple[tuple[int, ...], str]


def overlaps(
    adoptions: Iterable[AdoptionFact], units: Iterable[UnitFact], period: Period
) -> Mapping[int, tuple[Overlap, ...]]:
    """By unit id, for the units that have any.

    `adoptions` are those of every item adopted in the period, up to its end. Which row comes first depends
    on no period: so the overlaps of months add up to those of the year.
    """
    known = {unit.id: unit for unit in units}
    first: defaultdict[int, dict[int, date]] = defaultdict(dict)
    found: defaultdict[int, Counter[Shared]] = defaultdict(Counter)
    for fact in adoptions:
        credited = sorted(fact.parts.keys() & known.keys())
        if fact.date < period.end:
            days = first[fact.item_id]
            days |= {unit: min(fact.date, days.get(unit, fact.date)) for unit in credited}
        if period.contains(fact.date):
            for at, unit in enumerate(credited[1:], start=1):
                found[unit][tuple(credited[:at]), fact.level] += 1
    for days in first.values():
        in_order = sorted(days, key=lambda unit: (days[unit], unit))
        for at, unit in enumerate(in_order[1:], start=1):
            if period.contains(days[unit]):
                found[unit][tuple(sorted(in_order[:at])), ITEM] += 1
    return {unit: _read(counted, known) for unit, counted in found.items()}


def added_up(overlaps: Iterable[Overlap]) -> tuple[Overlap, ...]:
    """The overlaps of one unit in several periods that do not overlap, as those of one period."""
    overlaps = list(overlaps)
    counted: Counter[Shared] = Counter()
    for overlap in overlaps:
        ids = tuple(unit.id for unit in overlap.units)
        counted.update({(ids, level): number for level, number in overlap.adopted.items() if number})
        counted[ids, ITEM] += overlap.items_adopted
    return _read(counted, {unit.id: unit for overlap in overlaps for unit in overlap.units})


def _read(counted: Counter[Shared], known: Mapping[int, UnitFact]) -> tuple[Overlap, ...]:
    return tuple(
        Overlap(
            units=tuple(known[unit] for unit in ids),
            adopted={level: counted[ids, level] for level in LEVELS},
            items_adopted=counted[ids, ITEM],
        )
        for ids in sorted({ids for ids, _what in counted})
    )
