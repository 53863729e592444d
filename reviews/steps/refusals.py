"""Answers for steps that could not be taken: somebody was faster, the text has changed."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from reviews.comparing.comparison import between
from reviews.enums import Action
from reviews.models import Decision
from reviews.rules import may_decide
from reviews.secrecy.rules import last_secrecy_review
from reviews.steps.moving import TextChanged
from reviews.wording import history_line
from submissions.models import Item


def overtaken(
    request: HttpRequest, item: Item, action: Action, *, seen: tuple[str, int], comment: str = ""
) -> HttpResponse:
    """The item has moved on from the (status, version) the person saw.

    When it was this same person's same step that moved it, it is recorded: back to the item. Otherwise
    the page says who did what and when, and keeps what was typed.
    """
    item.refresh_from_db()
    taken = item.decisions.exclude(action=Action.RECUSE).in_order().last()
    if taken and _is_repeat(taken, request.user, action, seen):
        messages.info(request, _("This is recorded already; there is nothing more to do."))
        return redirect("submissions:item-detail", item.pk)
    context = {
        "message": _faster(taken, request.user) if taken else "",
        "line": history_line(taken) if taken else None,
        "item": item,
        "comment": comment,
        "back_url": reverse("submissions:item-detail", args=[item.pk]),
        "back_label": _("See the item"),
    }
    return render(request, "reviews/steps/overtaken.html", context, status=409)


def _faster(taken: Decision, user: object) -> str:
    if taken.by == user:
        return _("You have taken another step on this item since; this one was not carried out.")
    shown = {"name": taken.by, "action": taken.get_action_display()}
    return _("%(name)s was faster (%(action)s); your step was not carried out.") % shown


def _is_repeat(taken: Decision, user: object, action: Action, seen: tuple[str, int]) -> bool:
    source, version = seen
    before = taken.version.number - (taken.action == Action.SUBMIT)
    return (taken.by, taken.action, taken.source, before) == (user, action, source, version)


def text_changed(request: HttpRequest, item: Item, error: TextChanged, *, comment: str) -> HttpResponse:
    """The item was filed again since it was read: what changed, and where to decide on the new text."""
    user = request.user
    assert isinstance(user, User)
    item.refresh_from_db()
    versions = {
        version.number: version for version in item.versions.filter(number__in=[error.read, error.current])
    }
    old, new = versions.get(error.read), versions.get(error.current)
    mine = may_decide(user, item, timezone.now())
    page = "reviews:item-decide" if mine else "submissions:item-detail"
    context = {
        "message": _("The text was changed after you opened it, so your decision was not recorded."),
        "comparison": between(old, new) if old and new else None,
        "read": error.read,
        "current": error.current,
        "comment": comment,
        "back_url": reverse(page, args=[item.pk]),
        "back_label": _("Decide on the new version") if mine else _("See the item"),
    }
    return render(request, "reviews/steps/text_changed.html", context, status=409)


def refused(request: HttpRequest, item: Item, reason: str) -> HttpResponse:
    """The step is not this person's to take: why, and the way back to the item."""
    return render(request, "reviews/steps/refused.html", {"item": item, "reason": reason}, status=403)


def secrecy_pending(request: HttpRequest, item: Item, comment: str = "") -> HttpResponse:
    """The item is not issued before somebody has found no secrets in this very text."""
    context = {"item": item, "comment": comment, "verdict": last_secrecy_review(item)}
    return render(request, "reviews/steps/secrecy_pending.html", context, status=409)
