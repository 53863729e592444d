"""Who may do what with bulletins and scoring schemes. Seeing figures is `stats.querysets`' matter."""

from __future__ import annotations

from accounts.enums import Role
from accounts.models import User
from accounts.rules import has_role
from stats.enums import BulletinStatus
from stats.models import Bulletin


def may_draft(user: User) -> bool:
    """Office administrators ask for bulletins over months of their choice."""
    return has_role(user, Role.OFFICE_ADMIN)


def may_check(user: User, bulletin: Bulletin) -> bool:
    """The system drafts, so the administrator who checks is the first person to vouch for the figures."""
    return bulletin.status == BulletinStatus.DRAFT and has_role(user, Role.OFFICE_ADMIN, bulletin.office)


def may_reopen(user: User, bulletin: Bulletin) -> bool:
    """Back to a draft, so that facts which arrived after the check come in."""
    return bulletin.status == BulletinStatus.CHECKED and has_role(user, Role.OFFICE_ADMIN, bulletin.office)


def may_issue(user: User, bulletin: Bulletin) -> bool:
    """The principal leader or an office administrator, but never the person who checked it."""
    signs = has_role(user, Role.PRINCIPAL_LEADER, bulletin.office) or has_role(
        user, Role.OFFICE_ADMIN, bulletin.office
    )
    return bulletin.status == BulletinStatus.CHECKED and signs and bulletin.checked_by_id != user.pk
