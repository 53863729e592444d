from django.urls import path, register_converter

from stats import views
from stats.converters import MonthConverter

app_name = "stats"

register_converter(MonthConverter, "month")

urlpatterns = [
    path("", views.home, name="home"),
    path("month/<month:month>/", views.month, name="month"),
    path("month/<month:month>/export/", views.month_export, name="month-export"),
    path("period/", views.period_pick, name="period-pick"),
    path("period/<str:text>/", views.period, name="period"),
    path("period/<str:text>/export/", views.period_export, name="period-export"),
    path("board/", views.leaderboard, name="leaderboard"),
    path("unit/<int:pk>/", views.unit, name="unit"),
    path("authors/", views.author_list, name="author-list"),
    path("authors/export/", views.author_export, name="author-export"),
    path("authors/me/", views.author_mine, name="author-mine"),
    path("authors/named/", views.author_named, name="author-named"),
    path("authors/<int:pk>/", views.author, name="author"),
    path("adjustments/", views.adjustment_list, name="adjustment-list"),
    path("adjustments/export/", views.adjustment_export, name="adjustment-export"),
    path("adjustments/propose/", views.adjustment_propose, name="adjustment-propose"),
    path("adjustments/<int:pk>/", views.adjustment_detail, name="adjustment-detail"),
    path("adjustments/<int:pk>/evidence/", views.adjustment_evidence, name="adjustment-evidence"),
    path("adjustments/<int:pk>/decide/", views.adjustment_decide, name="adjustment-decide"),
    path("adjustments/<int:pk>/withdraw/", views.adjustment_withdraw, name="adjustment-withdraw"),
    path("schemes/", views.scheme_list, name="scheme-list"),
    path("schemes/<int:version>/", views.scheme_detail, name="scheme-detail"),
    path("schemes/<int:version>/download/", views.scheme_download, name="scheme-download"),
    path("schemes/drafts/start/", views.scheme_draft_start, name="scheme-draft-start"),
    path("schemes/drafts/<int:pk>/", views.scheme_draft_detail, name="scheme-draft-detail"),
    path("schemes/drafts/<int:pk>/edit/<slug:section>/", views.scheme_draft_edit, name="scheme-draft-edit"),
    path("schemes/drafts/<int:pk>/download/", views.scheme_draft_download, name="scheme-draft-download"),
    path("schemes/drafts/<int:pk>/discard/", views.scheme_draft_discard, name="scheme-draft-discard"),
    path("schemes/drafts/<int:pk>/trial/", views.scheme_draft_trial, name="scheme-draft-trial"),
    path(
        "schemes/drafts/<int:pk>/trial/<int:unit>/",
        views.scheme_draft_trial_unit,
        name="scheme-draft-trial-unit",
    ),
    path("schemes/drafts/<int:pk>/propose/", views.scheme_draft_propose, name="scheme-draft-propose"),
    path("schemes/drafts/<int:pk>/recall/", views.scheme_draft_recall, name="scheme-draft-recall"),
    path("schemes/drafts/<int:pk>/confirm/", views.scheme_draft_confirm, name="scheme-draft-confirm"),
    path("bulletins/", views.bulletin_list, name="bulletin-list"),
    path("bulletins/draft/", views.bulletin_draft, name="bulletin-draft"),
    path("bulletins/historic/", views.historic_enter, name="historic-enter"),
    path("bulletins/historic/<int:pk>/", views.historic_detail, name="historic-detail"),
    path("bulletins/historic/<int:pk>/check/", views.historic_preview, name="historic-preview"),
    path("bulletins/historic/<int:pk>/confirm/", views.historic_confirm, name="historic-confirm"),
    path("bulletins/historic/<int:pk>/file/", views.historic_file, name="historic-file"),
    path("bulletins/historic/<int:pk>/remove/", views.historic_remove, name="historic-remove"),
    path("bulletins/<int:pk>/", views.bulletin_detail, name="bulletin-detail"),
    path("bulletins/<int:pk>/export/", views.bulletin_export, name="bulletin-export"),
    path("bulletins/<int:pk>/check/", views.bulletin_check, name="bulletin-check"),
    path("bulletins/<int:pk>/reopen/", views.bulletin_reopen, name="bulletin-reopen"),
    path("bulletins/<int:pk>/issue/", views.bulletin_issue, name="bulletin-issue"),
]
