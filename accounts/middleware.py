"""A first password is good for one thing: choosing one's own."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

OPEN = ("accounts:password-change", "accounts:logout", "accounts:login", "healthz")


def first_password_must_change(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Lead a person who signed in with a password somebody else knows to the page that changes it."""

    def middleware(request: HttpRequest) -> HttpResponse:
        user = request.user
        bound = user.is_authenticated and user.must_change_password
        if bound and request.path not in {reverse(name) for name in OPEN}:
            if "HX-Request" in request.headers:  # a part of a page cannot be redirected
                return HttpResponse(headers={"HX-Redirect": reverse("accounts:password-change")})
            return redirect("accounts:password-change")
        return get_response(request)

    return middleware
