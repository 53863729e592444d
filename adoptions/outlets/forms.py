"""Forms of the list of outlets."""

from __future__ import annotations

import copy
from datetime import date
from typing import Any

from crispy_forms.layout import Column, Row
from django import forms
from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext_lazy

from adoptions.models import Outlet, OutletAlias
from adoptions.outlets.services import OutletFacts, stamp
from adoptions.querysets import OutletQuerySet
from kit.forms import DayInput, helper_of
from submissions.forms.fields import LineField


class OutletForm(forms.ModelForm):  # type: ignore[type-arg]
    """An outlet; `seen` tells whether it still is as it was shown."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Outlet
        fields = ("name", "level", "carrier", "active_from", "active_to")
        field_classes = {"name": LineField}
        widgets = {name: DayInput() for name in ("active_from", "active_to")}
        help_texts = {
            "name": gettext_lazy("As it is to be written in ledgers and bulletins."),
            "active_from": gettext_lazy("Adoptions before this day cannot be registered."),
            "active_to": gettext_lazy("The last day, when it was closed; empty while in use."),
        }

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        outlet: Outlet | None = None,
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, instance=copy.copy(outlet) if outlet else None, initial=initial)
        if outlet:
            self.initial["seen"] = stamp(outlet)
        half = "col-sm-6"
        self.helper = helper_of(
            "name",
            Row(Column("level", css_class=half), Column("carrier", css_class=half)),
            Row(Column("active_from", css_class=half), Column("active_to", css_class=half)),
            "seen",
        )

    def facts(self) -> OutletFacts:
        return OutletFacts(**{name: self.cleaned_data[name] for name in self._meta.fields or ()})


class OutletSearch(forms.Form):
    """What the list of outlets is narrowed to."""

    q = LineField(label=gettext_lazy("Outlet"), required=False)
    state = forms.ChoiceField(
        label=gettext_lazy("State"),
        required=False,
        choices=[
            ("", gettext_lazy("In use")),
            ("ended", gettext_lazy("Ended")),
            ("all", gettext_lazy("All")),
        ],
    )

    def narrow(self, outlets: OutletQuerySet, today: date) -> OutletQuerySet:
        """The outlets that a valid form asks for; all when it is not."""
        if not self.is_valid():
            return outlets
        asked = self.cleaned_data
        if asked["q"]:
            former = OutletAlias.objects.filter(name__icontains=asked["q"])
            outlets = outlets.filter(Q(name__icontains=asked["q"]) | Q(pk__in=former.values("holder")))
        if asked["state"] == "ended":
            return outlets.filter(active_to__lt=today)
        return outlets if asked["state"] == "all" else outlets.exclude(active_to__lt=today)
