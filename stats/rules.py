"""Who may do what with adjustments of points. Seeing figures is `stats.querysets`' matter."""

from __future__ import annotations

from accounts.enums import Role
from accounts.models import User
from accounts.rules import has_role
from stats.enums import AdjustmentStatus
from stats.models import Adjustment


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
