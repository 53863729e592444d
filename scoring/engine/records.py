"""What a unit had reached by any day, counted and in points."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from itertools import accumulate
from typing import Final, NamedTuple, Protocol

from scoring.engine.matching import fits
from scoring.figures.facts import AdoptionFact, FilingFact, IssueFact, UnitFact
from scoring.figures.lines import ZERO, LineKind, ScoreLine
from scoring.periods.period import Period
from scoring.schemes.model import ANY, Match
from scoring.schemes.scheme import Scheme
from scoring.schemes.words import LEVELS, JointCounts, Metric

#: What a unit earns; the rest of its lines take away, correct or decide.
EARNING = frozenset({LineKind.ADOPTION, LineKind.BONUS, LineKind.FILING, LineKind.BASE})
#: Thirds of an item are told with so many decimals.
_TOLD: Final = Decimal("0.0001")


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


class Counted(NamedTuple):
    """What is counted: a metric but points, only of what fits, each for one or for the unit's share of it."""

    metric: Metric
    match: Match = ANY
    by_share: bool = False


class _Course(NamedTuple):
    """Days in order, and the number reached after so many of them."""

    days: Sequence[date]
    sums: Sequence[int | Fraction]


@dataclass(slots=True)
class Record:
    """What a unit did. Every adoption has all adoptions of its item before it, however old."""

    unit_id: int
    filed: list[FilingFact] = field(default_factory=list)
    issued: list[IssueFact] = field(default_factory=list)
    adopted: list[AdoptionFact] = field(default_factory=list)
    _courses: dict[Counted, _Course] = field(default_factory=dict)

    def number(self, counted: Counted, start: date, end: date) -> int | Fraction:
        """How many there were from `start` to the day before `end`."""
        course = self._courses.get(counted)
        if course is None:
            course = self._courses[counted] = self._course(counted)
        return course.sums[bisect_left(course.days, end)] - course.sums[bisect_left(course.days, start)]

    def whole(self, metric: Metric, start: date, end: date) -> int:
        """How many there were, each counting for one."""
        return int(self.number(Counted(metric), start, end))

    def _course(self, counted: Counted) -> _Course:
        # Of one day the largest share first, so that of an item it is the one that counts.
        happened = sorted((day, -share) for day, share in self._happened(counted))
        days = [day for day, _ in happened]
        if not counted.by_share:
            return _Course(days, range(len(days) + 1))
        return _Course(days, list(accumulate((-share for _, share in happened), initial=Fraction(0))))

    def _happened(self, counted: Counted) -> Iterable[tuple[date, int | Fraction]]:
        """The days of everything that counts, with what it counts for; of an item its first adoption."""
        metric, match, by_share = counted
        if metric == Metric.FILED:
            return [(fact.date, 1) for fact in self.filed if fits(match, fact)]
        if metric == Metric.ISSUED:
            return [(fact.date, 1) for fact in self.issued]
        first: dict[int, tuple[date, int | Fraction]] = {}
        for fact in self.adopted:
            if (metric in LEVELS and fact.level != metric) or not fits(match, fact):
                continue
            one = (fact.date, -self._share(fact) if by_share else -1)
            key = fact.item_id if metric == Metric.ITEMS_ADOPTED else fact.id
            first[key] = min(one, first.get(key, one))
        return [(day, -share) for day, share in first.values()]

    def _share(self, fact: AdoptionFact) -> Fraction:
        parts = fact.parts
        return Fraction(parts[self.unit_id], sum(parts.values()))


class Measured(Protocol):
    """A rule about a figure of a unit in a window."""

    @property
    def metric(self) -> Metric: ...
    @property
    def match(self) -> Match: ...


@dataclass(frozen=True, slots=True)
class Standing:
    """A unit with its record and its earnings, asked for a window's figures."""

    unit: UnitFact
    record: Record
    earnings: Earnings

    def value(self, rule: Measured, window: Period, scheme: Scheme) -> Decimal:
        """The figure that a rule of the scheme measures in the window."""
        if rule.metric == Metric.POINTS:
            return self.earnings.between(window.start, window.end)
        by_share = scheme.joint_counts is JointCounts.SHARE
        number = self.record.number(Counted(rule.metric, rule.match, by_share), window.start, window.end)
        exact = Decimal(number.numerator) / number.denominator
        return exact if number.denominator == 1 else exact.quantize(_TOLD, ROUND_HALF_UP)


def records(
    unit_ids: Iterable[int],
    filings: Iterable[FilingFact],
    issues: Iterable[IssueFact],
    adoptions: Iterable[AdoptionFact],
) -> Mapping[int, Record]:
    """The records of the units; of every item with an adoption all adoptions must be given."""
    found = {unit: Record(unit) for unit in unit_ids}
    for filing in filings:
        if record := found.get(filing.unit_id):
            record.filed.append(filing)
    for issue in issues:
        if record := found.get(issue.unit_id):
            record.issued.append(issue)
    for adoption in adoptions:
        for unit_id in adoption.parts:
            if record := found.get(unit_id):
                record.adopted.append(adoption)
    return found
