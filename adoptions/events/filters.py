"""The questions the list of events answers; its export asks the same ones.

Addresses: kind, side (earn, cost), unit (it or one below it, or the filing unit of the item), level,
date_from and date_to (both included), state, item (id).
"""

from __future__ import annotations

import django_filters
from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit
from adoptions.entries.filters import ALL, REVOKED, EntryFilter, day_filter
from adoptions.enums import EventKind, OutletLevel
from adoptions.models import Event
from adoptions.querysets import EventQuerySet
from submissions.filters import UnitFilter

SIDES = [("earn", _("Earns points")), ("cost", _("Costs points"))]


class EventFilter(EntryFilter):
    """Filters of the list of events, over what the person may see."""

    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=EventKind.choices)
    side = django_filters.ChoiceFilter(label=_("Earns or costs"), method="of_side", choices=SIDES)
    unit = UnitFilter(label=_("Unit"), method="of_unit")
    level = django_filters.ChoiceFilter(label=_("Level"), choices=OutletLevel.choices)
    date_from = day_filter(_("From"), "gte")
    date_to = day_filter(_("To"), "lte")
    state = django_filters.ChoiceFilter(
        label=_("State"), method="of_state", choices=[REVOKED, ALL], empty_label=_("All but revoked ones")
    )
    item = django_filters.NumberFilter(field_name="item", widget=forms.HiddenInput)

    class Meta:
        model = Event
        fields: list[str] = []

    def of_unit(self, events: EventQuerySet, _name: str, unit: Unit) -> EventQuerySet:
        return events.filter(Q(unit__path__startswith=unit.path) | Q(item__unit__path__startswith=unit.path))

    def of_side(self, events: EventQuerySet, _name: str, side: str) -> EventQuerySet:
        return events.costing() if side == "cost" else events.earning()

    def of_state(self, events: EventQuerySet, _name: str, state: str) -> EventQuerySet:
        return events.revoked() if state == "revoked" else events
