"""The reconciliation of figures. Rung when a fact changes and swept by beat; either finds the same debts.

What is owed can be read off the database: stale months, ended months without a closed tally, a month that
has begun without one, ended quarters without a bulletin, outdated drafts. So a lost ring, a worker that
was killed, a beat that was down over the first of a month, and two beats at once all end in the same
figures.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial

from celery import shared_task
from django.db.models import Count, Min, Q
from django.utils import timezone

from accounts.models import Unit
from stats.models import Bulletin, Tally
from stats.periods import Month, Period
from stats.services import close_month, count_month, draft_bulletin, refresh_bulletin
from submissions.models import StaleMonth

logger = logging.getLogger(__name__)

#: Ended quarters for which a bulletin is drafted unasked. Older ones, say of an imported ledger, are
#: drafted when somebody asks for them.
QUARTERS_BACK = 4

#: What is owed, in words, and how to settle it.
type Debt = tuple[str, Callable[..., object]]


@shared_task(name="stats.tasks.reconcile")
def reconcile(**_unknown: object) -> None:
    """Settle what is owed, each debt in a transaction of its own; one that fails waits for the next sweep."""
    # A month that is closed may move the one that is running.
    for owed in (stale_months, open_months, running_months, stale_months, due_quarters, outdated_drafts):
        for words, settle in owed(timezone.localdate()):
            try:
                settle(now=timezone.now())
            except Exception:  # one office's trouble must not keep the others from their figures
                logger.exception("left for the next sweep: %s", words)


def stale_months(today: date) -> Iterator[Debt]:
    """Months whose facts have changed since they were counted, of each office in order of time.

    A month that moved makes later ones stale, which then have their turn in the same sweep.
    """
    owing = StaleMonth.objects.order_by("office_id").values_list("office_id", flat=True).distinct()
    for office in Unit.objects.filter(pk__in=list(owing)).order_by("pk"):
        debts = StaleMonth.objects.filter(office=office).order_by("month")
        debt = debts.first()
        while debt:
            month = Month.of(debt.month)
            yield f"count {month} of {office}", partial(count_month, office=office, month=month)
            debt = debts.filter(month__gt=debt.month).first()


def open_months(today: date) -> Iterator[Debt]:
    """Ended months without a closed tally, from the first month that an office has figures of."""
    last = Month.of(today).plus(-1)
    for office, first, closed in _offices_with_figures(today):
        span = Period(first, last)
        if closed == len(span):
            continue
        done = set(Tally.objects.of_office(office).closed().within(span).values_list("month", flat=True))
        for month in span.months:
            if month.start not in done:
                yield f"close {month} of {office}", partial(close_month, office=office, month=month)


def running_months(today: date) -> Iterator[Debt]:
    """The month that has begun, for offices with figures: base points stand in it before any fact does."""
    month = Month.of(today)
    begun = set(Tally.objects.filter(month=month.start).values_list("office_id", flat=True))
    for office, _first, _closed in _offices_with_figures(today):
        if office.pk not in begun:
            yield f"begin {month} of {office}", partial(count_month, office=office, month=month)


def due_quarters(today: date) -> Iterator[Debt]:
    """Ended quarters of which there is no bulletin, from the first that an office has figures of."""
    running = Period.quarter_of(Month.of(today))
    quarters = [running.shifted(-3 * back) for back in range(QUARTERS_BACK, 0, -1)]
    there = set(
        Bulletin.objects.filter(first_day__gte=quarters[0].start).values_list(
            "office_id", "first_day", "last_day"
        )
    )
    for office, first, _closed in _offices_with_figures(today):
        for quarter in quarters:
            key = (office.pk, quarter.start, quarter.end - timedelta(days=1))
            if quarter.last >= first and key not in there:
                yield f"draft {quarter} of {office}", partial(draft_bulletin, office=office, period=quarter)


def outdated_drafts(today: date) -> Iterator[Debt]:
    """Drafts whose months were counted again."""
    for draft in Bulletin.objects.outdated().select_related("office").order_by("pk"):
        yield f"refresh {draft}", partial(refresh_bulletin, bulletin=draft)


def _offices_with_figures(today: date) -> list[tuple[Unit, Month, int]]:
    """Offices with a tally of an ended month: the first such month, and how many are closed."""
    ended = Tally.objects.filter(month__lt=today.replace(day=1))
    found = (
        ended.values("office_id")
        .annotate(first=Min("month"), closed=Count("pk", filter=Q(closed_at__isnull=False)))
        .values_list("office_id", "first", "closed")
    )
    offices = Unit.objects.in_bulk([office_id for office_id, _first, _closed in found])
    return [(offices[office_id], Month.of(first), closed) for office_id, first, closed in found]
