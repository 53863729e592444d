"""Haste on other pages: how often it was asked for, what is late below one."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils import timezone

from accounts.models import User
from reviews.deadlines.clocks import deadlines_of
from reviews.deadlines.lateness import Urges, late_below, urges_of
from submissions.models import Item

register = template.Library()

SHOWN = 20


@register.simple_tag
def item_urges(item: Item) -> Urges | None:
    """How often somebody asked to hurry at the level where the item waits; see `deadlines/_urges.html`."""
    return urges_of(item)


@register.inclusion_tag("reviews/deadlines/_late_below.html")
def late_items_below(user: User) -> dict[str, Any]:
    """The section of what is late below this person; empty when nothing is."""
    today, deadlines = timezone.localdate(), deadlines_of(user.office)
    late = late_below(user, deadlines, today)
    shown = [(item, deadlines.clock(item, today)) for item in late.with_people()[:SHOWN]]
    return {"lines": shown, "count": late.count() if len(shown) == SHOWN else len(shown)}
