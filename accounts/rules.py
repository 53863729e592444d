"""Who may do what to units and people."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from accounts.enums import ADMINISTRATORS, KINDS_BELOW, REVIEWERS, Role, UnitKind
from accounts.models import RoleGrant, Unit, User
from accounts.querysets import grants_today, managed_paths


def has_role(user: User, role: Role, office: Unit | None = None) -> bool:
    """Whether `user` holds `role` today, for `office` (default: the own office) or a unit in it."""
    office_id = office.pk if office else user.unit.office_id
    return any(grant.role == role and grant.unit.office_id == office_id for grant in grants_today(user))


def has_any_role(user: User, roles: frozenset[Role]) -> bool:
    return any(has_role(user, role) for role in roles)


def may_manage_people(user: User) -> bool:
    """Office administrators manage every unit and account, county administrators those of their county."""
    return has_any_role(user, ADMINISTRATORS)


def may_manage(user: User, unit: Unit) -> bool:
    """Whether accounts may be opened in this unit, and units below it."""
    return any(unit.path.startswith(path) for path in managed_paths(user))


def grantable_roles(user: User) -> frozenset[Role]:
    """The roles this person may give to others: a county administrator names authors and nobody else."""
    if has_role(user, Role.OFFICE_ADMIN):
        return frozenset(Role)
    return frozenset({Role.AUTHOR}) if has_role(user, Role.COUNTY_ADMIN) else frozenset()


def may_manage_person(user: User, person: User, day: date) -> bool:
    """Whether `user` may change this account: somebody else's, in a unit they manage, and without a role
    above their own reach, since a new password is as good as the role."""
    if person.pk == user.pk or not may_manage(user, person.unit):
        return False
    held = RoleGrant.objects.filter(user=person).standing(day).values_list("role", flat=True)
    return set(held) <= grantable_roles(user)


def may_grant(user: User, person: User, role: str, unit: Unit, day: date) -> bool:
    """Whether `user` may give `person` this role at `unit`; nobody touches their own roles."""
    return role in grantable_roles(user) and may_manage(user, unit) and may_manage_person(user, person, day)


def may_open_unit(user: User, parent: Unit) -> bool:
    return bool(KINDS_BELOW[UnitKind(parent.kind)]) and may_manage(user, parent)


def may_change_unit(user: User, unit: Unit) -> bool:
    """A county's own entry is the office's; its administrator keeps the units below it."""
    if has_role(user, Role.OFFICE_ADMIN):
        return may_manage(user, unit)
    return unit.path not in managed_paths(user) and may_manage(user, unit)


def may_read_audit(user: User) -> bool:
    return has_role(user, Role.AUDITOR)


def may_keep_stand_ins(user: User) -> bool:
    """Whether the person names stand-ins: for themselves as somebody who decides on items, or for others."""
    return has_any_role(user, REVIEWERS | {Role.OFFICE_ADMIN})


def may_name_stand_in(user: User, absent: User) -> bool:
    """Leaders name who decides for them while they are away; the office administrator does it for anybody."""
    if user.pk == absent.pk:
        return has_any_role(user, REVIEWERS)
    return has_role(user, Role.OFFICE_ADMIN) and absent.unit.office_id == user.unit.office_id


def may_end_stand_in(user: User, absent: User) -> bool:
    """The person who is back ends it, whatever roles they hold by now; so may the office administrator."""
    return user.pk == absent.pk or may_name_stand_in(user, absent)


def require(allowed: bool) -> None:
    """PermissionDenied unless something is allowed."""
    if not allowed:
        raise PermissionDenied(_("Your role does not reach this unit or account."))
