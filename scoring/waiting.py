"""Schemes that wait for a second person."""

from __future__ import annotations

from accounts.models import User
from scoring.models import SchemeDraft
from scoring.rules import may_confirm_scheme


def schemes_waiting(user: User) -> list[SchemeDraft]:
    """Proposed scoring schemes that this person may put in force."""
    drafts = SchemeDraft.objects.visible_to(user).proposed().select_related("office", "proposed_by")
    return [draft for draft in drafts.newest_first() if may_confirm_scheme(user, draft)]
