"""Pages of figures, scoring schemes and bulletins."""

from stats.views.adjustments import (
    adjustment_decide,
    adjustment_detail,
    adjustment_evidence,
    adjustment_export,
    adjustment_list,
    adjustment_propose,
    adjustment_withdraw,
)
from stats.views.authors import author, author_export, author_list, author_mine, author_named
from stats.views.bulletin_steps import (
    bulletin_check,
    bulletin_correct,
    bulletin_issue,
    bulletin_open,
    bulletin_reopen,
    bulletin_sign,
)
from stats.views.bulletin_texts import bulletin_settings, bulletin_text, bulletin_wording
from stats.views.bulletins import (
    bulletin_detail,
    bulletin_draft,
    bulletin_export,
    bulletin_list,
    bulletin_verify,
)
from stats.views.counting import counting
from stats.views.documents import bulletin_docx_file, bulletin_pdf_file
from stats.views.figures import home, month, month_export, period, period_export, period_pick
from stats.views.historic import (
    historic_confirm,
    historic_detail,
    historic_enter,
    historic_file,
    historic_list,
    historic_preview,
    historic_remove,
)
from stats.views.leaderboard import board as leaderboard
from stats.views.objections import objection_answer, objection_list, objection_raise
from stats.views.scheme_drafts import (
    scheme_download,
    scheme_draft_detail,
    scheme_draft_discard,
    scheme_draft_download,
    scheme_draft_edit,
    scheme_draft_recall,
    scheme_draft_start,
)
from stats.views.scheme_trials import (
    scheme_draft_confirm,
    scheme_draft_propose,
    scheme_draft_trial,
    scheme_draft_trial_unit,
)
from stats.views.schemes import scheme_detail, scheme_list
from stats.views.units import unit

__all__ = [
    "adjustment_decide",
    "adjustment_detail",
    "adjustment_evidence",
    "adjustment_export",
    "adjustment_list",
    "adjustment_propose",
    "adjustment_withdraw",
    "author",
    "author_export",
    "author_list",
    "author_mine",
    "author_named",
    "bulletin_check",
    "bulletin_correct",
    "bulletin_detail",
    "bulletin_docx_file",
    "bulletin_draft",
    "bulletin_export",
    "bulletin_issue",
    "bulletin_list",
    "bulletin_open",
    "bulletin_pdf_file",
    "bulletin_reopen",
    "bulletin_settings",
    "bulletin_sign",
    "bulletin_text",
    "bulletin_verify",
    "bulletin_wording",
    "counting",
    "historic_confirm",
    "historic_detail",
    "historic_enter",
    "historic_file",
    "historic_list",
    "historic_preview",
    "historic_remove",
    "home",
    "leaderboard",
    "month",
    "month_export",
    "objection_answer",
    "objection_list",
    "objection_raise",
    "period",
    "period_export",
    "period_pick",
    "scheme_detail",
    "scheme_download",
    "scheme_draft_confirm",
    "scheme_draft_detail",
    "scheme_draft_discard",
    "scheme_draft_download",
    "scheme_draft_edit",
    "scheme_draft_propose",
    "scheme_draft_recall",
    "scheme_draft_start",
    "scheme_draft_trial",
    "scheme_draft_trial_unit",
    "scheme_list",
    "unit",
]
