"""All lines of every unit over a span of time, in the order in which the rules are applied."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from scoring.engine.closings import base_lines, closing_lines
from scoring.engine.filings import score_filings
from scoring.engine.items import score_items
from scoring.engine.limits import Corrections
from scoring.engine.records import Record, records
from scoring.engine.tariffs import Tariffs
from scoring.engine.windows import Span
from scoring.figures.facts import AdjustmentFact, AdoptionFact, EventFact, FilingFact, IssueFact, UnitFact
from scoring.figures.lines import LineKind, Note, ScoreLine


@dataclass(frozen=True, slots=True)
class Given:
    """The facts to be scored."""

    units: Sequence[UnitFact]
    filings: Sequence[FilingFact]
    issues: Sequence[IssueFact]
    adoptions: Sequence[AdoptionFact]
    events: Sequence[EventFact]
    adjustments: Sequence[AdjustmentFact]


@dataclass(frozen=True, slots=True)
class Scored:
    """A unit with what it did and the lines of what it earned, from the start of the span on."""

    unit: UnitFact
    record: Record
    lines: Sequence[ScoreLine]


def score(given: Given, tariffs: Tariffs, span: Span) -> Iterator[Scored]:
    """Items and events, filing, base points, deductions, limits, adjustments, in this order.

    Facts after the span are left out; what items earned before it only decides what they still earn.
    """
    adoptions = [fact for fact in given.adoptions if fact.date < span.end]
    events = (fact for fact in given.events if fact.date < span.end)
    item_lines = score_items(adoptions, events, tariffs)
    filings = [fact for fact in given.filings if span.start <= fact.date < span.end]
    record_of = records((unit.id for unit in given.units), filings, given.issues, adoptions)
    lines_of = _by_unit(chain(item_lines, score_filings(filings, tariffs)), span)
    adjusted = _by_unit(map(_adjustment, given.adjustments), span)
    for unit in given.units:
        lines = lines_of.get(unit.id, [])
        lines += base_lines(unit, tariffs, span.begun)
        lines += list(closing_lines(unit, record_of[unit.id], lines, tariffs, span))
        lines += Corrections(unit.id, lines, tariffs, span).lines()
        lines += adjusted.get(unit.id, ())
        yield Scored(unit, record_of[unit.id], lines)


def _by_unit(lines: Iterable[ScoreLine], span: Span) -> Mapping[int, list[ScoreLine]]:
    by_unit: defaultdict[int, list[ScoreLine]] = defaultdict(list)
    for line in lines:
        if span.start <= line.date < span.end:
            by_unit[line.unit_id].append(line)
    return by_unit


def _adjustment(fact: AdjustmentFact) -> ScoreLine:
    return ScoreLine(
        unit_id=fact.unit_id,
        date=fact.date,
        kind=LineKind.ADJUSTMENT,
        key=f"adjustment:{fact.id}",
        adjustment_id=fact.id,
        base=fact.points,
        earned=fact.points,
        points=fact.points,
        note=Note.ADJUSTED,
        reason=fact.reason,
    )
