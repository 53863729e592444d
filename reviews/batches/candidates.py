"""Which items a reviewer may approve in one go, and why not the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from reviews.deciding.opening import opened
from reviews.enums import Action
from reviews.meetings.rules import not_discussed
from reviews.querysets import inbox
from reviews.rules import levels_ahead
from reviews.secrecy.rules import is_awaiting_secrecy_review
from reviews.wording import after_approval
from submissions.models import Item

#: More than this is not one glance any more.
MOST = 50


class Problem(TextChoices):
    """Why an item is not approved with the others."""

    UNOPENED = "unopened", _("You have not opened its current text: read it first.")
    CHANGED = "changed", _("Its text was changed after you opened it: read it again.")
    MOVED = "moved", _("Somebody was faster: it no longer waits where you saw it.")
    NOT_MINE = "not_mine", _("It does not wait for you.")
    SECRECY = "secrecy", _("It needs its secrecy review before it is issued.")
    MEETING = "meeting", _("The director's meeting has to discuss it first.")
    NOBODY = "nobody", _("Nobody of the office could review it after you: tell the administrator.")
    BUSY = "busy", _("Somebody is working on it at this moment: try again.")


@dataclass(frozen=True, slots=True)
class Candidate:
    """An item ticked for a batch, what approving it brings about, and what speaks against it ("" nothing)."""

    item: Item
    consequence: str
    problem: Problem | None

    @property
    def seen(self) -> str:
        """What the person sees now, as it travels with the form."""
        return f"{self.item.pk}:{self.item.status}:{self.item.version}"


def candidates(user: User, wanted: Sequence[int], now: datetime) -> list[Candidate]:
    """The items wanted, in the order of the inbox, then those that no longer wait for this person."""
    mine = {item.pk: item for item in inbox(user).filter(pk__in=wanted).select_related("unit", "office")}
    others = Item.objects.visible_to(user).filter(pk__in=set(wanted) - set(mine)).select_related("unit")
    seen = opened(user, mine.values())
    found = []
    for pk in sorted(mine, key=wanted.index):
        item, ahead = mine[pk], levels_ahead(mine[pk], now, signing=user)
        problem = None if pk in seen else Problem.UNOPENED
        if not problem and all(step.recused for step in ahead[1:]) and is_awaiting_secrecy_review(item):
            problem = Problem.SECRECY
        if not problem and not_discussed(item, Action.ISSUE, now):
            problem = Problem.MEETING
        found.append(Candidate(item, after_approval(ahead), problem))
    return found + [Candidate(item, "", Problem.NOT_MINE) for item in others]


def in_words(code: str | None) -> str:
    return str(Problem(code).label) if code in Problem.values else ""
