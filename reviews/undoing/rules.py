"""How long, and until what happens, a decision can be taken back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from accounts.models import User
from reviews.enums import SIGNING, Action
from reviews.models import Decision
from submissions.models import Attachment
from submissions.rules import built_on

UNDO_WITHIN: Final = timedelta(minutes=5)


def undoable(decisions: Iterable[Decision], user: User, now: datetime) -> set[int]:
    """Ids of those of these decisions (with their items) that `user`, who made them, may still take back."""
    recent = [each for each in decisions if each.by_id == user.pk and each.at > now - UNDO_WITHIN]
    return {pk for pk, problem in undo_problems(recent, now).items() if not problem}


def undo_problems(decisions: Iterable[Decision], now: datetime) -> dict[int, str]:
    """Id of each decision (with its item) → why it can no longer be taken back, "" when it can.

    The same few queries however many there are.
    """
    decisions = list(decisions)
    if not decisions:
        return {}
    undone = set(Decision.objects.filter(undoes__in=decisions).values_list("undoes", flat=True))
    taken_up = _followed(decisions) | _revised(decisions)
    settled = built_on(decision.item for decision in decisions)
    problems = {}
    for decision in decisions:
        problem = ""
        if decision.action not in SIGNING:
            problem = _("Only a decision can be undone.")
        elif decision.pk in undone:
            problem = _("This is undone already.")
        elif now - decision.at > UNDO_WITHIN:
            problem = _("Five minutes have passed: ask the level that has the item now to send it back.")
        elif decision.pk in taken_up:
            problem = _(
                "Somebody has worked on the item since; ask the level that has it now to send it back."
            )
        elif decision.item_id in settled:
            problem = _("Its adoption or an event of it is registered already, so it stays issued.")
        problems[decision.pk] = problem
    return problems


def _followed(decisions: Iterable[Decision]) -> set[int]:
    """Those after which anything was done, other than passing over empty levels in the same moment."""
    later = Decision.objects.filter(item=OuterRef("item"), pk__gt=OuterRef("pk"))
    beside = later.exclude(action=Action.RECUSE, at=OuterRef("at"))
    rows = Decision.objects.filter(Exists(beside), pk__in=[each.pk for each in decisions])
    return set(rows.values_list("pk", flat=True))


def _revised(decisions: Iterable[Decision]) -> set[int]:
    """Those whose writers have begun to revise the text that came back to them."""
    decisions = list(decisions)
    files = Attachment.objects.filter(item__in=[each.item_id for each in decisions])
    moments: dict[int, list[datetime]] = {each.item_id: [each.item.changed_at] for each in decisions}
    for item, uploaded, removed in files.values_list("item", "uploaded_at", "removed_at"):
        moments[item] += [moment for moment in (uploaded, removed) if moment]
    return {each.pk for each in decisions if max(moments[each.item_id]) > each.at}
