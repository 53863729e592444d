"""Forms of the working days a level has, and of the days that are none."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kit.forms import DayInput
from reviews.deadlines.clocks import Term
from reviews.models import CalendarDay
from reviews.wording import role_at
from submissions.enums import Status


class TermsForm(forms.Form):
    """Working days of every level, ordinary and urgent."""

    def __init__(self, *args: Any, terms: Mapping[str, Term], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for level, term in terms.items():
            for kind, days in (("days", term.days), ("urgent", term.urgent_days)):
                self.fields[f"{level}-{kind}"] = forms.IntegerField(
                    label=Status(level).label, min_value=1, max_value=60, initial=days
                )
        self.levels = list(terms)

    @property
    def rows(self) -> list[tuple[str, forms.BoundField, forms.BoundField]]:
        """Level, ordinary and urgent field, in the order of the levels."""
        return [(role_at(level), self[f"{level}-days"], self[f"{level}-urgent"]) for level in self.levels]

    @property
    def terms(self) -> dict[str, Term]:
        given = self.cleaned_data
        return {level: Term(given[f"{level}-days"], given[f"{level}-urgent"]) for level in self.levels}


class DayForm(forms.ModelForm):  # type: ignore[type-arg]
    """A day of the office's calendar; one entered before is changed."""

    class Meta:
        model = CalendarDay
        fields = ("date", "works", "name")
        widgets = {
            "date": DayInput(),
            "works": forms.RadioSelect(choices=[(False, _("day off")), (True, _("worked"))]),
        }
