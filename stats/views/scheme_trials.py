"""A draft tried on a past period, and put in force by two persons."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.reader import reader_of
from stats import services
from stats.models import SchemeDraft
from stats.pages import choices, neighbours
from stats.periods import Month, Period
from stats.rules import may_confirm_scheme
from stats.scheme_draft_pages import effects
from stats.scheme_forms.starting import ProposeForm, TrialForm
from stats.scheme_pages import problems_of
from stats.schemes import parse_scheme
from stats.trial_pages import Side, trial_lines, trial_page
from stats.trials import Trial, try_scheme
from stats.views.answers import conflict
from stats.views.scheme_drafts import asked_revision, overtaken, scheme_editor, visible_draft


@require_safe
def scheme_draft_trial(request: HttpRequest, pk: int) -> HttpResponse:
    """Ranks and points of a past period by the present scheme and by the draft; nothing is stored."""
    draft = visible_draft(request, pk)
    form, trial = _trial(request, draft)
    context: dict[str, object] = {"draft": draft, "form": form, "flawed": bool(problems_of(draft.rules))}
    if trial:
        context |= {"page": trial_page(trial)} | _other_periods(request, trial)
    status = 422 if form.is_bound and not form.is_valid() else 200
    return render(request, "stats/scheme_trial.html", context, status=status)


@require_safe
def scheme_draft_trial_unit(request: HttpRequest, pk: int, unit: int) -> HttpResponse:
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
    return render(request, "stats/scheme_trial_unit.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def scheme_draft_propose(request: HttpRequest, pk: int) -> HttpResponse:
    """From which day the scheme is to hold; a second person confirms."""
    reader, draft, now = scheme_editor(request), visible_draft(request, pk), timezone.now()
    if problems_of(draft.rules):
        back = reverse("stats:scheme-draft-detail", args=[pk])
        return conflict(request, _("The draft still has problems: mend them first."), back)
    next_month = Month.of(timezone.localdate(now)).next().start
    initial = {
        "effective_from": draft.effective_from or next_month,
        "reason": draft.reason,
        "revision": draft.revision,
    }
    form = ProposeForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            services.propose_scheme(draft=draft, by=reader, now=now, **form.cleaned_data)
        except services.SchemeExists as taken:
            form.add_error("effective_from", _taken(taken))
        except services.DraftMoved as moved:
            return overtaken(request, moved)
        else:
            messages.success(
                request, _("Proposed. Another administrator or the principal leader confirms it.")
            )
            return redirect("stats:scheme-draft-detail", pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "stats/scheme_propose.html", {"draft": draft, "form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def scheme_draft_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """The last question, then a version of the office's scheme."""
    reader, draft = reader_of(request), visible_draft(request, pk)
    if draft.effective_from is None:
        return conflict(
            request,
            _("The proposal was taken back meanwhile."),
            reverse("stats:scheme-draft-detail", args=[pk]),
        )
    if not may_confirm_scheme(reader, draft):
        raise PermissionDenied(_("Another person than the one who proposed the scheme confirms it."))
    if request.method != "POST":
        context = {"draft": draft, "effects": effects(draft.office, draft.effective_from)}
        return render(request, "stats/scheme_confirm.html", context)
    try:
        version = services.confirm_scheme(
            draft=draft, revision=asked_revision(request), by=reader, now=timezone.now()
        )
    except services.DraftMoved as moved:
        return overtaken(request, moved)
    except services.SchemeExists as taken:
        return conflict(request, _taken(taken), reverse("stats:scheme-draft-detail", args=[pk]))
    messages.success(request, _("The scheme is in force from its day; months it concerns are counted again."))
    return redirect("stats:scheme-detail", version.version)


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
    if problems_of(draft.rules) or not form.is_valid():
        return form, None
    scheme = parse_scheme(draft.rules)
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


def _taken(taken: services.SchemeExists) -> str:
    shown = {"number": taken.version.version, "day": taken.version.effective_from.isoformat()}
    return _("Version %(number)s already begins on %(day)s: choose another day.") % shown
