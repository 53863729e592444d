"""Forms of adoptions, outlets and imports. They clean and lay out; what must hold, the services check."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Fieldset, Layout, Row
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.forms.renderers import get_default_renderer
from django.http import QueryDict
from django.template.defaultfilters import filesizeformat
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Unit, User
from adoptions.filters import OutletChoiceField
from adoptions.ledger import LEDGER_KINDS, check_ledger
from adoptions.models import Adoption, Credit, Outlet
from adoptions.services import AdoptionFacts, OutletFacts, Share, stamp
from submissions.filters import UnitField
from submissions.forms import LineField
from submissions.models import Item
from submissions.uploads import CheckedUpload, check_upload

PROOF_KINDS = frozenset({"pdf", "jpg", "png", "docx", "mp4"})
#: A list of more units than this is searched by typing instead of chosen from.
CHOOSABLE_UNITS = 60


class AdoptionForm(forms.ModelForm):  # type: ignore[type-arg]
    """The facts of an adoption and its proof; a correction also gives the reason."""

    proof = forms.FileField(
        label=gettext_lazy("Proof file"),
        required=False,
        widget=forms.FileInput(
            attrs={"accept": ",".join(f".{ending}" for ending in sorted([*PROOF_KINDS, "jpeg"]))}
        ),
    )
    drop_proof = forms.BooleanField(label=gettext_lazy("Remove the proof file"), required=False)
    reason = LineField(label=gettext_lazy("Reason for the correction"), max_length=200)
    revision = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Adoption
        fields = ("outlet", "date", "mode", "title", "page", "link", "note")
        field_classes = {
            "outlet": OutletChoiceField,
            "title": LineField,
            "page": LineField,
            "note": LineField,
        }
        widgets = {
            "date": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "title": forms.TextInput(attrs={"autocomplete": "off"}),
            "page": forms.TextInput(attrs={"autocomplete": "off"}),
        }
        labels = {"note": gettext_lazy("Note")}
        help_texts = {
            "title": gettext_lazy("Only where it differs from the title of the item."),
            "link": gettext_lazy("The adoption counts once there is a link or a proof file."),
        }

    def __init__(
        self,
        data: QueryDict | None = None,
        files: MultiValueDict[str, UploadedFile[bytes]] | None = None,
        *,
        item: Item,
        adoption: Adoption | None = None,
        initial: dict[str, Any] | None = None,
    ) -> None:
        # Cleaning writes what was typed onto the instance: give it a copy.
        super().__init__(data, files, instance=copy.copy(adoption or Adoption(item=item)), initial=initial)
        self.fields["outlet"].queryset = Outlet.objects.of_office(item.office).in_order()  # type: ignore[attr-defined]
        self.fields["proof"].help_text = _("%(kinds)s; at most %(limit)s.") % {
            "kinds": "、".join(sorted(PROOF_KINDS)),
            "limit": filesizeformat(settings.ATTACHMENT_MAX_BYTES),
        }
        extra: list[Any] = []
        if adoption is None:
            del self.fields["reason"], self.fields["revision"]
        else:
            self.initial["revision"] = adoption.revision
            extra = ["reason", "revision"]
        if adoption is None or not adoption.proof_file:
            del self.fields["drop_proof"]
        else:
            self.fields["proof"].help_text = _("A new file takes the place of “%(name)s”.") % {
                "name": adoption.proof_name
            }
        self.helper = _helper(
            Row(
                Column("outlet", css_class="col-md-5"),
                Column("date", css_class="col-sm-6 col-md-4"),
                Column("mode", css_class="col-sm-6 col-md-3"),
            ),
            Row(Column("title", css_class="col-md-8"), Column("page", css_class="col-md-4")),
            Fieldset(
                _("Proof"),
                "link",
                "proof",
                *(["drop_proof"] if "drop_proof" in self.fields else []),
            ),
            "note",
            *extra,
        )

    def clean_proof(self) -> CheckedUpload | None:
        file = self.cleaned_data["proof"]
        return check_upload(file, PROOF_KINDS) if file else None

    def facts(self, shares: Sequence[Share]) -> AdoptionFacts:
        """What a valid form says."""
        return AdoptionFacts(
            credits=shares, **{name: self.cleaned_data[name] for name in self._meta.fields or ()}
        )


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


class CreditFormSet(forms.BaseFormSet):  # type: ignore[type-arg]
    """The units an adoption is credited to; once it is valid, `shares` holds what it means."""

    form = CreditForm
    renderer = get_default_renderer()
    extra, min_num, max_num, absolute_max = 1, 0, 20, 60
    validate_min, validate_max = False, True
    can_order = can_delete = can_delete_extra = False

    def __init__(
        self, data: QueryDict | None = None, *, user: User, item: Item, adoption: Adoption | None = None
    ) -> None:
        parts = list(adoption.credits.select_related("unit").order_by("pk")) if adoption else []
        parts = parts or [Credit(unit=item.unit, share=1)]
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


def _typed(unit: Unit) -> str:
    """What one writes to mean this unit: its name, or its code where the office has namesakes."""
    namesakes = Unit.objects.filter(office=unit.office_id, name=unit.name).exclude(pk=unit.pk)
    return unit.code if namesakes.exists() else unit.name


class RevokeForm(forms.Form):
    reason = LineField(label=gettext_lazy("Reason for revoking"), max_length=200)
    revision = forms.IntegerField(widget=forms.HiddenInput)


class FindItemForm(forms.Form):
    """The search for the item that was adopted."""

    q = LineField(label=gettext_lazy("Words in title or body, or the item number"), required=False)
    unit = UnitField(label=gettext_lazy("Filing unit"), required=False)
    unadopted = forms.BooleanField(label=gettext_lazy("Only without an adoption"), required=False)

    def __init__(self, data: QueryDict, *, user: User) -> None:
        super().__init__(data)
        self.fields["unit"].user = user  # type: ignore[attr-defined]


class OutletForm(forms.ModelForm):  # type: ignore[type-arg]
    """An outlet; `seen` tells whether it still is as it was shown."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Outlet
        fields = ("name", "level", "carrier", "active_from", "active_to")
        field_classes = {"name": LineField}
        widgets = {
            name: forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
            for name in ("active_from", "active_to")
        }
        help_texts = {
            "name": gettext_lazy("As it is to be written in ledgers and bulletins."),
            "active_from": gettext_lazy("Adoptions before this day cannot be registered."),
            "active_to": gettext_lazy("The last day, when it was renamed or closed; empty while in use."),
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
        self.helper = _helper(
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


class LedgerForm(forms.Form):
    """The upload of an old ledger."""

    file = forms.FileField(
        label=gettext_lazy("Ledger file (.xlsx or .csv)"),
        widget=forms.FileInput(attrs={"accept": ",".join(f".{ending}" for ending in sorted(LEDGER_KINDS))}),
    )

    def clean_file(self) -> CheckedUpload:
        return check_ledger(self.cleaned_data["file"])


def tell(form: forms.BaseForm, error: ValidationError) -> None:
    """Put a service's errors where they belong: at their fields, the others above the form."""
    by_field: dict[str, Any] = error.update_error_dict({})
    for name, errors in by_field.items():
        form.add_error(name if name in form.fields else None, errors)


def _helper(*fields: Any) -> FormHelper:
    """The template owns the form element and its buttons."""
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    helper.layout = Layout(*fields)
    return helper
