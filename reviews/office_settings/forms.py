"""The form of how an office reviews."""

from __future__ import annotations

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms

from reviews.models import OfficeRule


class RuleForm(forms.ModelForm):  # type: ignore[type-arg]
    """Which levels an office's items pass, and which of them need a separate secrecy review."""

    class Meta:
        model = OfficeRule
        fields = ("chain", "secrecy")
        widgets = {"chain": forms.RadioSelect, "secrecy": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
