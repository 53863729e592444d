"""What several pages ask and answer in the same way."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from paper.answers import XLSX, attachment
from stats.periods import Period, PeriodError


def workbook(content: bytes, name: str) -> HttpResponse:
    """A workbook to save as `name`.xlsx."""
    return attachment(content, name, "xlsx", XLSX)


def conflict(request: HttpRequest, message: str, back_url: str) -> HttpResponse:
    """409: the world has moved on since the page was drawn."""
    return render(request, "409.html", {"message": message, "back_url": back_url}, status=409)


def asked_period(text: str, year_start_month: int) -> Period:
    """The period that an address names, "2026" being an assessment year. Http404 when it names none."""
    try:
        return Period.parse(text, year_start_month)
    except PeriodError as error:
        raise Http404 from error
