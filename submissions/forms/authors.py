"""The authors' table of an item."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from kit.forms import Rows
from submissions.forms.fields import LineField
from submissions.models import Item
from submissions.people import AmbiguousName, NameBook
from submissions.services.drafts import Author


class AuthorForm(forms.Form):
    """One line of the authors' table; a line without a name is no author."""

    name = LineField(
        label=gettext_lazy("Author"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"list": "people", "autocomplete": "off"}),
    )
    share = forms.IntegerField(
        label=gettext_lazy("Share (parts)"), min_value=1, max_value=100, required=False, initial=1
    )


class AuthorFormSet(Rows):
    """The authors' table; once it is valid, `authors` holds what it means."""

    form = AuthorForm
    extra = 2

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        user: User,
        item: Item | None,
        initial: Sequence[dict[str, Any]] | None = None,
    ) -> None:
        super().__init__(data, prefix="authors", initial=initial)
        self.user, self.item = user, item
        self.authors: list[Author] = []

    def clean(self) -> None:
        """Look the names up. Rows with an error of their own are left out."""
        rows = [row for row in self.forms if row.is_valid() and row.cleaned_data.get("name")]
        book = NameBook(self.user, self.item, [row.cleaned_data["name"] for row in rows])
        for row in rows:
            try:
                author = self.author(row, book)
            except AmbiguousName as error:
                shown = {"name": error.name, "choices": _(" or ").join(error.choices)}
                row.add_error("name", _("Several people are called %(name)s: write %(choices)s.") % shown)
                continue
            if any(author.name == other.name and author.user == other.user for other in self.authors):
                row.add_error("name", _("This author is named twice: put the parts together in one line."))
            elif len(author.name) > 40:
                row.add_error("name", _("The name is too long: 40 characters at most."))
            else:
                self.authors.append(author)

    @staticmethod
    def author(row: AuthorForm, book: NameBook) -> Author:
        name: str = row.cleaned_data["name"]
        user = book.find(name)
        return Author(
            name=user.display_name if user else name, share=row.cleaned_data.get("share") or 1, user=user
        )


def initial_authors(user: User, item: Item | None) -> Sequence[dict[str, Any]]:
    """The authors' lines as first shown: the writer alone, or the stored ones."""
    if item is None:
        return [{"name": user.display_name, "share": 1}]
    rows = list(item.authorships.select_related("user", "user__unit").order_by("position"))
    book = NameBook(user, item, [row.user.display_name for row in rows if row.user])
    return [{"name": book.label(row.user) if row.user else row.name, "share": row.share} for row in rows]
