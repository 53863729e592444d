"""What waits for a reviewer."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.models import User
from reviews.batches.candidates import opened
from reviews.deadlines.clocks import first_things_first, terms_of
from reviews.querysets import handed_to_others, inbox
from reviews.reader import reviewer
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
    return render(request, "reviews/deciding/inbox.html", context)


def _handed(user: User) -> list[tuple[Item, User]]:
    """The items handed to others, each with the one who has it; two queries."""
    items = list(handed_to_others(user).select_related("unit"))
    people = User.objects.in_bulk([item.assignee for item in items])  # type: ignore[attr-defined]
    return [(item, people[item.assignee]) for item in items]  # type: ignore[attr-defined]
