"""What waits for a reviewer, and what they have decided."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.lists import opens_as_saved
from accounts.models import User
from kit.lists import chosen, on_screen
from reviews.batch import opened
from reviews.clocks import first_things_first, terms_of
from reviews.exports import decision_columns, decision_workbook
from reviews.forms.history import DEFAULT_ORDER, HistoryFilter, decisions_in_order
from reviews.models import Decision
from reviews.querysets import DecisionQuerySet, handed_to_others, inbox
from reviews.undoing import undoable
from reviews.views.shared import reviewer
from submissions.models import Item

PER_PAGE = 20


@require_GET
def inbox_page(request: HttpRequest) -> HttpResponse:
    """What waits for this reviewer (待我审核)."""
    user = reviewer(request)
    today, terms = timezone.localdate(), terms_of(user.office)
    waiting = first_things_first(inbox(user), terms, today).with_people()
    page = Paginator(waiting, PER_PAGE).get_page(request.GET.get("page"))
    seen = opened(user, page)
    context = {
        "page": page,
        "lines": [(item, terms.clock(item, today), item.pk in seen) for item in page],
        "any_opened": bool(seen),
        "handed": _handed(user),
        "today": today,
        "waiting_count": page.paginator.count,
    }
    return render(request, "reviews/inbox.html", context)


def _handed(user: User) -> list[tuple[Item, User]]:
    """The items handed to others, each with the one who has it; two queries."""
    items = list(handed_to_others(user).select_related("unit"))
    people = User.objects.in_bulk([item.assignee for item in items])  # type: ignore[attr-defined]
    return [(item, people[item.assignee]) for item in items]  # type: ignore[attr-defined]


@require_GET
@opens_as_saved
def history(request: HttpRequest) -> HttpResponse:
    """What this reviewer has decided (我已审核), the latest first."""
    user = reviewer(request)
    form, today = HistoryFilter(request.GET or None), timezone.localdate()
    page = Paginator(_decided(request, form), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        **on_screen(decision_columns(today), page, request.GET),
        "form": form,
        "default_order": DEFAULT_ORDER,
        "undoable": undoable(page, user, timezone.now()),
        "today": today,
        "waiting_count": inbox(user).count(),
    }
    return render(request, "reviews/history.html", context)


@require_GET
def history_export(request: HttpRequest) -> FileResponse:
    """The same decisions, of all pages, as an Excel workbook."""
    decisions, today = _decided(request, HistoryFilter(request.GET or None)), timezone.localdate()
    book = decision_workbook(decisions, today, chosen(decision_columns(today), request.GET))
    name = _("My decisions %(day)s.xlsx") % {"day": f"{today:%Y%m%d}"}
    return FileResponse(book, as_attachment=True, filename=name)


def _decided(request: HttpRequest, form: HistoryFilter) -> DecisionQuerySet:
    user = reviewer(request)
    signed = Decision.objects.signed().filter(by=user, item__office=user.office)
    return decisions_in_order(form.apply(signed).newest_first(), request.GET.get("o"))
