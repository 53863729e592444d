"""What the lists of adoptions and of events have in common."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.listing import Asked
from accounts.models import Unit
from accounts.reader import reader_of
from adoptions.entries.filters import EntryFilter
from adoptions.models import Adoption, Event
from adoptions.rules import may_register
from kit.columns import Column
from submissions.filters import OFFERED_UNITS
from submissions.models import Item


def registered() -> Column:
    """When an entry was registered."""
    return Column(
        "registered",
        _("Registered on"),
        13,
        lambda one: timezone.localdate(one.registered_at),
        order=["registered_at"],
        descending=True,
        shown=True,
    )


def asked(filter_class: type[EntryFilter]) -> Callable[[HttpRequest], Asked]:
    """Reads a request by a filter."""

    def ask(request: HttpRequest) -> Asked:
        found = filter_class(request.GET, user=reader_of(request))
        return Asked(found.user, found.qs.with_order().with_parts(), found.form)

    return ask


def beside(request: HttpRequest, asked: Asked, _rows: Sequence[Adoption | Event]) -> Mapping[str, Any]:
    """The units one may ask for, and the item whose entries alone are asked for, to name it."""
    item, items = request.GET.get("item", ""), Item.objects.visible_to(asked.reader)
    return {
        "only_item": items.filter(pk=int(item)).first() if item.isdecimal() and len(item) < 10 else None,
        "units": Unit.objects.visible_to(asked.reader).in_order()[:OFFERED_UNITS],
        "may_register": may_register(asked.reader),
    }
