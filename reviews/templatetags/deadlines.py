"""The clock on other pages: what is due, what is late below one, how often haste was asked for."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import template
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from reviews.deadlines.clocks import Clock, deadlines_of
from reviews.deadlines.lateness import Urges, late_below, urges_of
from submissions.models import Item
from submissions.wording import waiting_days

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


@register.filter
def waiting_words(item: Item, today: date) -> str:
    """How long an item has been waiting for its reviewer, e.g. 第2天."""
    return _("day %(days)s") % {"days": waiting_days(item, today)}


@register.filter
def clock_words(clock: Clock) -> str:
    """When the reviewer has to be done, e.g. 限4月14日前, 已超期2个工作日."""
    if clock.overdue:
        return _("%(days)s working days overdue") % {"days": -clock.left}
    if clock.left == 0:
        return _("due today")
    return _("due by %(month)s-%(day)s") % {"month": f"{clock.due:%m}", "day": f"{clock.due:%d}"}
