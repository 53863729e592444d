"""Who may do what to units and people."""

from __future__ import annotations

from accounts.enums import Role
from accounts.models import Unit, User
from accounts.querysets import grants_today


def has_role(user: User, role: Role, office: Unit | None = None) -> bool:
    """Whether `user` holds `role` today, for `office` (default: the own office) or a unit in it."""
    office_id = office.pk if office else user.unit.office_id
    return any(grant.role == role and grant.unit.office_id == office_id for grant in grants_today(user))


def has_any_role(user: User, roles: frozenset[Role]) -> bool:
    return any(has_role(user, role) for role in roles)


def may_manage_people(user: User) -> bool:
    """Office administrators manage every unit and account, county administrators those of their county."""
    return has_role(user, Role.OFFICE_ADMIN) or has_role(user, Role.COUNTY_ADMIN)


def managed_paths(user: User) -> list[str]:
    """Paths of the subtrees whose units and people `user` manages."""
    managing = {Role.OFFICE_ADMIN, Role.COUNTY_ADMIN}
    return [grant.unit.path for grant in grants_today(user) if grant.role in managing]


def may_manage(user: User, unit: Unit) -> bool:
    return any(unit.path.startswith(path) for path in managed_paths(user))


def may_read_audit(user: User) -> bool:
    return has_role(user, Role.AUDITOR)
