"""Writes to the monthly tallies."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from accounts.models import Unit
from stats import facts
from stats.counting import UnitCount
from stats.models import Bulletin, Tally, TallyRow
from stats.periods import Month, Period, local_date
from stats.querysets import stale_months
from stats.ranking import rank
from stats.reports import Terms
from stats.schemes import LEVELS, TieRule, Timetable
from stats.services.lock import one_at_a_time


@transaction.atomic
def count_month(*, office: Unit, month: Month, now: datetime) -> Tally:
    """Count a month from its facts, store the rows, and settle its debt.

    The debt's generation is read before the facts: a fact that is committed later raises it, and then
    the debt stays and the month is counted once more. Drafts that print the month become outdated.
    """
    one_at_a_time(office)
    tally, _created = Tally.objects.get_or_create(
        office=office, month=month.start, defaults={"counted_at": now}
    )
    period = Period.of(month)
    debt = stale_months(office, period)
    generation = debt.values_list("generation", flat=True).first()
    found = facts.load(office, period)
    _set_rows(tally, found.counts(period), Terms.of(found.timetable, period).tie_rule)
    totals = found.totals(period)
    tally.filed, tally.issued, tally.adopted = totals.filed, totals.issued, totals.adopted
    tally.counted_at = now
    tally.save(update_fields=["filed", "issued", "adopted", "counted_at"])
    _outdate_drafts(office, month, found.timetable)
    if generation is not None:
        debt.filter(generation=generation).delete()
    return tally


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


@transaction.atomic
def settle(*, office: Unit, period: Period, now: datetime) -> list[Month]:
    """Count every stale month of the period now, without waiting for the worker. Gives the months counted."""
    one_at_a_time(office)
    months = [Month.of(day) for day in stale_months(office, period).values_list("month", flat=True)]
    for month in months:
        count_month(office=office, month=month, now=now)
    return months


def _set_rows(tally: Tally, counts: Sequence[UnitCount], tie_rule: TieRule) -> None:
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
            **{level: entry.row.adopted[level] for level in LEVELS},
        )
        for entry in rank(counts, key=lambda row: row.points, tie_rule=tie_rule)
    )


def _outdate_drafts(office: Unit, month: Month, timetable: Timetable) -> None:
    drafts = Bulletin.objects.of_office(office).drafts().filter(outdated=False)
    printing = [
        draft.pk
        for draft in drafts.only("first_day", "last_day")
        if month in Terms.of(timetable, draft.period).span(draft.period).months
    ]
    if printing:
        drafts.filter(pk__in=printing).update(outdated=True)
