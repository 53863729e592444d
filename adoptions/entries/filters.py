"""What the lists of adoptions and of events are narrowed to, and ordered by, alike."""

from __future__ import annotations

from typing import Any, ClassVar

import django_filters
from django import forms
from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit, User
from adoptions.querysets import AdoptionQuerySet, EventQuerySet
from kit.lists import ordering
from submissions.models import Item

DEFAULT_ORDER = "-date"
REVOKED = ("revoked", _("Revoked"))
ALL = ("all", _("All, revoked ones too"))


def day_filter(label: Any, lookup: str) -> django_filters.DateFilter:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return django_filters.DateFilter(label=label, field_name="date", lookup_expr=lookup, widget=widget)


class EntryFilter(django_filters.FilterSet):  # type: ignore[misc]
    """A list of entries that the person may see; those that were revoked only when they are asked for."""

    #: Column of the list → how to order by it.
    orders: ClassVar[dict[str, tuple[str, ...]]]

    def __init__(self, data: QueryDict, *, user: User) -> None:
        super().__init__(_in_words(data, user), queryset=self._meta.model.objects.visible_to(user))
        self.user = user
        self.filters["unit"].extra["user"] = user
        self.has_asked = any(value for name, value in data.items() if name not in {"o", "c", "page"})

    @property
    def qs(self) -> AdoptionQuerySet | EventQuerySet:
        entries: AdoptionQuerySet | EventQuerySet = super().qs
        return entries if self.form.cleaned_data.get("state") else entries.standing()

    @property
    def rows(self) -> AdoptionQuerySet | EventQuerySet:
        """What is asked for with everything a list shows, by a column of `orders`, ``-`` before it for
        descending."""
        by = ordering(self.orders, self.data.get("o"), DEFAULT_ORDER)
        return self.qs.with_order().order_by(*by, "-pk").with_parts()

    @property
    def only_item(self) -> Item | None:
        """The item whose entries alone are asked for, to name it above the list."""
        asked = self.data.get("item", "")
        items = Item.objects.visible_to(self.user)
        return items.filter(pk=int(asked)).first() if asked.isdecimal() and len(asked) < 10 else None


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
