"""Middleware that holds for every page: what may come in, what is answered when the house has trouble, and no
stored pages out."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from django.http import HttpRequest, HttpResponse

from kit import bodies, faults
from kit.trouble import trouble

logger = logging.getLogger(__name__)

GetResponse = Callable[[HttpRequest], HttpResponse]
#: C0 controls other than tab, line feed and carriage return; PostgreSQL cannot store NUL at all. And halves
#: of a pair of UTF-16, which cannot be stored either.
UNSTORABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")


class AnswersFaults:
    """A request that meets a lock is done again for a while; what does not pass is answered with a page that
    keeps what was typed.

    Stands after the middleware that knows the person and before whatever asks for them.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            request.user.is_authenticated  # noqa: B018 (reads session and person, here and not later)
            return faults.patiently(lambda: self._once(request))
        except Exception as error:
            if not faults.fault_of(error):
                raise
            return trouble(request, error)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        return _Unanswered(error) if faults.fault_of(error) else None

    def _once(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not isinstance(response, _Unanswered):
            return response
        if faults.passes(response.error) and not _rewound(request):
            raise faults.Busy from response.error
        raise response.error


class _Unanswered(HttpResponse):
    """What a view that met a fault gives to the middleware above it, instead of the exception."""

    def __init__(self, error: Exception) -> None:
        super().__init__(status=503)
        self.error = error


def _rewound(request: HttpRequest) -> bool:
    """Put what was uploaded back to its beginning. False when a file has moved to where it is kept."""
    files = [file for _, files in request.FILES.lists() for file in files if isinstance(file, UploadedFile)]
    for file in files:
        if file.closed or (
            isinstance(file, TemporaryUploadedFile) and not Path(file.temporary_file_path()).exists()
        ):
            return False
        file.seek(0)
    return True


class TakesBodiesWhole:
    """What is sent along is read once the login is settled, and only as a whole; see `kit.bodies`.

    Stands right before the middleware for CSRF, which looks at origin and cookie and then is the first to
    read.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponse | None:
        if request.method in {"GET", "HEAD"}:
            return None
        refused = bodies.refusal(request)
        if refused is None:
            bodies.take_whole(request)
        return refused


def refuse_unreadable(get_response: GetResponse) -> GetResponse:
    """Answer 400 to addresses and cookies with characters that nobody types, and to encodings but UTF-8."""

    def middleware(request: HttpRequest) -> HttpResponse:
        charset = (request.content_params or {}).get("charset", "utf-8").lower()
        if charset not in {"utf-8", "utf8"} or _unstorable(_addressed(request)):
            return bodies.unreadable()
        return get_response(request)

    return middleware


def _addressed(request: HttpRequest) -> Iterator[str]:
    yield request.path
    yield from request.COOKIES.values()
    for name, values in request.GET.lists():
        yield from (name, *values)


class RefusesUnreadableForms:
    """The same for fields and file names of a form. Stands after the middleware for CSRF, which has read
    it."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponse | None:
        if request.method != "POST":
            return None
        files = (file.name or "" for _, files in request.FILES.lists() for file in files)
        fields = (text for name, values in request.POST.lists() for text in (name, *values))
        return bodies.unreadable() if _unstorable((*fields, *files)) else None


def _unstorable(texts: Iterator[str] | tuple[str, ...]) -> bool:
    return any(UNSTORABLE.search(text) for text in texts)


def never_store_pages(get_response: GetResponse) -> GetResponse:
    """Keep pages of signed-in people out of shared browsers' caches."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Cache-Control", "no-store, private")
        return response

    return middleware
