"""Forms of what a reviewer does with an item beside deciding: changing the text, handing on, merging."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.querysets import UserQuerySet
from reviews.models import Assignment
from reviews.stand_ins.forms import PersonField
from reviews.steps.forms import SeenForm
from submissions.forms.fields import BodyField, HtmlField, LineField
from submissions.models import Item

#: Title, unit and number of an item to merge with; numbers are never broken.
OTHER: Final = '{}<span class="muted">（{}，<span class="nowrap">{}</span>）</span>'


class EditForm(SeenForm):
    """Title and text; the editor sends the text as HTML, a browser without it as words."""

    title = LineField(label=_("Title"), max_length=Item._meta.get_field("title").max_length)
    body = BodyField(label=_("Body"), widget=forms.Textarea(attrs={"rows": 20, "data-counter": ""}))
    html = HtmlField()
    comment = LineField(
        label=_("What you changed, and why"),
        max_length=200,
        required=False,
        help_text=_("Optional; the writers and the reviewers see it with the change."),
    )


class AssignForm(SeenForm):
    """To whom the item is handed."""

    person = PersonField(User.objects.none(), label=_("Hand on to"))
    comment = LineField(
        label=_("Note"), max_length=Assignment._meta.get_field("comment").max_length, required=False
    )

    def __init__(self, *args: Any, people: UserQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].offer(people)  # type: ignore[attr-defined]


class MergeForm(SeenForm):
    """Into which of the items that wait at the same level, as it was when the page was made."""

    into = forms.ChoiceField(label=_("Merge into"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, others: list[Item], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.others = others
        self.fields["into"].choices = [  # type: ignore[attr-defined]
            (f"{other.pk}:{other.version}", format_html(OTHER, other, other.unit, other.number))
            for other in others
        ]

    @property
    def chosen(self) -> tuple[Item, int]:
        pk, _colon, version = self.cleaned_data["into"].partition(":")
        return next(other for other in self.others if other.pk == int(pk)), int(version)
