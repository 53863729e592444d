"""A draft of a scheme tried on a past period."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from accounts.reader import reader_of
from scoring.models import SchemeDraft
from scoring.names import names_of
from scoring.pages.draft import in_sections
from scoring.pages.scheme import problems_of, warnings_of
from scoring.periods.month import Month
from scoring.periods.period import Period
from scoring.schemes.reading import parse_scheme
from scoring.views.drafts import visible_draft
from stats.forms.trials import TrialForm
from stats.pages import choices, neighbours
from stats.trials.pages import Side, trial_lines, trial_page
from stats.trials.trying import Trial, try_scheme


@require_safe
def trial(request: HttpRequest, pk: int) -> HttpResponse:
    """Ranks and points of a past period by the present scheme and by the draft; nothing is stored."""
    draft = visible_draft(request, pk)
    form, trial = _trial(request, draft)
    context: dict[str, object] = {"draft": draft, "form": form, "flawed": trial is None and form.is_valid()}
    if trial:
        context["warnings"] = in_sections(warnings_of(draft.rules, names_of(draft.office)), draft.rules)
        context |= {"page": trial_page(trial)} | _other_periods(request, trial)
    status = 422 if form.is_bound and not form.is_valid() else 200
    return render(request, "stats/trials/trial.html", context, status=status)


@require_safe
def trial_unit(request: HttpRequest, pk: int, unit: int) -> HttpResponse:
    """One unit's lines by the present scheme and by the draft, side by side."""
    draft = visible_draft(request, pk)
    _form, trial = _trial(request, draft)
    row = next((row for row in trial.rows if row.unit.id == unit), None) if trial else None
    if trial is None or row is None:
        raise Http404
    context = {
        "draft": draft,
        "period": trial.period,
        "row": Side.of(row),
        "lines": trial_lines(trial, unit, reader_of(request)),
    } | _other_periods(request, trial)
    return render(request, "stats/trials/unit.html", context)


def _trial(request: HttpRequest, draft: SchemeDraft) -> tuple[TrialForm, Trial | None]:
    """The period asked for, by default the last quarter that has ended, and what the draft makes of it."""
    today = timezone.localdate()
    year_start = draft.rules.get("year_start_month")
    ended = Period.quarter_of(Month.of(today)).previous()
    form = TrialForm(
        {"period": request.GET.get("period", str(ended))},
        year_start_month=year_start if isinstance(year_start, int) and 1 <= year_start <= 12 else 1,
        today=today,
    )
    names = names_of(draft.office)
    if problems_of(draft.rules, names) or not form.is_valid():
        return form, None
    scheme = parse_scheme(draft.rules, names)
    return form, try_scheme(
        office=draft.office, scheme=scheme, period=form.cleaned_data["period"], as_of=today
    )


def _other_periods(request: HttpRequest, trial: Trial) -> dict[str, object]:
    """Context: links to the same page over the periods that people ask for most."""
    today = timezone.localdate()

    def page(period: Period) -> str:
        return f"{request.path}?{urlencode({'period': str(period)})}"

    before, after = neighbours(trial.period, today, page)
    offered = choices(trial.period, today, trial.tried.year_start_month, page)
    return {"choices": offered, "before": before, "after": after}
