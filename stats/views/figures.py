"""The tables of a month and of longer periods."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.reader import reader_of
from paper.answers import workbook
from scoring.periods.month import Month
from scoring.periods.period import Period
from stats.authors import paths_of_authors
from stats.exports.workbooks import figures_workbook
from stats.forms.periods import DaysForm, PeriodForm
from stats.links import author_list, period_page
from stats.pages import choices, figures_page, neighbours
from stats.views.asked import asked_period, year_start


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """The figures of this month."""
    return redirect("stats:month", Month.of(timezone.localdate()))


@require_GET
def month(request: HttpRequest, month: Month) -> HttpResponse:
    return _page(request, Period.of(month))


@require_GET
def period(request: HttpRequest, text: str) -> HttpResponse:
    """A quarter, half, assessment year, range or free days; each has one address, others lead there."""
    asked = asked_period(text, year_start(reader_of(request).office))
    if period_page(asked) != request.path:
        return redirect(period_page(asked))
    return _page(request, asked)


@require_GET
def period_pick(request: HttpRequest) -> HttpResponse:
    """From the two months or the two days of a form to the page of that period."""
    form = DaysForm(request.GET) if "since" in request.GET else PeriodForm(request.GET)
    if form.is_valid():
        return redirect(period_page(form.period))
    return render(request, "stats/period_pick.html", {"form": form}, status=422)


@require_GET
def month_export(request: HttpRequest, month: Month) -> HttpResponse:
    return _export(request, Period.of(month))


@require_GET
def period_export(request: HttpRequest, text: str) -> HttpResponse:
    return _export(request, asked_period(text, year_start(reader_of(request).office)))


def _page(request: HttpRequest, period: Period) -> HttpResponse:
    reader, today = reader_of(request), timezone.localdate()
    before, after = neighbours(period, today)
    context = {
        "page": figures_page(reader, period, today),
        "choices": choices(period, today, year_start(reader.office)),
        "before": before,
        "after": after,
        "form": PeriodForm(initial={"first": period.first, "last": period.last}),
        "days_form": DaysForm(initial={"since": period.start, "until": period.last_day}),
        "authors_url": author_list(period) if paths_of_authors(reader) else "",
    }
    return render(request, "stats/period.html", context)


def _export(request: HttpRequest, period: Period) -> HttpResponse:
    reader, now = reader_of(request), timezone.now()
    page = figures_page(reader, period, timezone.localdate(now))
    content = figures_workbook(reader.office.name, period, page.groups, now, page.remarks)
    return workbook(content, _("Figures of %(period)s") % {"period": period.label})
