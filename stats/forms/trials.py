"""Over which period a draft of a scheme is tried."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from scoring.periods.month import PeriodError
from scoring.periods.period import Period


class TrialForm(forms.Form):
    """Which past period is counted anew, for a look."""

    period = forms.CharField(
        label=gettext_lazy("Period"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=gettext_lazy("2026-03, 2026Q1, 2026H1, 2026 (assessment year) or 2026-01..2026-02"),
    )

    def __init__(self, *args: Any, year_start_month: int, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.year_start_month, self.today = year_start_month, today

    def clean_period(self) -> Period:
        try:
            period = Period.parse(self.cleaned_data["period"], self.year_start_month)
        except PeriodError as error:
            raise ValidationError(_("Write the period like 2026-03, 2026Q1 or 2026-01..2026-02.")) from error
        if period.start > self.today:
            raise ValidationError(_("This period has not begun: choose an earlier one."))
        return period
