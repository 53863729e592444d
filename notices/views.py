"""A person's own notices. Nobody sees those of others."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from accounts.reader import reader_of
from kit.numbers import whole
from kit.paging import SHORT, page_of
from notices import listing, services
from notices.forms import NoticeFilter, PreferenceForm
from notices.mailing import mail_is_on
from notices.models import Notice


@require_GET
def notice_list(request: HttpRequest) -> HttpResponse:
    """What the person was told (通知), unread first."""
    form = NoticeFilter(request.GET)
    mine = Notice.objects.of(reader_of(request))
    chosen = form.apply(mine)
    page = page_of(request, chosen.subjects(), SHORT)
    context = {
        "form": form,
        "state": form.cleaned_data.get("state", ""),
        "page": page,
        "sections": listing.sections_of(listing.groups_of(chosen, page)),
        "up_to": mine.aggregate(latest=Max("pk"))["latest"] or 0,
        "today": timezone.localdate(),
    }
    return render(request, "notices/list.html", context)


@require_safe
def notice_open(request: HttpRequest, pk: int) -> HttpResponse:
    """Lead to the page a notice is about, and take it as read. Nothing else is ever done by following one.

    A browser that only fetches ahead, or asks for the head, has not shown it to anybody.
    """
    notice = get_object_or_404(Notice.objects.of(reader_of(request)), pk=pk)
    ahead = "prefetch" in request.headers.get("Sec-Purpose", "")
    if request.method == "GET" and not ahead:
        services.open_notice(notice=notice, now=timezone.now())
    return redirect(notice.link if services.is_local_page(notice.link) else "notices:notice-list")


@require_POST
def notice_read_all(request: HttpRequest) -> HttpResponse:
    """Take as read what the list showed; what has come since stays unread."""
    up_to = whole(request.POST.get("up_to", "")) or 0
    services.read_all(user=reader_of(request), up_to=up_to, now=timezone.now())
    messages.success(request, _("All notices are marked as read."))
    return redirect("notices:notice-list")


@require_http_methods(["GET", "POST"])
def preferences(request: HttpRequest) -> HttpResponse:
    """How the person wants to be told (通知设置)."""
    user, mail = reader_of(request), mail_is_on()
    form = PreferenceForm(
        request.POST or None,
        stored={each.kind: each for each in user.notice_preferences.all()},
        mailable=mail and bool(user.email),
    )
    if form.is_bound and form.is_valid():
        services.set_preferences(user=user, choices=form.choices())
        messages.success(request, _("Saved."))
        return redirect("notices:preferences")
    return render(request, "notices/preferences.html", {"form": form, "mail": mail})
