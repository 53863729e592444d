"""Template tags for items."""

from __future__ import annotations

from datetime import date

from django import template

from submissions.models import Item
from submissions.wording import status_in_words

register = template.Library()


@register.inclusion_tag("components/status.html")
def item_status(item: Item, today: date) -> dict[str, str]:
    """The badge of an item's state in plain words: {% item_status item today %}."""
    return {"code": item.status, "label": status_in_words(item, today)}
