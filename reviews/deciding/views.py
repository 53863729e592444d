"""The inbox, and the page on which a reviewer decides."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.models import User
from accounts.reader import reader_of
from kit.answers import form_page
from kit.numbers import whole
from kit.paging import SHORT, page_of
from reviews import wording
from reviews.chain import IllegalStep
from reviews.deadlines.clocks import deadlines_of, first_things_first
from reviews.deciding.forms import DecisionForm
from reviews.deciding.opening import note_opened, opened
from reviews.deciding.page import page_for
from reviews.enums import Action
from reviews.querysets import handed_to_others, inbox
from reviews.reader import reviewer, visible_item
from reviews.returns.points import point_in_words
from reviews.rules import acting_for, handed_on, may_decide
from reviews.secrecy.rules import last_secrecy_review, needs_secrecy_review
from reviews.steps import refusals
from reviews.steps.moving import Overtaken, TextChanged
from reviews.steps.services import NobodyCanDecide, SecrecyPending, take_step
from submissions.models import Item


@require_GET
def inbox_page(request: HttpRequest) -> HttpResponse:
    """What waits for this reviewer (待我审核)."""
    user = reviewer(request)
    today, deadlines = timezone.localdate(), deadlines_of(user.office)
    waiting = first_things_first(inbox(user), deadlines, today).with_people()
    page = page_of(request, waiting, SHORT)
    seen = opened(user, page)
    context = {
        "page": page,
        "lines": [(item, deadlines.clock(item, today), item.pk in seen) for item in page],
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


@require_http_methods(["GET", "POST"])
def item_decide(request: HttpRequest, pk: int) -> HttpResponse:
    """The decision page of one item (审核)."""
    item, user = visible_item(request, pk), reviewer(request)
    form = DecisionForm(
        request.POST if request.method == "POST" else None,
        request.FILES or None,
        item=item,
        initial={"source": item.status, "version": item.version},
    )
    if form.is_bound and form.is_valid():
        return _decide(request, item, form)
    now = timezone.now()
    if not may_decide(user, item, now):
        return refusals.refused(request, item, wording.refusal(user, item))
    note_opened(item=item, user=user, now=now)
    base = request.GET.get("base", "")
    context = {
        "next": _next(user, item, now),
        "verdict": last_secrecy_review(item),
        "needs_secrecy": needs_secrecy_review(item),
        "acting_for": acting_for(user, item, now),
        "handed": handed_on(item),
        "page": page_for(item, user, now, base=whole(base)),
        "item": item,
        "chosen": base,
        "form": form,
        "today": timezone.localdate(now),
    }
    return form_page(request, "reviews/deciding/decide.html", context)


def _decide(request: HttpRequest, item: Item, form: DecisionForm) -> HttpResponse:
    user, now, said = reader_of(request), timezone.now(), form.cleaned_data
    action, seen = Action(said["action"]), (said["source"], said["version"])
    typed = "\n".join([said["comment"], *map(point_in_words, said["points"])]).strip()
    in_order = first_things_first(inbox(user), deadlines_of(user.office), timezone.localdate(now))
    waiting = list(in_order.values_list("pk", flat=True))
    try:
        decision = take_step(
            item=item,
            action=action,
            by=user,
            source=seen[0],
            version=seen[1],
            comment=said["comment"],
            checked=said["checked"],
            points=said["points"],
            to=said["to"] if action == Action.SEND_BACK else None,
            marked=said["marked"],
            now=now,
        )
    except Overtaken:
        return refusals.overtaken(request, item, action, seen=seen, comment=typed)
    except TextChanged as error:
        return refusals.text_changed(request, item, error, comment=typed)
    except NobodyCanDecide as error:
        return refusals.refused(request, item, wording.level_is_empty(error.roles))
    except SecrecyPending:
        return refusals.secrecy_pending(request, item, typed)
    except IllegalStep:
        return refusals.refused(request, item, _("This step does not exist where the item stands."))
    steps = item.decisions.filter(at=now, pk__gte=decision.pk).order_by("pk")
    messages.success(request, wording.outcome(item, list(steps)), extra_tags=f"undo:{decision.pk}")
    return _go_on(user, item, waiting)


def _next(user: User, item: Item, now: datetime) -> int | None:
    """The item after this one among those that wait."""
    in_order = first_things_first(inbox(user), deadlines_of(user.office), timezone.localdate(now))
    waiting = list(in_order.values_list("pk", flat=True))
    place = waiting.index(item.pk) + 1 if item.pk in waiting else 0
    return waiting[place] if place < len(waiting) else None


def _go_on(user: User, done: Item, waited: list[int]) -> HttpResponse:
    """To the item after this one among those that `waited`, or to the inbox when none is left."""
    waiting = set(inbox(user).values_list("pk", flat=True))
    place = waited.index(done.pk) if done.pk in waited else 0
    for pk in waited[place:] + waited[:place]:
        if pk in waiting:
            return redirect("reviews:item-decide", pk)
    return redirect("reviews:inbox")
