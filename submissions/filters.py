"""The questions a list of items answers; the export asks the same ones."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Unit, UnitAlias, User
from kit.forms import DayInput
from submissions.enums import IN_REVIEW, RETURNED, Genre, ReviewLevel, Route, Stage, Status
from submissions.models import Item, Round
from submissions.querysets import ItemQuerySet
from submissions.search import searchable

#: Units proposed while typing; every other one is found by its name or code all the same.
OFFERED_UNITS = 200
#: An item number, such as 150502-2026-0007, is looked up as such.
NUMBER = re.compile(r"[\w-]+-\d{4}-\d{4,}")
GROUPS = {"in_review": IN_REVIEW, "returned": RETURNED}


class UnitField(forms.CharField):
    """One unit out of `units`, by its code or any of its names: a list of thousands is no help."""

    widget = forms.TextInput(attrs={"list": "units", "autocomplete": "off"})

    def __init__(self, *, user: User | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.user = user

    def clean(self, value: Any) -> Unit | None:
        text = searchable(super().clean(value))
        if not text:
            return None
        assert self.user is not None
        visible = Unit.objects.visible_to(self.user)
        former = UnitAlias.objects.filter(name=text, until__isnull=True).values("holder")
        named = Q(code=text) | Q(name=text) | Q(short_name=text) | Q(pk__in=former)
        units = visible.filter(named).in_order()
        if len(units) > 1:
            codes = "、".join(unit.code for unit in units)
            raise ValidationError(
                _("Several units are called so: write one of the codes %(codes)s.") % {"codes": codes}
            )
        if not units:
            raise ValidationError(_("There is no such unit: choose one of the names offered."))
        return units[0]


class UnitFilter(django_filters.Filter):  # type: ignore[misc]
    field_class = UnitField


def day_filter(label: Any, column: str, end: bool = False) -> django_filters.DateFilter:
    """Items whose `column` lies on the given day or later; or, with `end`, on it or earlier."""

    def narrow(items: ItemQuerySet, _name: str, day: date) -> ItemQuerySet:
        moment = timezone.make_aware(datetime.combine(day, time.max if end else time.min))
        return items.filter(**{f"{column}__{'lte' if end else 'gte'}": moment})

    widget = DayInput()
    return django_filters.DateFilter(label=label, method=narrow, widget=widget)


class ItemFilter(django_filters.FilterSet):  # type: ignore[misc]
    """Filters of the list of items, over what the person may see."""

    q = django_filters.CharFilter(label=gettext_lazy("Words in title or body"), method="find_text")
    status = django_filters.ChoiceFilter(
        label=gettext_lazy("Status"),
        method="of_status",
        choices=[
            ("in_review", gettext_lazy("In review")),
            ("returned", gettext_lazy("Returned")),
            ("filed", gettext_lazy("Filed (neither draft nor withdrawn)")),
            *Status.choices,
        ],
    )
    level = django_filters.ChoiceFilter(
        label=gettext_lazy("Level of review"), method="at_level", choices=ReviewLevel.choices
    )
    unit = UnitFilter(label=gettext_lazy("Unit"), method="of_unit")
    filed_from = day_filter(gettext_lazy("Filed from"), "submitted_at")
    filed_to = day_filter(gettext_lazy("Filed to"), "submitted_at", end=True)
    stage = django_filters.ChoiceFilter(label=gettext_lazy("Stage"), choices=Stage.choices)
    genre = django_filters.ChoiceFilter(label=gettext_lazy("Genre"), choices=Genre.choices)
    route = django_filters.ChoiceFilter(label=gettext_lazy("Importance"), choices=Route.choices)
    round = django_filters.ModelChoiceFilter(label=gettext_lazy("Round"), queryset=Round.objects.none())
    issued_from = day_filter(gettext_lazy("Issued from"), "issued_at")
    issued_to = day_filter(gettext_lazy("Issued to"), "issued_at", end=True)
    mine = django_filters.BooleanFilter(
        label=gettext_lazy("Only my items"), method="only_mine", widget=forms.CheckboxInput, initial=False
    )

    #: Asked by links from the figures; shown only when asked.
    ON_DEMAND = ("issued_from", "issued_to")

    class Meta:
        model = Item
        fields: list[str] = []

    def __init__(self, data: QueryDict, *, user: User) -> None:
        super().__init__(data, queryset=Item.objects.visible_to(user))
        self.user = user
        self.filters["unit"].extra["user"] = user
        self.filters["round"].queryset = Round.objects.filter(office=user.office).order_by("-starts", "-pk")
        for name in self.ON_DEMAND:
            if name not in data:
                del self.filters[name]

    def find_text(self, items: ItemQuerySet, _name: str, text: str) -> ItemQuerySet:
        number = searchable(text)
        return items.filter(number=number) if NUMBER.fullmatch(number) else items.containing(text, self.user)

    def of_status(self, items: ItemQuerySet, _name: str, value: str) -> ItemQuerySet:
        if value == "filed":
            return items.filed()
        return items.filter(status__in=GROUPS.get(value, [value]))

    def at_level(self, items: ItemQuerySet, _name: str, value: str) -> ItemQuerySet:
        return items.filter(status__in=ReviewLevel(value).statuses)

    def of_unit(self, items: ItemQuerySet, _name: str, unit: Unit) -> ItemQuerySet:
        return items.of_unit(unit)

    def only_mine(self, items: ItemQuerySet, _name: str, value: bool) -> ItemQuerySet:
        return items.written_by(self.user) if value else items
