"""Writes to units, people, roles and the audit trail.

`create_unit` and `grant_role` are the bare facts, for setting an office up; everything else is done by
somebody, who must be allowed to (`accounts.rules`), and leaves a row in the audit trail.
"""

from __future__ import annotations

import secrets
from datetime import date, datetime, time, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import rules
from accounts.enums import KINDS_BELOW, OFFICE_WIDE, REVIEWERS, Role, UnitKind, compatible
from accounts.figures import unit_moves
from accounts.models import AuditEntry, RoleGrant, StandIn, Unit, User

#: Letters and digits that cannot be taken for one another on paper.
READABLE = "abcdefghjkmnpqrstuvwxyz23456789"


def record(
    *,
    actor: User | None,
    action: str,
    target: models.Model,
    office: Unit,
    now: datetime,
    detail: dict[str, Any] | None = None,
) -> AuditEntry:
    """Add one row to the audit trail; `actor` is None when the system itself acted.

    `action` must be one of `accounts.actions.ACTIONS`. Never put passwords, telephone numbers or the
    text of items into `detail`.
    """
    return AuditEntry.objects.create(
        at=now,
        actor=actor,
        office=office,
        action=action,
        target_type=target._meta.label_lower,
        target_id=str(target.pk),
        target_label=str(target)[:200],
        detail=detail or {},
    )


def _allow(allowed: bool) -> None:
    if not allowed:
        raise PermissionDenied(_("Your role does not reach this unit or account."))


# Units --------------------------------------------------------------------------------------------------


@transaction.atomic
def create_unit(
    *, parent: Unit | None, kind: str, code: str, name: str, active_from: date, **fields: Any
) -> Unit:
    """A unit below `parent`; an office needs none.

    Raises ValidationError for a kind that cannot stand there, and for a code or name already taken.
    """
    if parent is None and kind != UnitKind.OFFICE:
        raise ValidationError(_("Only an office can stand at the top: choose a parent unit."))
    if parent is not None and kind not in KINDS_BELOW[UnitKind(parent.kind)]:
        raise ValidationError(
            _("A unit of this kind cannot stand there: choose another kind or parent unit.")
        )
    fields.setdefault("short_name", name[:20])
    unit = Unit(parent=parent, kind=kind, code=code, name=name, active_from=active_from, **fields)
    unit.full_clean(exclude=["path", "office"])
    unit.save()
    unit.path = f"{parent.path if parent else '/'}{unit.pk}/"
    unit.office = parent.office if parent else unit
    unit.save(update_fields=["path", "office"])
    return unit


@transaction.atomic
def open_unit(*, parent: Unit, by: User, now: datetime, **fields: Any) -> Unit:
    """`create_unit` by an administrator."""
    _allow(rules.may_open_unit(by, parent))
    unit = create_unit(parent=parent, **fields)
    unit_moves(unit, {"active_from": (None, unit.active_from)}, now)
    record(actor=by, action="unit.open", target=unit, office=by.office, now=now, detail={"code": unit.code})
    return unit


@transaction.atomic
def change_unit(*, unit: Unit, by: User, now: datetime, **fields: Any) -> Unit:
    """Change a unit's name, short name, region code, days or position; `active_to` closes it.

    The code stays, because it is part of the numbers of the unit's items. Raises ValidationError
    when units below it would outlive it.
    """
    _allow(rules.may_change_unit(by, unit))
    unit = Unit.objects.select_for_update().get(pk=unit.pk)
    before = {name: getattr(unit, name) for name in fields}
    for name, value in fields.items():
        setattr(unit, name, value)
    unit.full_clean(exclude=["path", "office", "code", "kind", "parent"])
    if unit.active_to:
        if unit.kind == UnitKind.OFFICE:
            raise ValidationError({"active_to": _("The office itself cannot be closed here.")})
        day_after = unit.active_to + timedelta(days=1)
        if Unit.objects.filter(parent=unit).active_between(day_after, date.max).exists():
            raise ValidationError({"active_to": _("Close the units below it first.")})
    unit.save(update_fields=list(fields))
    changed = {name: (old, fields[name]) for name, old in before.items() if old != fields[name]}
    unit_moves(unit, changed, now)
    detail = {name: [str(old), str(new)] for name, (old, new) in changed.items()}
    record(actor=by, action="unit.change", target=unit, office=by.office, now=now, detail=detail)
    return unit


# People -------------------------------------------------------------------------------------------------


def random_password() -> str:
    """A password to be given on paper and changed at the first login, such as k7mf-93xq-tvwa-2hdc."""
    return "-".join("".join(secrets.choice(READABLE) for _place in range(4)) for _group in range(4))


