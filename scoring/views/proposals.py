"""A draft put in force by two persons."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.reader import reader_of
from kit.answers import conflict
from scoring.forms import ProposeForm
from scoring.names import names_of
from scoring.pages.scheme import problems_of
from scoring.periods.month import Month
from scoring.rules import may_confirm_scheme
from scoring.schemes.reading import SchemeError
from scoring.services.drafts import DraftMoved, confirm_scheme, propose_scheme
from scoring.services.versions import SchemeExists
from scoring.views.drafts import asked_revision, overtaken, scheme_editor, visible_draft


@require_http_methods(["GET", "HEAD", "POST"])
def scheme_draft_propose(request: HttpRequest, pk: int) -> HttpResponse:
    """From which day the scheme is to hold; a second person confirms."""
    reader, draft, now = scheme_editor(request), visible_draft(request, pk), timezone.now()
    if problems_of(draft.rules, names_of(draft.office)):
        back = reverse("scoring:scheme-draft-detail", args=[pk])
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
            propose_scheme(draft=draft, by=reader, now=now, **form.cleaned_data)
        except SchemeExists as taken:
            form.add_error("effective_from", _taken(taken))
        except DraftMoved as moved:
            return overtaken(request, moved)
        except SchemeError:
            back = reverse("scoring:scheme-draft-detail", args=[pk])
            return conflict(request, _("A name in the draft is no longer right: mend it first."), back)
        else:
            messages.success(
                request, _("Proposed. Another administrator or the principal leader confirms it.")
            )
            return redirect("scoring:scheme-draft-detail", pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "scoring/propose.html", {"draft": draft, "form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def scheme_draft_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """The last question, then a version of the office's scheme."""
    reader, draft = reader_of(request), visible_draft(request, pk)
    if draft.effective_from is None:
        return conflict(
            request,
            _("The proposal was taken back meanwhile."),
            reverse("scoring:scheme-draft-detail", args=[pk]),
        )
    if not may_confirm_scheme(reader, draft):
        raise PermissionDenied(_("Another person than the one who proposed the scheme confirms it."))
    if request.method != "POST":
        return render(request, "scoring/confirm.html", {"draft": draft})
    try:
        version = confirm_scheme(draft=draft, revision=asked_revision(request), by=reader, now=timezone.now())
    except DraftMoved as moved:
        return overtaken(request, moved)
    except SchemeError:
        message = _("The draft names what is no longer there: take the proposal back and mend it.")
        return conflict(request, message, reverse("scoring:scheme-draft-detail", args=[pk]))
    except SchemeExists as taken:
        return conflict(request, _taken(taken), reverse("scoring:scheme-draft-detail", args=[pk]))
    messages.success(request, _("The scheme is in force from its day; months it concerns are counted again."))
    return redirect("scoring:scheme-detail", version.version)


def _taken(taken: SchemeExists) -> str:
    shown = {"number": taken.version.version, "day": taken.version.effective_from.isoformat()}
    return _("Version %(number)s already begins on %(day)s: choose another day.") % shown
