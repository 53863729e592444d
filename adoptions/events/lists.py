"""The list of events."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.listing import ListPage
from adoptions.entries.lists import asked, beside, registered
from adoptions.events.filters import EventFilter
from adoptions.models import Event
from kit.columns import Column, Kind


def event_columns(_today: date) -> list[Column]:
    """Every column of the list of events."""
    return [
        Column("kind", _("Kind"), 12, "get_kind_display", order=["kind", "level_order"], fixed=True),
        Column("side", _("Earns or costs"), 12, _side),
        Column("item", _("Item"), 42, lambda one: one.item and str(one.item), shown=True, nowrap=False),
        Column("number", _("Item number"), 18, "item.number"),
        Column(
            "unit",
            _("Unit"),
            20,
            "concerns.name",
            order=["unit_position", "unit_code"],
            shown=True,
            nowrap=False,
        ),
        Column("level", _("Level"), 14, "get_level_display", order=["level_order"], shown=True),
        Column("date", _("Date"), 13, order=["date"], descending=True, shown=True),
        Column("count", _("Occurrences"), 8, shown=True, kind=Kind.COUNT),
        Column("note", _("Note"), 30, nowrap=False),
        Column("proof", _("Proof"), 20, _proof, nowrap=False),
        Column("state", _("State"), 10, shown=True),
        Column("registered_by", _("Registered by"), 12, "registered_by.display_name"),
        registered(),
    ]


def _side(event: Event) -> str:
    return _("Costs points") if event.costs else _("Earns points")


def _proof(event: Event) -> str:
    return "、".join(proof for proof in (event.proof_name, event.link) if proof)


EVENTS = ListPage(
    noun="event",
    template="adoptions/events/list.html",
    title=gettext_lazy("Events for points"),
    ask=asked(EventFilter),
    columns=event_columns,
    order="-date",
    more=beside,
)
