"""The words of an RTF text."""

from __future__ import annotations

import codecs
import re
from typing import Final

_TOKEN: Final = re.compile(
    rb"\\'([0-9a-fA-F]{2})|\\u(-?\d{1,6}) ?|\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\([^a-zA-Z])|([{}])|[\r\n]+"
    rb"|([^\\{}\r\n]+)"
)
#: Groups that hold fonts, colours, styles, pictures and the like.
_NO_TEXT: Final = frozenset(
    {b"fonttbl", b"colortbl", b"stylesheet", b"pict", b"themedata", b"colorschememapping", b"datastore"}
    | {b"latentstyles", b"listtable", b"listoverridetable", b"rsidtbl", b"generator", b"xmlnstbl", b"objdata"}
)
_ENDS: Final = frozenset({b"par", b"line", b"cell", b"row", b"sect", b"page", b"tab"})


def rtf_lines(content: bytes) -> list[str]:
    """A paragraph a line. Characters are in the encoding of Chinese Windows where the text says no other."""
    said = re.search(rb"\\ansicpg(\d{3,5})", content[:1024])
    encoding = _encoding(said[1].decode() if said else "936")
    pieces: list[str] = []
    raw = bytearray()
    #: For each open group: whether it is read, and how many signs stand for one of `\u`.
    groups: list[tuple[bool, int]] = [(True, 1)]
    skip = 0

    def settle() -> None:
        if raw:
            pieces.append(raw.decode(encoding, "replace"))
            raw.clear()

    for code, wide, word, number, sign, brace, text in (match.groups() for match in _TOKEN.finditer(content)):
        read, after = groups[-1]
        if brace == b"{":
            groups.append((read, after))
            skip = 0
        elif brace == b"}":
            groups = groups[:-1] or [(True, 1)]
            skip = 0
        elif word in _NO_TEXT:
            groups[-1] = (False, after)
        elif word == b"uc" and number:
            groups[-1] = (read, min(int(number), 9))
        elif word == b"bin" and number:
            groups[-1] = (False, after)
        elif not read:
            continue
        elif wide:
            settle()
            pieces.append(chr(int(wide) % 0x10000))
            skip = after
        elif code or text or sign:
            said_now = (
                bytes.fromhex(code.decode()) if code else text or {b"~": b" ", b"_": b"-"}.get(sign, b"")
            )
            if sign in {b"\\", b"{", b"}"}:
                said_now = sign
            raw += said_now[skip:]
            skip = max(skip - len(said_now), 0)
        elif word in _ENDS:
            settle()
            pieces.append("\n")
    settle()
    whole = "".join(pieces).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return [line.strip() for line in whole.split("\n") if line.strip()]


def _encoding(page: str) -> str:
    """Of a code page, such as 936, which is that of Chinese Windows."""
    name = {"936": "gb18030", "65001": "utf-8"}.get(page, f"cp{page}")
    try:
        return codecs.lookup(name).name
    except LookupError:
        return "gb18030"
