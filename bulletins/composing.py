"""From the tables to a bulletin's inputs, and from inputs to its document.

`compose` looks at nothing but its inputs: of frozen ones it makes the same document again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Final

from accounts.models import Unit
from adoptions.models import Outlet
from bulletins.document.building import build, line_row, summed
from bulletins.document.document import FORMAT, SUMMED, BulletinDocument
from bulletins.document.inputs import Inputs
from bulletins.document.late import IssueOut, Printed, late_rows
from bulletins.document.rows import (
    Corrected,
    LateRow,
    Letterhead,
    LineRow,
    MonthRow,
    OfficeFigures,
    OutletRow,
    SchemeUsed,
)
from bulletins.document.totals import office_figures, zero_rows
from bulletins.models import Bulletin, BulletinSettings, TextTemplate
from bulletins.text.wording import SHIPPED
from bulletins.text.writing import written
from scoring.periods.month import Month, local_date
from scoring.periods.period import Period
from scoring.schemes.reading import parse_scheme
from scoring.schemes.timetable import Timetable
from scoring.schemes.words import LEVELS
from scoring.timetables import timetable_of, versions_now
from stats.facts.loading import Facts, RankingUnits, load_facts
from stats.models import Tally, TallyRow
from stats.reports import Remembered, Terms, tables, whole

#: How many months the charts show, and how far back zeros in a row are looked for.
CHARTED: Final = 12
REMEMBERED: Final = 36


def gather(bulletin: Bulletin, now: datetime) -> Inputs:
    """Everything that the bulletin's document depends on, as it is at the moment."""
    office, period = bulletin.office, bulletin.period
    span = span_of(timetable_of(office), period)
    found = load_facts(office, span, as_of=local_date(now))
    months = _months(period)
    return Inputs(
        office_id=office.pk,
        office=office.name,
        period=period,
        cutoff=now,
        as_of=found.as_of,
        span=span,
        units=found.ranking.units,
        filings=found.filings,
        issues=found.issues,
        adoptions=found.adoptions,
        events=found.events,
        adjustments=found.adjustments,
        schemes=tuple(_schemes(office)),
        outlets=tuple(_outlets(office, period)),
        months=tuple(_figures(office, months)),
        counted=tuple(
            Tally.objects.of_office(office).within(months).order_by("month").values_list("month", flat=True)
        ),
        printed=printed_before(bulletin, span.start),
        letterhead=_letterhead(office),
        wording=SHIPPED | TextTemplate.objects.current(office),
        corrects=_corrected(bulletin),
    )


def compose(inputs: Inputs, form: int = FORMAT) -> BulletinDocument:
    """The document without a number and as yet untouched by anybody's hand, in this format."""
    period, facts = inputs.period, facts_of(inputs)
    counted, terms = Remembered(facts), Terms.of(facts.timetable, period)
    if form == SUMMED:
        terms = Terms(terms.scheme)
    groups = tables(counted, period, terms)

    def in_all(span: Period) -> OfficeFigures:
        return office_figures(span, filings=facts.filings, issues=facts.issues, adoptions=facts.adoptions)

    before, year_ago = in_all(period.previous()), in_all(period.year_ago())
    history = _charted(inputs)
    document = build(
        office_id=inputs.office_id,
        office=inputs.office,
        period=period,
        cutoff=inputs.cutoff,
        schemes=_in_force(inputs.schemes, period),
        groups=groups,
        whole=whole(counted, period, terms, groups),
        counts=counted.counts(period),
        now=in_all(period),
        before=before if before.filed or before.adopted else None,
        year_ago=year_ago if year_ago.filed or year_ago.adopted else None,
        outlets=inputs.outlets,
        late=late_of(inputs, inputs.printed),
        zeros=zero_rows(groups, period, units=inputs.units, earlier=inputs.months, counted=inputs.counted),
        history=history,
        months=[in_all(Period.of(Month.of(day))) for day in sorted({row.month for row in history})],
        letterhead=inputs.letterhead,
        corrects=inputs.corrects,
    )
    return written(summed(document) if form == SUMMED else document, inputs.wording)


def facts_of(inputs: Inputs) -> Facts:
    """The facts as they are counted."""
    return Facts(
        span=inputs.span,
        as_of=inputs.as_of,
        ranking=RankingUnits(inputs.units),
        filings=inputs.filings,
        issues=inputs.issues,
        adoptions=inputs.adoptions,
        events=inputs.events,
        adjustments=inputs.adjustments,
        timetable=Timetable.of(
            (scheme.effective_from, parse_scheme(scheme.rules)) for scheme in inputs.schemes
        ),
    )


