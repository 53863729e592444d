"""What is owed of figures can be read off the database: months that are stale, not closed, not begun.

So a lost ring, a worker that was killed, a beat that was down over the first of a month, and two beats at
once all end in the same figures.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from functools import partial
from typing import Final

from django.db.models import Count, Min, Q

from accounts.models import Unit
from scoring.periods.month import Month
from scoring.periods.period import Period
from stats.models import Tally
from stats.services.months import close_month, count_month
from submissions.models import StaleMonth

#: What is owed, in words, and how to settle it.
type Debt = tuple[str, Callable[..., object]]


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
    for office, first, closed in offices_with_figures(today):
        span = Period(first, last)
        if closed == len(span):
            continue
        done = set(Tally.objects.of_office(office).closed().within(span).values_list("month", flat=True))
        for month in span.months:
            if month.start not in done:
                yield f"close {month} of {office}", partial(close_month, office=office, month=month)


def running_months(today: date) -> Iterator[Debt]:
    """The month that has begun, for offices with figures: base points stand in it before any fact does.

    Once more on every Monday, because weeks end and begin within it.
    """
    month = Month.of(today)
    monday = today - timedelta(days=today.weekday())
    counted = Tally.objects.filter(month=month.start, counted_at__date__gte=monday)
    begun = set(counted.values_list("office_id", flat=True))
    for office, _first, _closed in offices_with_figures(today):
        if office.pk not in begun:
            yield f"begin {month} of {office}", partial(count_month, office=office, month=month)


def offices_with_figures(today: date) -> list[tuple[Unit, Month, int]]:
    """Offices with a tally of an ended month: the first such month, and how many are closed."""
    ended = Tally.objects.filter(month__lt=today.replace(day=1))
    found = (
        ended.values("office_id")
        .annotate(first=Min("month"), closed=Count("pk", filter=Q(closed_at__isnull=False)))
        .values_list("office_id", "first", "closed")
    )
    offices = Unit.objects.in_bulk([office_id for office_id, _first, _closed in found])
    return [(offices[office_id], Month.of(first), closed) for office_id, first, closed in found]


#: In this order: a month that is closed may move the one that is running.
OWED: Final[Sequence[Callable[[date], Iterator[Debt]]]] = (
    stale_months,
    open_months,
    running_months,
    stale_months,
)
