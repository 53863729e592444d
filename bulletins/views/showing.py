"""Bulletins: seen, drafted over days of one's choice, exported, proven."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.reader import reader_of, reader_who
from bulletins.enums import BulletinStatus
from bulletins.files.xlsx import bulletin_workbook
from bulletins.forms.steps import BegunDaysForm, OpenForm
from bulletins.models import Bulletin
from bulletins.pages import bulletin_page, listed_adoptions
from bulletins.rules import may_draft
from bulletins.services.drafting import draft_bulletin
from bulletins.services.life import default_last_day
from bulletins.services.verifying import verify
from kit.paging import LONG, page_of
from paper.answers import workbook
from scoring.periods.month import Month
from stats.forms.periods import PeriodForm


@require_http_methods(["GET", "POST"])
def bulletin_draft(request: HttpRequest) -> HttpResponse:
    """A bulletin over a period of one's choice; one that is there already is shown."""
    reader = reader_who(may_draft, request, _("Only an office administrator drafts a bulletin."))
    now = timezone.now()
    today, by_days = timezone.localdate(now), "since" in request.POST
    months = PeriodForm(
        None if by_days else request.POST or None, until=Month.of(today), initial=request.GET.dict()
    )
    days = BegunDaysForm(request.POST if by_days else None, today=today)
    form = days if by_days else months
    if request.method == "POST" and form.is_valid():
        bulletin = draft_bulletin(office=reader.office, period=form.period, by=reader, now=now)
        return redirect("bulletins:bulletin-detail", bulletin.pk)
    context = {"form": months, "days_form": days}
    return render(request, "bulletins/draft.html", context, status=422 if form.is_bound else 200)


@require_GET
def bulletin_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The bulletin as it will be printed, where it stands, and the next step for whoever may take it."""
    bulletin, reader, today = visible(request, pk), reader_of(request), timezone.localdate()
    until = bulletin.objections_until or default_last_day(today)
    with bulletin.rates():
        page = bulletin_page(reader, bulletin, today)
        adoptions = page_of(request, page.document.adoptions, LONG)
        context = {
            "bulletin": bulletin,
            "page": page,
            "open_form": OpenForm(initial={"until": until, "sha256": bulletin.sha256}, today=today),
            "adoptions": adoptions,
            "adoption_table": listed_adoptions(reader, list(adoptions)),
        }
        return render(request, "bulletins/detail.html", context)


@require_GET
def bulletin_verify(request: HttpRequest, pk: int) -> HttpResponse:
    """An issued bulletin computed again from its frozen facts."""
    bulletin = visible(request, pk)
    if bulletin.status != BulletinStatus.ISSUED:
        messages.info(
            request, _("A bulletin is frozen when it is issued; until then there is nothing to prove.")
        )
        return redirect("bulletins:bulletin-detail", pk)
    context = {"bulletin": bulletin, "verified": verify(bulletin)}
    return render(request, "bulletins/verify.html", context)


@require_GET
def bulletin_export(request: HttpRequest, pk: int) -> HttpResponse:
    """The workbook that the bulletin command writes; `cells=pair` puts points beside the counts (篇/分)."""
    bulletin = visible(request, pk)
    with_points = request.GET.get("cells") == "pair"
    return workbook(bulletin_workbook(bulletin.content, with_points=with_points), bulletin.title)


def visible(request: HttpRequest, pk: int) -> Bulletin:
    """The bulletin, if this person may see it; else Http404."""
    bulletins = Bulletin.objects.visible_to(reader_of(request)).with_people()
    return get_object_or_404(bulletins, pk=pk)
