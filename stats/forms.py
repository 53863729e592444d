"""Which months: for a look at the figures, and for a bulletin."""

from __future__ import annotations

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stats.periods import LONGEST_IN_MONTHS, Month, Period, PeriodError


class MonthField(forms.CharField):
    """A month, written 2026-03; browsers that can offer a calendar do."""

    widget = forms.TextInput(attrs={"type": "month", "placeholder": "2026-03", "autocomplete": "off"})

    def clean(self, value: Any) -> Month | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            return Month.parse(text)
        except PeriodError as error:
            raise ValidationError(_("Write the month like 2026-03.")) from error

    def prepare_value(self, value: Any) -> Any:
        return str(value) if isinstance(value, Month) else value


class PeriodForm(forms.Form):
    """From one month to another, both included; with `until`, no month after that one."""

    first = MonthField(label=gettext_lazy("From month"))
    last = MonthField(label=gettext_lazy("To month"))

    def __init__(self, *args: Any, until: Month | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.until = until
        self.helper = FormHelper()
        self.helper.form_tag = False

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last:
            if last < first:
                self.add_error("last", _("The last month must not be before the first."))
            elif len(Period(first, last)) > LONGEST_IN_MONTHS:
                self.add_error("first", _("A period has at most ten years: choose a later first month."))
        if last and self.until and last > self.until:
            self.add_error("last", _("This month has not begun: choose an earlier one."))
        return cleaned

    @property
    def period(self) -> Period:
        """The period asked for, once the form is valid."""
        return Period(self.cleaned_data["first"], self.cleaned_data["last"])


class SeenForm(forms.Form):
    """Which document the person had before them."""

    sha256 = forms.CharField(widget=forms.HiddenInput)
