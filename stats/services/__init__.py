"""Writes to tallies, schemes, adjustments and bulletins. Figures are computed, then set."""

from stats.services.adjustments import (
    AdjustmentFacts,
    AdjustmentMoved,
    approve_adjustment,
    propose_adjustment,
    refuse_adjustment,
    withdraw_adjustment,
)
from stats.services.bulletin_life import (
    FiguresPending,
    PeriodNotOver,
    Unanswered,
    WordsPending,
    WrongDay,
    check_bulletin,
    issue_bulletin,
    objections_run,
    open_bulletin,
    reopen_bulletin,
    sign_bulletin,
)
from stats.services.bulletin_text import WordingFlawed, edit_text, save_settings, save_template
from stats.services.bulletins import BulletinMoved, correct_bulletin, draft_bulletin, refresh_bulletin
from stats.services.historic import (
    HistoricSettled,
    confirm_historic,
    enter_historic,
    remove_historic,
)
from stats.services.months import close_month, count_month, settle
from stats.services.objections import AlreadyRaised, answer_objection, raise_objection
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
from stats.services.verifying import Verified, verify

__all__ = [
    "AdjustmentFacts",
    "AdjustmentMoved",
    "AlreadyRaised",
    "BulletinMoved",
    "DraftMoved",
    "FiguresPending",
    "HistoricSettled",
    "PeriodNotOver",
    "SchemeExists",
    "Unanswered",
    "Verified",
    "WordingFlawed",
    "WordsPending",
    "WrongDay",
    "add_scheme",
    "answer_objection",
    "approve_adjustment",
    "check_bulletin",
    "close_month",
    "confirm_historic",
    "confirm_scheme",
    "correct_bulletin",
    "count_month",
    "create_default_scheme",
    "discard_scheme",
    "draft_bulletin",
    "edit_text",
    "enter_historic",
    "issue_bulletin",
    "objections_run",
    "open_bulletin",
    "propose_adjustment",
    "propose_scheme",
    "raise_objection",
    "recall_scheme",
    "refresh_bulletin",
    "refuse_adjustment",
    "remove_historic",
    "reopen_bulletin",
    "save_rules",
    "save_settings",
    "save_template",
    "settle",
    "sign_bulletin",
    "start_draft",
    "verify",
    "withdraw_adjustment",
]
