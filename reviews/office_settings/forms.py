"""The form of how an office reviews."""

from __future__ import annotations

from django import forms

from reviews.models import OfficeRule


class RuleForm(forms.ModelForm):  # type: ignore[type-arg]
    """Which levels an office's items pass, which need a separate secrecy review, and who may stand in."""

    class Meta:
        model = OfficeRule
        fields = ("chain", "secrecy", "stand_ins")
        widgets = dict.fromkeys(fields, forms.RadioSelect)
