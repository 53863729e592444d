"""Forms of items, their authors, rounds and wrong words."""

from submissions.forms.authors import AuthorForm, AuthorFormSet, initial_authors
from submissions.forms.fields import BodyField, HtmlField, LineField
from submissions.forms.items import ItemForm, item_form_helper
from submissions.forms.keeping import RoundForm, WordForm

__all__ = [
    "AuthorForm",
    "AuthorFormSet",
    "BodyField",
    "HtmlField",
    "ItemForm",
    "LineField",
    "RoundForm",
    "WordForm",
    "initial_authors",
    "item_form_helper",
]
