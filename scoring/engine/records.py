"""What a unit had reached by any day, counted and in points."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import accumulate

from scoring.figures.facts import FilingFact, IssueFact, UnitFact
from scoring.figures.lines import ZERO, LineKind, ScoreLine
from scoring.periods.period import Period
from scoring.schemes.words import LEVELS, Metric

#: What a unit earns; the rest of its lines take away, correct or decide.
EARNING = frozenset({LineKind.ADOPTION, LineKind.BONUS, LineKind.FILING, LineKind.BASE})


@dataclass(frozen=True, slots=True)
class Earnings:
    """Points by day, added up."""

    days: tuple[date, ...]
    sums: tuple[Decimal, ...]

    @classmethod
    def of(cls, lines: Iterable[ScoreLine]) -> "Earnings":
        """The sums after every day of the lines."""
        by_day: defaultdict[date, Decimal] = defaultdict(Decimal)
        for line in lines:
            by_day[line.date] += line.points
        days = tuple(sorted(by_day))
        return cls(days, tuple(accumulate((by_day[day] for day in days), initial=ZERO)))

    def between(self, start: date, end: date) -> Decimal:
        """The points from `start` to the day before `end`."""
        return self.sums[bisect_left(self.days, end)] - self.sums[bisect_left(self.days, start)]


@dataclass(frozen=True, slots=True)
class Record:
    """The days of what a unit did by metric, in order; one day for each."""

    days: Mapping[str, list[date]]

    def number(self, metric: str, start: date, end: date) -> int:
        """How many there were from `start` to the day before `end`. KeyError for points."""
        days = self.days[metric]
        return bisect_left(days, end) - bisect_left(days, start)


@dataclass(frozen=True, slots=True)
class Standing:
    """A unit with its record and its earnings, asked for a window's figures."""

    unit: UnitFact
    record: Record
    earnings: Earnings

    def value(self, metric: str, window: Period) -> Decimal:
        """A metric's figure in the window."""
        if metric == Metric.POINTS:
            return self.earnings.between(window.start, window.end)
        return Decimal(self.record.number(metric, window.start, window.end))


def records(
    unit_ids: Iterable[int],
    filings: Iterable[FilingFact],
    issues: Iterable[IssueFact],
    lines: Iterable[ScoreLine],
) -> Mapping[int, Record]:
    """The records of the units. Adoptions are read off the lines, so that every figure opens its list."""
    days: dict[int, defaultdict[str, list[date]]] = {unit: defaultdict(list) for unit in unit_ids}
    for metric, facts in ((Metric.FILED, filings), (Metric.ISSUED, issues)):
        for fact in facts:
            if fact.unit_id in days:
                days[fact.unit_id][metric].append(fact.date)
    first_adopted: dict[tuple[int, int], date] = {}
    for line in lines:
        if line.kind is not LineKind.ADOPTION or line.adoption_id is None or line.unit_id not in days:
            continue
        assert line.item_id is not None, "an adoption is of an item"
        adopted = days[line.unit_id]
        adopted[Metric.ADOPTED].append(line.date)
        adopted[line.level].append(line.date)
        item = (line.unit_id, line.item_id)
        first_adopted[item] = min(line.date, first_adopted.get(item, line.date))
    for (unit_id, _), day in first_adopted.items():
        days[unit_id][Metric.ITEMS_ADOPTED].append(day)
    return {unit: _record(by_metric) for unit, by_metric in days.items()}


def _record(by_metric: Mapping[str, list[date]]) -> Record:
    counted = (Metric.FILED, Metric.ISSUED, Metric.ADOPTED, Metric.ITEMS_ADOPTED, *LEVELS)
    return Record({str(metric): sorted(by_metric.get(metric, ())) for metric in counted})
