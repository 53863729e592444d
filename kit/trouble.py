"""What a person is told when the house has trouble: nothing was done, and what was typed is still there."""

from __future__ import annotations

import logging
import sys
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.csrf import CsrfViewMiddleware, get_token
from django.template.loader import render_to_string
from django.views import defaults

from kit import bodies
from kit.faults import Fault, fault_of

logger = logging.getLogger(__name__)
#: Seconds after which it may be tried again.
RETRY_AFTER: Final = "5"
#: So many characters in one line are shown in a line; more, or several lines, in a box.
ONE_LINE: Final = 60


@dataclass(frozen=True, slots=True)
class Typed:
    """One field of a form that was sent and not carried out."""

    name: str
    value: str

    @property
    def told(self) -> bool:
        """Whether a person wrote it: no key, number or choice, and no HTML, as its words stand beside it."""
        return not self.value.lstrip().startswith("<") and (
            not self.value.isascii() or len(self.value.split()) > 1
        )

    @property
    def long(self) -> bool:
        return len(self.value) > ONE_LINE or "\n" in self.value


def trouble(request: HttpRequest, error: BaseException) -> HttpResponse:
    """503, or 507 when the disk is full: nothing was done. What was typed is shown and can be sent once more.

    The page needs no database.
    """
    fault = fault_of(error) or Fault.AWAY
    logger.warning("%s %s was not carried out: %s", request.method, request.path, error.__cause__ or error)
    typed = _typed(request)
    context = {
        "code": fault.status,
        "fault": fault,
        "typed": typed,
        "with_files": bool(typed and request.FILES),
        "address": request.get_full_path(),
        "csrf_token": get_token(request) if typed else "",
    }
    page = render_to_string("503.html", context)
    headers = {"Retry-After": RETRY_AFTER, "Cache-Control": "no-store, private"}
    return HttpResponse(page, status=fault.status, headers=headers)


def server_error(request: HttpRequest) -> HttpResponseBase:
    """Django's answer to an exception that no view has raised: trouble of the house is told as such."""
    error = sys.exception()
    return trouble(request, error) if error and fault_of(error) else defaults.server_error(request)


def _typed(request: HttpRequest) -> list[Typed]:
    """The fields of a form that its person sent; none of a password."""
    if request.method != "POST" or not _own_form(request):
        return []
    pairs = [(name, value) for name, values in request.POST.lists() for value in values]
    if any("password" in name for name, _value in pairs):
        return []
    return [Typed(name, value) for name, value in pairs if name != "csrfmiddlewaretoken"]


class _Check(CsrfViewMiddleware):
    """Says no without a page, for which it would have to know the person."""

    def _reject(self, request: HttpRequest, reason: str) -> HttpResponse:
        return HttpResponse(reason, status=403)


def _own_form(request: HttpRequest) -> bool:
    """Whether the form came from one of our pages. Where the fault lay before the check against CSRF, that
    check is made here, of what somebody with a session can have typed."""
    if getattr(request, "csrf_processing_done", False):
        return True
    too_big = bodies.length_of(request) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    if too_big or settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return False
    csrf = _Check(lambda _request: HttpResponse())
    csrf.process_request(request)
    bodies.take_whole(request)
    try:
        return csrf.process_view(request, server_error, (), {}) is None
    except BadRequest:
        return False
