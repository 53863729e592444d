"""What is sent along with a request: taken whole or not at all."""

from __future__ import annotations

from typing import Any, BinaryIO, Final, cast

from django.conf import settings
from django.core.exceptions import BadRequest
from django.core.handlers.wsgi import LimitedStream
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

#: Bytes that somebody who has not signed in may send: a name and a password.
STRANGERS_MAX_BYTES: Final = 64 * 1024


class WholeBody(LimitedStream):
    """The body of a request. Whoever reads it to its end has all of it: BadRequest when the connection ended
    before as much had come as was announced."""

    def __init__(self, stream: Any, length: int) -> None:
        super().__init__(stream, length)
        self._missing = length

    def read(self, size: int | None = -1, /) -> bytes:
        wanted = self._missing if size is None or size < 0 else min(size, self._missing)
        parts = []
        while wanted:
            try:
                part = super().read(wanted)
            except OSError as error:
                raise BadRequest("the connection broke within the body") from error
            if not part:
                raise BadRequest(f"{self._missing} bytes of the body are missing")
            parts.append(part)
            wanted -= len(part)
            self._missing -= len(part)
        return b"".join(parts)


def take_whole(request: HttpRequest) -> None:
    """From now on the body is read as a whole or not at all."""
    if not isinstance(request._stream, WholeBody):
        request._stream = cast(BinaryIO, WholeBody(request.META["wsgi.input"], length_of(request)))


def refusal(request: HttpRequest) -> HttpResponse | None:
    """Why a body is not read at all: its length is not said (411), or too big for whoever sends it (413)."""
    environ = request.META
    if not environ.get("CONTENT_LENGTH"):
        unsaid = "HTTP_TRANSFER_ENCODING" in environ or environ.get("SERVER_PROTOCOL") == "HTTP/1.0"
        return unreadable(411) if unsaid and request.method not in {"GET", "HEAD"} else None
    most = settings.BODY_MAX_BYTES if request.user.is_authenticated else STRANGERS_MAX_BYTES
    return unreadable(413) if length_of(request) > most else None


def length_of(request: HttpRequest) -> int:
    """The bytes announced; as Django counts them, none where that is no number."""
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0


def unreadable(status: int = 400) -> HttpResponse:
    """A request that is not taken."""
    return HttpResponse(render_to_string("400.html", {"code": status}), status=status)
