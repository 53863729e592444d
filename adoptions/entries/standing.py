"""Which days a change to an item's facts moves."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from adoptions.models import Adoption, Event
from submissions.models import Item


def standing_days(items: Iterable[Item | int]) -> set[date]:
    """The days of all standing adoptions and events of these items, given themselves or by id.

    Where only the highest of an item's adoptions counts, a later one earns what it exceeds the earlier
    ones by, and an instruction may double what it follows: whoever changes one fact of an item moves the
    months of all.
    """
    wanted = list(items)
    adoptions = Adoption.objects.filter(item__in=wanted).standing().values_list("date", flat=True)
    events = Event.objects.filter(item__in=wanted).standing().values_list("date", flat=True)
    return set(adoptions) | set(events)
