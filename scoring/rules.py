"""Who may write scoring schemes and put them in force."""

from __future__ import annotations

from accounts.enums import Role
from accounts.models import Unit, User
from accounts.rules import has_role
from scoring.models import SchemeDraft


def may_edit_scheme(user: User, office: Unit | None = None) -> bool:
    """Office administrators write drafts of scoring schemes and propose them."""
    return has_role(user, Role.OFFICE_ADMIN, office)


def may_confirm_scheme(user: User, draft: SchemeDraft) -> bool:
    """The principal leader or another administrator, never the person who proposed it."""
    confirms = has_role(user, Role.PRINCIPAL_LEADER, draft.office) or has_role(
        user, Role.OFFICE_ADMIN, draft.office
    )
    return draft.proposed_by_id is not None and confirms and draft.proposed_by_id != user.pk
