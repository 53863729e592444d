"""Who may do what to an item's text."""

from __future__ import annotations

from accounts.enums import Role
from accounts.models import User
from accounts.querysets import grants_today
from submissions.enums import EDITABLE, Status
from submissions.models import Item


def may_file(user: User) -> bool:
    """Whether the person files items at all: authors, and every leader (全员写信息)."""
    return any(grant.role != Role.AUDITOR for grant in grants_today(user))


def is_writer_of(user: User, item: Item) -> bool:
    """Whether the person filed the item or is one of its authors."""
    if item.submitter_id == user.pk:
        return True
    return any(authorship.user_id == user.pk for authorship in item.authorships.all())


def may_edit(user: User, item: Item) -> bool:
    return item.status in EDITABLE and is_writer_of(user, item)


def may_discard(user: User, item: Item) -> bool:
    return item.status == Status.DRAFT and item.submitter_id == user.pk
