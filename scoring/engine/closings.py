"""What a window gives at its beginning and costs at its end: base points, too low a rate, a missed target.

Rules R61, R63, R64 and R68 of docs/scoring.md. What is measured at the end of a window goes by the scheme of
its last day and looks at the whole window.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from scoring.engine.records import EARNING, Earnings, Record, Standing
from scoring.engine.tariffs import Tariff, Tariffs
from scoring.engine.windows import Span, closing, existed_throughout, pieces
from scoring.figures.facts import UnitFact
from scoring.figures.lines import LineKind, Note, Operator, ScoreLine, Step
from scoring.periods.period import Period
from scoring.schemes.model import Penalty, Target
from scoring.schemes.scheme import Scheme
from scoring.schemes.words import Metric, Shortcoming, Window


def base_lines(unit: UnitFact, tariffs: Tariffs, span: Span) -> Iterator[ScoreLine]:
    """Once a window, on its first day, or on the first day with both the unit and a scheme that has them."""
    for tariff in tariffs.within(span.start, span.end):
        base = tariff.scheme.base
        if base is None or not unit.assessed:
            continue
        for piece in pieces(base.window, tariff, span.start, span.end):
            begins = max(piece.window.start, unit.active_from)
            day = max(begins, tariff.since)
            had = any(earlier.scheme.base for earlier in tariffs.within(begins, tariff.since))
            gone = unit.active_to is not None and unit.active_to < day
            if day < min(piece.until, span.end) and not had and not gone:
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
                    window=piece.name,
                )


def shortcoming_lines(
    unit: UnitFact, record: Record, lines: Iterable[ScoreLine], tariffs: Tariffs, span: Span
) -> Iterator[ScoreLine]:
    """The deductions at the ends of windows; `lines` are the unit's. Points reached are those earned."""
    measured = [tariff for tariff in tariffs.within(span.start, span.end) if _measures(tariff)]
    if not measured:
        return
    standing = Standing(unit, record, Earnings.of(line for line in lines if line.kind in EARNING))
    for tariff in measured:
        for place, penalty in _measures(tariff):
            for window in closing(penalty.window, tariff, span):
                if existed_throughout(unit, window):
                    found = _MEASURES[penalty.event](standing, tariff, window, penalty)
                    if found:
                        yield _deduction(standing, tariff, window, f"penalties[{place}]", found)


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
class _Found:
    """What is missing to the bound, and what that costs: the base after the steps."""

    base: Decimal
    steps: tuple[Step, ...]
    points: Decimal
    reached: Decimal
    bound: Decimal
    note: Note


def _low_rate(standing: Standing, tariff: Tariff, window: Period, penalty: Penalty) -> _Found | None:
    """Nothing filed, no rate, no deduction."""
    filed, adopted = (standing.value(metric, window) for metric in (Metric.FILED, Metric.ITEMS_ADOPTED))
    if not filed or adopted >= penalty.below * filed:
        return None
    points = -tariff.scheme.rounded(penalty.points)
    return _Found(-penalty.points, (), points, adopted / filed, penalty.below, Note.LOW_RATE)


def _shortfall(standing: Standing, tariff: Tariff, window: Period, penalty: Penalty) -> _Found | None:
    """The rule's own target holds for everybody; without one, the unit's."""
    target = penalty.target
    if target is None:
        group = tariff.group(standing.unit)
        own = target_for(tariff.scheme, standing.unit, group, penalty.metric, penalty.window)
        target = own.value if own else None
    reached = standing.value(penalty.metric, window)
    if target is None or reached >= target:
        return None
    missing = target - reached
    points = -tariff.scheme.rounded(missing * penalty.factor)
    steps = () if penalty.factor == 1 else (Step(Operator.TIMES, penalty.factor, "penalties"),)
    return _Found(-missing, steps, points, reached, target, Note.SHORTFALL)


_MEASURES: Final[Mapping[str, Callable[[Standing, Tariff, Period, Penalty], _Found | None]]] = {
    Shortcoming.LOW_RATE: _low_rate,
    Shortcoming.SHORTFALL: _shortfall,
}


def _measures(tariff: Tariff) -> list[tuple[int, Penalty]]:
    """The deductions at the ends of windows, with their places."""
    return [
        (place, penalty)
        for place, penalty in enumerate(tariff.scheme.penalties)
        if penalty.event in _MEASURES
    ]


def _deduction(standing: Standing, tariff: Tariff, window: Period, rule: str, found: _Found) -> ScoreLine:
    return ScoreLine(
        unit_id=standing.unit.id,
        date=window.last_day,
        kind=LineKind.PENALTY,
        key=f"{rule}:{window.last_day}",
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
