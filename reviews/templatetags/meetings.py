"""What other pages show of the meetings that decide on items."""

from __future__ import annotations

from django import template
from django.utils import timezone

from accounts.models import User
from reviews.enums import Action
from reviews.meetings.rules import may_see_meetings, not_discussed
from submissions.models import Item

register = template.Library()


@register.simple_tag
def still_to_discuss(item: Item) -> str:
    """What the director's meeting has yet to do before this item can be approved; empty when nothing."""
    return not_discussed(item, Action.ISSUE, timezone.now())


@register.filter
def sees_meetings(user: User) -> bool:
    return may_see_meetings(user)
