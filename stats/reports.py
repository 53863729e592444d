"""The tables of a period: groups of units with their figures, ranks, changes and running totals. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Final, Protocol

from accounts.enums import UnitKind
from scoring.engine.ranking import Ranked, changes, idle_groups, rank, ranking_key
from scoring.figures.counts import Together, UnitCount
from scoring.figures.facts import UnitFact
from scoring.periods.period import Period
from scoring.schemes.scheme import Scheme
from scoring.schemes.timetable import Timetable
from scoring.schemes.words import LEVELS, TieRule

#: Groups in the order in which they are printed. The office itself is listed, not ranked.
GROUPS: Final = (
    UnitKind.COUNTY,
    UnitKind.TEAM,
    UnitKind.SECTION,
    UnitKind.DEPARTMENT,
    UnitKind.OFFICE,
)


#: The kind of what all groups come to together.
WHOLE: Final = "whole"

NOTHING: Final = Together(0, 0, dict.fromkeys(LEVELS, 0), 0, Decimal(0))

#: What holds before an office has any scheme.
NO_SCHEME: Final = Scheme(name="", adoption_rules=())
NO_SCHEMES: Final = Timetable(())


class Counted(Protocol):
    """Facts just counted, or tallies read back."""

    def counts(self, period: Period) -> tuple[UnitCount, ...]: ...


class Remembered:
    """Counts every period once, however many tables ask for it."""

    def __init__(self, counted: Counted) -> None:
        self._counted = counted
        self._known: dict[Period, tuple[UnitCount, ...]] = {}

    def counts(self, period: Period) -> tuple[UnitCount, ...]:
        if period not in self._known:
            self._known[period] = self._counted.counts(period)
        return self._known[period]


class HasUnitId(Protocol):
    """A row of a table that stands for a unit, or for a total when the id is None."""

    @property
    def unit_id(self) -> int | None: ...


@dataclass(frozen=True, slots=True)
class Terms:
    """What the scheme in force at a period's end says about groups, ranking and the assessment year.

    A unit that was closed before the period began, on `first_day`, stays in the group of its last day, if
    there still is one.
    """

    scheme: Scheme = NO_SCHEME
    timetable: Timetable = NO_SCHEMES
    first_day: date = date.min

    @classmethod
    def of(cls, timetable: Timetable, period: Period) -> Terms:
        """By the scheme in force on the last day; for a period before every scheme, by the first."""
        scheme = timetable.scheme_on(period.end - timedelta(days=1))
        if scheme is None and timetable.entries:
            scheme = timetable.entries[0].scheme
        return cls(scheme, timetable, period.start) if scheme else cls()

    @property
    def tie_rule(self) -> TieRule:
        return self.scheme.ties.rule

    @property
    def year_start_month(self) -> int:
        return self.scheme.year_start_month

    def span(self, period: Period) -> Period:
        """The days that the tables of a period need: the period before and the running total's."""
        to_date = period.to_date(self.year_start_month)
        return Period.days(min(period.previous().start, to_date.start), period.last_day)

    def grouped(self, counts: Iterable[UnitCount]) -> list[UnitCount]:
        """The rows with their units in the scheme's own groups; a unit that none lists stays in its kind."""
        return [replace(row, unit=replace(row.unit, group=self.group_of(row.unit))) for row in counts]

    def groups(self, counts: Iterable[UnitCount]) -> list[str]:
        """The groups of these rows as they are printed: the scheme's own, then by kind."""
        present = {row.unit.group for row in counts}
        order = [*(group.name for group in self.scheme.groups), *GROUPS]
        return [name for name in dict.fromkeys(order) if name in present]

    def within(self, group: str) -> Callable[[UnitFact], bool]:
        """Whether a unit is in the group."""
        return lambda unit: self.group_of(unit) == group

    def group_of(self, unit: UnitFact) -> str:
        """The unit's group in the scheme, else its kind."""
        group = self.scheme.group_of_unit(code=unit.code, name=unit.name, otherwise=unit.group)
        if group == unit.group and unit.active_to is not None and unit.active_to < self.first_day:
            last = self.timetable.scheme_on(unit.active_to) or self.scheme
            former = last.group_of_unit(code=unit.code, name=unit.name, otherwise=group)
            if any(former == own.name for own in self.scheme.groups):
                return former
        return group


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
    """Units that are ranked among themselves, best first, and their total.

    The total counts distinct items and adoptions (R89). To date it holds units besides that have no row in
    the period, such as those closed before it: `gone` (R90).
    """

    kind: str
    rows: tuple[FigureRow, ...]
    total: FigureRow
    gone: tuple[FigureRow, ...] = ()

    def excess(self, key: str) -> int:
        """By how much a count of the rows and of what is gone is more than the total's."""
        added: int = sum(getattr(row, key) for row in (*self.rows, *self.gone))
        return added - int(getattr(self.total, key))


