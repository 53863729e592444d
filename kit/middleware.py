"""Middleware that holds for every page: no control characters in, no stored pages out."""

import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.template.loader import render_to_string

GetResponse = Callable[[HttpRequest], HttpResponse]
#: C0 controls other than tab, line feed and carriage return; PostgreSQL cannot store NUL at all.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def refuse_control_characters(get_response: GetResponse) -> GetResponse:
    """Answer 400 to a request whose path, query or form fields carry control characters."""

    def middleware(request: HttpRequest) -> HttpResponse:
        values = [request.path, *(value for _, values in request.GET.lists() for value in values)]
        if request.method == "POST":
            values += [value for _, values in request.POST.lists() for value in values]
        if any(CONTROL.search(value) for value in values):
            return HttpResponseBadRequest(render_to_string("400.html"))
        return get_response(request)

    return middleware


def never_store_pages(get_response: GetResponse) -> GetResponse:
    """Keep pages of signed-in people out of shared browsers' caches."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Cache-Control", "no-store, private")
        return response

    return middleware