@transaction.atomic
def create_person(*, by: User, unit: Unit, role: str = "", now: datetime, **fields: Any) -> tuple[User, str]:
    """A new account in `unit`, with a first role from today on if one is given; and its first password,
    which is stored nowhere else. Raises ValidationError for a role that cannot be held in this unit."""
    _allow(rules.may_manage(by, unit))
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
    _allow(rules.may_manage_person(by, person, today) and rules.may_manage(by, unit))
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
    _allow(rules.may_manage_person(by, person, timezone.localdate(now)))
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
    _allow(rules.may_manage_person(by, person, timezone.localdate(now)))
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


# Roles --------------------------------------------------------------------------------------------------


@transaction.atomic
def grant_role(*, user: User, role: str, unit: Unit, since: date, until: date | None = None) -> RoleGrant:
    """Give a role; an office-wide role is always held for the office, whatever `unit` names.

    Raises ValidationError when the person works in another office, holds the role on one of the days
    already, or holds one that does not go together with it.
    """
    User.objects.select_for_update().get(pk=user.pk)  # one grant to a person at a time
    office = unit.office
    if office is None or user.unit.office_id != office.pk:
        raise ValidationError(_("This person works in another office and cannot hold a role here."))
    if role == Role.COUNTY_ADMIN and unit.kind != UnitKind.COUNTY:
        raise ValidationError(_("A county administrator is named for a county: choose one."))
    if role == Role.UNIT_HEAD and unit.kind == UnitKind.OFFICE:
        raise ValidationError(_("A unit head is named for a unit below the office: choose one."))
    holder_unit = office if role in OFFICE_WIDE else unit
    for other in RoleGrant.objects.filter(user=user).overlapping(since, until):
        if other.role == role and other.unit_id == holder_unit.pk:
            raise ValidationError(_("This person holds the role in that time already."))
        if not compatible(other.role, role):
            raise ValidationError(
                _("One person cannot be %(role)s and %(other)s: give one of them to somebody else.")
                % {"role": Role(role).label, "other": Role(other.role).label}
            )
    _check_stand_ins(user, role, since, until)
    grant = RoleGrant(user=user, role=role, unit=holder_unit, since=since, until=until)
    grant.full_clean()
    grant.save()
    return grant


def _check_stand_ins(user: User, role: str, since: date, until: date | None) -> None:
    """Whoever decides for somebody who is away holds no role that a reviewer may not hold."""
    if all(compatible(role, reviewer) for reviewer in REVIEWERS):
        return
    begin = timezone.make_aware(datetime.combine(since, time.min))
    end = timezone.make_aware(datetime.combine(until or date.max - timedelta(days=2), time.max))
    acting = StandIn.objects.filter(stand_in=user).overlapping(begin, end).select_related("absent").first()
    if acting:
        raise ValidationError(
            _("This person stands in for %(name)s in that time: end that first.")
            % {"name": acting.absent.display_name}
        )


@transaction.atomic
def appoint(
    *, person: User, role: str, unit: Unit, since: date, until: date | None, by: User, now: datetime
) -> RoleGrant:
    """`grant_role` by an administrator."""
    _allow(rules.may_grant(by, person, role, unit, timezone.localdate(now)))
    grant = grant_role(user=person, role=role, unit=unit, since=since, until=until)
    record(actor=by, action="role.grant", target=grant, office=by.office, now=now, detail=_days(grant))
    return grant


@transaction.atomic
def end_role(*, grant: RoleGrant, until: date | None, by: User, now: datetime) -> None:
    """End a role with the day `until`, or at once when None; one that never held is removed.

    Raises ValidationError for a day that has passed already.
    """
    today = timezone.localdate(now)
    _allow(rules.may_grant(by, grant.user, grant.role, grant.unit, today))
    if until is not None and until < today:
        raise ValidationError({"until": _("Choose today or a later day.")})
    last_day = until or today - timedelta(days=1)
    before = _days(grant)
    record(
        actor=by,
        action="role.end",
        target=grant,
        office=by.office,
        now=now,
        detail=before | {"until": last_day.isoformat()},
    )
    if grant.since > last_day:
        grant.delete()
    else:
        grant.until = last_day
        grant.save(update_fields=["until"])


def _days(grant: RoleGrant) -> dict[str, str]:
    return {
        "unit": grant.unit.name,
        "since": grant.since.isoformat(),
        "until": grant.until.isoformat() if grant.until else "",
    }
