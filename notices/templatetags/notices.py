"""Notices on other pages."""

from __future__ import annotations

from django import template

from accounts.models import User
from notices import listing
from notices.models import Notice

register = template.Library()

LATEST = 5


@register.simple_tag
def latest_notices(user: User) -> list[listing.Group]:
    """The person's latest unread notices, one group a subject; two queries, one when there are none."""
    unread = Notice.objects.of(user).unread()
    return listing.groups_of(unread, unread.subjects()[:LATEST])
