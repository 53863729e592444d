"""One unit's twelve months, and why it has its points."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.models import Unit
from accounts.reader import reader_of
from stats import facts, links
from stats.counting import ScoreLine
from stats.explanations import explain
from stats.pages import choices, neighbours, unit_page
from stats.periods import Month, Period
from stats.reports import Terms
from stats.views.answers import asked_period

LINES_A_PAGE = 50


@require_GET
def unit(request: HttpRequest, pk: int) -> HttpResponse:
    """A ranking unit of the reader's subtree: its figures and the score lines behind its points."""
    reader, today = reader_of(request), timezone.localdate()
    office = reader.office
    ranked = Unit.objects.visible_to(reader).filter(Q(parent=office, office=office) | Q(pk=office.pk))
    shown = get_object_or_404(ranked, pk=pk)
    timetable = facts.timetable(office)
    this_month = Period.of(Month.of(today))
    year_start = Terms.of(timetable, this_month).year_start_month
    period = asked_period(request.GET.get("period", str(this_month)), year_start)
    before, after = neighbours(period, today, lambda other: links.unit_page(pk, other))
    lines = Paginator(_lines(shown, period), LINES_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "unit": shown,
        "period": period,
        "period_url": links.period_page(period),
        "page": unit_page(reader, shown, period),
        "choices": choices(period, today, year_start, lambda other: links.unit_page(pk, other)),
        "before": before,
        "after": after,
        "lines": lines,
        "explained": explain(list(lines), timetable, reader),
    }
    return render(request, "stats/unit.html", context)


def _lines(unit: Unit, period: Period) -> tuple[ScoreLine, ...]:
    """The unit's score lines, counted now from the facts."""
    assert unit.office is not None
    for count in facts.load(unit.office, period).counts(period):
        if count.unit.id == unit.pk:
            return count.lines
    return ()
