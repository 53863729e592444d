"""How long, and until what happens, a decision can be taken back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import User
from reviews.enums import SIGNING, Action
from reviews.models import Decision
from submissions.models import Item
from submissions.rules import is_built_on

UNDO_WITHIN: Final = timedelta(minutes=5)


def undoable(decisions: Iterable[Decision], user: User, now: datetime) -> set[int]:
    """Those of these decisions that their person, `user`, may still take back."""
    return {
        decision.pk
        for decision in decisions
        if decision.by_id == user.pk
        and decision.at > now - UNDO_WITHIN
        and not undo_problem(decision, decision.item, now)
    }


def undo_problem(decision: Decision, item: Item, now: datetime) -> str:
    """Why the decision on `item` can no longer be taken back; "" when it can."""
    if decision.action not in SIGNING:
        return _("Only a decision can be undone.")
    if Decision.objects.filter(undoes=decision).exists():
        return _("This is undone already.")
    if now - decision.at > UNDO_WITHIN:
        return _("Five minutes have passed: ask the level that has the item now to send it back.")
    if _followed(decision) or _revised_since(item, decision.at):
        return _("Somebody has worked on the item since; ask the level that has it now to send it back.")
    if is_built_on(item):
        return _("Its adoption or an event of it is registered already, so it stays issued.")
    return ""


def _followed(decision: Decision) -> bool:
    """Whether anything was done after it, other than passing over empty levels in the same moment."""
    later = Decision.objects.filter(item=decision.item_id, pk__gt=decision.pk)
    return later.exclude(action=Action.RECUSE, at=decision.at).exists()


def _revised_since(item: Item, moment: datetime) -> bool:
    """Whether its writers have begun to revise the text that came back to them."""
    files = item.attachments.filter(Q(uploaded_at__gt=moment) | Q(removed_at__gt=moment))
    return item.changed_at > moment or files.exists()
