"""The columns of the list of events, on the page and in Excel."""

from __future__ import annotations

from django.utils.translation import gettext as _

from adoptions.entries.lists import registered
from adoptions.models import Event
from kit.lists import Column


def event_columns() -> list[Column[Event]]:
    """Every column of the list of events."""
    return [
        Column(
            "kind", _("Kind"), 12, lambda one: one.get_kind_display(), order="kind", shown=True, fixed=True
        ),
        Column("side", _("Earns or costs"), 12, _side),
        Column(
            "item", _("Item"), 42, lambda one: one.item.title if one.item else "", shown=True, nowrap=False
        ),
        Column("number", _("Item number"), 18, lambda one: one.item.number if one.item else ""),
        Column("unit", _("Unit"), 20, lambda one: one.concerns.name, order="unit", shown=True, nowrap=False),
        Column("level", _("Level"), 14, lambda one: one.get_level_display(), order="level", shown=True),
        Column("date", _("Date"), 13, lambda one: one.date, order="date", descending=True, shown=True),
        Column("count", _("Occurrences"), 8, lambda one: one.count, shown=True, numeric=True),
        Column("note", _("Note"), 30, lambda one: one.note, nowrap=False),
        Column("proof", _("Proof"), 20, _proof, nowrap=False),
        Column("state", _("State"), 10, _state, shown=True),
        Column("registered_by", _("Registered by"), 12, lambda one: one.registered_by.display_name),
        registered(),
    ]


def _side(event: Event) -> str:
    return _("Costs points") if event.costs else _("Earns points")


def _proof(event: Event) -> str:
    return "、".join(proof for proof in (event.proof_name, event.link) if proof)


def _state(event: Event) -> str:
    return _("Revoked") if event.revoked_at else _("Counted")
