"""The forms of a ledger import."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy

from adoptions.importing.fates import Fate, FateKind
from adoptions.importing.told import with_rows
from adoptions.ledger.tables import Told
from adoptions.ledger.upload import LEDGER_KINDS, check_ledger
from submissions.uploads import CheckedUpload

#: The longest text that a cell is corrected to.
LONGEST = 500


class LedgerForm(forms.Form):
    """The upload of an old ledger."""

    file = forms.FileField(
        label=gettext_lazy("Ledger file (.xlsx, .xls, .et or .csv)"),
        widget=forms.FileInput(attrs={"accept": ",".join(f".{ending}" for ending in sorted(LEDGER_KINDS))}),
    )

    def clean_file(self) -> CheckedUpload:
        return check_ledger(self.cleaned_data["file"])


class QuestionsForm(forms.Form):
    """What the file as a whole leaves open; only the questions that are asked of it."""

    year = forms.IntegerField(
        label=gettext_lazy("Days without a year are of the year"), min_value=2000, max_value=2099
    )
    hidden = forms.TypedChoiceField(
        label=gettext_lazy("Rows that are hidden in the file"),
        choices=[
            ("yes", gettext_lazy("Import them like the others")),
            ("no", gettext_lazy("Leave them out")),
        ],
        coerce=lambda word: word == "yes",
        widget=forms.RadioSelect,
    )

    def __init__(self, asked: Iterable[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in set(self.fields) - set(asked):
            del self.fields[name]

    def add_to(self, told: Told) -> Told:
        return replace(told, **self.cleaned_data)


class RowsForm:
    """What is said of single rows: `cell-12-date`, `out-12`, `back-12`, `same-12`.

    Only what the preview offers is taken: fields that keep their row out, and rows that may change sides.
    """

    def __init__(self, data: MultiValueDict[str, str], fates: Iterable[Fate], told: Told) -> None:
        self.cells: defaultdict[int, dict[str, str]] = defaultdict(dict)
        self.left_out: set[int] = set()
        self.taken_back: set[int] = set()
        self.apart: set[int] = set()
        for fate in fates:
            same = data.get(f"same-{fate.row}") if fate.alike else None
            if same == "no":
                self.apart.add(fate.row)
            if fate.kind == FateKind.REFUSED and f"out-{fate.row}" in data:
                self.left_out.add(fate.row)
            if fate.row in told.left_out and f"back-{fate.row}" in data:
                self.taken_back.add(fate.row)
            for name, _title, before, _written in fate.fields:
                text = data.get(f"cell-{fate.row}-{name}")
                if text is not None and text.strip() != before:
                    self.cells[fate.row][name] = text.strip()[:LONGEST]
            if same == "yes":
                self.cells[fate.row]["title"] = fate.alike

    def add_to(self, told: Told) -> Told:
        return with_rows(
            told, cells=self.cells, left_out=self.left_out, taken_back=self.taken_back, apart=self.apart
        )
