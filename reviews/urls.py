from django.urls import path

from reviews.batches.views import batch_confirm, batch_result
from reviews.comparing.views import item_compare, version_compare
from reviews.deadlines.urging_views import item_urge
from reviews.deadlines.views import clock_settings, day_set, day_unset
from reviews.deciding.views import inbox_page, item_decide
from reviews.handling.views import item_assign, item_edit, item_merge
from reviews.lists import DECISIONS
from reviews.meetings.agenda_views import (
    agenda_add,
    agenda_change,
    agenda_record,
    item_agenda,
    meeting_conclude,
    own_opinions,
)
from reviews.meetings.lists import MEETINGS
from reviews.meetings.views import meeting_cancel, meeting_create, meeting_detail, meeting_edit
from reviews.office_settings.views import own_check, rule_settings
from reviews.returns.views import marked_file
from reviews.secrecy.views import secrecy_inbox_page, secrecy_review
from reviews.sheets.views import item_sheet, item_sheet_docx, meeting_sheet, meeting_sheet_docx
from reviews.stand_ins.lists import STAND_INS
from reviews.stand_ins.views import stand_in_create, stand_in_end
from reviews.steps.views import item_submit, item_submit_new, item_withdraw
from reviews.undoing.views import step_undo

app_name = "reviews"

urlpatterns = [
    path("", inbox_page, name="inbox"),
    path("rule/", rule_settings, name="rule-settings"),
    path("rule/units/<int:pk>/", own_check, name="own-check"),
    path("terms/", clock_settings, name="clock-settings"),
    path("terms/days/", day_set, name="day-set"),
    path("terms/days/<int:pk>/remove/", day_unset, name="day-unset"),
    *STAND_INS.urls("stand-ins/"),
    path("stand-ins/new/", stand_in_create, name="stand-in-create"),
    path("stand-ins/<int:pk>/end/", stand_in_end, name="stand-in-end"),
    path("batch/", batch_confirm, name="batch-confirm"),
    path("batch/result/", batch_result, name="batch-result"),
    path("undo/", step_undo, name="step-undo"),
    path("secrecy/", secrecy_inbox_page, name="secrecy-inbox"),
    path("items/<int:pk>/secrecy/", secrecy_review, name="secrecy-review"),
    path("items/<int:pk>/edit/", item_edit, name="item-edit"),
    path("items/<int:pk>/assign/", item_assign, name="item-assign"),
    path("items/<int:pk>/merge/", item_merge, name="item-merge"),
    path("marked/<int:pk>/", marked_file, name="marked-file"),
    *DECISIONS.urls("history/"),
    path("items/<int:pk>/", item_decide, name="item-decide"),
    path("items/<int:pk>/submit/", item_submit, name="item-submit"),
    path("items/<int:pk>/withdraw/", item_withdraw, name="item-withdraw"),
    path("items/<int:pk>/urge/", item_urge, name="item-urge"),
    path("items/<int:pk>/versions/<int:old>/<int:new>/", version_compare, name="version-compare"),
    path("items/<int:pk>/compare/<int:other>/", item_compare, name="item-compare"),
    path("items/<int:pk>/agenda/", item_agenda, name="item-agenda"),
    path("items/<int:pk>/sheet/", item_sheet, name="item-sheet"),
    path("items/<int:pk>/sheet/docx/", item_sheet_docx, name="item-sheet-docx"),
    *MEETINGS.urls("meetings/"),
    path("meetings/new/<slug:kind>/", meeting_create, name="meeting-create"),
    path("meetings/<int:pk>/", meeting_detail, name="meeting-detail"),
    path("meetings/<int:pk>/edit/", meeting_edit, name="meeting-edit"),
    path("meetings/<int:pk>/cancel/", meeting_cancel, name="meeting-cancel"),
    path("meetings/<int:pk>/items/", agenda_add, name="agenda-add"),
    path("meetings/<int:pk>/opinion/", own_opinions, name="meeting-opinion"),
    path("meetings/<int:pk>/conclude/", meeting_conclude, name="meeting-conclude"),
    path("meetings/<int:pk>/sheet/", meeting_sheet, name="meeting-sheet"),
    path("meetings/<int:pk>/sheet/docx/", meeting_sheet_docx, name="meeting-sheet-docx"),
    path("agenda/<int:pk>/", agenda_record, name="agenda-record"),
    path("agenda/<int:pk>/change/", agenda_change, name="agenda-change"),
    path("items/submit/", item_submit_new, name="item-submit-new"),
]
