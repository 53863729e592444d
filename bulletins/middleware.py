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
            settings = BulletinSettings.objects.filter(office=request.user.unit.office_id)
            told = settings.values_list("rate_places", flat=True).first()
            return USUAL_PLACES if told is None else told

        with rates_written(places):
            return get_response(request)

    return middleware
