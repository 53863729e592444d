"""Period-on-period (环比) and year-on-year (同比): figures beside those of two other periods. Pure.

Differences of rates are in percentage points (百分点). Where there is nothing to compare with there is no
difference: a unit that did not exist, a period of which nothing is known.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from kit.columns import Column, Kind, over
from scoring.figures.counts import UnitCount
from stats.reports import FigureGroup


@dataclass(frozen=True, slots=True)
class Measured:
    """What is compared of a unit, or of several together."""

    filed: int
    adopted: int
    items_adopted: int
    points: Decimal

    @classmethod
    def of(cls, rows: Iterable[UnitCount]) -> Measured:
        """The sum of these rows."""
        rows = list(rows)
        return cls(
            filed=sum(row.filed for row in rows),
            adopted=sum(row.adopted_total for row in rows),
            items_adopted=sum(row.items_adopted for row in rows),
            points=sum((row.points for row in rows), Decimal(0)),
        )

    @property
    def rate(self) -> Decimal | None:
        """Items adopted for each item filed; None when nothing was filed."""
        return Decimal(self.items_adopted) / self.filed if self.filed else None


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """A unit's figures with what they are more or less than; `before` and `year` name the other period.

    Rates and their differences are fractions: 0.05 is five percentage points.
    """

    unit_id: int | None
    name: str
    filed: int
    filed_before: int | None
    filed_year: int | None
    adopted: int
    adopted_before: int | None
    adopted_year: int | None
    rate: Decimal | None
    rate_before: Decimal | None
    rate_year: Decimal | None
    points: Decimal
    points_before: Decimal | None
    points_year: Decimal | None

    @classmethod
    def of(
        cls, unit_id: int | None, name: str, now: Measured, before: Measured | None, year: Measured | None
    ) -> ComparedRow:
        return cls(
            unit_id=unit_id,
            name=name,
            filed=now.filed,
            filed_before=now.filed - before.filed if before else None,
            filed_year=now.filed - year.filed if year else None,
            adopted=now.adopted,
            adopted_before=now.adopted - before.adopted if before else None,
            adopted_year=now.adopted - year.adopted if year else None,
            rate=now.rate,
            rate_before=rate_difference(now, before),
            rate_year=rate_difference(now, year),
            points=now.points,
            points_before=now.points - before.points if before else None,
            points_year=now.points - year.points if year else None,
        )


@dataclass(frozen=True, slots=True)
class ComparedGroup:
    """Units of one group in the order of their ranks, and what they come to together."""

    kind: str
    rows: tuple[ComparedRow, ...]
    total: ComparedRow


def rate_difference(now: Measured, then: Measured | None) -> Decimal | None:
    """How many percentage points a rate has risen, as a fraction; None without one of the two rates."""
    if then is None or now.rate is None or then.rate is None:
        return None
    return now.rate - then.rate


def compare(
    groups: Sequence[FigureGroup],
    now: Iterable[UnitCount],
    before: Iterable[UnitCount],
    year_ago: Iterable[UnitCount],
) -> list[ComparedGroup]:
    """The groups of a period's tables beside the figures of the period before and of the year before.

    The total compares what the same group came to then, units that have gone since left out. A period
    without any figure at all is one of which nothing is known.
    """
    rows = [_by_unit(counts) for counts in (now, before, year_ago)]
    known = [any(row.filed or row.adopted_total or row.points for row in then.values()) for then in rows]
    compared = []
    for group in groups:
        ids = [row.unit_id for row in group.rows if row.unit_id is not None]

        def measured(place: int, units: Iterable[int]) -> Measured | None:
            there = [rows[place][unit] for unit in units if unit in rows[place]]
            return Measured.of(there) if there and known[place] else None

        compared.append(
            ComparedGroup(
                kind=group.kind,
                rows=tuple(
                    ComparedRow.of(
                        row.unit_id,
                        row.name,
                        Measured.of([rows[0][row.unit_id]]),
                        measured(1, [row.unit_id]),
                        measured(2, [row.unit_id]),
                    )
                    for row in group.rows
                    if row.unit_id is not None
                ),
                total=ComparedRow.of(
                    None, "", Measured.of(rows[0][unit] for unit in ids), measured(1, ids), measured(2, ids)
                ),
            )
        )
    return compared


def _by_unit(counts: Iterable[UnitCount]) -> Mapping[int, UnitCount]:
    return {row.unit.id: row for row in counts}


_BEFORE: Final = gettext_lazy("Period on period")
_YEAR: Final = gettext_lazy("Year on year")


def _compared(title: Promise, key: str, kind: Kind, difference: Kind) -> Column:
    return over(
        title,
        Column(key, gettext_lazy("This period"), kind=kind, summed=True),
        Column(f"{key}_before", _BEFORE, kind=difference, summed=True),
        Column(f"{key}_year", _YEAR, kind=difference, summed=True),
    )


COMPARED: Final = (
    Column("name", gettext_lazy("Unit"), 24, stays=True),
    _compared(gettext_lazy("Filed"), "filed", Kind.COUNT, Kind.DIFFERENCE),
    _compared(gettext_lazy("Adopted"), "adopted", Kind.COUNT, Kind.DIFFERENCE),
    _compared(gettext_lazy("Adoption rate (percentage points)"), "rate", Kind.RATE, Kind.PERCENT_POINTS),
    _compared(gettext_lazy("Points"), "points", Kind.POINTS, Kind.DIFFERENCE),
)
