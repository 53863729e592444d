"""Words in drawings that Windows programs store as commands: EMF and WMF, packed or not."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from typing import Final

_WIDE, _NARROW = 84, 83  # EMR_EXTTEXTOUTW, EMR_EXTTEXTOUTA
_PLACEABLE: Final = b"\xd7\xcd\xc6\x9a"
_SHORT, _LONG = 0x0521, 0x0A32  # META_TEXTOUT, META_EXTTEXTOUT
MOST: Final = 32 * 1024 * 1024


def is_drawing(content: bytes) -> bool:
    return content[40:44] == b" EMF" or content[:4] == _PLACEABLE or content[:4] in {b"\1\0\t\0", b"\2\0\t\0"}


def unpacked(content: bytes) -> bytes:
    """What a drawing packed with gzip (emz, wmz) is."""
    return zlib.decompressobj(wbits=31).decompress(content, MOST)


def drawn_lines(content: bytes) -> list[str]:
    """The words, piece by piece and then all in one, for a word may be drawn in several pieces."""
    pieces = list(_in_emf(content) if content[40:44] == b" EMF" else _in_wmf(content))
    return [*pieces, "".join(pieces)] if len(pieces) > 1 else pieces


def _in_emf(content: bytes) -> Iterator[str]:
    place = 0
    while place + 8 <= len(content):
        kind, size = struct.unpack_from("<LL", content, place)
        if size < 8:
            return
        if kind in {_WIDE, _NARROW} and place + 52 <= len(content):
            count, start = struct.unpack_from("<LL", content, place + 44)
            begin, signs = place + start, min(count, size)
            if kind == _WIDE:
                yield content[begin : begin + 2 * signs].decode("utf-16-le", "replace")
            else:
                yield content[begin : begin + signs].decode("gb18030", "replace")
        place += size


def _in_wmf(content: bytes) -> Iterator[str]:
    place = 40 if content.startswith(_PLACEABLE) else 18
    while place + 6 <= len(content):
        words, kind = struct.unpack_from("<LH", content, place)
        if words < 3:
            return
        if kind == _SHORT and place + 8 <= len(content):
            (count,) = struct.unpack_from("<H", content, place + 6)
            yield content[place + 8 : place + 8 + count].decode("gb18030", "replace")
        elif kind == _LONG and place + 14 <= len(content):
            count, options = struct.unpack_from("<HH", content, place + 10)
            begin = place + 14 + (8 if options & 6 else 0)
            yield content[begin : begin + count].decode("gb18030", "replace")
        place += 2 * words
