"""The form of a ledger import."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy

from adoptions.ledger.upload import LEDGER_KINDS, check_ledger
from submissions.uploads import CheckedUpload


class LedgerForm(forms.Form):
    """The upload of an old ledger."""

    file = forms.FileField(
        label=gettext_lazy("Ledger file (.xlsx or .csv)"),
        widget=forms.FileInput(attrs={"accept": ",".join(f".{ending}" for ending in sorted(LEDGER_KINDS))}),
    )

    def clean_file(self) -> CheckedUpload:
        return check_ledger(self.cleaned_data["file"])
