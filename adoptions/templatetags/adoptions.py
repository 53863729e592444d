"""What other pages show of the adoptions and events of an item."""

from __future__ import annotations

from typing import Any

from django import template

from accounts.models import User
from adoptions.models import Adoption, Event
from adoptions.rules import may_register, may_register_for
from submissions.enums import NOT_FILED
from submissions.models import Item

register = template.Library()


@register.inclusion_tag("adoptions/of_item.html", takes_context=True)
def item_adoptions(context: dict[str, Any], item: Item) -> dict[str, Any]:
    """Where the item was adopted, as far as the signed-in person sees it: {% item_adoptions item %}."""
    user = context["user"]
    assert isinstance(user, User)
    adoptions = Adoption.objects.visible_to(user).filter(item=item).with_parts()
    return {
        "item": item,
        "adoptions": adoptions.order_by("revoked_at", "-date", "-pk"),
        "may_register": may_register_for(user, item),
    }


@register.inclusion_tag("adoptions/events/of_item.html", takes_context=True)
def item_events(context: dict[str, Any], item: Item) -> dict[str, Any]:
    """What earned or cost points beside adoptions, and the way to register more: {% item_events item %}.

    Nothing at all where there is nothing to see or do.
    """
    user = context["user"]
    assert isinstance(user, User)
    events = Event.objects.visible_to(user).filter(item=item).order_by("revoked_at", "-date", "-pk")
    return {
        "item": item,
        "events": list(events),
        "may_register": item.status not in NOT_FILED and may_register(user, item.office),
    }
