"""Forms of adjustments of points: the proposal, the decision."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import Column, Row
from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Q
from django.http import QueryDict
from django.template.defaultfilters import filesizeformat
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Unit
from adoptions.entries.forms import PROOF_KINDS
from kit.forms import DayInput, helper_of
from stats.models import Adjustment
from stats.services.adjustments import AdjustmentFacts
from submissions.forms.fields import LineField
from submissions.uploads import CheckedUpload, check_upload


class AdjustmentForm(forms.ModelForm):  # type: ignore[type-arg]
    """The proposal: so many points for a unit on a day, the reason and the basis."""

    file = forms.FileField(
        label=gettext_lazy("Evidence file"),
        required=False,
        widget=forms.FileInput(
            attrs={"accept": ",".join(f".{ending}" for ending in sorted([*PROOF_KINDS, "jpeg"]))}
        ),
    )

    class Meta:
        model = Adjustment
        fields = ("unit", "date", "points", "reason", "evidence")
        field_classes = {"reason": LineField, "evidence": LineField}
        widgets = {
            "date": DayInput(),
            "points": forms.NumberInput(attrs={"step": "any"}),
            "evidence": forms.Textarea(attrs={"rows": 3}),
        }
        labels = {
            "points": gettext_lazy("Points to give or take"),
            "reason": gettext_lazy("Reason"),
        }
        help_texts = {
            "date": gettext_lazy("The points count in the period of this day."),
            "points": gettext_lazy("With a minus sign when points are taken away."),
            "evidence": gettext_lazy("The document with its number and date, or who decided when."),
        }

    def __init__(
        self,
        data: QueryDict | None = None,
        files: MultiValueDict[str, UploadedFile[bytes]] | None = None,
        *,
        office: Unit,
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, files, initial=initial)
        ranked = Unit.objects.filter(Q(parent=office, office=office) | Q(pk=office.pk)).in_order()
        unit = self.fields["unit"]
        unit.queryset = ranked  # type: ignore[attr-defined]
        unit.label_from_instance = lambda one: one.name  # type: ignore[attr-defined]
        self.fields["file"].help_text = _("%(kinds)s; at most %(limit)s.") % {
            "kinds": "、".join(sorted(PROOF_KINDS)),
            "limit": filesizeformat(settings.ATTACHMENT_MAX_BYTES),
        }
        self.helper = helper_of(
            "unit",
            Row(Column("date", css_class="col-sm-6"), Column("points", css_class="col-sm-6")),
            "reason",
            "evidence",
            "file",
        )

    def clean_file(self) -> CheckedUpload | None:
        file = self.cleaned_data["file"]
        return check_upload(file, PROOF_KINDS) if file else None

    def facts(self) -> AdjustmentFacts:
        """What a valid form says."""
        return AdjustmentFacts(**{name: self.cleaned_data[name] for name in self._meta.fields or ()})


class AdjustmentDecisionForm(forms.Form):
    """Yes, or no with the reason."""

    decision = forms.ChoiceField(
        label=gettext_lazy("Decision"),
        choices=[("approve", gettext_lazy("Approve")), ("refuse", gettext_lazy("Refuse"))],
        widget=forms.RadioSelect,
    )
    remark = LineField(
        label=gettext_lazy("Remark"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Needed for a refusal."),
    )
