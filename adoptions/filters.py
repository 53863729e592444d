"""The questions the ledger answers; the export and the links behind figures ask the same ones.

Addresses: unit (id, code or name; credited to it or below it), level, carrier, outlet (id), mode, position,
date_from and date_to (both included), state, item (id), q. `counted=1` is short for `state=counted`.
Events: kind, side (earn, cost), unit (it or one below it, or the filing unit of the item), level, date_from,
date_to, state, item (id).
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

import django_filters
from django import forms
from django.db.models import Q
from django.forms.models import ModelChoiceIterator
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit, User
from adoptions.enums import Carrier, EventKind, Mode, OutletLevel, Position
from adoptions.models import Adoption, Credit, Event, Outlet
from adoptions.querysets import AdoptionQuerySet, EventQuerySet, OutletQuerySet, level_order
from kit.lists import ordering
from submissions.filters import UnitFilter
from submissions.models import Item
from submissions.search import searchable

#: Column of the list → how to order by it.
ORDERS: dict[str, tuple[str, ...]] = {
    "date": ("date",),
    "title": ("item__title",),
    "unit": ("item__unit__position", "item__unit__code"),
    "outlet": ("outlet__name",),
    "level": ("level_order", "outlet__name"),
    "registered": ("registered_at",),
}
DEFAULT_ORDER = "-date"
STATES = [
    ("counted", _("Counted")),
    ("waiting", _("Waiting for proof")),
    ("revoked", _("Revoked")),
    ("all", _("All, revoked ones too")),
]


def in_order(adoptions: AdoptionQuerySet, wanted: str | None) -> AdoptionQuerySet:
    """The adoptions by a column of `ORDERS`, ``-`` before it for descending."""
    return adoptions.with_level_order().order_by(*ordering(ORDERS, wanted, DEFAULT_ORDER), "-pk")


class OutletsByLevel(ModelChoiceIterator):  # type: ignore[type-arg]
    """Choices in groups, one a level; the outlets must come in the order of the levels."""

    def __iter__(self) -> Iterator[Any]:
        if self.field.empty_label is not None:
            yield ("", self.field.empty_label)
        for level, outlets in groupby(self.queryset, key=lambda outlet: outlet.level):
            yield (OutletLevel(level).label, [self.choice(outlet) for outlet in outlets])


class OutletChoiceField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Outlets grouped by level, the ended ones with their time."""

    iterator = OutletsByLevel

    def label_from_instance(self, outlet: Outlet) -> str:
        return outlet.label


class OutletFilter(django_filters.ModelChoiceFilter):  # type: ignore[misc]
    field_class = OutletChoiceField


def day_filter(label: Any, lookup: str) -> django_filters.DateFilter:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return django_filters.DateFilter(label=label, field_name="date", lookup_expr=lookup, widget=widget)


class AdoptionFilter(django_filters.FilterSet):  # type: ignore[misc]
    """Filters of the ledger, over what the person may see."""

    q = django_filters.CharFilter(label=_("Words in title, outlet or note"), method="find_text")
    unit = UnitFilter(label=_("Credited unit"), method="of_unit")
    level = django_filters.ChoiceFilter(
        label=_("Media level"), field_name="outlet__level", choices=OutletLevel.choices
    )
    carrier = django_filters.ChoiceFilter(
        label=_("Carrier"), field_name="outlet__carrier", choices=Carrier.choices
    )
    outlet = OutletFilter(label=_("Outlet"), queryset=Outlet.objects.none())
    mode = django_filters.ChoiceFilter(label=_("Mode"), choices=Mode.choices)
    position = django_filters.ChoiceFilter(label=_("Place on the page"), choices=Position.choices)
    date_from = day_filter(_("Adopted from"), "gte")
    date_to = day_filter(_("Adopted to"), "lte")
    state = django_filters.ChoiceFilter(
        label=_("State"), method="of_state", choices=STATES, empty_label=_("All but revoked ones")
    )
    mine = django_filters.BooleanFilter(
        label=_("Only of my items"), method="only_mine", widget=forms.CheckboxInput
    )
    item = django_filters.NumberFilter(field_name="item", widget=forms.HiddenInput)

    class Meta:
        model = Adoption
        fields: list[str] = []

    def __init__(self, data: QueryDict, *, user: User) -> None:
        super().__init__(_in_words(data, user), queryset=Adoption.objects.visible_to(user))
        self.user = user
        self.filters["unit"].extra["user"] = user
        self.filters["outlet"].queryset = Outlet.objects.of_office(user.office).in_order()
        self.has_asked = any(value for name, value in data.items() if name not in {"o", "c", "page"})

    @property
    def qs(self) -> AdoptionQuerySet:
        adoptions: AdoptionQuerySet = super().qs
        return adoptions if self.form.cleaned_data.get("state") else adoptions.standing()

    def find_text(self, adoptions: AdoptionQuerySet, _name: str, text: str) -> AdoptionQuerySet:
        for word in searchable(text).split():
            adoptions = adoptions.filter(
                Q(item__title__icontains=word)
                | Q(title__icontains=word)
                | Q(outlet__name__icontains=word)
                | Q(note__icontains=word)
            )
        return adoptions

    def of_unit(self, adoptions: AdoptionQuerySet, _name: str, unit: Unit) -> AdoptionQuerySet:
        return adoptions.filter(
            pk__in=Credit.objects.filter(unit__path__startswith=unit.path).values("adoption")
        )

    def only_mine(self, adoptions: AdoptionQuerySet, _name: str, value: bool) -> AdoptionQuerySet:
        return adoptions.filter(item__in=Item.objects.written_by(self.user)) if value else adoptions

    def of_state(self, adoptions: AdoptionQuerySet, _name: str, state: str) -> AdoptionQuerySet:
        narrowed = {
            "counted": adoptions.counted,
            "waiting": adoptions.unproven,
            "revoked": adoptions.revoked,
        }
        return narrowed.get(state, adoptions.all)()


