"""Pages of figures, scoring schemes and bulletins."""

from stats.views.bulletins import (
    bulletin_check,
    bulletin_detail,
    bulletin_draft,
    bulletin_export,
    bulletin_issue,
    bulletin_list,
    bulletin_reopen,
)
from stats.views.figures import home, month, month_export, period, period_export, period_pick
from stats.views.schemes import scheme_detail, scheme_list
from stats.views.units import unit

__all__ = [
    "bulletin_check",
    "bulletin_detail",
    "bulletin_draft",
    "bulletin_export",
    "bulletin_issue",
    "bulletin_list",
    "bulletin_reopen",
    "home",
    "month",
    "month_export",
    "period",
    "period_export",
    "period_pick",
    "scheme_detail",
    "scheme_list",
    "unit",
]
