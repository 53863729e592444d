"""What an mp4 file says of itself: whether it holds moving pictures, and how they are coded (ISO 14496-12).

Only the file's index is read, and never more of it than a few dozen headers.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from itertools import islice
from typing import IO, Final

#: H.264, VP8, VP9 and AV1: what the browsers in use play. Newer phones record H.265, which few do.
PLAYED_EVERYWHERE: Final = frozenset({b"avc1", b"avc3", b"vp08", b"vp09", b"av01"})
_MOST_BOXES: Final = 1000
#: From the sound and picture track of an index down to the description of its first sample.
_DESCRIPTION: Final = (b"mdia", b"minf", b"stbl", b"stsd")

#: Where the content of a box begins, and where it ends.
Span = tuple[int, int]


def picture_codec(file: IO[bytes]) -> bytes:
    """The four characters that name how the pictures are coded; empty when the file has no index (one that
    was copied in part, or a recording that broke off), or an index without pictures."""
    index = _inside(file, (0, file.seek(0, 2)), b"moov")
    for kind, track in _boxes(file, index) if index else ():
        media = _inside(file, track, b"mdia") if kind == b"trak" else None
        handler = _inside(file, media, b"hdlr") if media else None
        if handler and _read(file, handler[0] + 8, 4) == b"vide":
            return _first_codec(file, track)
    return b""


def _first_codec(file: IO[bytes], track: Span) -> bytes:
    span: Span | None = track
    for kind in _DESCRIPTION:
        span = _inside(file, span, kind) if span else None
    return _read(file, span[0] + 12, 4) if span else b""


def _inside(file: IO[bytes], span: Span, kind: bytes) -> Span | None:
    """The content of the first box of this kind."""
    return next((found for name, found in _boxes(file, span) if name == kind), None)


def _boxes(file: IO[bytes], span: Span) -> Iterator[tuple[bytes, Span]]:
    """The boxes that stand one behind the other, whole ones only."""
    return islice(_all_boxes(file, *span), _MOST_BOXES)


def _all_boxes(file: IO[bytes], at: int, end: int) -> Iterator[tuple[bytes, Span]]:
    while len(head := _read(file, at, 8)) == 8:
        size, kind = struct.unpack(">L4s", head)
        first = at + 8
        if size == 1 and len(large := _read(file, first, 8)) == 8:
            (size,) = struct.unpack(">Q", large)
            first += 8
        following = at + size if size else end
        if not first <= following <= end:
            return
        yield kind, (first, following)
        at = following


def _read(file: IO[bytes], at: int, count: int) -> bytes:
    file.seek(at)
    return file.read(count)