def _in_words(data: QueryDict, user: User) -> QueryDict:
    """What was asked, as the fields of the form show it: `counted` as a state, a unit's id as its name."""
    data = data.copy()
    if data.pop("counted", [""])[-1]:
        data.setdefault("state", "counted")
    asked = data.get("unit", "")
    if asked.isdecimal() and len(asked) < 10:
        visible = Unit.objects.visible_to(user)
        if unit := visible.filter(pk=int(asked)).first():
            namesakes = visible.filter(Q(name=unit.name) | Q(short_name=unit.name)).exclude(pk=unit.pk)
            data["unit"] = unit.code if namesakes.exists() else unit.name
    return data


#: Column of the list of outlets → how to order by it.
OUTLET_ORDERS: dict[str, tuple[str, ...]] = {
    "level": ("level_order",),
    "name": ("name",),
    "from": ("active_from",),
    "to": ("active_to",),
    "adopted": ("adopted",),
}
OUTLET_ORDER = "level"


def outlets_in_order(outlets: OutletQuerySet, wanted: str | None) -> OutletQuerySet:
    """Outlets by a column of `OUTLET_ORDERS`, ``-`` before it for descending; among equals from the centre
    down, by name, the present one first. They come with `adopted`, the number of their adoptions."""
    fields = ordering(OUTLET_ORDERS, wanted, OUTLET_ORDER)
    return outlets.with_level_order().order_by(*fields, level_order("level"), "name", "-active_from")


#: Column of the list of events → how to order by it.
EVENT_ORDERS: dict[str, tuple[str, ...]] = {
    "date": ("date",),
    "kind": ("kind", "level_order"),
    "unit": ("unit_position", "unit_code"),
    "level": ("level_order",),
    "registered": ("registered_at",),
}
EVENT_STATES = [("revoked", _("Revoked")), ("all", _("All, revoked ones too"))]
SIDES = [("earn", _("Earns points")), ("cost", _("Costs points"))]


def events_in_order(events: EventQuerySet, wanted: str | None) -> EventQuerySet:
    """The events by a column of `EVENT_ORDERS`, ``-`` before it for descending."""
    return events.with_order().order_by(*ordering(EVENT_ORDERS, wanted, DEFAULT_ORDER), "-pk")


class EventFilter(django_filters.FilterSet):  # type: ignore[misc]
    """Filters of the list of events, over what the person may see."""

    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=EventKind.choices)
    side = django_filters.ChoiceFilter(label=_("Earns or costs"), method="of_side", choices=SIDES)
    unit = UnitFilter(label=_("Unit"), method="of_unit")
    level = django_filters.ChoiceFilter(label=_("Level"), choices=OutletLevel.choices)
    date_from = day_filter(_("From"), "gte")
    date_to = day_filter(_("To"), "lte")
    state = django_filters.ChoiceFilter(
        label=_("State"), method="of_state", choices=EVENT_STATES, empty_label=_("All but revoked ones")
    )
    item = django_filters.NumberFilter(field_name="item", widget=forms.HiddenInput)

    class Meta:
        model = Event
        fields: list[str] = []

    def __init__(self, data: QueryDict, *, user: User) -> None:
        super().__init__(_in_words(data, user), queryset=Event.objects.visible_to(user))
        self.filters["unit"].extra["user"] = user
        self.user = user
        self.has_asked = any(value for name, value in data.items() if name not in {"o", "c", "page"})

    @property
    def qs(self) -> EventQuerySet:
        events: EventQuerySet = super().qs
        return events if self.form.cleaned_data.get("state") else events.standing()

    @property
    def only_item(self) -> Item | None:
        """The item whose events alone are asked for, to name it above the list."""
        asked = self.data.get("item", "")
        items = Item.objects.visible_to(self.user)
        return items.filter(pk=int(asked)).first() if asked.isdecimal() and len(asked) < 10 else None

    def of_unit(self, events: EventQuerySet, _name: str, unit: Unit) -> EventQuerySet:
        return events.filter(Q(unit__path__startswith=unit.path) | Q(item__unit__path__startswith=unit.path))

    def of_side(self, events: EventQuerySet, _name: str, side: str) -> EventQuerySet:
        return events.costing() if side == "cost" else events.earning()

    def of_state(self, events: EventQuerySet, _name: str, state: str) -> EventQuerySet:
        return events.revoked() if state == "revoked" else events
