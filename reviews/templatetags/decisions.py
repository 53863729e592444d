"""What other pages show of the review of an item."""

from __future__ import annotations

from typing import Any

from django import template
from django.contrib.messages.storage.base import Message
from django.utils import timezone

from accounts.models import User
from reviews.meetings.rules import KIND_AT, may_arrange
from reviews.returns.answering import LONGEST_ANSWER, PointLine, field_of
from reviews.returns.returned import return_of
from reviews.rules import for_whom, handed_on, is_unattended, may_assign, may_decide, may_urge, may_withdraw
from reviews.secrecy.rules import may_review_secrecy, waiting_for_secrecy_review
from reviews.wording import history_line, level_name, unattended
from submissions.enums import IN_REVIEW
from submissions.models import Item
from submissions.rules import may_edit

register = template.Library()


@register.inclusion_tag("reviews/item_decisions.html")
def item_decisions(item: Item) -> dict[str, Any]:
    """The section of everything that was done to the item: filing, decisions, recusals (审核记录)."""
    stuck = is_unattended(item, timezone.now())
    decisions = list(item.decisions.in_order())
    current = decisions[-1].version if decisions else None
    return {
        "item": item,
        "handed": handed_on(item) if item.status in IN_REVIEW else None,
        "verdicts": item.secrecy_reviews.select_related("by", "version").order_by("at", "pk"),
        "secrecy": bool(waiting_for_secrecy_review([item])),
        "lines": [history_line(decision, current) for decision in decisions],
        "unattended": unattended(item) if stuck else "",
    }


@register.inclusion_tag("reviews/stand_ins/_for_whom.html", takes_context=True)
def signed_for(context: dict[str, Any], item: Item) -> dict[str, Any]:
    """代某某, where the signed-in person would decide on the item for somebody who is away."""
    return {"absent": for_whom(context["user"], item, timezone.now())}


@register.inclusion_tag("reviews/handling/_merging.html")
def merging(item: Item) -> dict[str, Any]:
    """What an item went into, and what went into it; nothing for most items."""
    return {"item": item, "parts": item.merged.select_related("unit")}


@register.inclusion_tag("reviews/undoing/undo_button.html", takes_context=True)
def undo_button(context: dict[str, Any], message: Message) -> dict[str, Any]:
    """The button that takes back what a message tells of: its `extra_tags` are then ``undo:<decision>``."""
    kind, _colon, decision = (message.extra_tags or "").partition(":")
    return {
        "decision": decision if kind == "undo" and decision.isdecimal() else "",
        "csrf_token": context.get("csrf_token"),
    }


@register.inclusion_tag("reviews/item_actions.html", takes_context=True)
def item_actions(context: dict[str, Any], item: Item) -> dict[str, Any]:
    """Links to what the signed-in person may do with the item now."""
    user = context["user"]
    assert isinstance(user, User)
    return {
        "item": item,
        "may_decide": may_decide(user, item, timezone.now()),
        "may_edit": may_edit(user, item),
        "may_withdraw": may_withdraw(user, item),
        "may_urge": may_urge(user, item),
        "may_assign": may_assign(user, item, timezone.now()),
        "may_review_secrecy": may_review_secrecy(user, item, timezone.now()),
        "for_agenda": item.status in KIND_AT and may_arrange(user),
    }


@register.inclusion_tag("reviews/returns/points.html", takes_context=True)
def return_points(context: dict[str, Any], item: Item) -> dict[str, Any]:
    """Why the item came back, as a checklist inside the writer's form: as stored, or as just typed.

    What the inputs carry is stored by `reviews.returns.answering.keep_answers`.
    """
    returned = return_of(item)
    posted, problems = context["request"].POST, context.get("problems", {})
    superseded = context.get("superseded", False)
    lines = [
        PointLine.of(point, posted, problems.get(field_of(point), ""), superseded=superseded)
        for point in (returned.points if returned else [])
    ]
    return {"returned": returned, "lines": lines, "longest": LONGEST_ANSWER}


@register.filter
def level(status: str) -> str:
    """The level of review that a status waits for: 一审、二审、三审、集体审定."""
    return level_name(status)
