"""The debt of the counting worker: months whose figures no longer match the facts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import F

from accounts.models import Unit
from kit.bell import ring
from submissions.models import StaleMonth


def mark_stale(*, office: Unit, days: Iterable[date], now: datetime) -> None:
    """Note that figures of these months changed (any day names its month) and ring the counting worker.

    Call it in the transaction that changes the fact. Months are taken in order, so that two
    writers cannot wait for each other.
    """
    for month in sorted({day.replace(day=1) for day in days}):
        debt = StaleMonth.objects.filter(office=office, month=month)
        # The counting worker may delete the row at any moment before we hold its lock.
        while not debt.update(generation=F("generation") + 1):
            _row, created = StaleMonth.objects.get_or_create(
                office=office, month=month, defaults={"since": now}
            )
            if created:
                break
    ring("publicity.tasks.reconcile")
