"""Which months or days: for a look at the figures, and for a bulletin."""

from __future__ import annotations

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Unit
from accounts.querysets import UnitQuerySet
from stats.periods import LONGEST_IN_MONTHS, Month, Period, PeriodError
from submissions.forms import LineField


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


class DaysForm(forms.Form):
    """From one day to another, both included, whatever months they lie in."""

    since = forms.DateField(
        label=gettext_lazy("From day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    until = forms.DateField(
        label=gettext_lazy("To day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

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


class AuthorSearch(forms.Form):
    """Which authors: of a unit, by a part of the name. The period travels along."""

    q = LineField(label=gettext_lazy("Name or unit"), required=False)
    unit = forms.ModelChoiceField(
        label=gettext_lazy("Unit"),
        queryset=Unit.objects.none(),
        required=False,
        empty_label=gettext_lazy("All"),
    )
    period = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: QueryDict, *, units: UnitQuerySet, office: Unit) -> None:
        # The period is no condition: the filter does not count it.
        super().__init__(data, initial={"period": data.get("period")})
        ranked = units.filter(Q(parent=office, office=office) | Q(pk=office.pk))
        field = self.fields["unit"]
        field.queryset = ranked.in_order()  # type: ignore[attr-defined]
        field.label_from_instance = lambda one: one.name  # type: ignore[attr-defined]

    @property
    def asked_unit(self) -> Unit | None:
        """The unit asked for, if it is one that may be asked for."""
        unit: Unit | None = self.cleaned_data.get("unit") if self.is_valid() else None
        return unit