def tables(counted: Counted, period: Period, terms: Terms) -> tuple[FigureGroup, ...]:
    """The groups that have units in the period; `counted` must cover `terms.span(period)`."""
    ranked = place(counted.counts(period), terms)
    gained = _changes(ranked, place(counted.counts(period.previous()), terms))
    year = terms.grouped(counted.counts(period.to_date(terms.year_start_month)))
    to_date = {row.unit.id: row for row in year}
    idle = idle_groups(ranked)
    listed = {entry.row.unit.id for entry in ranked}
    groups = []
    for name in terms.groups(entry.row for entry in ranked):
        entries = [entry for entry in ranked if entry.row.unit.group == name]
        rows = (
            _row(entry, gained.get(entry.row.unit.id), to_date[entry.row.unit.id], ranked=name not in idle)
            for entry in entries
        )
        groups.append(
            FigureGroup(
                kind=name,
                rows=tuple(rows),
                total=_total(
                    (entry.row for entry in entries),
                    (row for row in year if row.unit.group == name),
                    terms.within(name),
                ),
                gone=_gone(row for row in year if row.unit.group == name and row.unit.id not in listed),
            )
        )
    return tuple(groups)


def whole(counted: Counted, period: Period, terms: Terms, groups: Iterable[FigureGroup] = ()) -> FigureGroup:
    """What all units of the office come to, those of no group included; it has no rows of its own."""
    year = counted.counts(period.to_date(terms.year_start_month))
    told = {row.unit_id for group in groups for row in (*group.rows, *group.gone)}
    return FigureGroup(
        kind=WHOLE,
        rows=(),
        total=_total(counted.counts(period), year, lambda _unit: True),
        gone=_gone(row for row in year if row.unit.id not in told),
    )


def place(counts: Iterable[UnitCount], terms: Terms) -> list[Ranked[UnitCount]]:
    """The rows in the scheme's groups, ranked by its figure, with its way to break ties."""
    return rank(
        terms.grouped(counts),
        key=ranking_key(terms.scheme),
        tie_rule=terms.tie_rule,
    )


def total(rows: Sequence[FigureRow]) -> FigureRow:
    """The plain sum of rows, as the former format has it: what two units share is in it twice."""
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


def _total(
    now: Iterable[UnitCount], to_date: Iterable[UnitCount], within: Callable[[UnitFact], bool]
) -> FigureRow:
    """What a period's rows and the running total's come to."""
    return _figures(None, "", Together.of(now, within), Together.of(to_date, within))


def _gone(rows: Iterable[UnitCount]) -> tuple[FigureRow, ...]:
    """Units without a row in the period that have something to date."""
    return tuple(
        _figures(row.unit.id, row.unit.name, NOTHING, row) for row in rows if row.adopted_total or row.points
    )


def _figures(
    unit_id: int | None, name: str, now: UnitCount | Together, to_date: UnitCount | Together
) -> FigureRow:
    return FigureRow(
        unit_id=unit_id,
        name=name,
        filed=now.filed,
        issued=now.issued,
        central=now.adopted["central"],
        province=now.adopted["province"],
        city=now.adopted["city"],
        county=now.adopted["county"],
        items_adopted=now.items_adopted,
        points=now.points,
        adopted_to_date=to_date.adopted_total,
        points_to_date=to_date.points,
    )


def _changes(
    current: Iterable[Ranked[UnitCount]], previous: Sequence[Ranked[UnitCount]]
) -> Mapping[int, int | None]:
    """A group in which nobody had anything before has no ranks to compare with: all were first."""
    idle = idle_groups(previous)
    return changes(current, [entry for entry in previous if entry.row.unit.group not in idle])


def _row(entry: Ranked[UnitCount], change: int | None, to_date: UnitCount, *, ranked: bool) -> FigureRow:
    unit = entry.row.unit
    row = _figures(unit.id, unit.name, entry.row, to_date)
    if not ranked or unit.group == UnitKind.OFFICE:
        return row
    return replace(row, rank=entry.rank, tied=entry.tied, change=change)
