"""Forms of a bulletin's life: what was seen, over which days, until when, and what is corrected."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kit.forms import DayInput
from stats.forms.periods import DaysForm
from submissions.forms.fields import LineField


class SeenForm(forms.Form):
    """Which document the person had before them."""

    sha256 = forms.CharField(widget=forms.HiddenInput)


class OpenForm(SeenForm):
    """Until when units may object."""

    until = forms.DateField(label=gettext_lazy("Last day for objections"), widget=DayInput())

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_until(self) -> date:
        until: date = self.cleaned_data["until"]
        if until < self.today:
            raise ValidationError(_("This day has passed: choose today or a later one."))
        return until


class BegunDaysForm(DaysForm):
    """Days of which the first is not ahead."""

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_since(self) -> date:
        since: date = self.cleaned_data["since"]
        if since > self.today:
            raise ValidationError(_("This day is still ahead: choose today or an earlier one."))
        return since


class CorrectionForm(forms.Form):
    """What is wrong in an issued bulletin."""

    what = LineField(
        label=gettext_lazy("What is corrected"),
        max_length=300,
        help_text=gettext_lazy(
            "Stands in the text of the new issue: which unit, which figure, from what to what."
        ),
    )
