"""The button that takes decisions back."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.reader import reader_of
from kit.faults import Busy, patiently
from kit.numbers import wholes
from reviews.batches.candidates import MOST
from reviews.models import Decision
from reviews.reader import visible_item
from reviews.undoing.services import CannotUndo, undo_step
from submissions.models import Item


@require_POST
def step_undo(request: HttpRequest) -> HttpResponse:
    """Take decisions back, each on its own."""
    user, now = reader_of(request), timezone.now()
    wanted = wholes(request.POST.getlist("decision")[:MOST])
    decisions = list(
        Decision.objects.filter(pk__in=wanted, item__in=Item.objects.visible_to(user)).order_by("pk")
    )
    if not decisions:
        get_object_or_404(Decision, pk=0)
    undone: list[Item] = []
    refused: list[tuple[Item, str]] = []
    for decision in decisions:
        try:
            undone.append(patiently(partial(undo_step, decision=decision, by=user, now=now)))
        except CannotUndo as error:
            refused.append((visible_item(request, decision.item_id), error.reason))
        except Busy:
            if not (undone or refused):
                raise
            reason = _("Somebody else is working on this item at this moment. Try again in a few seconds.")
            refused.append((visible_item(request, decision.item_id), reason))
    if refused:
        context = {"refused": refused, "undone": undone}
        return render(request, "reviews/undoing/cannot_undo.html", context, status=409)
    names = "、".join(_("“%(title)s”") % {"title": item} for item in undone)
    messages.success(request, _("Taken back: %(items)s. Decide again when you are ready.") % {"items": names})
    return redirect("reviews:item-decide", undone[0].pk) if len(undone) == 1 else redirect("reviews:inbox")
