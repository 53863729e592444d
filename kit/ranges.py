"""Parts of a file, as players of videos ask for them (RFC 9110, section 14)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO, Final

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response

CHUNK: Final = 256 * 1024
#: Of a range without an end no more than this is given. Players ask for all the rest, read a little ahead and
#: leave the answer waiting while they play, and with it a thread of the server; this much they read at once.
MOST_AT_ONCE: Final = 2 * 1024 * 1024
#: One range: from–to, from–, or –last so many. Of several ranges the whole file is the answer.
_ONE: Final = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")


class Unsatisfiable(Exception):
    """The range lies outside the file."""


def part(header: str, size: int) -> tuple[int, int] | None:
    """The first byte, and the one after the last, that a header is answered with; None for the whole file.

    Raises Unsatisfiable.
    """
    found = _ONE.fullmatch(header.strip())
    if found is None or found.groups() == ("", ""):
        return None
    first, last = found.groups()
    if not first:
        if int(last) == 0 or size == 0:
            raise Unsatisfiable
        return max(size - int(last), 0), size
    if last and int(last) < int(first):
        return None  # not a valid range, and so no range at all
    if int(first) >= size:
        raise Unsatisfiable
    return int(first), min(int(last) + 1 if last else int(first) + MOST_AT_ONCE, size)


def ranged(
    request: HttpRequest, file: IO[bytes], *, size: int, content_type: str, etag: str
) -> HttpResponseBase:
    """The file, or the part of it that is asked for: 200, 206, 304 or 416. Closes the file in the end."""
    unchanged = get_conditional_response(request, etag=etag)
    if isinstance(unchanged, HttpResponseNotModified):
        file.close()
        return unchanged
    asked = request.headers.get("Range", "") if request.headers.get("If-Range", etag) == etag else ""
    response: HttpResponseBase
    try:
        found = part(asked, size)
    except Unsatisfiable:
        file.close()
        response = HttpResponse(status=416, content_type=content_type)
        response["Content-Range"] = f"bytes */{size}"
        return response
    first, end = found or (0, size)
    file.seek(first)
    response = StreamingHttpResponse(
        _Part(file, end - first), status=200 if found is None else 206, content_type=content_type
    )
    if found is not None:
        response["Content-Range"] = f"bytes {first}-{end - 1}/{size}"
    response["Content-Length"] = str(end - first)
    response["Accept-Ranges"] = "bytes"
    response["ETag"] = etag
    return response


class _Part:
    """So many bytes from where the file stands; closing it closes the file, also when nobody read."""

    def __init__(self, file: IO[bytes], length: int) -> None:
        self._file, self._left = file, length
        self.close = file.close

    def __iter__(self) -> Iterator[bytes]:
        while self._left > 0 and (piece := self._file.read(min(CHUNK, self._left))):
            self._left -= len(piece)
            yield piece
