"""The points to revise, as a reviewer writes them down on the decision page."""

from __future__ import annotations

from typing import Final

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from kit.forms import Rows
from reviews.enums import Reason
from reviews.models import ReturnPoint
from reviews.returns.points import Point

#: Rows that are there without JavaScript, and as many as a return may have.
ROWS: Final = 3
MOST: Final = 20


class PointForm(forms.Form):
    """One point; text without a reason is of another kind than those named."""

    reason = forms.ChoiceField(
        label=_("reason to revise"), choices=[("", _("(reason to revise)")), *Reason.choices], required=False
    )
    text = forms.CharField(
        label=_("what to revise"),
        max_length=ReturnPoint._meta.get_field("text").max_length,
        required=False,
        widget=forms.Textarea(attrs={"rows": 1, "placeholder": _("what to revise")}),
    )

    def clean_text(self) -> str:
        """One line, however it was typed."""
        return " ".join(self.cleaned_data["text"].split())

    @property
    def point(self) -> Point | None:
        """None for a row that was left empty."""
        reason, text = self.cleaned_data.get("reason"), self.cleaned_data.get("text", "")
        return Point(Reason(reason or Reason.OTHER), text) if reason or text else None


class PointFormSet(Rows):
    """The rows, in the order in which they were written."""

    form = PointForm
    extra, max_num, absolute_max = ROWS, MOST, 2 * MOST

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data, prefix="points")

    @property
    def points(self) -> list[Point]:
        """What was asked for; of valid rows only."""
        return [form.point for form in self.forms if form.is_valid() and form.point]
