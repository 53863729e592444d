"""Handing an item to one of several who may decide on it."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.services.audit import record
from notices.enums import Kind
from notices.services import tell
from reviews.chain import LEVELS
from reviews.models import Assignment
from reviews.querysets import deciders
from reviews.rules import may_assign
from reviews.steps.moving import lock_as_seen
from submissions.enums import Status
from submissions.models import Item


@transaction.atomic
def assign(
    *, item: Item, person: User, by: User, source: str, version: int, comment: str = "", now: datetime
) -> Assignment:
    """Let `person` look after the item at the level where it waits; the others no longer find it in their
    lists. It holds until the item leaves the level.

    Raises Overtaken or TextChanged when it has moved on, PermissionDenied when it is not `by`'s to hand on,
    ValidationError when `person` may not decide on it.
    """
    item = lock_as_seen(item, source, version)
    if not may_assign(by, item, now):
        raise PermissionDenied(_("Who decides on the item hands it on, or the office administrator."))
    able = deciders(item, LEVELS[Status(item.status)], now)
    if not able.filter(pk=person.pk).exists():
        raise ValidationError({"person": _("Choose somebody who may decide on this item.")})
    entry = Assignment.objects.create(
        item=item, level=item.status, person=person, comment=comment, by=by, at=now
    )
    detail = {"person": person.display_name}
    record(actor=by, action="item.assign", target=item, office=item.office, now=now, detail=detail)
    text = _("%(name)s handed “%(title)s” to you for review. %(why)s")
    tell(
        [person] if person != by else [],
        kind=Kind.STAND_IN,
        subject=f"item:{item.pk}",
        text=(text % {"name": by, "title": item, "why": comment}).strip(),
        about=item.number or "",
        link=reverse("reviews:item-decide", args=[item.pk]),
        key=f"assign:{entry.pk}",
        now=now,
    )
    return entry
