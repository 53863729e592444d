"""From facts to figures: what each unit filed, had issued and had adopted in a period, and its points.

Rules R20–R33, R49 and R89 of docs/scoring.md. The result depends on the facts alone, never on their order.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from scoring.engine.outcomes import flags, target_counts
from scoring.engine.overlaps import added_up, overlaps
from scoring.engine.reach import reach
from scoring.engine.records import Earnings, Standing
from scoring.engine.tariffs import Tariffs
from scoring.engine.units import Given, Scored, score
from scoring.engine.windows import Span
from scoring.figures.counts import Flag, Overlap, TargetCount, UnitCount
from scoring.figures.facts import (
    AdjustmentFact,
    AdoptionFact,
    EventFact,
    FilingFact,
    IssueFact,
    UnitFact,
)
from scoring.figures.lines import OF_TARGETS, ZERO, LineKind, ScoreLine
from scoring.periods.period import Period
from scoring.schemes.timetable import Timetable
from scoring.schemes.words import LEVELS, Metric


def count(
    *,
    period: Period,
    units: Iterable[UnitFact],
    filings: Iterable[FilingFact],
    issues: Iterable[IssueFact],
    adoptions: Iterable[AdoptionFact],
    events: Iterable[EventFact] = (),
    adjustments: Iterable[AdjustmentFact] = (),
    timetable: Timetable,
    as_of: date | None = None,
) -> tuple[UnitCount, ...]:
    """One row for every one of `units`, in their standing order, with zeros where nothing happened.

    Facts outside the period and of other units have no row of their own, but decide about those inside:
    filings, issues, events and adjustments must be given from `reach(timetable, period)` on, and of every
    item with an adoption or event from that day on, all adoptions and events up to the period's end.
    Rules that act at the end of a window do so when its last day is before `as_of`, the first day whose
    facts are not known yet; None when everything is known.
    """
    given = Given(
        units=sorted(units, key=lambda unit: unit.order),
        filings=list(filings),
        issues=list(issues),
        adoptions=list(adoptions),
        events=list(events),
        adjustments=list(adjustments),
    )
    tariffs = Tariffs.of(timetable, given.units)
    span = Span(reach(timetable, period), period.end, as_of)
    shared = overlaps(given.adoptions, given.units, period)
    return tuple(
        _counted(scored, tariffs, period, span, shared.get(scored.unit.id, ()))
        for scored in score(given, tariffs, span)
    )


def add_up(counts_by_period: Iterable[Iterable[UnitCount]]) -> tuple[UnitCount, ...]:
    """The figures of several periods that do not overlap, in order of time, as those of one.

    A unit is described as in the last period that has it; one that is missing in a period adds nothing there.
    Consequences are those of all periods; targets belong to one period and are left out.
    """
    rows_of: defaultdict[int, list[UnitCount]] = defaultdict(list)
    for counts in counts_by_period:
        for row in counts:
            rows_of[row.unit.id].append(row)
    totals = (
        _unit_count(
            rows[-1].unit,
            (line for row in rows for line in row.lines),
            filed=sum(row.filed for row in rows),
            issued=sum(row.issued for row in rows),
            items_adopted=sum(row.items_adopted for row in rows),
            reached=tuple(flag for row in rows for flag in row.flags),
            shared=added_up(overlap for row in rows for overlap in row.overlaps),
        )
        for rows in rows_of.values()
    )
    return tuple(sorted(totals, key=lambda row: row.unit.order))


def _counted(
    scored: Scored, tariffs: Tariffs, period: Period, span: Span, shared: tuple[Overlap, ...]
) -> UnitCount:
    """One unit's row."""
    unit, record = scored.unit, scored.record
    # What a target gives or costs must not be counted towards the target once more.
    told = (line for line in scored.lines if line.note not in OF_TARGETS)
    standing = Standing(unit, record, Earnings.of(scored.lines))
    towards = Standing(unit, record, Earnings.of(told))
    tariff = tariffs.on(period.last_day)
    return _unit_count(
        unit,
        (line for line in scored.lines if period.contains(line.date)),
        filed=record.whole(Metric.FILED, period.start, period.end),
        issued=record.whole(Metric.ISSUED, period.start, period.end),
        items_adopted=record.whole(Metric.ITEMS_ADOPTED, period.start, period.end),
        reached=tuple(flags(standing, tariffs, replace(span, start=period.start))),
        targets=tuple(target_counts(towards, tariff, period)) if tariff else (),
        shared=shared,
    )


def _unit_count(
    unit: UnitFact,
    lines: Iterable[ScoreLine],
    *,
    filed: int,
    issued: int,
    items_adopted: int,
    reached: tuple[Flag, ...] = (),
    targets: tuple[TargetCount, ...] = (),
    shared: tuple[Overlap, ...] = (),
) -> UnitCount:
    """Adoptions and points are read off the lines, so that every figure opens the list behind it."""
    lines = tuple(sorted(lines, key=lambda line: line.order))
    levels = Counter(
        line.level for line in lines if line.kind is LineKind.ADOPTION and line.adoption_id is not None
    )
    return UnitCount(
        unit=unit,
        filed=filed,
        issued=issued,
        adopted={level: levels[level] for level in LEVELS},
        items_adopted=items_adopted,
        points=sum((line.points for line in lines), ZERO),
        lines=lines,
        flags=reached,
        targets=targets,
        overlaps=shared,
    )
