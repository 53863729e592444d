"""What a window gives at its beginning and gives or costs at its end: base points, rates, targets.

Rules R61, R63, R64, R68 and R101 of docs/scoring.md. What is measured at the end of a window goes by the
scheme of its last day and looks at the whole window.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from scoring.engine.pricing import worked
from scoring.engine.records import EARNING, Earnings, Record, Standing
from scoring.engine.tariffs import Tariff, Tariffs
from scoring.engine.windows import Span, closing, existed_throughout, pieces
from scoring.figures.facts import UnitFact
from scoring.figures.lines import ZERO, LineKind, Note, Operator, ScoreLine, Step
from scoring.periods.period import Period
from scoring.schemes.model import Bonus, Consequence, Penalty, Target
from scoring.schemes.scheme import Scheme
from scoring.schemes.words import Achievement, Metric, Shortcoming, Window

type Rule = Bonus | Penalty


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


def closing_lines(
    unit: UnitFact, record: Record, lines: Iterable[ScoreLine], tariffs: Tariffs, span: Span
) -> Iterator[ScoreLine]:
    """What the ends of windows cost and reward; `lines` are the unit's. Points reached are those earned."""
    measured = [tariff for tariff in tariffs.within(span.start, span.end) if tariff.scheme.closings]
    if not measured:
        return
    standing = Standing(unit, record, Earnings.of(line for line in lines if line.kind in EARNING))
    for tariff in measured:
        for path, rule in tariff.scheme.closings:
            for window in closing(rule.window, tariff, span):
                if existed_throughout(unit, window):
                    found = _MEASURES[rule.event](standing, tariff, window, rule)
                    if found:
                        yield _closed(standing, tariff, window, path, found)


def target_for(
    scheme: Scheme, unit: UnitFact, group: str, rule: Rule | Target | Consequence
) -> Target | None:
    """The most specific target of the unit for what the rule measures, the first among equals."""
    fitting = [
        target
        for target in scheme.targets
        if (target.metric, target.window, target.match) == (rule.metric, rule.window, rule.match)
        and target.group in (None, group)
        and (target.unit is None or target.unit in (unit.code, unit.name))
    ]
    return max(fitting, key=lambda target: target.specificity, default=None)


@dataclass(frozen=True, slots=True)
class _Found:
    """What is more or less than the bound, and what that gives or costs: the base after the steps."""

    base: Decimal
    reached: Decimal
    bound: Decimal
    note: Note
    steps: tuple[Step, ...] = ()


def _low_rate(standing: Standing, tariff: Tariff, window: Period, rule: Rule) -> _Found | None:
    """Nothing filed, no rate, no deduction."""
    assert isinstance(rule, Penalty), "a low rate earns nothing"
    filed, adopted = (standing.value(figure, window, tariff.scheme) for figure in (_FILED, _ITEMS_ADOPTED))
    if not filed or adopted >= rule.below * filed:
        return None
    return _Found(-rule.points, adopted / filed, rule.below, Note.LOW_RATE)


def _on_target(standing: Standing, tariff: Tariff, window: Period, rule: Rule) -> _Found | None:
    """The rule's own target holds for everybody; without one, the unit's."""
    target = rule.target
    if target is None:
        own = target_for(tariff.scheme, standing.unit, tariff.group(standing.unit), rule)
        target = own.value if own else None
    if target is None:
        return None
    reached = standing.value(rule, window, tariff.scheme)
    if isinstance(rule, Bonus):
        given = rule.points or ZERO
        return _Found(given, reached, target, Note.TARGET_MET) if reached >= target else None
    if reached >= target:
        return None
    if rule.event is Shortcoming.TARGET_MISSED:
        return _Found(-rule.points, reached, target, Note.TARGET_MISSED)
    steps = () if rule.factor == 1 else (Step(Operator.TIMES, rule.factor, "penalties"),)
    return _Found(reached - target, reached, target, Note.SHORTFALL, steps)


_MEASURES: Final[Mapping[str, Callable[[Standing, Tariff, Period, Rule], _Found | None]]] = {
    Shortcoming.LOW_RATE: _low_rate,
    Shortcoming.SHORTFALL: _on_target,
    Shortcoming.TARGET_MISSED: _on_target,
    Achievement.TARGET_MET: _on_target,
}
_FILED: Final = Target(Metric.FILED, Window.YEAR, ZERO)
_ITEMS_ADOPTED: Final = Target(Metric.ITEMS_ADOPTED, Window.YEAR, ZERO)


def _closed(standing: Standing, tariff: Tariff, window: Period, path: str, found: _Found) -> ScoreLine:
    points = tariff.scheme.rounded(worked(found.base, found.steps))
    return ScoreLine(
        unit_id=standing.unit.id,
        date=window.last_day,
        kind=LineKind.BONUS if found.note is Note.TARGET_MET else LineKind.PENALTY,
        key=f"{path}:{window.last_day}",
        rule=path,
        scheme_from=tariff.since,
        base=found.base,
        steps=found.steps,
        earned=points,
        points=points,
        note=found.note,
        window=str(window),
        reached=found.reached,
        bound=found.bound,
    )
