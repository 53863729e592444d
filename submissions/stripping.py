"""Pictures without what cameras and programs wrote into them (place, person, device), every point as it was.

Pure. Of it only the side the picture stands on is kept. What is added behind the picture's end goes as well.
"""

from __future__ import annotations

import struct
import zlib
from typing import Final

_PNG: Final = b"\x89PNG\r\n\x1a\n"
#: Chunks of a PNG that hold words, times, or what a camera wrote.
_TELLING: Final = frozenset({b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"tIME", b"caBX"})
_ORIENTATION: Final = 0x0112


class BrokenPicture(Exception):
    """The file is no whole picture of its kind."""


def stripped(content: bytes, orientation: int) -> bytes:
    """A JPEG or PNG file that says nothing but how it is to be turned. Raises BrokenPicture."""
    try:
        return _png(content, orientation) if content.startswith(_PNG) else _jpeg(content, orientation)
    except (IndexError, struct.error) as error:
        raise BrokenPicture from error


def _turned(orientation: int) -> bytes:
    """The least EXIF that says so; nothing for a picture that stands upright."""
    if not 2 <= orientation <= 8:
        return b""
    entry = struct.pack(">HHLHH", _ORIENTATION, 3, 1, orientation, 0)
    return b"MM\0*\0\0\0\x08\0\x01" + entry + bytes(4)


def _jpeg(content: bytes, orientation: int) -> bytes:
    kept = [b"\xff\xd8"]
    exif = _turned(orientation)
    place, has_points = 2, False
    while True:
        if content[place] != 0xFF:
            raise BrokenPicture
        mark = content[place + 1]
        if mark == 0xFF:  # filling
            place += 1
            continue
        if mark == 0xD9:
            if not has_points:
                raise BrokenPicture
            return b"".join([*kept, b"\xff\xd9"])
        end = place + 2 + struct.unpack_from(">H", content, place + 2)[0]
        segment = content[place:end]
        told = mark == 0xFE or (0xE1 <= mark <= 0xEF and mark != 0xEE)
        if exif and mark != 0xE0:
            kept.append(b"\xff\xe1" + struct.pack(">H", len(exif) + 8) + b"Exif\0\0" + exif)
            exif = b""
        if not told or segment[4:16] == b"ICC_PROFILE\0":
            kept.append(segment)
        place = end
        if mark == 0xDA:
            place = _points(content, place)
            kept.append(content[end:place])
            has_points = True


def _points(content: bytes, place: int) -> int:
    """Where the points end that begin at `place`: at a mark that is none of those within them."""
    while True:
        place = content.find(b"\xff", place)
        if place < 0:
            raise BrokenPicture
        if content[place + 1] != 0 and not 0xD0 <= content[place + 1] <= 0xD7:
            return place
        place += 2


def _png(content: bytes, orientation: int) -> bytes:
    kept = [_PNG]
    place = len(_PNG)
    while True:
        length, kind = struct.unpack_from(">L4s", content, place)
        chunk = content[place : place + 12 + length]
        if len(chunk) != 12 + length:
            raise BrokenPicture
        place += len(chunk)
        if kind not in _TELLING:
            kept.append(chunk)
        if kind == b"IHDR" and (exif := _turned(orientation)):
            body = b"eXIf" + exif
            kept.append(struct.pack(">L", len(exif)) + body + struct.pack(">L", zlib.crc32(body)))
        if kind == b"IEND":
            return b"".join(kept)
