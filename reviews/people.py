"""The people an item concerns: those it waits for, those above them, and its writers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.db.models import F, Value
from django.utils import timezone

from accounts.enums import Role
from accounts.models import StandIn, User
from reviews.chain import LEVELS, onward, road_of
from reviews.models import Assignment
from reviews.querysets import deciders
from submissions.enums import Status
from submissions.models import Item


def awaited(items: Iterable[Item], now: datetime) -> dict[int, list[str]]:
    """Item id → the names of those who may decide on it where it stands, stand-ins among them.

    Of an item that was handed to one of them, that one alone. Two queries, however many items there are.
    """
    waiting = [item for item in items if item.status in LEVELS]
    if not waiting:
        return {}
    asked = [
        deciders(item, LEVELS[Status(item.status)], now, at_once=True)
        .order_by()
        .annotate(waiting=Value(item.pk))
        .values_list("waiting", "pk", "display_name")
        for item in waiting
    ]
    handed = Assignment.objects.filter(
        item__in=waiting, level=F("item__status"), at__gte=F("item__status_since")
    )
    holder = dict(handed.order_by("at", "pk").values_list("item", "person"))
    people: defaultdict[int, dict[int, str]] = defaultdict(dict)
    for item, person, name in asked[0].union(*asked[1:]):
        people[item][person] = name
    return {
        item: [names[holder[item]]] if holder.get(item) in names else sorted(names.values())
        for item, names in people.items()
    }


def waits_for(item: Item, now: datetime) -> list[User]:
    """Whom an item in review waits for: the deciders of its level, or of them the one it was handed to and
    whoever stands in for that one."""
    people = list(deciders(item, LEVELS[Status(item.status)], now).order_by("pk"))
    handed = item.assignments.filter(level=item.status, at__gte=item.status_since).order_by("at", "pk").last()
    if handed is None:
        return people
    acting = StandIn.objects.at(now).filter(absent=handed.person_id).values_list("stand_in", flat=True)
    named = {handed.person_id, *acting}
    return [person for person in people if person.pk in named] or people


def those_above(item: Item, now: datetime) -> list[User]:
    """Who decides at the next level that anybody can decide at, or else the office's administrators; without
    those who are to decide on it now."""
    here, *later = onward(road_of(item), item.status)
    below = set(deciders(item, here, now).values_list("pk", flat=True))
    for level in later:
        people = list(deciders(item, level, now).exclude(pk__in=below).order_by("pk"))
        if people:
            return people
    administrators = User.objects.holding(Role.OFFICE_ADMIN, item.office, timezone.localdate(now))
    return list(administrators.order_by("pk"))


def writers_of(item: Item, now: datetime) -> list[User]:
    """The submitter, and the authors who have an account."""
    authors = User.objects.filter(authorships__item=item).exclude(pk=item.submitter_id)
    return [item.submitter, *authors.order_by("pk").distinct()]
