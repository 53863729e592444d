"""Writes to people and their accounts."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts import rules
from accounts.models import RoleGrant, Unit, User
from accounts.services.audit import record
from accounts.services.roles import appoint, end_role

#: Letters and digits that cannot be taken for one another on paper.
READABLE = "abcdefghjkmnpqrstuvwxyz23456789"


def random_password() -> str:
    """A password to be given on paper and changed at the first login, such as k7mf-93xq-tvwa-2hdc."""
    return "-".join("".join(secrets.choice(READABLE) for _place in range(4)) for _group in range(4))


@transaction.atomic
def create_person(*, by: User, unit: Unit, role: str = "", now: datetime, **fields: Any) -> tuple[User, str]:
    """A new account in `unit`, with a first role from today on if one is given; and its first password,
    which is stored nowhere else. Raises ValidationError for a role that cannot be held in this unit."""
    rules.require(rules.may_manage(by, unit))
    password = random_password()
    person = User.objects.create_user(password=password, unit=unit, must_change_password=True, **fields)
    record(
        actor=by, action="person.create", target=person, office=by.office, now=now, detail={"unit": unit.name}
    )
    if role:
        today = timezone.localdate(now)
        appoint(person=person, role=role, unit=unit, since=today, until=None, by=by, now=now)
    return person, password


@transaction.atomic
def change_person(*, person: User, by: User, unit: Unit, now: datetime, **fields: Any) -> list[RoleGrant]:
    """Change an account's facts. Moving it to another unit of the office ends the roles held for units
    that the new one does not belong to; these are returned."""
    today = timezone.localdate(now)
    person = User.objects.select_for_update().get(pk=person.pk)
    rules.require(rules.may_manage_person(by, person, today) and rules.may_manage(by, unit))
    detail: dict[str, Any] = {
        "fields": sorted(name for name, value in fields.items() if getattr(person, name) != value)
    }
    ended: list[RoleGrant] = []
    if person.unit_id != unit.pk:
        detail["unit"] = [person.unit.name, unit.name]
        person.unit = unit
        for grant in RoleGrant.objects.filter(user=person).standing(today).select_related("unit"):
            if not grant.unit.contains(unit):
                end_role(grant=grant, by=by, until=None, now=now)
                ended.append(grant)
    for name, value in fields.items():
        setattr(person, name, value)
    person.save(update_fields=["unit", *fields])
    record(actor=by, action="person.change", target=person, office=by.office, now=now, detail=detail)
    return ended


@transaction.atomic
def reset_password(*, person: User, by: User, now: datetime) -> str:
    """A new first password; whoever is signed in to the account is signed out."""
    rules.require(rules.may_manage_person(by, person, timezone.localdate(now)))
    password = random_password()
    person.set_password(password)
    person.must_change_password = True
    person.save(update_fields=["password", "must_change_password"])
    record(actor=by, action="person.password", target=person, office=by.office, now=now)
    return password


@transaction.atomic
def set_active(*, person: User, active: bool, by: User, now: datetime) -> None:
    """Deactivate an account, which ends its sessions with their next request, or bring it back.

    Accounts are never deleted: what somebody filed and decided stays theirs.
    """
    rules.require(rules.may_manage_person(by, person, timezone.localdate(now)))
    person.is_active = active
    person.save(update_fields=["is_active"])
    action = "person.reactivate" if active else "person.deactivate"
    record(actor=by, action=action, target=person, office=by.office, now=now)


@transaction.atomic
def change_own_password(*, person: User, password: str, now: datetime) -> None:
    """The password a person chose, already validated; other sessions of the account end."""
    person.set_password(password)
    person.must_change_password = False
    person.save(update_fields=["password", "must_change_password"])
    record(actor=person, action="password.change", target=person, office=person.office, now=now)


@transaction.atomic
def change_own_contacts(*, person: User, phone: str, email: str, now: datetime) -> None:
    """Where a person is reached; the trail tells that it changed, not to what."""
    person.phone, person.email = phone, email
    person.save(update_fields=["phone", "email"])
    record(actor=person, action="profile.change", target=person, office=person.office, now=now)
