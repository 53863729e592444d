"""What the lists of adoptions and of events are narrowed to alike."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit, User
from adoptions.querysets import AdoptionQuerySet, EventQuerySet
from kit.forms import DayInput
from kit.numbers import whole

REVOKED = ("revoked", _("Revoked"))
ALL = ("all", _("All, revoked ones too"))


def day_filter(label: Any, lookup: str) -> django_filters.DateFilter:
    widget = DayInput()
    return django_filters.DateFilter(label=label, field_name="date", lookup_expr=lookup, widget=widget)


class EntryFilter(django_filters.FilterSet):  # type: ignore[misc]
    """A list of entries that the person may see; those that were revoked only when they are asked for."""

    def __init__(self, data: QueryDict, *, user: User) -> None:
        super().__init__(_in_words(data, user), queryset=self._meta.model.objects.visible_to(user))
        self.user = user
        self.filters["unit"].extra["user"] = user

    @property
    def qs(self) -> AdoptionQuerySet | EventQuerySet:
        entries: AdoptionQuerySet | EventQuerySet = super().qs
        return entries if self.form.cleaned_data.get("state") else entries.standing()


def _in_words(data: QueryDict, user: User) -> QueryDict:
    """What was asked, as the fields of the form show it: `counted` as a state, a unit's id as its name."""
    data = data.copy()
    if data.pop("counted", [""])[-1]:
        data.setdefault("state", "counted")
    asked = whole(data.get("unit", ""))
    if asked is not None:
        visible = Unit.objects.visible_to(user)
        if unit := visible.filter(pk=asked).first():
            namesakes = visible.filter(Q(name=unit.name) | Q(short_name=unit.name)).exclude(pk=unit.pk)
            data["unit"] = unit.code if namesakes.exists() else unit.name
    return data
