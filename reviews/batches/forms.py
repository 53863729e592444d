"""The form that approves several items at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from kit.numbers import whole
from reviews.batches.candidates import MOST, Candidate
from reviews.checklists import choices
from reviews.models import Decision
from reviews.wording import level_name
from submissions.enums import Status


class BatchForm(forms.Form):
    """Items as they were seen, and the checklist of each level among them, ticked once for all."""

    comment = forms.CharField(
        label=_("Comment for all (optional)"),
        max_length=Decision._meta.get_field("comment").max_length,
        required=False,
        widget=forms.Textarea(attrs={"rows": 1}),
    )

    def __init__(self, data: Any = None, *, candidates: Sequence[Candidate]) -> None:
        super().__init__(data)
        self.seen: list[tuple[int, str, int]] = []
        statuses = dict.fromkeys(each.item.status for each in candidates)
        if data is not None:
            statuses |= dict.fromkeys(status for _pk, status, _version in _parsed(data.getlist("seen")))
        self.levels = [status for status in statuses if choices(status)]
        for status in self.levels:
            self.fields[f"checked-{status}"] = forms.MultipleChoiceField(
                label=_("I have looked at"),
                choices=choices(status),
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )

    @property
    def checklists(self) -> list[tuple[str, forms.BoundField]]:
        """Name of the level and its points."""
        return [(level_name(status), self[f"checked-{status}"]) for status in self.levels]

    def checked_at(self, status: str) -> list[str]:
        ticked: list[str] = self.cleaned_data.get(f"checked-{status}", [])
        return ticked

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self.seen = _parsed(self.data.getlist("seen"))  # type: ignore[attr-defined]
        if not self.seen:
            raise ValidationError(_("Tick at least one item."))
        for status in {status for _pk, status, _version in self.seen} & set(self.levels):
            field = f"checked-{status}"
            missing = [words for code, words in choices(status) if code not in cleaned.get(field, [])]
            if missing:
                problem = _("Look at this too, and tick it: %(points)s.") % {"points": "；".join(missing)}
                self.add_error(field, problem)
        return cleaned


def _parsed(lines: Sequence[str]) -> list[tuple[int, str, int]]:
    """Item, state and version as `Candidate.seen` names them; what is not of that form is left out."""
    found = []
    for line in lines[:MOST]:
        pk, _colon, rest = line.partition(":")
        status, _colon, version = rest.partition(":")
        item, read = whole(pk), whole(version)
        if item is not None and read is not None and status in Status.values:
            found.append((item, status, read))
    return found
