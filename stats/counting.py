"""From facts to figures: what each unit filed, had issued and had adopted in a period, and its points.

Rules R20–R33 of docs/scoring.md. The result depends on the facts alone, never on their order.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import chain

from stats.figures import (
    ZERO,
    AdoptionFact,
    CreditFact,
    FilingFact,
    IssueFact,
    Note,
    ScoreLine,
    UnitCount,
    UnitFact,
)
from stats.periods import Period
from stats.schemes import LEVELS, Timetable
from stats.scoring import score_adoptions, score_filings

__all__ = [
    "AdoptionFact",
    "CreditFact",
    "FilingFact",
    "IssueFact",
    "Note",
    "ScoreLine",
    "UnitCount",
    "UnitFact",
    "add_up",
    "count",
]


def count(
    *,
    period: Period,
    units: Iterable[UnitFact],
    filings: Iterable[FilingFact],
    issues: Iterable[IssueFact],
    adoptions: Iterable[AdoptionFact],
    timetable: Timetable,
) -> tuple[UnitCount, ...]:
    """One row for every one of `units`, in their standing order, with zeros where nothing happened.

    Facts outside the period and of other units are ignored, but what an adoption earns depends on earlier
    ones: of every item adopted in the period, `adoptions` must hold all adoptions up to the period's end.
    """
    lines = list(score_adoptions(adoptions, timetable))
    first_adopted: dict[tuple[int, int], ScoreLine] = {}
    for line in lines:
        first = first_adopted.setdefault((line.unit_id, line.item_id), line)
        if line.date < first.date:
            first_adopted[line.unit_id, line.item_id] = line
    filed = [filing for filing in filings if period.contains(filing.date)]

    filed_by = Counter(filing.unit_id for filing in filed)
    issued_by = Counter(issue.unit_id for issue in issues if period.contains(issue.date))
    items_by = Counter(line.unit_id for line in first_adopted.values() if period.contains(line.date))
    lines_of: defaultdict[int, list[ScoreLine]] = defaultdict(list)
    for line in chain(lines, score_filings(filed, timetable)):
        if period.contains(line.date):
            lines_of[line.unit_id].append(line)
    return tuple(
        _unit_count(unit, filed_by[unit.id], issued_by[unit.id], items_by[unit.id], lines_of[unit.id])
        for unit in sorted(units, key=lambda unit: unit.order)
    )


def add_up(counts_by_period: Iterable[Iterable[UnitCount]]) -> tuple[UnitCount, ...]:
    """The figures of several periods that do not overlap, in order of time, as those of one.

    A unit is described as in the last period that has it; one that is missing in a period adds nothing there.
    """
    rows_of: defaultdict[int, list[UnitCount]] = defaultdict(list)
    for counts in counts_by_period:
        for row in counts:
            rows_of[row.unit.id].append(row)
    totals = (
        _unit_count(
            rows[-1].unit,
            sum(row.filed for row in rows),
            sum(row.issued for row in rows),
            sum(row.items_adopted for row in rows),
            [line for row in rows for line in row.lines],
        )
        for rows in rows_of.values()
    )
    return tuple(sorted(totals, key=lambda row: row.unit.order))


def _unit_count(
    unit: UnitFact, filed: int, issued: int, items_adopted: int, lines: Iterable[ScoreLine]
) -> UnitCount:
    """Adoptions and points are read off the lines, so that every figure opens the list behind it."""
    lines = tuple(sorted(lines, key=lambda line: line.order))
    levels = Counter(line.level for line in lines if line.adoption_id is not None)
    return UnitCount(
        unit=unit,
        filed=filed,
        issued=issued,
        adopted={level: levels[level] for level in LEVELS},
        items_adopted=items_adopted,
        points=sum((line.points for line in lines), ZERO),
        lines=lines,
    )
