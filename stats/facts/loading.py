"""The facts of an office over a span of time, and the figures they come to."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from accounts.models import Unit
from scoring.engine.counting import count
from scoring.engine.reach import reach
from scoring.figures.counts import UnitCount
from scoring.figures.facts import AdjustmentFact, AdoptionFact, EventFact, FilingFact, IssueFact, UnitFact
from scoring.periods.period import Period
from scoring.schemes.timetable import Timetable
from scoring.timetables import timetable_of
from stats.facts import rows


@dataclass(frozen=True, slots=True)
class RankingUnits:
    """The units of an office that are ranked, past and present, and the office itself."""

    units: tuple[UnitFact, ...]

    def listed(
        self, counts: Iterable[UnitCount], period: Period, *, noted: Container[int] = ()
    ) -> tuple[UnitCount, ...]:
        """Without the units that did not exist in the period and have nothing in it.

        `noted` are units known to have something in it, whatever that comes to.

        The office is listed only when something is its own, not because it exists.
        """
        return tuple(
            row for row in counts if _existed(row.unit, period) or row.unit.id in noted or _has_figures(row)
        )


@dataclass(frozen=True, slots=True)
class Totals:
    """The whole office's figures; an adoption credited to several units is one."""

    filed: int = 0
    issued: int = 0
    adopted: int = 0

    def __add__(self, other: Totals) -> Totals:
        return Totals(self.filed + other.filed, self.issued + other.issued, self.adopted + other.adopted)


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything needed to count any period within `span`.

    `as_of` is the first day whose facts are not known yet: what a window brings to light at its end stays
    untold until that day has passed.
    """

    span: Period
    as_of: date
    ranking: RankingUnits
    filings: tuple[FilingFact, ...]
    issues: tuple[IssueFact, ...]
    adoptions: tuple[AdoptionFact, ...]
    events: tuple[EventFact, ...]
    adjustments: tuple[AdjustmentFact, ...]
    timetable: Timetable

    def counts(self, period: Period) -> tuple[UnitCount, ...]:
        """The figures of a period within the span. ValueError for another one."""
        if not (self.span.start <= period.start and period.end <= self.span.end):
            raise ValueError(f"{period} is not within {self.span}")
        counted = count(
            period=period,
            units=self.ranking.units,
            filings=self.filings,
            issues=self.issues,
            adoptions=self.adoptions,
            events=self.events,
            adjustments=self.adjustments,
            timetable=self.timetable,
            as_of=self.as_of,
        )
        return self.ranking.listed(counted, period)

    def totals(self, period: Period) -> Totals:
        """How many items were filed and issued and how many adoptions there were in a period of the span."""
        return Totals(
            filed=sum(period.contains(filing.date) for filing in self.filings),
            issued=sum(period.contains(issue.date) for issue in self.issues),
            adopted=sum(period.contains(adoption.date) for adoption in self.adoptions),
        )


def load_facts(office: Unit, span: Period, *, as_of: date, schemes: Timetable | None = None) -> Facts:
    """Read the facts of an office; the number of queries does not depend on how many there are.

    They are to be counted by the office's schemes, or by others that are being tried.

    What the span's windows need from before it is read too, back to `scoring.engine.reach`. Of every item
    with an adoption or an event in that time all of them up to the span's end are read, however old, because
    an earlier one decides what a later one still earns.
    """
    schemes = timetable_of(office) if schemes is None else schemes
    first = min(reach(schemes, span), span.start)
    items = rows.items_touched(office, first, span.end)
    adoptions = tuple(rows.adoptions(office, items, span.end))
    return Facts(
        span=span,
        as_of=as_of,
        ranking=ranking_units(office),
        filings=tuple(rows.filings(office, first, span.end, with_length=_asks_for_length(schemes))),
        issues=tuple(rows.issues(office, first, span.end)),
        adoptions=adoptions,
        events=tuple(rows.events(office, items, adoptions, first, span.end)),
        adjustments=tuple(rows.adjustments(office, first, span.end)),
        timetable=schemes,
    )


def ranking_units(office: Unit) -> RankingUnits:
    """The direct children of the office that belong to it; the group of each is its kind."""
    units = Unit.objects.filter(Q(parent=office, office=office) | Q(pk=office.pk))
    return RankingUnits(
        tuple(
            UnitFact(
                id=unit.pk,
                name=unit.name,
                short_name=str(unit),
                group=unit.kind,
                position=unit.position,
                code=unit.code,
                active_from=unit.active_from,
                active_to=unit.active_to,
                assessed=unit.pk != office.pk,
            )
            for unit in units.order_by("position", "name", "pk")
        )
    )


def _asks_for_length(schemes: Timetable) -> bool:
    """Whether something depends on how long an item is that was filed."""
    matches = [match for entry in schemes.entries for match in entry.scheme.item_matches]
    return any(match.min_length is not None or match.max_length is not None for match in matches)


def _existed(unit: UnitFact, period: Period) -> bool:
    begun = unit.active_from < period.end
    return unit.assessed and begun and (unit.active_to is None or unit.active_to >= period.start)


def _has_figures(row: UnitCount) -> bool:
    return bool(row.filed or row.issued or row.items_adopted or row.adopted_total or row.points or row.lines)
