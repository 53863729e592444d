"""Writes to units, people, roles and the audit trail."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from accounts.enums import OFFICE_WIDE, Role, UnitKind
from accounts.models import AuditEntry, RoleGrant, Unit, User


def record(
    *,
    actor: User | None,
    action: str,
    target: models.Model,
    office: Unit,
    now: datetime,
    detail: dict[str, Any] | None = None,
) -> AuditEntry:
    """Add one row to the audit trail; `actor` is None when the system itself acted."""
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


@transaction.atomic
def create_unit(
    *, parent: Unit | None, kind: str, code: str, name: str, active_from: date, **fields: Any
) -> Unit:
    """A unit below `parent`; an office needs none. Raises ValidationError for a unit outside an office."""
    if parent is None and kind != UnitKind.OFFICE:
        raise ValidationError(_("Only an office can stand at the top: choose a parent unit."))
    fields.setdefault("short_name", name[:20])
    unit = Unit(parent=parent, kind=kind, code=code, name=name, active_from=active_from, **fields)
    unit.full_clean(exclude=["path", "office"])
    unit.save()
    unit.path = f"{parent.path if parent else '/'}{unit.pk}/"
    unit.office = unit if kind == UnitKind.OFFICE else parent.office if parent else None
    unit.save(update_fields=["path", "office"])
    return unit


@transaction.atomic
def grant_role(*, user: User, role: str, unit: Unit, since: date, until: date | None = None) -> RoleGrant:
    """Give a role; an office-wide role is always held for the office, whatever `unit` names.

    Raises ValidationError when the person works in another office.
    """
    office = unit.office
    if office is None or user.unit.office_id != office.pk:
        raise ValidationError(_("This person works in another office and cannot hold a role here."))
    holder_unit = office if Role(role) in OFFICE_WIDE else unit
    current = RoleGrant.objects.filter(user=user, role=role, unit=holder_unit, until__isnull=True).first()
    if current:
        return current
    return RoleGrant.objects.create(user=user, role=role, unit=holder_unit, since=since, until=until)


def end_role(*, grant: RoleGrant, today: date) -> None:
    """End a role as of now; one that began today never was."""
    if grant.since >= today:
        grant.delete()
    else:
        grant.until = today - timedelta(days=1)
        grant.save(update_fields=["until"])
