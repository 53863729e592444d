"""Choosing an outlet."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

import django_filters
from django import forms
from django.forms.models import ModelChoiceIterator

from adoptions.enums import OutletLevel
from adoptions.models import Outlet


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
