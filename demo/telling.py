"""What the people of the demo city were told, and what of it they have read by this morning."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from functools import partial
from typing import Protocol

from django.db.models import F

from accounts.models import Unit
from demo.city import City
from demo.window import ZONE, working_day
from notices.models import Notice
from notices.services import tidy
from reviews.deadlines.urging import urge
from submissions.enums import Status
from submissions.models import Item

#: The sweeps of so many days are played; what they would have said before is read and forgotten by now.
DAYS = 7
UNREAD = timedelta(days=3)


class Sweep(Protocol):
    """What the system does for an office unasked, and tells its people."""

    def __call__(self, *, office: Unit, now: datetime) -> object: ...


def schedule(city: City, sweeps: Sequence[Sweep]) -> None:
    """Enter what the sweeps of the last days told, and a writer who asks a leader to hurry."""
    for back in range(DAYS, 0, -1):
        morning = datetime.combine(city.window.today - timedelta(days=back), time(8, 30), ZONE)
        city.agenda.enter(morning, partial(_sweep, city.office, sweeps))
    day = city.window.today - timedelta(days=1)
    while working_day(day) != day:
        day -= timedelta(days=1)
    city.agenda.enter(datetime.combine(day, time(15, 10), ZONE), _ask_to_hurry)


def settle(city: City) -> None:
    """Whoever was told some days ago has read it."""
    old = Notice.objects.filter(created_at__lt=city.window.end - UNREAD)
    old.unread().update(read_at=F("created_at") + timedelta(hours=1))
    tidy(now=city.window.end)


def _sweep(office: Unit, sweeps: Sequence[Sweep], now: datetime) -> None:
    for sweep in sweeps:
        sweep(office=office, now=now)


def _ask_to_hurry(now: datetime) -> None:
    """The writer of the item that has waited longest for the supervising leader."""
    waiting = Item.objects.filter(status=Status.SUPERVISING_REVIEW, status_since__lt=now)
    if item := waiting.select_related("submitter").order_by("status_since", "pk").first():
        urge(item=item, by=item.submitter, now=now)
