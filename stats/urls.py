from django.urls import path, register_converter

from stats.converters import MonthConverter
from stats.lists import ADJUSTMENTS
from stats.views import adjustments, authors, counting, figures, leaderboard, trials, units

app_name = "stats"

register_converter(MonthConverter, "month")

urlpatterns = [
    path("", figures.home, name="home"),
    path("month/<month:month>/", figures.month, name="month"),
    path("month/<month:month>/export/", figures.month_export, name="month-export"),
    path("period/", figures.period_pick, name="period-pick"),
    path("period/<str:text>/", figures.period, name="period"),
    path("period/<str:text>/export/", figures.period_export, name="period-export"),
    path("counting/", counting.counting, name="counting"),
    path("board/", leaderboard.board, name="leaderboard"),
    path("unit/<int:pk>/", units.unit, name="unit"),
    *authors.AUTHORS.urls("authors/"),
    path("authors/me/", authors.author_mine, name="author-mine"),
    path("authors/named/", authors.author_named, name="author-named"),
    path("authors/<int:pk>/", authors.author, name="author"),
    *ADJUSTMENTS.urls("adjustments/"),
    path("adjustments/propose/", adjustments.adjustment_propose, name="adjustment-propose"),
    path("adjustments/<int:pk>/", adjustments.adjustment_detail, name="adjustment-detail"),
    path("adjustments/<int:pk>/evidence/", adjustments.adjustment_evidence, name="adjustment-evidence"),
    path("adjustments/<int:pk>/decide/", adjustments.adjustment_decide, name="adjustment-decide"),
    path("adjustments/<int:pk>/withdraw/", adjustments.adjustment_withdraw, name="adjustment-withdraw"),
    path("trials/<int:pk>/", trials.trial, name="trial"),
    path(
        "trials/<int:pk>/<int:unit>/",
        trials.trial_unit,
        name="trial-unit",
    ),
]
