"""The tables of a period: groups of units with their figures, ranks, changes and running totals. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Final, Protocol

from accounts.enums import UnitKind
from stats.counting import UnitCount
from stats.periods import Period
from stats.ranking import Ranked, changes, rank
from stats.schemes import TieRule, Timetable

#: Groups in the order in which they are printed. The office itself is listed, not ranked.
GROUPS: Final = (
    UnitKind.COUNTY,
    UnitKind.TEAM,
    UnitKind.SECTION,
    UnitKind.DEPARTMENT,
    UnitKind.OFFICE,
)


class Counted(Protocol):
    """Facts just counted, or tallies read back."""

    def counts(self, period: Period) -> tuple[UnitCount, ...]: ...


@dataclass(frozen=True, slots=True)
class Terms:
    """What the scheme in force at a period's end says about ranking and the assessment year."""

    tie_rule: TieRule = TieRule.COMPETITION
    year_start_month: int = 1

    @classmethod
    def of(cls, timetable: Timetable, period: Period) -> Terms:
        """By the scheme in force on the last day; for a period before every scheme, by the first."""
        scheme = timetable.scheme_on(period.end - timedelta(days=1))
        if scheme is None and timetable.entries:
            scheme = timetable.entries[0].scheme
        return cls(scheme.ties.rule, scheme.year_start_month) if scheme else cls()

    def span(self, period: Period) -> Period:
        """Every month that the tables of a period need: the period before and the running total's."""
        to_date = period.to_date(self.year_start_month)
        return Period(min(period.previous().first, to_date.first), period.last)


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A unit's line in a table, or a group's total. Counts, except the names, `points` and `rank`.

    `change` is the number of ranks gained since the period before, None when there is nothing to compare.
    """

    unit_id: int | None
    name: str
    filed: int
    issued: int
    central: int
    province: int
    city: int
    county: int
    items_adopted: int
    points: Decimal
    adopted_to_date: int
    points_to_date: Decimal
    rank: int | None = None
    tied: bool = False
    change: int | None = None

    @property
    def adopted(self) -> int:
        """Adoptions at all levels together."""
        return self.central + self.province + self.city + self.county

    @property
    def rate(self) -> Decimal | None:
        """Items adopted for each item filed; None when nothing was filed."""
        return Decimal(self.items_adopted) / self.filed if self.filed else None


@dataclass(frozen=True, slots=True)
class FigureGroup:
    """Units that are ranked among themselves, best first, and their total."""

    kind: str
    rows: tuple[FigureRow, ...]
    total: FigureRow


def tables(counted: Counted, period: Period, terms: Terms) -> tuple[FigureGroup, ...]:
    """The groups that have units in the period; `counted` must cover `terms.span(period)`."""
    ranked = _rank(counted.counts(period), terms)
    gained = _changes(ranked, _rank(counted.counts(period.previous()), terms))
    to_date = {row.unit.id: row for row in counted.counts(period.to_date(terms.year_start_month))}
    groups = []
    for kind in GROUPS:
        rows = tuple(
            _row(entry, gained.get(entry.row.unit.id), to_date[entry.row.unit.id])
            for entry in ranked
            if entry.row.unit.group == kind
        )
        if rows:
            groups.append(FigureGroup(kind, rows, total(rows)))
    return tuple(groups)


def total(rows: Sequence[FigureRow]) -> FigureRow:
    """The sum of the rows; an item credited to two units is in it twice, as it is in the rows."""
    return FigureRow(
        unit_id=None,
        name="",
        filed=sum(row.filed for row in rows),
        issued=sum(row.issued for row in rows),
        central=sum(row.central for row in rows),
        province=sum(row.province for row in rows),
        city=sum(row.city for row in rows),
        county=sum(row.county for row in rows),
        items_adopted=sum(row.items_adopted for row in rows),
        points=sum((row.points for row in rows), Decimal(0)),
        adopted_to_date=sum(row.adopted_to_date for row in rows),
        points_to_date=sum((row.points_to_date for row in rows), Decimal(0)),
    )


def _rank(counts: Iterable[UnitCount], terms: Terms) -> list[Ranked[UnitCount]]:
    return rank(counts, key=lambda row: row.points, tie_rule=terms.tie_rule)


def _changes(
    current: Iterable[Ranked[UnitCount]], previous: Sequence[Ranked[UnitCount]]
) -> Mapping[int, int | None]:
    """A group in which nothing at all happened before has no ranks to compare with: all were first."""
    alive = {entry.row.unit.group for entry in previous if entry.row.filed or entry.row.adopted_total}
    return changes(current, [entry for entry in previous if entry.row.unit.group in alive])


def _row(entry: Ranked[UnitCount], change: int | None, to_date: UnitCount) -> FigureRow:
    count, unit = entry.row, entry.row.unit
    ranked = unit.group != UnitKind.OFFICE
    return FigureRow(
        unit_id=unit.id,
        name=unit.name,
        filed=count.filed,
        issued=count.issued,
        central=count.adopted["central"],
        province=count.adopted["province"],
        city=count.adopted["city"],
        county=count.adopted["county"],
        items_adopted=count.items_adopted,
        points=count.points,
        adopted_to_date=to_date.adopted_total,
        points_to_date=to_date.points,
        rank=entry.rank if ranked else None,
        tied=entry.tied if ranked else False,
        change=change if ranked else None,
    )
