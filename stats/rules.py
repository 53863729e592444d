"""Who may do what with bulletins, adjustments and schemes. Seeing figures is `stats.querysets`' matter."""

from __future__ import annotations

from accounts.enums import Role
from accounts.models import Unit, User
from accounts.rules import has_role
from stats.enums import AdjustmentStatus, BulletinStatus
from stats.models import Adjustment, Bulletin, SchemeDraft


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


def may_propose_adjustment(user: User) -> bool:
    """Office administrators propose points that no rule can measure."""
    return has_role(user, Role.OFFICE_ADMIN)


def may_approve_adjustment(user: User, adjustment: Adjustment) -> bool:
    """Approve or refuse: a leader or another administrator, never the person who proposed it."""
    decides = any(
        has_role(user, role, adjustment.office)
        for role in (Role.PRINCIPAL_LEADER, Role.SUPERVISING_LEADER, Role.OFFICE_ADMIN)
    )
    waiting = adjustment.status == AdjustmentStatus.PROPOSED
    return waiting and decides and adjustment.proposed_by_id != user.pk


def may_withdraw_adjustment(user: User, adjustment: Adjustment) -> bool:
    """Any administrator of the office, while nobody has decided."""
    waiting = adjustment.status == AdjustmentStatus.PROPOSED
    return waiting and has_role(user, Role.OFFICE_ADMIN, adjustment.office)


def may_edit_scheme(user: User, office: Unit | None = None) -> bool:
    """Office administrators write drafts of scoring schemes and propose them."""
    return has_role(user, Role.OFFICE_ADMIN, office)


def may_confirm_scheme(user: User, draft: SchemeDraft) -> bool:
    """The principal leader or another administrator, never the person who proposed it."""
    confirms = has_role(user, Role.PRINCIPAL_LEADER, draft.office) or has_role(
        user, Role.OFFICE_ADMIN, draft.office
    )
    return draft.proposed_by_id is not None and confirms and draft.proposed_by_id != user.pk


def may_enter_historic(user: User, office: Unit) -> bool:
    """Office administrators keep the bulletins from before the system."""
    return has_role(user, Role.OFFICE_ADMIN, office)
