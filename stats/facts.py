"""From the tables of people, items and adoptions to the facts that are counted. The only such bridge.

Every filing, issue and credit belongs to the ranking unit above it: the direct child of the office.
What belongs to the office itself is counted for the office, in a group of its own. A unit is listed in
a period when it existed on one of its days, or when a fact of the period is its own, such as the late
adoption of a unit that was closed: nothing that counts is left out of a table.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import groupby
from operator import itemgetter

from django.db.models import Q

from accounts.models import Unit
from adoptions.models import Adoption, Credit
from stats.counting import AdoptionFact, CreditFact, FilingFact, IssueFact, UnitCount, UnitFact, count
from stats.models import SchemeVersion
from stats.periods import ZONE, Period, local_date
from stats.schemes import Timetable, parse_scheme
from submissions.models import Item


@dataclass(frozen=True, slots=True)
class RankingUnits:
    """The units of an office that are ranked, past and present, and the office itself."""

    units: tuple[UnitFact, ...]
    existed: Mapping[int, tuple[date, date | None]]

    def listed(self, counts: Iterable[UnitCount], period: Period) -> tuple[UnitCount, ...]:
        """Without the units that did not exist in the period and have nothing in it."""
        return tuple(row for row in counts if self._existed_in(row.unit.id, period) or _has_figures(row))

    def _existed_in(self, unit_id: int, period: Period) -> bool:
        if unit_id not in self.existed:
            return False
        first, last = self.existed[unit_id]
        return first < period.end and (last is None or last >= period.start)


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
    """Everything needed to count any period within `span`."""

    span: Period
    ranking: RankingUnits
    filings: tuple[FilingFact, ...]
    issues: tuple[IssueFact, ...]
    adoptions: tuple[AdoptionFact, ...]
    timetable: Timetable

    def counts(self, period: Period) -> tuple[UnitCount, ...]:
        """The figures of a period within the span. ValueError for another one."""
        if not (self.span.first <= period.first and period.last <= self.span.last):
            raise ValueError(f"{period} is not within {self.span}")
        rows = count(
            period=period,
            units=self.ranking.units,
            filings=self.filings,
            issues=self.issues,
            adoptions=self.adoptions,
            timetable=self.timetable,
        )
        return self.ranking.listed(rows, period)

    def totals(self, period: Period) -> Totals:
        """How many items were filed and issued and how many adoptions there were in a period of the span."""
        return Totals(
            filed=sum(period.contains(filing.date) for filing in self.filings),
            issued=sum(period.contains(issue.date) for issue in self.issues),
            adopted=sum(period.contains(adoption.date) for adoption in self.adoptions),
        )


def load(office: Unit, span: Period) -> Facts:
    """Read the facts of an office; the number of queries does not depend on how many there are.

    Of every item adopted within the span all adoptions up to its end are read, however old, because an
    earlier one decides what a later one still earns.
    """
    return Facts(
        span=span,
        ranking=ranking_units(office),
        filings=tuple(_filings(office, span)),
        issues=tuple(_issues(office, span)),
        adoptions=tuple(_adoptions(office, span)),
        timetable=timetable(office),
    )


def ranking_units(office: Unit) -> RankingUnits:
    """The direct children of the office that belong to it; the group of each is its kind."""
    units = Unit.objects.filter(Q(parent=office, office=office) | Q(pk=office.pk))
    facts = {
        unit: UnitFact(unit.pk, unit.name, str(unit), unit.kind, unit.position)
        for unit in units.order_by("position", "name", "pk")
    }
    # The office is listed only when something is its own, not because it exists.
    existed = {unit.pk: (unit.active_from, unit.active_to) for unit in facts if unit.pk != office.pk}
    return RankingUnits(tuple(facts.values()), existed)


def timetable(office: Unit) -> Timetable:
    """The office's schemes in time."""
    versions = SchemeVersion.objects.of_office(office).values_list("effective_from", "rules")
    return Timetable.of((day, parse_scheme(rules)) for day, rules in versions)


def ranking_unit_id(path: str, office: Unit) -> int:
    """The ranking unit above the unit at `path`. ValueError when it is not below the office."""
    ids = [int(part) for part in path.strip("/").split("/")]
    return ids[min(ids.index(office.pk) + 1, len(ids) - 1)]


def _filings(office: Unit, span: Period) -> Iterable[FilingFact]:
    items = Item.objects.filter(office=office).filed_between(*_moments(span))
    for item_id, path, moment, title in items.values_list("pk", "unit__path", "submitted_at", "title"):
        assert moment is not None, "an item filed between two moments has its own"
        yield FilingFact(item_id, ranking_unit_id(path, office), local_date(moment), title)


def _issues(office: Unit, span: Period) -> Iterable[IssueFact]:
    items = Item.objects.filter(office=office).issued_between(*_moments(span))
    for item_id, path, moment in items.values_list("pk", "unit__path", "issued_at"):
        assert moment is not None, "an item issued between two moments has its own"
        yield IssueFact(item_id, ranking_unit_id(path, office), local_date(moment))


def _adoptions(office: Unit, span: Period) -> Iterable[AdoptionFact]:
    """Adoptions with their credits come from one query: one moment, whatever is edited meanwhile.

    Which items those are is asked before, on its own: one nested query took minutes when PostgreSQL had
    not yet learned how large the tables are, as after an import.
    """
    counted = Adoption.objects.of_office(office).counted()
    items = list(counted.between(span.start, span.end).values_list("item", flat=True).distinct())
    rows = (
        Credit.objects.filter(adoption__in=counted.filter(item__in=items, date__lt=span.end))
        .order_by("adoption_id", "pk")
        .values_list(
            "adoption_id",
            "adoption__item_id",
            "adoption__item__title",
            "adoption__outlet__name",
            "adoption__outlet__level",
            "adoption__outlet__carrier",
            "adoption__mode",
            "adoption__date",
            "unit__path",
            "share",
        )
    )
    for adoption, credited in groupby(rows, key=itemgetter(slice(8))):
        number, item, title, outlet, level, carrier, mode, day = adoption
        yield AdoptionFact(
            id=number,
            item_id=item,
            item_title=title,
            outlet_name=outlet,
            level=level,
            carrier=carrier,
            mode=mode,
            date=day,
            credits=tuple(CreditFact(ranking_unit_id(row[8], office), row[9]) for row in credited),
        )


def _moments(span: Period) -> tuple[datetime, datetime]:
    """Local midnight at the start of the span and at its end."""
    return (
        datetime.combine(span.start, time.min, tzinfo=ZONE),
        datetime.combine(span.end, time.min, tzinfo=ZONE),
    )


def _has_figures(row: UnitCount) -> bool:
    return bool(row.filed or row.issued or row.items_adopted or row.adopted_total or row.points)
