"""When a reviewer has to be done with an item: the office's terms in working days.

The clock of a level starts on the day the item arrives there, and anew when it comes back after a return.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from django.db.models import BooleanField, Case, Q, Value, When
from django.utils import timezone

from accounts.models import Unit
from reviews.deadlines.workdays import Calendar
from reviews.models import CalendarDay, ReviewTerm
from submissions.enums import Status
from submissions.models import Item
from submissions.querysets import ItemQuerySet


@dataclass(frozen=True, slots=True)
class Term:
    """Working days for an ordinary and for an urgent item."""

    days: int
    urgent_days: int


DEFAULT: Final = {
    Status.UNIT_REVIEW: Term(1, 1),
    Status.SECTION_REVIEW: Term(2, 1),
    Status.SUPERVISING_REVIEW: Term(2, 1),
    Status.PRINCIPAL_REVIEW: Term(2, 1),
    Status.GROUP_REVIEW: Term(5, 2),
    Status.MEETING_REVIEW: Term(5, 2),
}


@dataclass(frozen=True, slots=True)
class Clock:
    """The due day of an item at its level; `left` working days until then, negative when it has passed."""

    due: date
    left: int

    @property
    def overdue(self) -> bool:
        return self.left < 0


@dataclass(frozen=True, slots=True)
class Deadlines:
    """An office's terms and calendar, read once for any number of items."""

    terms: Mapping[str, Term]
    calendar: Calendar

    def clock(self, item: Item, today: date) -> Clock | None:
        """None for an item that no reviewer has."""
        term = self.terms.get(item.status)
        if term is None:
            return None
        days = term.urgent_days if item.urgent else term.days
        due = self.calendar.due(timezone.localdate(item.status_since), days)
        return Clock(due, self.calendar.left(due, today))

    def overdue(self, today: date) -> Case:
        """Whether an item's reviewer is late, as an expression to order and to count by."""
        late = Q(pk__in=[])
        for status, term in self.terms.items():
            for urgent, days in ((True, term.urgent_days), (False, term.days)):
                arrived = self.calendar.latest_overdue_arrival(days, today)
                end = timezone.make_aware(datetime.combine(arrived + timedelta(days=1), time.min))
                late |= Q(status=status, urgent=urgent, status_since__lt=end)
        return Case(When(late, then=Value(True)), default=Value(False), output_field=BooleanField())


def deadlines_of(office: Unit) -> Deadlines:
    """Two queries."""
    own = {term.level: Term(term.days, term.urgent_days) for term in ReviewTerm.objects.filter(office=office)}
    days = CalendarDay.objects.filter(office=office).values_list("date", "works")
    return Deadlines(
        {status: own.get(status, term) for status, term in DEFAULT.items()}, Calendar(dict(days))
    )


def first_things_first(items: ItemQuerySet, deadlines: Deadlines, today: date) -> ItemQuerySet:
    """What is overdue, then what is urgent, then what has waited longest."""
    late = items.alias(late=deadlines.overdue(today))
    return late.order_by("-late", "-urgent", "status_since", "pk")
