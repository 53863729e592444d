"""How texts are stored, and when two spellings are one name. Pure."""

from __future__ import annotations

import re
import unicodedata

#: Characters that are not seen: direction marks and overrides, zero-width spaces, soft hyphens. The joiners
#: U+200C and U+200D and the Mongolian vowel separator U+180E stay: emoji and Mongolian are spelt with them.
UNSEEN = re.compile("[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def composed(text: str) -> str:
    """The form in which text is stored: composed (NFC), nothing unseen in it, lines ended by a line feed."""
    return unicodedata.normalize("NFC", UNSEEN.sub("", text)).replace("\r\n", "\n").replace("\r", "\n")


def key(text: str) -> str:
    """What two spellings of one name have in common.

    White space, full and half width and letter case never tell two names apart; anything else does.
    """
    return "".join(unicodedata.normalize("NFKC", composed(text)).split()).casefold()


def unmarked(text: str) -> str:
    """The `key` without the title marks around the whole of a name: 《求是》 is 求是."""
    name = key(text)
    return name[1:-1] if name.startswith("《") and name.endswith("》") and "《" not in name[1:] else name
