"""Who is reminded of what: reviews that fall due, reviews that are late, returned items that lie about.

Nothing is counted up: what is owed today is read off the clocks, and the key of each notice names the item,
its arrival at the level and the stage. So a sweep may run any number of times; one that was down makes up
for the newest stage alone; a return, which is a new arrival, starts anew. On days off nobody is reminded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Unit, User
from notices.enums import Kind
from notices.models import Notice
from notices.services import tell
from reviews.chain import is_at_last_level
from reviews.deadlines.clocks import Clock, Deadlines, deadlines_of
from reviews.enums import Secrecy
from reviews.office_settings.queries import rule_of
from reviews.people import those_above, waits_for, writers_of
from reviews.secrecy.rules import secrecy_reviewers_for
from reviews.wording import role_at
from submissions.enums import IN_REVIEW, RETURNED
from submissions.models import Item

#: Working days after which the writers are reminded of an item that came back to them.
LYING: Final = 3


@dataclass(frozen=True, slots=True)
class Reminder:
    """One thing to tell; `people` is asked only when nobody was told of it before."""

    item: Item
    kind: Kind
    key: str
    text: str
    page: str
    people: Callable[[Item, datetime], Iterable[User]]

    @property
    def subject(self) -> str:
        return f"item:{self.item.pk}"

    def tell(self, now: datetime) -> int:
        return tell(
            self.people(self.item, now),
            kind=self.kind,
            subject=self.subject,
            text=self.text,
            about=self.item.number or "",
            link=reverse(self.page, args=[self.item.pk]),
            key=self.key,
            now=now,
        )


def remind(*, office: Unit, now: datetime) -> int:
    """Tell the office's people what is due, on a working day; returns how many notices that made."""
    today, deadlines = timezone.localdate(now), deadlines_of(office)
    if not deadlines.calendar.works(today):
        return 0
    owed = [*reviews_due(office, deadlines, today), *items_lying(office, deadlines, today)]
    subjects, keys = {each.subject for each in owed}, {each.key for each in owed}
    told = set(Notice.objects.filter(subject__in=subjects, key__in=keys).values_list("key", flat=True))
    return sum(reminder.tell(now) for reminder in owed if reminder.key not in told)


def reviews_due(office: Unit, deadlines: Deadlines, today: date) -> Iterator[Reminder]:
    """Of each item in review the newest stage it has reached: the working day before its due day (T-1),
    the day itself (T), the working day after it (T+1), when those above are told as well. At the last level,
    which cannot issue without it, the secrecy review is reminded of with them."""
    secrecy = rule_of(office).secrecy != Secrecy.NONE
    items = Item.objects.filter(office=office, status__in=IN_REVIEW).select_related("unit", "office")
    for item in items.defer("body", "html").order_by("status_since", "pk"):
        clock = deadlines.clock(item, today)
        stage = _stage(clock, timezone.localdate(item.status_since), today) if clock else None
        if clock is None or stage is None:
            continue
        arrival = _arrival(item)
        text = _words(stage) % {"title": item, "due": f"{clock.due:%m-%d}"}
        key = f"due:{arrival}:{stage}"
        yield Reminder(item, Kind.DUE, key, text, "reviews:item-decide", waits_for)
        if secrecy and is_at_last_level(item):
            text = _("“%(title)s” is to be issued by %(due)s and still waits for its secrecy review.")
            text %= {"title": item, "due": f"{clock.due:%m-%d}"}
            key = f"secrecy-due:{arrival}:{stage}"
            yield Reminder(item, Kind.DUE, key, text, "reviews:secrecy-review", secrecy_reviewers_for)
        if clock.overdue:
            text = _("“%(title)s” should have left the %(role)s by %(due)s.") % {
                "title": item,
                "role": role_at(item.status),
                "due": f"{clock.due:%m-%d}",
            }
            key = f"late:{arrival}"
            yield Reminder(item, Kind.ESCALATED, key, text, "submissions:item-detail", those_above)


def items_lying(office: Unit, deadlines: Deadlines, today: date) -> Iterator[Reminder]:
    """Items that came back to their writers some working days ago and have not been filed again."""
    items = Item.objects.filter(office=office, status__in=RETURNED).select_related("submitter")
    for item in items.defer("body", "html").order_by("status_since", "pk"):
        if deadlines.calendar.due(timezone.localdate(item.status_since), LYING) <= today:
            text = _("“%(title)s” came back to you %(days)s working days ago: revise it and file it again.")
            text %= {"title": item, "days": LYING}
            key = f"lying:{_arrival(item)}"
            yield Reminder(item, Kind.RETURNED, key, text, "submissions:item-edit", writers_of)


def _arrival(item: Item) -> str:
    """The item, and when it came to stand where it stands: a later arrival is another one."""
    return f"{item.pk}:{item.status_since:%Y%m%dT%H%M%S%f}"


def _stage(clock: Clock, arrived: date, today: date) -> str | None:
    """Who gets an item with one working day to go is not reminded on the same day."""
    if clock.overdue:
        return "T+1"
    if clock.left == 0:
        return "T"
    return "T-1" if clock.left == 1 and today > arrived else None


def _words(stage: str) -> str:
    return {
        "T-1": _("“%(title)s” is to be reviewed by the next working day, %(due)s."),
        "T": _("“%(title)s” is to be reviewed today."),
        "T+1": _("“%(title)s” was to be reviewed by %(due)s and is overdue."),
    }[stage]
