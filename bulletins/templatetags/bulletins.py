"""What templates, also those of other apps, ask about bulletins."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django import template

from accounts.models import Unit, User
from bulletins import rules
from bulletins.layout.rows import CHANGES
from bulletins.models import Bulletin

register = template.Library()


@register.filter
def may_draft(user: User) -> bool:
    """Whether the person may ask for a bulletin."""
    return rules.may_draft(user)


@register.simple_tag
def issued_since(office: Unit, day: date) -> Iterable[Bulletin]:
    """The issued bulletins of an office that cover a day from this one on, the newest first."""
    return (
        Bulletin.objects.of_office(office)
        .issued()
        .filter(last_day__gte=day)
        .order_by("-last_day")
        .defer("document")
    )


@register.filter
def late_change(code: str) -> str:
    """What happened to a line after its issue: entered late, corrected, withdrawn."""
    return str(CHANGES.get(code, code))
