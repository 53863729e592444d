"""The tables of a period: groups of units with their figures, ranks, changes and running totals. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from typing import Final, Protocol

from accounts.enums import UnitKind
from scoring.engine.ranking import Ranked, changes, idle_groups, rank, ranking_key
from scoring.figures.counts import UnitCount
from scoring.figures.facts import UnitFact
from scoring.periods.period import Period
from scoring.schemes.scheme import Scheme
from scoring.schemes.timetable import Timetable
from scoring.schemes.words import TieRule

#: Groups in the order in which they are printed. The office itself is listed, not ranked.
GROUPS: Final = (
    UnitKind.COUNTY,
    UnitKind.TEAM,
    UnitKind.SECTION,
    UnitKind.DEPARTMENT,
    UnitKind.OFFICE,
)


#: What holds before an office has any scheme.
NO_SCHEME: Final = Scheme(name="", adoption_rules=())


class Counted(Protocol):
    """Facts just counted, or tallies read back."""

    def counts(self, period: Period) -> tuple[UnitCount, ...]: ...


class HasUnitId(Protocol):
    """A row of a table that stands for a unit, or for a total when the id is None."""

    @property
    def unit_id(self) -> int | None: ...


@dataclass(frozen=True, slots=True)
class Terms:
    """What the scheme in force at a period's end says about groups, ranking and the assessment year."""

    scheme: Scheme = NO_SCHEME

    @classmethod
    def of(cls, timetable: Timetable, period: Period) -> Terms:
        """By the scheme in force on the last day; for a period before every scheme, by the first."""
        scheme = timetable.scheme_on(period.end - timedelta(days=1))
        if scheme is None and timetable.entries:
            scheme = timetable.entries[0].scheme
        return cls(scheme) if scheme else cls()

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
        return [replace(row, unit=self._in_group(row.unit)) for row in counts]

    def groups(self, counts: Iterable[UnitCount]) -> list[str]:
        """The groups of these rows as they are printed: the scheme's own, then by kind."""
        present = {row.unit.group for row in counts}
        order = [*(group.name for group in self.scheme.groups), *GROUPS]
        return [name for name in dict.fromkeys(order) if name in present]

    def _in_group(self, unit: UnitFact) -> UnitFact:
        group = self.scheme.group_of_unit(code=unit.code, name=unit.name, otherwise=unit.group)
        return unit if group == unit.group else replace(unit, group=group)


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
    ranked = place(counted.counts(period), terms)
    gained = _changes(ranked, place(counted.counts(period.previous()), terms))
    to_date = {row.unit.id: row for row in counted.counts(period.to_date(terms.year_start_month))}
    idle = idle_groups(ranked)
    groups = []
    for name in terms.groups(entry.row for entry in ranked):
        rows = tuple(
            _row(entry, gained.get(entry.row.unit.id), to_date[entry.row.unit.id], ranked=name not in idle)
            for entry in ranked
            if entry.row.unit.group == name
        )
        groups.append(FigureGroup(name, rows, total(rows)))
    return tuple(groups)


def place(counts: Iterable[UnitCount], terms: Terms) -> list[Ranked[UnitCount]]:
    """The rows in the scheme's groups, ranked by its figure, with its way to break ties."""
    return rank(
        terms.grouped(counts),
        key=ranking_key(terms.scheme),
        tie_rule=terms.tie_rule,
    )


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


def _changes(
    current: Iterable[Ranked[UnitCount]], previous: Sequence[Ranked[UnitCount]]
) -> Mapping[int, int | None]:
    """A group in which nobody had anything before has no ranks to compare with: all were first."""
    idle = idle_groups(previous)
    return changes(current, [entry for entry in previous if entry.row.unit.group not in idle])


def _row(entry: Ranked[UnitCount], change: int | None, to_date: UnitCount, *, ranked: bool) -> FigureRow:
    count, unit = entry.row, entry.row.unit
    ranked = ranked and unit.group != UnitKind.OFFICE
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
