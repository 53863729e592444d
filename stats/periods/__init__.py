"""Which days a figure covers. Rules R01–R09 of docs/scoring.md."""

from stats.periods.month import YEARS_ACCEPTED, ZONE, Month, PeriodError, local_date
from stats.periods.period import LONGEST_IN_MONTHS, Period, PeriodKind

__all__ = [
    "LONGEST_IN_MONTHS",
    "YEARS_ACCEPTED",
    "ZONE",
    "Month",
    "Period",
    "PeriodError",
    "PeriodKind",
    "local_date",
]