def late_of(inputs: Inputs, printed: Printed) -> tuple[LateRow, ...]:
    """What the facts have otherwise than the issues before."""
    if not printed.covered:
        return ()
    earlier = Period.days(inputs.span.start, inputs.period.start - timedelta(days=1))
    return late_rows(facts_of(inputs).counts(earlier), printed)


def span_of(timetable: Timetable, period: Period) -> Period:
    """All days that a bulletin over the period looks at: also the same period a year earlier."""
    span = Terms.of(timetable, period).span(period)
    first = min(span.start, period.year_ago().start)
    return Period.days(first, period.end - timedelta(days=1))


def printed_before(bulletin: Bulletin, since: date) -> Printed:
    """What earlier issues printed of periods since a day; a correction stands where its original does."""
    original = bulletin
    while original.corrects is not None:
        original = original.corrects
    issues = Bulletin.objects.of_office(bulletin.office).in_order_of_issue()
    if original.number is not None:
        issues = issues.filter(issued_at__lt=original.issued_at)
    return Printed.of(_issued(bulletin.office, issues.filter(last_day__gte=since))).before(
        bulletin.period.start, since
    )


def _issued(office: Unit, issues: Iterable[Bulletin]) -> Iterator[IssueOut]:
    """The issues as readers have them: their lines, and what else their running totals counted."""
    timetable = timetable_of(office)
    known: list[Period] = []
    for issue in issues:
        content = issue.content
        period = content.period
        to_date = period.to_date(Terms.of(timetable, period).year_start_month)
        before = Period.days(to_date.start, period.start - timedelta(days=1)) if to_date != period else None
        if before and all(any(other.contains(day) for other in known) for day in _days(before)):
            before = None
        known += [period, *([before] if before else [])]
        told = _lines(Inputs.from_json(issue.facts.data), before) if before else ()
        yield IssueOut(
            content.year or 0, content.number or 0, period, content.lines, content.late, before, told
        )


def _days(period: Period) -> Iterator[date]:
    return map(date.fromordinal, range(period.start.toordinal(), period.end.toordinal()))


def _lines(inputs: Inputs, period: Period) -> tuple[LineRow, ...]:
    """The lines of other days than its period's, as an issue counted them."""
    counts = facts_of(inputs).counts(period)
    return tuple(line_row(0, count.unit.name, line) for count in counts for line in count.lines)


def _corrected(bulletin: Bulletin) -> Corrected | None:
    old = bulletin.corrects
    if old is None:
        return None
    issued = old.content
    assert issued.year is not None, "only an issued bulletin is corrected"
    assert issued.number is not None
    assert issued.issued_on is not None
    return Corrected(issued.year, issued.number, issued.issued_on, bulletin.correction)


def _letterhead(office: Unit) -> Letterhead:
    settings = BulletinSettings.objects.filter(office=office).first()
    return settings.letterhead if settings else Letterhead()


def _schemes(office: Unit) -> Iterator[SchemeUsed]:
    for version, rules in versions_now(office):
        yield SchemeUsed(version.version, version.name, version.effective_from, rules)


def _in_force(schemes: tuple[SchemeUsed, ...], period: Period) -> list[SchemeUsed]:
    """Those in force on a day of the period, in order of time."""
    begun = [scheme for scheme in schemes if scheme.effective_from < period.end]
    older = [scheme for scheme in begun if scheme.effective_from <= period.start]
    return [*older[-1:], *(scheme for scheme in begun if scheme.effective_from > period.start)]


def _outlets(office: Unit, period: Period) -> list[OutletRow]:
    """The outlets that were on the office's list on a day of the period, from the centre down."""
    listed = Outlet.objects.of_office(office).during(period.start, period.end).in_order()
    levels: dict[str, str] = {}
    for name, level in listed.values_list("name", "level"):
        levels.setdefault(name, level)
    return [OutletRow(name, level) for name, level in levels.items()]


def _months(period: Period) -> Period:
    """The months whose stored figures are looked at, the last one that of the period's last day."""
    last = Month.of(period.end - timedelta(days=1))
    return Period(last.plus(1 - REMEMBERED), last)


def _figures(office: Unit, months: Period) -> Iterator[MonthRow]:
    rows = TallyRow.objects.of_office_within(office, months).order_by("tally__month", "unit_id")
    for unit_id, month, filed, points, *levels in rows.values_list(
        "unit_id", "tally__month", "filed", "points", *LEVELS
    ):
        yield MonthRow(unit_id, month, filed, sum(levels), points)


def _charted(inputs: Inputs) -> list[MonthRow]:
    last = Month.of(inputs.period.end - timedelta(days=1))
    return [row for row in inputs.months if row.month >= last.plus(1 - CHARTED).start]
