"""Bytes as text, when nobody says in which encoding they are."""

from __future__ import annotations

import codecs
import re
from typing import Final

_MARKS: Final = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}
_SAID: Final = re.compile(rb"charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
#: What pages say and mean another by.
_WIDER: Final = {"gb2312": "gb18030", "gbk": "gb18030"}


def decoded(content: bytes) -> str:
    """By its mark, by what a web page says of itself, as UTF-8, or as GB 18030; never fails."""
    for mark, encoding in _MARKS.items():
        if content.startswith(mark):
            return content[len(mark) :].decode(encoding, "replace")
    said = _SAID.search(content[:2048])
    named = said[1].decode("ascii").lower() if said else ""
    for encoding in (_WIDER.get(named, named), "utf-8"):
        try:
            return content.decode(encoding)
        except (LookupError, UnicodeDecodeError):
            continue
    return content.decode("gb18030", "replace")
