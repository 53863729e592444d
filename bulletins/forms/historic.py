"""The entry of a historic bulletin: its table as a file, and what stands around it."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import Column, Row
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from adoptions.ledger.upload import LEDGER_KINDS, check_ledger
from bulletins.historic import printed as historic
from bulletins.historic.printed import Total
from kit.forms import helper_of
from stats.forms.periods import PeriodForm
from submissions.uploads import CheckedUpload

LAYOUTS = [
    ("", gettext_lazy("Find out from the table")),
    (historic.Layout.UNITS_DOWN.value, gettext_lazy("One below the other, a row each")),
    (historic.Layout.UNITS_ACROSS.value, gettext_lazy("Side by side, a column each")),
]


class HistoricForm(PeriodForm):
    """A bulletin from before the system."""

    file = forms.FileField(
        label=gettext_lazy("Table (.xlsx or .csv)"),
        help_text=gettext_lazy(
            "As printed: empty cells stay empty, a printed 0 stays 0, nothing is corrected."
        ),
        widget=forms.FileInput(attrs={"accept": ",".join(f".{ending}" for ending in sorted(LEDGER_KINDS))}),
    )
    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    number = forms.CharField(label=gettext_lazy("Number as printed"), max_length=40, required=False)
    layout = forms.ChoiceField(label=gettext_lazy("Where the units stand"), choices=LAYOUTS, required=False)
    totals = forms.CharField(
        label=gettext_lazy("Totals stated in the text"),
        help_text=gettext_lazy("One a line: the column's title, =, and the number as printed."),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=2000,
    )
    notes = forms.CharField(
        label=gettext_lazy("Notes"),
        help_text=gettext_lazy("Where the bulletin was found, or what is missing in it."),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=2000,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper_of(
            "file",
            "title",
            "number",
            Row(Column("first", css_class="col-6"), Column("last", css_class="col-6")),
            "layout",
            "totals",
            "notes",
        )

    def clean_file(self) -> CheckedUpload:
        return check_ledger(self.cleaned_data["file"])

    def clean_totals(self) -> tuple[Total, ...]:
        try:
            return historic.read_totals(self.cleaned_data["totals"])
        except ValueError as error:
            raise ValidationError(
                _("“%(line)s” is no total: write the column's title, = and the number.") % {"line": error}
            ) from error
