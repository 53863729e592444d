"""Writes to the monthly tallies."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Protocol

from django.db import transaction

from accounts.models import Unit
from accounts.services.lock import one_at_a_time
from scoring.engine.reach import reach
from scoring.figures.counts import UnitCount
from scoring.periods.month import Month, local_date
from scoring.periods.period import Period
from scoring.schemes.timetable import Timetable
from scoring.schemes.words import LEVELS
from scoring.timetables import timetable_of
from stats.facts.loading import Facts, load_facts
from stats.models import Tally, TallyRow
from stats.querysets import stale_months
from stats.reports import Terms, place
from submissions.services.months import mark_stale


class Dated(Protocol):
    """A fact, or a line of points, on its day."""

    @property
    def date(self) -> date: ...


@transaction.atomic
def count_month(*, office: Unit, month: Month, now: datetime) -> Tally:
    """Count a month from its facts, store the rows, and settle its debt.

    The debt's generation is read before the facts: a fact that is committed later raises it, and then
    the debt stays and the month is counted once more. When the
    month moved, the later months that share a window with it, such as a quarter's cap, become stale.
    """
    one_at_a_time(office)
    tally, _created = Tally.objects.get_or_create(
        office=office, month=month.start, defaults={"counted_at": now}
    )
    period = Period.of(month)
    debt = stale_months(office, period)
    generation = debt.values_list("generation", flat=True).first()
    found = load_facts(office, period, as_of=local_date(now))
    counts = found.counts(period)
    _set_rows(tally, counts, Terms.of(found.timetable, period))
    totals, before = found.totals(period), tally.fingerprint
    tally.filed, tally.issued, tally.adopted = totals.filed, totals.issued, totals.adopted
    tally.counted_at, tally.fingerprint = now, _fingerprint(found, counts, period)
    tally.times += 1
    tally.save(update_fields=["filed", "issued", "adopted", "counted_at", "fingerprint", "times"])
    if tally.fingerprint != before:
        later = [other.start for other in affected_by(month, found.timetable, Month.of(local_date(now)))]
        if later:
            mark_stale(office=office, days=later, now=now)
    if generation is not None:
        debt.filter(generation=generation).delete()
    return tally


def affected_by(month: Month, timetable: Timetable, until: Month) -> Iterator[Month]:
    """The months after this one, through `until`, that are counted from facts of this one too."""
    later = month.next()
    while later <= until and reach(timetable, Period.of(later)) < month.end:
        yield later
        later = later.next()


def recount_since(*, office: Unit, since: date | None, now: datetime) -> None:
    """Have the counted months with a day from this one on counted again, or all; see `accounts.figures`."""
    counted = Tally.objects.of_office(office)
    if since:
        counted = counted.filter(month__gte=since.replace(day=1))
    mark_stale(office=office, days=counted.values_list("month", flat=True), now=now)


@transaction.atomic
def close_month(*, office: Unit, month: Month, now: datetime) -> Tally:
    """Make the monthly count sheet (月统计) of an ended month; a closed one stays as it was closed.

    Facts that arrive later still correct its figures. ValueError for a month that has not ended.
    """
    if local_date(now) < month.end:
        raise ValueError(f"{month} has not ended")
    one_at_a_time(office)
    tally = Tally.objects.of_office(office).closed().filter(month=month.start).first()
    if tally is None:
        tally = count_month(office=office, month=month, now=now)
        tally.closed_at = now
        tally.save(update_fields=["closed_at"])
    return tally


def settle(*, office: Unit, period: Period, now: datetime) -> list[Month]:
    """Count every stale month of the period now, without waiting for the worker. Gives the months counted.

    Stale months before it are counted too as far as the period's windows reach, because they may move it.
    Outside a transaction each month is committed as it is counted, so that nobody waits for all of them.
    """
    first = Month.of(min(reach(timetable_of(office), period), period.start))
    months: list[Month] = []
    for month in stale_in_order(office, Period(first, Month.of(period.last_day))):
        count_month(office=office, month=month, now=now)
        months.append(month)
    return months


def stale_in_order(office: Unit, period: Period) -> Iterator[Month]:
    """The stale months of the period in order of time, those included that become stale on the way.

    Counting a month only ever moves later ones, so that one pass settles all.
    """
    debts = stale_months(office, period)
    debt = debts.first()
    while debt:
        yield Month.of(debt.month)
        debt = debts.filter(month__gt=debt.month).first()


def _set_rows(tally: Tally, counts: Sequence[UnitCount], terms: Terms) -> None:
    tally.rows.all().delete()
    TallyRow.objects.bulk_create(
        TallyRow(
            tally=tally,
            unit_id=entry.row.unit.id,
            filed=entry.row.filed,
            issued=entry.row.issued,
            items_adopted=entry.row.items_adopted,
            points=entry.row.points,
            rank=entry.rank,
            overlaps=[
                {
                    "units": [unit.id for unit in overlap.units],
                    "adopted": dict(overlap.adopted),
                    "items_adopted": overlap.items_adopted,
                }
                for overlap in entry.row.overlaps
            ],
            **{level: entry.row.adopted[level] for level in LEVELS},
        )
        for entry in place(counts, terms)
    )


def _fingerprint(found: Facts, counts: Sequence[UnitCount], period: Period) -> str:
    """A hash of everything dated in the period that a later month may be counted from.

    The lines belong to it beside the facts: what an item still earned may have been decided by a fact of
    long before, and moves a cap all the same.
    """
    dated: list[Dated] = [
        *found.filings, *found.issues, *found.adoptions, *found.events, *found.adjustments,
        *(line for row in counts for line in row.lines),
    ]  # fmt: skip
    told = sorted(repr(fact) for fact in dated if period.contains(fact.date))
    return hashlib.sha256("\n".join(told).encode()).hexdigest()
