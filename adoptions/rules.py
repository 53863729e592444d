"""Who may do what to outlets, adoptions and events."""

from __future__ import annotations

from accounts.enums import Role
from accounts.models import Unit, User
from accounts.rules import has_role
from adoptions.models import Adoption, Event
from submissions.enums import Status
from submissions.models import Item


def may_register(user: User, office: Unit | None = None) -> bool:
    """Office administrators keep the ledger: adoptions, outlets, events, imports. All others only read it.

    `office` is the office whose ledger it is, the person's own when it is not given.
    """
    return (office is None or office.pk == user.unit.office_id) and has_role(user, Role.OFFICE_ADMIN)


def may_register_for(user: User, item: Item) -> bool:
    """Whether the person may register an adoption of this item: only issued items are published."""
    return item.status == Status.ISSUED and may_register(user, item.office)


def may_change(user: User, entry: Adoption | Event) -> bool:
    """Whether the person may edit or revoke it; what was revoked stays as it is."""
    return entry.revoked_at is None and may_register(user, entry.office)
