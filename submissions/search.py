"""Substring search that knows no words: every two neighbouring characters are indexed.

PostgreSQL's trigram index cannot serve a two-character word, the usual length of a Chinese one.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db.models import F, Func, TextField, Value
from django.db.models.functions import Concat

from kit.spelling import composed


class Bigrams(Func):
    """The set of neighbouring character pairs of a text, lower case (SQL function of migration 0001)."""

    function = "bigrams"
    output_field = ArrayField(TextField())


def document_bigrams() -> Bigrams:
    """Bigrams of an item's title and body; the index `item_text_bigrams` is built on this expression."""
    return Bigrams(Concat(F("title"), Value(" "), F("body"), output_field=TextField()))


def searchable(text: str) -> str:
    """`composed` without outer white space: a title, a name, a search word."""
    return composed(text).strip()
