"""Which months or days: for a look at the figures, and for a bulletin."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kit.forms import DayInput
from scoring.periods.month import Month, PeriodError
from scoring.periods.period import LONGEST_IN_MONTHS, Period


class MonthField(forms.CharField):
    """A month, written 2026-03; browsers that can offer a calendar do, the others say how it is written."""

    widget = forms.TextInput(attrs={"type": "month", "title": "2026-03", "autocomplete": "off"})

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


class DaysForm(forms.Form):
    """From one day to another, both included, whatever months they lie in."""

    since = forms.DateField(label=gettext_lazy("From day"), widget=DayInput())
    until = forms.DateField(label=gettext_lazy("To day"), widget=DayInput())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", _("The last day must not be before the first."))
        elif since and until:
            try:
                cleaned["period"] = Period.parse(f"{since}..{until}")
            except PeriodError as error:
                message = _("A period has at most ten years: choose a later first day.")
                raise ValidationError(message) from error
        return cleaned

    @property
    def period(self) -> Period:
        """The period asked for, once the form is valid; whole months are those months."""
        period: Period = self.cleaned_data["period"]
        return period
