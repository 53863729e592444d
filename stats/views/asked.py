"""The period that an address names."""

from __future__ import annotations

from django.http import Http404
from django.utils import timezone

from accounts.models import Unit
from scoring.periods.month import Month, PeriodError
from scoring.periods.period import Period
from stats.pages import terms_of


def year_start(office: Unit) -> int:
    """The month in which the assessment year begins by today's scheme."""
    return terms_of(office, Period.of(Month.of(timezone.localdate()))).year_start_month


def asked_period(text: str, year_start_month: int) -> Period:
    """The period that an address names, "2026" being an assessment year. Http404 when it names none."""
    try:
        return Period.parse(text, year_start_month)
    except PeriodError as error:
        raise Http404 from error
