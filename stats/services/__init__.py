"""Writes to tallies, schemes, adjustments and bulletins. Figures are computed, then set."""

from stats.services.adjustments import (
    AdjustmentFacts,
    AdjustmentMoved,
    approve_adjustment,
    propose_adjustment,
    refuse_adjustment,
    withdraw_adjustment,
)
from stats.services.bulletins import (
    BulletinMoved,
    FiguresPending,
    PeriodNotOver,
    check_bulletin,
    draft_bulletin,
    issue_bulletin,
    reopen_bulletin,
)
from stats.services.historic import (
    HistoricSettled,
    confirm_historic,
    enter_historic,
    remove_historic,
)
from stats.services.months import close_month, count_month, settle
from stats.services.scheme_drafts import (
    DraftMoved,
    confirm_scheme,
    discard_scheme,
    propose_scheme,
    recall_scheme,
    save_rules,
    start_draft,
)
from stats.services.schemes import SchemeExists, add_scheme, create_default_scheme

__all__ = [
    "AdjustmentFacts",
    "AdjustmentMoved",
    "BulletinMoved",
    "DraftMoved",
    "FiguresPending",
    "HistoricSettled",
    "PeriodNotOver",
    "SchemeExists",
    "add_scheme",
    "approve_adjustment",
    "check_bulletin",
    "close_month",
    "confirm_historic",
    "confirm_scheme",
    "count_month",
    "create_default_scheme",
    "discard_scheme",
    "draft_bulletin",
    "enter_historic",
    "issue_bulletin",
    "propose_adjustment",
    "propose_scheme",
    "recall_scheme",
    "refuse_adjustment",
    "remove_historic",
    "reopen_bulletin",
    "save_rules",
    "settle",
    "start_draft",
    "withdraw_adjustment",
]
