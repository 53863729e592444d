"""What is late below a leader, and how often somebody asked to hurry."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from accounts.enums import Role
from accounts.models import User
from accounts.querysets import acting_now, below, grants_today
from accounts.rules import has_role
from notices.enums import Kind
from notices.models import Notice
from reviews.chain import ROADS
from reviews.deadlines.clocks import Deadlines
from submissions.enums import IN_REVIEW
from submissions.models import Item
from submissions.querysets import ItemQuerySet


def late_below(user: User, deadlines: Deadlines, today: date) -> ItemQuerySet:
    """Overdue items at the levels before the person's own, the longest waiting first; for the office's
    administrators at every level."""
    items = Item.objects.filter(office=user.office).alias(late=deadlines.overdue(today)).filter(late=True)
    return items.filter(_levels_below(user)).order_by("status_since", "pk")


def _levels_below(user: User) -> Q:
    if has_role(user, Role.OFFICE_ADMIN):
        return Q(status__in=IN_REVIEW)
    grants, found = [*grants_today(user), *acting_now(user)], Q(pk__in=[])
    for road, levels in ROADS.items():
        for position, level in enumerate(levels):
            paths = [grant.unit.path for grant in grants if grant.role == level.role]
            if paths and position:
                earlier = [each.waiting for each in levels[:position]]
                here = Q(chain=road.chain, route=road.route, status__in=earlier)
                found |= here & below(paths, "unit__path")
    return found


@dataclass(frozen=True, slots=True)
class Urges:
    """How often somebody asked to hurry since the item came to its level, and the latest time."""

    count: int
    latest: Notice


def urges_of(item: Item) -> Urges | None:
    """None when nobody asked; one query. Several people told at once are one asking."""
    told = Notice.objects.filter(
        subject=f"item:{item.pk}", kind=Kind.URGED, created_at__gte=item.status_since
    )
    by_key = {notice.key: notice for notice in told.order_by("created_at", "pk")}
    return Urges(len(by_key), list(by_key.values())[-1]) if by_key else None
