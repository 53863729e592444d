"""Whom items wait for, by name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.db.models import F, Value

from reviews.chain import LEVELS
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
