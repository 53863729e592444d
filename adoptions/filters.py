"""The questions the ledger answers; the export and the links behind figures ask the same ones.

Addresses: unit (id, code or name; credited to it or below it), level, carrier, outlet (id), mode, position,
date_from and date_to (both included), state, item (id), q. `counted=1` is short for `state=counted`.
"""

from __future__ import annotations

import django_filters
from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit, User
from adoptions.entries.filters import ALL, REVOKED, EntryFilter, day_filter
from adoptions.enums import Carrier, Mode, OutletLevel, Position
from adoptions.models import Adoption, Credit, Outlet
from adoptions.outlets.filters import OutletFilter
from adoptions.querysets import AdoptionQuerySet
from kit.conditions import having
from submissions.filters import UnitFilter
from submissions.models import Item
from submissions.search import searchable

STATES = [("counted", _("Counted")), ("waiting", _("Waiting for proof")), REVOKED, ALL]


class AdoptionFilter(EntryFilter):
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
        super().__init__(data, user=user)
        self.filters["outlet"].queryset = Outlet.objects.of_office(user.office).in_order()

    def find_text(self, adoptions: AdoptionQuerySet, _name: str, text: str) -> AdoptionQuerySet:
        return adoptions.filter(
            having(searchable(text), "item__filed_title", "title", "outlet__name", "note")
        )

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
