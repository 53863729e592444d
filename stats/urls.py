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
    path("unit/<int:pk>/", views.unit, name="unit"),
    path("schemes/", views.scheme_list, name="scheme-list"),
    path("schemes/<int:version>/", views.scheme_detail, name="scheme-detail"),
    path("bulletins/", views.bulletin_list, name="bulletin-list"),
    path("bulletins/draft/", views.bulletin_draft, name="bulletin-draft"),
    path("bulletins/<int:pk>/", views.bulletin_detail, name="bulletin-detail"),
    path("bulletins/<int:pk>/export/", views.bulletin_export, name="bulletin-export"),
    path("bulletins/<int:pk>/check/", views.bulletin_check, name="bulletin-check"),
    path("bulletins/<int:pk>/reopen/", views.bulletin_reopen, name="bulletin-reopen"),
    path("bulletins/<int:pk>/issue/", views.bulletin_issue, name="bulletin-issue"),
]
