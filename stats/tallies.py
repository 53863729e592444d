"""What was counted, read back: the months of an office as stored, added up to any period."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from accounts.models import Unit
from scoring.engine.overlaps import added_up
from scoring.figures.counts import Overlap, UnitCount
from scoring.figures.facts import UnitFact
from scoring.periods.month import Month
from scoring.periods.period import Period
from scoring.schemes.words import LEVELS
from stats.facts.loading import RankingUnits, Totals, ranking_units
from stats.models import Tally, TallyRow

#: The whole numbers of a stored row, in the order in which they are read.
WHOLE = ("filed", "issued", "items_adopted", *LEVELS)


@dataclass(frozen=True, slots=True)
class Figures:
    """One unit's stored month; the numbers are those of WHOLE, the overlaps as `TallyRow` has them."""

    month: date
    numbers: tuple[int, ...]
    points: Decimal
    overlaps: Sequence[Mapping[str, Any]] = ()


@dataclass(frozen=True, slots=True)
class Tallied:
    """The stored months of an office within `span`, whole months. Their counts carry no score lines."""

    span: Period
    ranking: RankingUnits
    figures: Mapping[int, Sequence[Figures]]
    months: Mapping[Month, Tally]

    def counts(self, period: Period) -> tuple[UnitCount, ...]:
        """The figures of whole months within the span, their sum. ValueError for another period."""
        if not (period.whole_months and self.span.start <= period.start and period.end <= self.span.end):
            raise ValueError(f"{period} is not within {self.span}")
        # A month stores only whom it lists: a late filing that a floor makes up for is a fact all the same.
        noted = {
            unit_id
            for unit_id, rows in self.figures.items()
            if any(period.contains(row.month) for row in rows)
        }
        rows = (self._sum(unit, period) for unit in self.ranking.units)
        return self.ranking.listed(rows, period, noted=noted)

    def of_unit(self, unit_id: int, period: Period) -> UnitCount:
        """One ranking unit's figures in a period within the span."""
        (unit,) = (unit for unit in self.ranking.units if unit.id == unit_id)
        return self._sum(unit, period)

    def totals(self, period: Period) -> Totals:
        """The whole office's figures in a period within the span."""
        tallies = [self.months[month] for month in period.months if month in self.months]
        return sum((Totals(tally.filed, tally.issued, tally.adopted) for tally in tallies), Totals())

    def _sum(self, unit: UnitFact, period: Period) -> UnitCount:
        months = [row for row in self.figures.get(unit.id, ()) if period.contains(row.month)]
        stored = [overlap for row in months for overlap in row.overlaps]
        sums = [sum(numbers) for numbers in zip(*(row.numbers for row in months), strict=True)]
        whole = dict(zip(WHOLE, sums or [0] * len(WHOLE), strict=True))
        return UnitCount(
            unit=unit,
            filed=whole["filed"],
            issued=whole["issued"],
            adopted={level: whole[level] for level in LEVELS},
            items_adopted=whole["items_adopted"],
            points=sum((row.points for row in months), Decimal(0)),
            lines=(),
            overlaps=self._overlaps(stored) if stored else (),
        )

    def _overlaps(self, stored: Iterable[Mapping[str, Any]]) -> tuple[Overlap, ...]:
        known = {unit.id: unit for unit in self.ranking.units}
        return added_up(
            Overlap(
                units=tuple(known[unit] for unit in overlap["units"] if unit in known),
                adopted=overlap["adopted"],
                items_adopted=overlap["items_adopted"],
            )
            for overlap in stored
        )


def load(office: Unit, span: Period) -> Tallied:
    """Read the stored months of an office in three queries; a month that was never counted has nothing."""
    figures: defaultdict[int, list[Figures]] = defaultdict(list)
    rows = TallyRow.objects.of_office_within(office, span)
    stored = rows.values_list("unit_id", "tally__month", "points", "overlaps", *WHOLE)
    for unit_id, month, points, overlaps, *numbers in stored:
        figures[unit_id].append(Figures(month, tuple(numbers), points, overlaps))
    months = {Month.of(tally.month): tally for tally in Tally.objects.of_office(office).within(span)}
    return Tallied(span, ranking_units(office), figures, months)
