"""Which authors."""

from __future__ import annotations

from django import forms
from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext_lazy

from accounts.models import Unit
from accounts.querysets import UnitQuerySet
from submissions.forms.fields import LineField


class AuthorSearch(forms.Form):
    """Which authors: of a unit, by a part of the name. The period travels along."""

    q = LineField(label=gettext_lazy("Name or unit"), required=False)
    unit = forms.ModelChoiceField(
        label=gettext_lazy("Unit"),
        queryset=Unit.objects.none(),
        required=False,
        empty_label=gettext_lazy("All"),
    )
    period = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: QueryDict, *, units: UnitQuerySet, office: Unit) -> None:
        # The period is no condition: the filter does not count it.
        super().__init__(data, initial={"period": data.get("period")})
        ranked = units.filter(Q(parent=office, office=office) | Q(pk=office.pk))
        field = self.fields["unit"]
        field.queryset = ranked.in_order()  # type: ignore[attr-defined]
        field.label_from_instance = lambda one: one.name  # type: ignore[attr-defined]

    @property
    def asked_unit(self) -> Unit | None:
        """The unit asked for, if it is one that may be asked for."""
        unit: Unit | None = self.cleaned_data.get("unit") if self.is_valid() else None
        return unit
