"""The form of how an office reviews."""

from __future__ import annotations

from django import forms

from reviews.models import OfficeRule


class RuleForm(forms.ModelForm):  # type: ignore[type-arg]
    """Which levels an office's items pass, and which of them need a separate secrecy review."""

    class Meta:
        model = OfficeRule
        fields = ("chain", "secrecy")
        widgets = {"chain": forms.RadioSelect, "secrecy": forms.RadioSelect}
