"""What a window gives at its beginning and costs at its end: base points, too low a rate, a missed target.

Rules R45, R47 and R48 of docs/scoring.md. What is measured at the end of a window goes by the scheme of
its last day and looks at the whole window.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from stats.figures import LineKind, Note, Operator, ScoreLine, Step, UnitFact
from stats.periods import Period
from stats.schemes import Metric, Penalty, Scheme, Shortcoming, Target, Window
from stats.scoring.records import EARNING, Earnings, Record
from stats.scoring.tariffs import Tariff, Tariffs
from stats.scoring.windows import closing, existed_throughout, pieces


@dataclass(frozen=True, slots=True)
class Span:
    """The days from `start` to the day before `end`. A window that has days from `as_of` on is open."""

    start: date
    end: date
    as_of: date | None

    def is_closed(self, window: Period) -> bool:
        """Whether all of the window's facts are known."""
        return self.as_of is None or window.end <= self.as_of


def base_lines(unit: UnitFact, tariffs: Tariffs, span: Span) -> Iterator[ScoreLine]:
    """Once a window, on its first day, or on the first day on which there were both unit and scheme."""
    for tariff in tariffs.within(span.start, span.end):
        base = tariff.scheme.base
        if base is None or not unit.assessed:
            continue
        for window, _, _ in pieces(base.window, tariff, span.start, span.end):
            day = max(window.start, unit.active_from, tariffs.all[0].since)
            gone = unit.active_to is not None and unit.active_to < day
            if tariff.holds_on(day) and day < min(window.end, span.end) and not gone:
                points = tariff.scheme.rounded(base.points)
                yield ScoreLine(
                    unit_id=unit.id,
                    date=day,
                    kind=LineKind.BASE,
                    key=f"base:{day}",
                    rule="base",
                    scheme_from=tariff.since,
                    base=base.points,
                    earned=points,
                    points=points,
                    note=Note.BASE,
                    window=str(window),
                )


def shortcoming_lines(
    unit: UnitFact, record: Record, lines: Iterable[ScoreLine], tariffs: Tariffs, span: Span
) -> Iterator[ScoreLine]:
    """The deductions at the ends of windows; `lines` are the unit's. Points reached are those earned."""
    earnings: Earnings | None = None
    for tariff in tariffs.within(span.start, span.end):
        for place, penalty in enumerate(tariff.scheme.penalties):
            if penalty.event not in _MEASURES:
                continue
            earnings = earnings or Earnings.of(line for line in lines if line.kind in EARNING)
            for window in closing(penalty.window, tariff, span.start, span.end):
                if span.is_closed(window) and existed_throughout(unit, window):
                    measure = _MEASURES[penalty.event]
                    found = measure(_Measured(unit, record, earnings, window, tariff), penalty)
                    if found:
                        yield _deduction(unit, tariff, window, f"penalties[{place}]", found)


def target_for(scheme: Scheme, unit: UnitFact, group: str, metric: Metric, window: Window) -> Target | None:
    """The most specific target of the unit for a metric and a window, the first among equals."""
    fitting = [
        target
        for target in scheme.targets
        if (target.metric, target.window) == (metric, window)
        and target.group in (None, group)
        and (target.unit is None or target.unit in (unit.code, unit.name))
    ]
    return max(fitting, key=lambda target: target.specificity, default=None)


@dataclass(frozen=True, slots=True)
class _Measured:
    unit: UnitFact
    record: Record
    earnings: Earnings
    window: Period
    tariff: Tariff


@dataclass(frozen=True, slots=True)
class _Found:
    """What is missing, and what that costs."""

    base: Decimal
    steps: tuple[Step, ...]
    reached: Decimal
    bound: Decimal
    note: Note
    points: Decimal


def _low_rate(measured: _Measured, penalty: Penalty) -> _Found | None:
    """Nothing filed, no rate, no deduction."""
    filed, adopted = (
        measured.record.number(metric, measured.window.start, measured.window.end)
        for metric in (Metric.FILED, Metric.ITEMS_ADOPTED)
    )
    if not filed or adopted >= penalty.below * filed:
        return None
    points = -measured.tariff.scheme.rounded(penalty.points)
    return _Found(-penalty.points, (), Decimal(adopted) / filed, penalty.below, Note.LOW_RATE, points)


def _shortfall(measured: _Measured, penalty: Penalty) -> _Found | None:
    unit, tariff = measured.unit, measured.tariff
    target = penalty.target
    if target is None:
        own = target_for(tariff.scheme, unit, tariff.group(unit), penalty.metric, penalty.window)
        target = own and own.value
    if target is None:
        return None
    reached = measured.record.value(penalty.metric, measured.window, measured.earnings)
    if reached >= target:
        return None
    missing = target - reached
    points = -tariff.scheme.rounded(missing * penalty.factor)
    steps = () if penalty.factor == 1 else (Step(Operator.TIMES, penalty.factor, "penalties"),)
    return _Found(-missing, steps, reached, target, Note.SHORTFALL, points)


_MEASURES: Mapping[str, Callable[[_Measured, Penalty], _Found | None]] = {
    Shortcoming.LOW_RATE: _low_rate,
    Shortcoming.SHORTFALL: _shortfall,
}


def _deduction(unit: UnitFact, tariff: Tariff, window: Period, rule: str, found: _Found) -> ScoreLine:
    day = window.end - timedelta(days=1)
    return ScoreLine(
        unit_id=unit.id,
        date=day,
        kind=LineKind.PENALTY,
        key=f"{rule}:{day}",
        rule=rule,
        scheme_from=tariff.since,
        base=found.base,
        steps=found.steps,
        earned=found.points,
        points=found.points,
        note=found.note,
        window=str(window),
        reached=found.reached,
        bound=found.bound,
    )
