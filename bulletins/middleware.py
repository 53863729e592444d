"""Pages write rates as their reader's office does."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from django.http import HttpRequest, HttpResponse

from bulletins.models import BulletinSettings
from kit.numbers import USUAL_PLACES, rates_written


def rates_as_the_office_writes_them(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """The office's setting is read once a request, and only where a rate is written."""

    def middleware(request: HttpRequest) -> HttpResponse:
        @cache
        def places() -> int:
            if not request.user.is_authenticated:
                return USUAL_PLACES
            return BulletinSettings.objects.rate_places(request.user.unit.office_id)

        with rates_written(places):
            return get_response(request)

    return middleware
