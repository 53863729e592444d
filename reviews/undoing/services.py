"""Taking a decision back."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from notices.enums import Kind
from notices.services import tell
from reviews.chain import Step, road_of
from reviews.enums import Action
from reviews.models import Decision
from reviews.steps.moving import move
from reviews.undoing.rules import undo_problems
from submissions.enums import Status
from submissions.models import Item


class CannotUndo(Exception):
    """The decision stands; `reason` says why, in words for the person."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@transaction.atomic
def undo_step(*, decision: Decision, by: User, now: datetime) -> Item:
    """Take `decision` back, and the recusals that followed it in its moment: the item stands where it stood,
    in the same version, and its clock runs on. What is taken back stays in the record and answers for
    nothing. Whoever was told of it is told of this.

    Raises PermissionDenied when it is somebody else's, CannotUndo when it is too late.
    """
    item = (
        Item.objects.select_for_update(of=["self"]).select_related("unit", "office").get(pk=decision.item_id)
    )
    if decision.by_id != by.pk:
        raise PermissionDenied(_("Only who decided takes it back."))
    decision.item = item
    if problem := undo_problems([decision], now)[decision.pk]:
        raise CannotUndo(problem)
    done = item.decisions.filter(pk__gte=decision.pk).select_related("version", "acting_for")
    for each in done.order_by("-pk"):
        back = Step(road_of(item), Status(each.target), Action.UNDO, Status(each.source), each.role)  # type: ignore[arg-type]
        move(
            item, back, by, each.version, acting_for=each.acting_for, undoes=each, read=item.version, now=now
        )
    _tell_who_was_told(decision, item, now)
    return item


def _tell_who_was_told(decision: Decision, item: Item, now: datetime) -> None:
    told = User.objects.filter(notices__key__startswith=f"step:{decision.pk}:").distinct()
    shown = {"name": decision.by, "title": item, "action": decision.get_action_display()}
    tell(
        told,
        kind=Kind.CHANGED,
        subject=f"item:{item.pk}",
        text=_("%(name)s took back the decision on “%(title)s” (%(action)s).") % shown,
        about=item.number or "",
        link=reverse("submissions:item-detail", args=[item.pk]),
        key=f"undo:{decision.pk}",
        now=now,
    )
