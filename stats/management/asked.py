"""What the commands of figures are asked for: an office, a period, a day, a scheme."""

from __future__ import annotations

from datetime import date

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from accounts.models import Unit
from scoring.periods.month import Month, PeriodError
from scoring.periods.period import Period
from scoring.timetables import timetable_of
from stats.reports import Terms


def period_of(text: str, office: Unit, today: date) -> Period:
    """The period that a text names for this office. CommandError for none, and for one that lies ahead."""
    this_month = Month.of(today)
    terms = Terms.of(timetable_of(office), Period.of(this_month))
    try:
        period = Period.parse(text, terms.year_start_month)
    except PeriodError as error:
        raise CommandError(
            _("%(text)s is no period: write 2026-03, 2026Q1, 2026H1, 2026 or 2026-01..2026-05.")
            % {"text": text}
        ) from error
    if period.last > this_month:
        raise CommandError(_("%(period)s reaches into the future.") % {"period": period.label})
    return period
