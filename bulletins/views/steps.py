"""The steps of a bulletin: opened for objections, checked, signed, issued, returned, corrected."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.reader import reader_of
from bulletins.enums import BulletinStatus
from bulletins.forms.steps import CorrectionForm, OpenForm, SeenForm
from bulletins.models import Bulletin
from bulletins.rules import may_correct, may_issue, may_reopen
from bulletins.services.drafting import BulletinMoved, correct_bulletin, refresh_bulletin
from bulletins.services.life import (
    FiguresPending,
    PeriodNotOver,
    Unanswered,
    WordsPending,
    check_bulletin,
    issue_bulletin,
    open_bulletin,
    reopen_bulletin,
    sign_bulletin,
)
from bulletins.views.showing import visible
from kit.answers import conflict, form_page


@require_POST
def bulletin_open(request: HttpRequest, pk: int) -> HttpResponse:
    """Units may object from now on."""
    bulletin, now = visible(request, pk), timezone.now()
    form = OpenForm(request.POST, today=timezone.localdate(now))
    if not form.is_valid():
        return render(request, "bulletins/open.html", {"bulletin": bulletin, "form": form}, status=422)
    until = form.cleaned_data["until"]

    def step() -> Bulletin:
        return open_bulletin(
            bulletin=bulletin, until=until, by=reader_of(request), sha256=_seen(request), now=now
        )

    told = _("Open for objections until %(day)s. The units listed see it now.") % {"day": until}
    return _taken(request, bulletin, step, told)


@require_POST
def bulletin_check(request: HttpRequest, pk: int) -> HttpResponse:
    """Vouch for the figures and the text that the page showed."""
    bulletin, now = visible(request, pk), timezone.now()

    def step() -> Bulletin:
        return check_bulletin(bulletin=bulletin, by=reader_of(request), sha256=_seen(request), now=now)

    return _taken(request, bulletin, step, _("Checked. Figures and text stand still; the leader signs next."))


@require_POST
def bulletin_sign(request: HttpRequest, pk: int) -> HttpResponse:
    """The principal leader's signature; with it, if asked, the number."""
    bulletin, now = visible(request, pk), timezone.now()
    issue = request.POST.get("issue") == "1"

    def step() -> Bulletin:
        return sign_bulletin(
            bulletin=bulletin, by=reader_of(request), sha256=_seen(request), now=now, issue=issue
        )

    told = _("Signed and issued.") if issue else _("Signed. An administrator gives it its number.")
    return _taken(request, bulletin, step, told)


@require_http_methods(["GET", "POST"])
def bulletin_issue(request: HttpRequest, pk: int) -> HttpResponse:
    """The last question, then the number for good."""
    bulletin, reader = visible(request, pk), reader_of(request)
    if request.method == "POST":

        def step() -> Bulletin:
            return issue_bulletin(bulletin=bulletin, by=reader, sha256=_seen(request), now=timezone.now())

        return _taken(request, bulletin, step, _("Issued. Nothing in it changes any more."))
    if bulletin.status != BulletinStatus.SIGNED:
        return conflict(request, moved(), _page(bulletin))
    if not may_issue(reader, bulletin):
        raise PermissionDenied
    return _asked(request, bulletin, "bulletins/issue.html")


@require_http_methods(["GET", "POST"])
def bulletin_reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Back to a draft, after saying what that voids."""
    bulletin, reader = visible(request, pk), reader_of(request)
    if request.method == "POST":

        def step() -> Bulletin:
            return reopen_bulletin(bulletin=bulletin, by=reader, sha256=_seen(request), now=timezone.now())

        return _taken(request, bulletin, step, _("A draft again, with the figures of now."))
    if bulletin.status not in Bulletin.REOPENABLE:
        return conflict(request, moved(), _page(bulletin))
    if not may_reopen(reader, bulletin):
        raise PermissionDenied
    return _asked(request, bulletin, "bulletins/reopen.html")


@require_http_methods(["GET", "POST"])
def bulletin_correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin a new issue that says what was wrong in this one."""
    bulletin, reader = visible(request, pk), reader_of(request)
    if bulletin.status != BulletinStatus.ISSUED:
        return conflict(request, moved(), _page(bulletin))
    if not may_correct(reader, bulletin):
        raise PermissionDenied(_("Only an office administrator corrects an issued bulletin."))
    form = CorrectionForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        context = {"bulletin": bulletin, "form": form, "back": _page(bulletin)}
        return form_page(request, "bulletins/correct.html", context)
    try:
        what = form.cleaned_data["what"]
        correction = correct_bulletin(bulletin=bulletin, what=what, by=reader, now=timezone.now())
    except BulletinMoved:
        return conflict(request, _("This issue has a correction already: correct that one."), _page(bulletin))
    messages.success(request, _("The correction is drafted. It goes the same way as every bulletin."))
    return redirect("bulletins:bulletin-detail", correction.pk)


def moved() -> str:
    return _("The bulletin has changed since you opened it. Look at it again before you decide.")


def _taken(request: HttpRequest, bulletin: Bulletin, step: Callable[[], Bulletin], told: str) -> HttpResponse:
    """Take the step and go back to the page, or say why it cannot be taken now."""
    try:
        step()
    except FiguresPending:
        refresh_bulletin(bulletin=bulletin, now=timezone.now())
        return conflict(
            request,
            _("Facts have changed since. The figures are counted anew: read them again."),
            _page(bulletin),
        )
    except PeriodNotOver:
        return conflict(request, _("The last day of this bulletin has not passed yet."), _page(bulletin))
    except Unanswered:
        words = _("Objections may still be raised or wait for an answer. Answer them first.")
        return conflict(request, words, _page(bulletin))
    except WordsPending:
        words = _("Edited paragraphs were written for other figures. Look at them and save them first.")
        return conflict(request, words, _page(bulletin))
    except BulletinMoved:
        return conflict(request, moved(), _page(bulletin))
    messages.success(request, told)
    return redirect(_page(bulletin))


def _asked(request: HttpRequest, bulletin: Bulletin, template: str) -> HttpResponse:
    form = SeenForm(initial={"sha256": bulletin.sha256})
    return render(request, template, {"bulletin": bulletin, "form": form, "back": _page(bulletin)})


def _seen(request: HttpRequest) -> str:
    return request.POST.get("sha256", "")


def _page(bulletin: Bulletin) -> str:
    return reverse("bulletins:bulletin-detail", args=[bulletin.pk])
