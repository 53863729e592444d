"""What a scheme makes of a ledger's facts in one period."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from scoring.engine.authors import author_lines
from scoring.engine.counting import count
from scoring.engine.ranking import Ranked
from scoring.engine.reach import reach
from scoring.engine.windows import window_of
from scoring.figures.counts import UnitCount
from scoring.figures.facts import UnitFact
from scoring.figures.lines import ZERO, AuthorLine
from scoring.periods.period import Period, PeriodKind
from scoring.schemes.model import ANY, Bonus, Penalty, Target
from scoring.schemes.scheme import Scheme
from scoring.schemes.timetable import Timetable
from scoring.schemes.words import Metric, Shortcoming, Window
from stats.reports import Terms, place
from stats.trials.ledgers.facts import LedgerFacts, UnitTarget

#: Earlier than any entry: a ledger is scored with one scheme from its first day to its last.
ALWAYS: Final = date(1900, 1, 1)
_WINDOWS: Final = {
    PeriodKind.MONTH: Window.MONTH,
    PeriodKind.QUARTER: Window.QUARTER,
    PeriodKind.HALF: Window.HALF,
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """Units by group and rank, people's lines, and the scheme as it was used (with the ledger's targets)."""

    scheme: Scheme
    period: Period
    as_of: date
    facts: LedgerFacts
    units: Sequence[Ranked[UnitCount]]
    people: Sequence[AuthorLine]


def score(*, facts: LedgerFacts, scheme: Scheme, period: Period, as_of: date | None = None) -> Outcome:
    """Count and rank. Facts before `as_of` are known: by default, all up to the end of the period."""
    as_of = as_of or period.end
    scheme = _with_targets(scheme, facts.targets, period)
    timetable = Timetable.of([(ALWAYS, scheme)])
    first = reach(timetable, period)
    counts = count(
        period=period,
        units=_known_from(facts, scheme),
        filings=[fact for fact in facts.filings if first <= fact.date < period.end],
        issues=[fact for fact in facts.issues if first <= fact.date < period.end],
        adoptions=[fact for fact in facts.adoptions if fact.date < period.end],
        events=[fact for fact in facts.events if fact.date < period.end],
        adjustments=[fact for fact in facts.adjustments if first <= fact.date < period.end],
        timetable=timetable,
        as_of=as_of,
    )
    lines = [line for row in counts for line in row.lines]
    return Outcome(
        scheme=scheme,
        period=period,
        as_of=as_of,
        facts=facts,
        units=_in_order(place(counts, Terms(scheme)), scheme, facts),
        people=tuple(author_lines(lines, facts.authors, timetable)),
    )


def _in_order(
    ranked: Sequence[Ranked[UnitCount]], scheme: Scheme, facts: LedgerFacts
) -> Sequence[Ranked[UnitCount]]:
    """Group by group as the scheme lists them, then as the ledger's units name them."""
    names = [*(group.name for group in scheme.groups), *(unit.group for unit in facts.units)]
    places = {name: position for position, name in reversed(list(enumerate(names)))}
    return sorted(ranked, key=lambda entry: places[entry.row.unit.group])


def _known_from(facts: LedgerFacts, scheme: Scheme) -> Sequence[UnitFact]:
    """The units as from the first window that the ledger tells of: months before it were not poor ones.

    It is the widest window in which the scheme gives or asks for something, so that none is cut in two.
    """
    days = [fact.date for fact in facts.filings] + [fact.date for fact in facts.adoptions]
    days += [fact.date for fact in facts.events] + [fact.date for fact in facts.adjustments]
    windows = {scheme.base.window} if scheme.base else set()
    windows |= {rule.window for _, rule in scheme.closings}
    windows |= {consequence.window for consequence in scheme.consequences}
    windows |= {target.window for target in scheme.targets}
    if not days or not windows:
        return facts.units
    widest = max(windows, key=list(Window).index)
    first = window_of(widest, min(days), scheme.year_start_month)
    return [replace(unit, active_from=first.start) for unit in facts.units]


def _with_targets(scheme: Scheme, told: Sequence[UnitTarget], period: Period) -> Scheme:
    """The scheme with the targets of the ledger's units, which go before its own."""
    usual = _usual_target(scheme, period)
    targets = [
        Target(
            target.metric or usual.metric,
            target.window or usual.window,
            target.value,
            unit=target.unit,
            match=ANY if target.metric else usual.match,
        )
        for target in told
    ]
    named = {(target.unit, target.metric, target.window, target.match) for target in targets}
    kept = [old for old in scheme.targets if (old.unit, old.metric, old.window, old.match) not in named]
    return replace(scheme, targets=(*kept, *targets))


def _usual_target(scheme: Scheme, period: Period) -> Bonus | Penalty | Target:
    """What a target is about when the ledger is silent: what the scheme asks for, or the period's points."""
    for _, rule in scheme.closings:
        if rule.event is not Shortcoming.LOW_RATE and rule.target is None:
            return rule
    for target in scheme.targets:
        return target
    return Target(Metric.POINTS, _WINDOWS.get(period.kind, Window.YEAR), ZERO)
