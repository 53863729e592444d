from reviews.views.agendas import (
    agenda_add,
    agenda_change,
    agenda_record,
    item_agenda,
    meeting_conclude,
    own_opinions,
)
from reviews.views.batches import batch_confirm, batch_result, step_undo
from reviews.views.deciding import item_compare, item_decide, version_compare
from reviews.views.filing import item_submit, item_submit_new, item_withdraw
from reviews.views.handling import item_assign, item_edit, item_merge, marked_file
from reviews.views.meetings import (
    meeting_cancel,
    meeting_create,
    meeting_detail,
    meeting_edit,
    meeting_list,
)
from reviews.views.rules import own_check, rule_settings
from reviews.views.secrecy import secrecy_inbox_page, secrecy_review
from reviews.views.sheets import item_sheet, item_sheet_docx, meeting_sheet, meeting_sheet_docx
from reviews.views.stand_ins import stand_in_create, stand_in_end, stand_in_list
from reviews.views.terms import clock_settings, day_set, day_unset
from reviews.views.urging import item_urge
from reviews.views.waiting import inbox_page

__all__ = [
    "agenda_add",
    "agenda_change",
    "agenda_record",
    "batch_confirm",
    "batch_result",
    "clock_settings",
    "day_set",
    "day_unset",
    "inbox_page",
    "item_agenda",
    "item_assign",
    "item_compare",
    "item_decide",
    "item_edit",
    "item_merge",
    "item_sheet",
    "item_sheet_docx",
    "item_submit",
    "item_submit_new",
    "item_urge",
    "item_withdraw",
    "marked_file",
    "meeting_cancel",
    "meeting_conclude",
    "meeting_create",
    "meeting_detail",
    "meeting_edit",
    "meeting_list",
    "meeting_sheet",
    "meeting_sheet_docx",
    "own_check",
    "own_opinions",
    "rule_settings",
    "secrecy_inbox_page",
    "secrecy_review",
    "stand_in_create",
    "stand_in_end",
    "stand_in_list",
    "step_undo",
    "version_compare",
]
