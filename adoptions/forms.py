"""Forms of adoptions: finding the item, the facts, the credits."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from typing import Any

from crispy_forms.layout import Column, Fieldset, Row
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Unit, User
from adoptions.entries.forms import EntryForm
from adoptions.enums import Position
from adoptions.models import Adoption, Credit, Outlet
from adoptions.outlets.filters import OutletChoiceField
from adoptions.services import AdoptionFacts, Share
from kit.forms import DayInput, Rows, helper_of
from submissions.filters import UnitField
from submissions.forms.fields import LineField
from submissions.models import Item

#: A list of more units than this is searched by typing instead of chosen from.
CHOOSABLE_UNITS = 60


class AdoptionForm(EntryForm, forms.ModelForm):  # type: ignore[type-arg]
    """The facts of an adoption with its credits, and its proof."""

    class Meta:
        model = Adoption
        fields = ("outlet", "date", "mode", "title", "page", "position", "length", "link", "note")
        field_classes = {
            "outlet": OutletChoiceField,
            "title": LineField,
            "page": LineField,
            "note": LineField,
        }
        widgets = {
            "date": DayInput(),
            "title": forms.TextInput(attrs={"autocomplete": "off"}),
            "page": forms.TextInput(attrs={"autocomplete": "off"}),
        }
        labels = {"note": gettext_lazy("Note"), "length": gettext_lazy("Length (characters)")}
        help_texts = {
            "mode": gettext_lazy("Merged: in one piece with others. Brief: as a short note."),
            "title": gettext_lazy("Only where it differs from the title of the item."),
            "page": gettext_lazy("As it is printed, such as 第3版 or 第5期."),
            "length": gettext_lazy("Where points depend on it."),
            "link": gettext_lazy("The adoption counts once there is a link or a proof file."),
        }

    def __init__(
        self,
        data: QueryDict | None = None,
        files: MultiValueDict[str, UploadedFile[bytes]] | None = None,
        *,
        user: User,
        item: Item,
        adoption: Adoption | None = None,
        initial: dict[str, Any] | None = None,
    ) -> None:
        # Cleaning writes what was typed onto the instance: give it a copy.
        super().__init__(data, files, instance=copy.copy(adoption or Adoption(item=item)), initial=initial)
        self.fields["outlet"].queryset = Outlet.objects.of_office(item.office).in_order()  # type: ignore[attr-defined]
        self.fields["position"].choices = [("", _("Another page, or none")), *Position.choices]  # type: ignore[attr-defined]
        self.credits = CreditFormSet(data, user=user, item=item, adoption=adoption)
        self.fit(adoption)
        self.helper = helper_of(
            Row(
                Column("outlet", css_class="col-md-5"),
                Column("date", css_class="col-sm-6 col-md-4"),
                Column("mode", css_class="col-sm-6 col-md-3"),
            ),
            "title",
            Row(
                Column("page", css_class="col-sm-12 col-md-4"),
                Column("position", css_class="col-sm-6 col-md-4"),
                Column("length", css_class="col-sm-6 col-md-4"),
            ),
            Fieldset(
                _("Proof"),
                "link",
                "proof",
                *(["drop_proof"] if "drop_proof" in self.fields else []),
            ),
            "note",
            *(["reason", "revision"] if adoption else []),
        )

    def is_valid(self) -> bool:
        return all([super().is_valid(), self.credits.is_valid()])

    def facts(self) -> AdoptionFacts:
        told = {name: self.cleaned_data[name] for name in self._meta.fields or ()}
        return AdoptionFacts(credits=self.credits.shares, **told)

    def refuse(self, error: ValidationError) -> None:
        by_field = error.update_error_dict({})
        for problem in by_field.pop("credits", []):
            self.credits.refuse("；".join(problem.messages))
        if by_field:
            super().refuse(ValidationError(by_field))


class CreditForm(forms.Form):
    """One line of the credits; a line without a unit is none."""

    share = forms.IntegerField(
        label=gettext_lazy("Share (parts)"), min_value=1, max_value=100, required=False, initial=1
    )

    def __init__(self, *args: Any, user: User, units: Sequence[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        label = _("Unit")
        field: forms.Field = UnitField(label=label, user=user, required=False)
        if units:
            choices = [("", "—"), *((unit.pk, unit.name) for unit in units)]
            by_pk = {str(unit.pk): unit for unit in units}

            def pick(value: Any) -> Unit:
                if unit := by_pk.get(str(value)):
                    return unit
                raise ValueError(value)

            field = forms.TypedChoiceField(
                label=label,
                choices=choices,
                coerce=pick,
                empty_value=None,
                required=False,
            )
        self.fields = {"unit": field, **self.fields}


class CreditFormSet(Rows):
    """The units an adoption is credited to; once it is valid, `shares` holds what it means."""

    form = CreditForm
    extra = 1

    def __init__(
        self, data: QueryDict | None = None, *, user: User, item: Item, adoption: Adoption | None = None
    ) -> None:
        parts = list(adoption.credits.select_related("unit").order_by("pk")) if adoption else []
        parts = parts or [Credit(unit=unit, share=1) for unit in _units_of(item)]
        offered = list(Unit.objects.filter(office=item.office).in_order()[: CHOOSABLE_UNITS + 1])
        self.units = offered if len(offered) <= CHOOSABLE_UNITS else []
        initial = [
            {"unit": credit.unit.pk if self.units else _typed(credit.unit), "share": credit.share}
            for credit in parts
        ]
        super().__init__(
            data, prefix="credits", initial=initial, form_kwargs={"user": user, "units": self.units}
        )
        self.shares: list[Share] = []

    def clean(self) -> None:
        rows = [row.cleaned_data for row in self.forms if row.is_valid() and row.cleaned_data.get("unit")]
        self.shares = [Share(row["unit"], row.get("share") or 1) for row in rows]
        if not self.shares and not any(self.errors):
            raise ValidationError(_("Credit the adoption to at least one unit."))

    def refuse(self, message: str) -> None:
        """Show what the service found wrong with the credits."""
        self.non_form_errors().append(message)


def _units_of(item: Item) -> list[Unit]:
    """Whose item it is: its own unit, and those of the items that were merged into it."""
    merged = (part.unit for part in item.merged.select_related("unit").order_by("pk"))
    return list(dict.fromkeys([item.unit, *merged]))


def _typed(unit: Unit) -> str:
    """What one writes to mean this unit: its name, or its code where the office has namesakes."""
    namesakes = Unit.objects.filter(office=unit.office_id, name=unit.name).exclude(pk=unit.pk)
    return unit.code if namesakes.exists() else unit.name


class FindItemForm(forms.Form):
    """The search for the item that was adopted."""

    q = LineField(label=gettext_lazy("Words in title or body, or the item number"), required=False)
    unit = UnitField(label=gettext_lazy("Filing unit"), required=False)
    unadopted = forms.BooleanField(label=gettext_lazy("Only without an adoption"), required=False)

    def __init__(self, data: QueryDict, *, user: User) -> None:
        super().__init__(data)
        self.fields["unit"].user = user  # type: ignore[attr-defined]
