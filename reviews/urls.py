from django.urls import path

from reviews import views

app_name = "reviews"

urlpatterns = [
    path("", views.inbox_page, name="inbox"),
    path("rule/", views.rule_settings, name="rule-settings"),
    path("rule/units/<int:pk>/", views.own_check, name="own-check"),
    path("terms/", views.clock_settings, name="clock-settings"),
    path("terms/days/", views.day_set, name="day-set"),
    path("terms/days/<int:pk>/remove/", views.day_unset, name="day-unset"),
    path("stand-ins/", views.stand_in_list, name="stand-in-list"),
    path("stand-ins/new/", views.stand_in_create, name="stand-in-create"),
    path("stand-ins/<int:pk>/end/", views.stand_in_end, name="stand-in-end"),
    path("history/", views.history, name="history"),
    path("history/export/", views.history_export, name="history-export"),
    path("items/<int:pk>/", views.item_decide, name="item-decide"),
    path("items/<int:pk>/submit/", views.item_submit, name="item-submit"),
    path("items/<int:pk>/withdraw/", views.item_withdraw, name="item-withdraw"),
    path("items/<int:pk>/urge/", views.item_urge, name="item-urge"),
    path("items/<int:pk>/versions/<int:old>/<int:new>/", views.version_compare, name="version-compare"),
    path("items/<int:pk>/compare/<int:other>/", views.item_compare, name="item-compare"),
    path("items/<int:pk>/agenda/", views.item_agenda, name="item-agenda"),
    path("items/<int:pk>/sheet/", views.item_sheet, name="item-sheet"),
    path("items/<int:pk>/sheet/docx/", views.item_sheet_docx, name="item-sheet-docx"),
    path("meetings/", views.meeting_list, name="meeting-list"),
    path("meetings/new/<slug:kind>/", views.meeting_create, name="meeting-create"),
    path("meetings/<int:pk>/", views.meeting_detail, name="meeting-detail"),
    path("meetings/<int:pk>/edit/", views.meeting_edit, name="meeting-edit"),
    path("meetings/<int:pk>/cancel/", views.meeting_cancel, name="meeting-cancel"),
    path("meetings/<int:pk>/items/", views.agenda_add, name="agenda-add"),
    path("meetings/<int:pk>/opinion/", views.own_opinions, name="meeting-opinion"),
    path("meetings/<int:pk>/conclude/", views.meeting_conclude, name="meeting-conclude"),
    path("meetings/<int:pk>/sheet/", views.meeting_sheet, name="meeting-sheet"),
    path("meetings/<int:pk>/sheet/docx/", views.meeting_sheet_docx, name="meeting-sheet-docx"),
    path("agenda/<int:pk>/", views.agenda_record, name="agenda-record"),
    path("agenda/<int:pk>/change/", views.agenda_change, name="agenda-change"),
    path("items/submit/", views.item_submit_new, name="item-submit-new"),
]
