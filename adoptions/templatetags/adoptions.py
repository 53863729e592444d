"""What other pages show of the adoptions of an item."""

from __future__ import annotations

from typing import Any

from django import template

from accounts.models import User
from adoptions.models import Adoption
from adoptions.rules import may_register_for
from submissions.models import Item

register = template.Library()


@register.inclusion_tag("adoptions/item_adoptions.html", takes_context=True)
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
