"""Bulletins: seen, drafted over months of one's choice, checked, issued, exported."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.reader import reader_of
from stats import services
from stats.bulletin_pages import bulletin_page, listed_adoptions
from stats.enums import BulletinStatus
from stats.exports import bulletin_workbook
from stats.forms import PeriodForm, SeenForm
from stats.models import Bulletin, HistoricBulletin
from stats.periods import Month
from stats.rules import may_draft, may_enter_historic, may_issue
from stats.views.answers import conflict, workbook

A_PAGE = 20
ADOPTIONS_A_PAGE = 50


@require_GET
def bulletin_list(request: HttpRequest) -> HttpResponse:
    """Issued bulletins, and for the office's own people those in preparation."""
    reader = reader_of(request)
    bulletins = Bulletin.objects.visible_to(reader).newest_first().defer("document")
    context = {
        "page": Paginator(bulletins, A_PAGE).get_page(request.GET.get("page")),
        "may_draft": may_draft(reader),
        "historic": HistoricBulletin.objects.visible_to(reader).newest_first().defer("table"),
        "may_enter_historic": may_enter_historic(reader, reader.office),
    }
    return render(request, "stats/bulletin_list.html", context)


@require_http_methods(["GET", "POST"])
def bulletin_draft(request: HttpRequest) -> HttpResponse:
    """A bulletin over whole months of one's choice; one that is there already is shown."""
    reader, now = reader_of(request), timezone.now()
    if not may_draft(reader):
        raise PermissionDenied(_("Only an office administrator drafts a bulletin."))
    until = Month.of(timezone.localdate(now))
    form = PeriodForm(request.POST or None, until=until, initial=request.GET)
    if request.method == "POST" and form.is_valid():
        bulletin = services.draft_bulletin(office=reader.office, period=form.period, by=reader, now=now)
        return redirect("stats:bulletin-detail", bulletin.pk)
    status = 422 if form.is_bound else 200
    return render(request, "stats/bulletin_draft.html", {"form": form}, status=status)


@require_GET
def bulletin_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The bulletin as it will be printed, and the next step for whoever may take it."""
    bulletin, reader = _visible(request, pk), reader_of(request)
    page = bulletin_page(reader, bulletin, timezone.localdate())
    adoptions = Paginator(page.document.adoptions, ADOPTIONS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "bulletin": bulletin,
        "page": page,
        "adoptions": adoptions,
        "adoption_table": listed_adoptions(reader, list(adoptions)),
    }
    return render(request, "stats/bulletin_detail.html", context)


@require_GET
def bulletin_export(request: HttpRequest, pk: int) -> HttpResponse:
    """The workbook that the bulletin command writes; `cells=pair` puts points beside the counts (篇/分)."""
    bulletin = _visible(request, pk)
    with_points = request.GET.get("cells") == "pair"
    return workbook(bulletin_workbook(bulletin.content, with_points=with_points), bulletin.title)


@require_POST
def bulletin_check(request: HttpRequest, pk: int) -> HttpResponse:
    """Vouch for the figures that the page showed."""
    bulletin, now = _visible(request, pk), timezone.now()
    back = reverse("stats:bulletin-detail", args=[pk])
    try:
        seen = request.POST.get("sha256", "")
        services.check_bulletin(bulletin=bulletin, by=reader_of(request), sha256=seen, now=now)
    except services.FiguresPending:
        services.draft_bulletin(office=bulletin.office, period=bulletin.period, now=now)
        return conflict(
            request, _("Facts have changed since. The figures are counted anew: read them again."), back
        )
    except services.PeriodNotOver:
        return conflict(request, _("The last month of this bulletin has not ended yet."), back)
    except services.BulletinMoved:
        return conflict(request, _moved(), back)
    messages.success(request, _("Checked. The figures stand still until the bulletin is issued."))
    return redirect(back)


@require_POST
def bulletin_reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Back to a draft."""
    back = reverse("stats:bulletin-detail", args=[pk])
    try:
        services.reopen_bulletin(bulletin=_visible(request, pk), by=reader_of(request), now=timezone.now())
    except services.BulletinMoved:
        return conflict(request, _moved(), back)
    messages.success(request, _("A draft again, with the figures of now."))
    return redirect(back)


@require_http_methods(["GET", "POST"])
def bulletin_issue(request: HttpRequest, pk: int) -> HttpResponse:
    """The last question, then the number for good."""
    bulletin, reader = _visible(request, pk), reader_of(request)
    back = reverse("stats:bulletin-detail", args=[pk])
    if request.method == "GET":
        if bulletin.status != BulletinStatus.CHECKED:
            return conflict(request, _moved(), back)
        if not may_issue(reader, bulletin):
            raise PermissionDenied
        form = SeenForm(initial={"sha256": bulletin.sha256})
        return render(
            request, "stats/bulletin_issue.html", {"bulletin": bulletin, "form": form, "back": back}
        )
    try:
        seen = request.POST.get("sha256", "")
        issued = services.issue_bulletin(bulletin=bulletin, by=reader, sha256=seen, now=timezone.now())
    except services.BulletinMoved:
        return conflict(request, _moved(), back)
    messages.success(
        request, _("Issued as No. %(number)s of %(year)s.") % {"number": issued.number, "year": issued.year}
    )
    return redirect(back)


def _visible(request: HttpRequest, pk: int) -> Bulletin:
    bulletins = Bulletin.objects.visible_to(reader_of(request)).select_related(
        "office", "checked_by", "issued_by"
    )
    return get_object_or_404(bulletins, pk=pk)


def _moved() -> str:
    return _("The bulletin has changed since you opened it. Look at it again before you decide.")
