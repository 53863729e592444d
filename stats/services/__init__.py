"""Writes to tallies, schemes and bulletins. Figures are computed and then set, never incremented."""

from stats.services.bulletins import (
    BulletinMoved,
    FiguresPending,
    PeriodNotOver,
    check_bulletin,
    draft_bulletin,
    issue_bulletin,
    reopen_bulletin,
)
from stats.services.months import close_month, count_month, settle
from stats.services.schemes import SchemeExists, add_scheme, create_default_scheme

__all__ = [
    "BulletinMoved",
    "FiguresPending",
    "PeriodNotOver",
    "SchemeExists",
    "add_scheme",
    "check_bulletin",
    "close_month",
    "count_month",
    "create_default_scheme",
    "draft_bulletin",
    "issue_bulletin",
    "reopen_bulletin",
    "settle",
]
