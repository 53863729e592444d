"""One unit's twelve months, and why it has its points."""

from __future__ import annotations

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.models import Unit
from accounts.names import former_names
from accounts.reader import reader_of
from kit.paging import LONG, page_of
from scoring.periods.month import Month
from scoring.periods.period import Period
from scoring.timetables import scheme_versions, timetable_of
from stats import links
from stats.explanations import Explainer, in_order, subtotals
from stats.facts.loading import load_facts
from stats.pages import choices, flag_lines, neighbours, target_lines, unit_page
from stats.reports import Terms
from stats.views.asked import asked_period


@require_GET
def unit(request: HttpRequest, pk: int) -> HttpResponse:
    """A ranking unit of the reader's subtree: its figures and every line behind its points."""
    reader, today = reader_of(request), timezone.localdate()
    office = reader.office
    ranked = Unit.objects.visible_to(reader).filter(Q(parent=office, office=office) | Q(pk=office.pk))
    shown = get_object_or_404(ranked, pk=pk)
    year_start = Terms.of(timetable_of(office), Period.of(Month.of(today))).year_start_month
    period = asked_period(request.GET.get("period", str(Month.of(today))), year_start)
    found = load_facts(office, period, as_of=today)
    count = next((row for row in found.counts(period) if row.unit.id == pk), None)
    lines = in_order(count.lines if count else ())
    sums = subtotals((line.kind, line.points) for line in lines)
    if (kind := request.GET.get("kind")) in {entry.kind for entry in sums}:
        lines = [line for line in lines if line.kind == kind]
    page = page_of(request, lines, LONG)
    explain = Explainer.of(
        list(page),
        timetable=found.timetable,
        versions=scheme_versions(office),
        adoptions=found.adoptions,
        reader=reader,
    )
    before, after = neighbours(period, today, lambda other: links.unit_page(pk, other))
    context = {
        "unit": shown,
        "former": former_names(shown),
        "period": period,
        "period_url": links.period_page(period),
        "authors_url": links.author_list(period, pk),
        "page": unit_page(reader, shown, period, today),
        "choices": choices(period, today, year_start, lambda other: links.unit_page(pk, other)),
        "before": before,
        "after": after,
        "lines": page,
        "explained": [explain(line) for line in page],
        "subtotals": sums,
        "kind": kind,
        "points": count.points if count else 0,
        "targets": target_lines(count.targets if count else ()),
        "flags": flag_lines(count.flags if count else ()),
    }
    return render(request, "stats/unit.html", context)
