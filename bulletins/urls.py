from django.urls import path

from bulletins.lists import BULLETINS, HISTORIC, OBJECTIONS
from bulletins.views import files, historic, objections, showing, steps, texts

app_name = "bulletins"

urlpatterns = [
    *BULLETINS.urls(),
    path("draft/", showing.bulletin_draft, name="bulletin-draft"),
    path("settings/", texts.bulletin_settings, name="bulletin-settings"),
    path("wording/", texts.bulletin_wording, name="bulletin-wordings"),
    path("wording/<slug:section>/", texts.bulletin_wording, name="bulletin-wording"),
    *OBJECTIONS.urls("objections/"),
    path("objections/<int:pk>/answer/", objections.objection_answer, name="objection-answer"),
    *HISTORIC.urls("historic/"),
    path("historic/enter/", historic.historic_enter, name="historic-enter"),
    path("historic/<int:pk>/", historic.historic_detail, name="historic-detail"),
    path("historic/<int:pk>/check/", historic.historic_preview, name="historic-preview"),
    path("historic/<int:pk>/confirm/", historic.historic_confirm, name="historic-confirm"),
    path("historic/<int:pk>/file/", historic.historic_file, name="historic-file"),
    path("historic/<int:pk>/remove/", historic.historic_remove, name="historic-remove"),
    path("<int:pk>/", showing.bulletin_detail, name="bulletin-detail"),
    path("<int:pk>/export/", showing.bulletin_export, name="bulletin-export"),
    path("<int:pk>/docx/", files.bulletin_docx_file, name="bulletin-docx"),
    path("<int:pk>/pdf/", files.bulletin_pdf_file, name="bulletin-pdf"),
    path("<int:pk>/text/", texts.bulletin_text, name="bulletin-text"),
    path("<int:pk>/open/", steps.bulletin_open, name="bulletin-open"),
    path("<int:pk>/object/", objections.objection_raise, name="objection-raise"),
    path("<int:pk>/check/", steps.bulletin_check, name="bulletin-check"),
    path("<int:pk>/reopen/", steps.bulletin_reopen, name="bulletin-reopen"),
    path("<int:pk>/sign/", steps.bulletin_sign, name="bulletin-sign"),
    path("<int:pk>/issue/", steps.bulletin_issue, name="bulletin-issue"),
    path("<int:pk>/correct/", steps.bulletin_correct, name="bulletin-correct"),
    path("<int:pk>/verify/", showing.bulletin_verify, name="bulletin-verify"),
]
