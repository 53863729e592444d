"""The period that an address names."""

from __future__ import annotations

from django.http import Http404

from scoring.periods.month import PeriodError
from scoring.periods.period import Period


def asked_period(text: str, year_start_month: int) -> Period:
    """The period that an address names, "2026" being an assessment year. Http404 when it names none."""
    try:
        return Period.parse(text, year_start_month)
    except PeriodError as error:
        raise Http404 from error
