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
from scoring.figures.counts import Together, UnitCount
from scoring.figures.facts import UnitFact
from stats.reports import FigureGroup, Terms

#: What holds before an office has any scheme.
NO_TERMS: Final = Terms()


@dataclass(frozen=True, slots=True)
class Measured:
    """What is compared of a unit, or of several together."""

    filed: int
    adopted: int
    items_adopted: int
    points: Decimal

    @classmethod
    def of(cls, figures: UnitCount | Together) -> Measured:
        return cls(figures.filed, figures.adopted_total, figures.items_adopted, figures.points)

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
    """Units of one group in the order of their ranks, and what they come to together.

    `gone` are the names of those that the total compares with, but that have no row in this period.
    """

    kind: str
    rows: tuple[ComparedRow, ...]
    total: ComparedRow
    gone: tuple[str, ...] = ()


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
    terms: Terms = NO_TERMS,
) -> list[ComparedGroup]:
    """The groups of a period's tables beside the figures of the period before and of the year before.

    The total compares all that the group was then, units that have gone since included (R90). A period
    without any figure at all is one of which nothing is known.
    """
    periods = [{row.unit.id: row for row in now}, *map(_known, (before, year_ago))]
    listed = {row.unit_id: group.kind for group in groups for row in group.rows}

    def group_of(unit: UnitFact) -> str:
        return listed.get(unit.id) or terms.group_of(unit)

    compared = []
    for group in groups:

        def within(unit: UnitFact, kind: str = group.kind) -> bool:
            return group_of(unit) == kind

        members = [[row for row in rows.values() if within(row.unit)] for rows in periods]
        totals = [Measured.of(Together.of(rows, within)) if rows else None for rows in members]
        then = {row.unit.id: row.unit.name for rows in members[1:] for row in rows if _is_anything(row)}
        compared.append(
            ComparedGroup(
                kind=group.kind,
                rows=tuple(
                    _beside(row.unit_id, row.name, [_measured(rows.get(row.unit_id)) for rows in periods])
                    for row in group.rows
                    if row.unit_id is not None
                ),
                total=_beside(None, "", totals),
                gone=tuple(name for unit_id, name in then.items() if unit_id not in listed),
            )
        )
    return compared


def _beside(unit_id: int | None, name: str, periods: Sequence[Measured | None]) -> ComparedRow:
    now, before, year = periods
    assert now is not None, "whatever has a row has figures in the period"
    return ComparedRow.of(unit_id, name, now, before, year)


def _measured(row: UnitCount | None) -> Measured | None:
    return Measured.of(row) if row else None


def _known(counts: Iterable[UnitCount]) -> Mapping[int, UnitCount]:
    """The rows of a period; none where nothing at all is known of it."""
    rows = {row.unit.id: row for row in counts}
    return rows if any(map(_is_anything, rows.values())) else {}


def _is_anything(row: UnitCount) -> bool:
    return bool(row.filed or row.adopted_total or row.points)


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
