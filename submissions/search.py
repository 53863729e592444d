"""Substring search that knows no words: every two neighbouring characters are indexed.

PostgreSQL's trigram index cannot serve a two-character word, the usual length of a Chinese one.
"""

from __future__ import annotations

import re
import unicodedata

from django.contrib.postgres.fields import ArrayField
from django.db.models import F, Func, TextField, Value
from django.db.models.functions import Concat


class Bigrams(Func):
    """The set of neighbouring character pairs of a text, lower case (SQL function of migration 0001)."""

    function = "bigrams"
    output_field = ArrayField(TextField())


def document_bigrams() -> Bigrams:
    """Bigrams of an item's title and body; the index `item_text_bigrams` is built on this expression."""
    return Bigrams(Concat(F("title"), Value(" "), F("body"), output_field=TextField()))


#: Characters that are not seen: direction marks and overrides, zero-width spaces, soft hyphens. The joiners
#: U+200C and U+200D and the Mongolian vowel separator U+180E stay: emoji and Mongolian are spelt with them.
UNSEEN = re.compile("[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def composed(text: str) -> str:
    """The form in which text is stored: composed (NFC), nothing unseen in it, lines ended by a line feed."""
    return unicodedata.normalize("NFC", UNSEEN.sub("", text)).replace("\r\n", "\n").replace("\r", "\n")


def searchable(text: str) -> str:
    """`composed` without outer white space: a title, a name, a search word."""
    return composed(text).strip()
