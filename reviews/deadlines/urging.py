"""Asking those an item waits for to hurry (催办)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.services.audit import record
from notices.enums import Kind
from notices.models import Notice
from notices.services import tell
from reviews.chain import is_at_last_level
from reviews.deadlines.clocks import deadlines_of
from reviews.deadlines.workdays import Calendar
from reviews.people import waits_for
from reviews.rules import may_urge
from reviews.secrecy.rules import secrecy_reviewers_for
from submissions.models import Item
from submissions.wording import waiting_days


class UrgedAlready(Exception):
    """This person asked for this item on this working day already."""


class NobodyToUrge(Exception):
    """Nobody may decide on the item where it waits."""


@transaction.atomic
def urge(*, item: Item, by: User, now: datetime) -> list[User]:
    """Ask the deciders of the level where the item waits to hurry; returns who was told.

    Once per item, person and working day; what is said on days off counts for the working day before.
    Raises PermissionDenied, UrgedAlready, NobodyToUrge.
    """
    item = Item.objects.select_for_update(of=["self"]).select_related("unit", "office").get(pk=item.pk)
    if not may_urge(by, item):
        raise PermissionDenied(_("Only its writers and the office's administrators ask to hurry an item."))
    today = timezone.localdate(now)
    subject = f"item:{item.pk}"
    key = f"urge:{item.pk}:{by.pk}:{last_working_day(deadlines_of(item.office).calendar, today)}"
    if Notice.objects.filter(subject=subject, key=key).exists():
        raise UrgedAlready
    people = waits_for(item, now)
    if not people:
        raise NobodyToUrge
    text = _(
        "%(name)s asks you to hurry: “%(title)s” has been waiting for you since %(since)s (day %(days)s)."
    )
    tell(
        people,
        kind=Kind.URGED,
        subject=subject,
        text=text
        % {
            "name": by.display_name,
            "title": item,
            "since": f"{timezone.localdate(item.status_since):%m-%d}",
            "days": waiting_days(item, today),
        },
        about=item.number or "",
        link=reverse("reviews:item-decide", args=[item.pk]),
        key=key,
        now=now,
    )
    if is_at_last_level(item) and (reviewers := secrecy_reviewers_for(item, now)):
        text = _("%(name)s asks you to hurry: “%(title)s” waits for its secrecy review.")
        tell(
            reviewers,
            kind=Kind.URGED,
            subject=subject,
            text=text % {"name": by.display_name, "title": item},
            about=item.number or "",
            link=reverse("reviews:secrecy-review", args=[item.pk]),
            key=key,
            now=now,
        )
        people += reviewers
    told = {"level": item.status, "person": "、".join(person.display_name for person in people)}
    record(actor=by, action="item.urge", target=item, office=item.office, now=now, detail=told)
    return people


def last_working_day(calendar: Calendar, day: date) -> date:
    """The day itself when it is worked, else the one before it that is."""
    while not calendar.works(day):
        day -= timedelta(days=1)
    return day
