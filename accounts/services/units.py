"""Writes to units."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts import rules
from accounts.enums import KINDS_BELOW, UnitKind
from accounts.figures import names_move, unit_moves
from accounts.models import Unit, UnitAlias, User
from accounts.services import aliases
from accounts.services.audit import record
from accounts.services.lock import one_at_a_time
from kit.spelling import key


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
    rules.require(rules.may_open_unit(by, parent))
    one_at_a_time(by.office)
    unit = create_unit(parent=parent, **fields)
    aliases.take_names(
        holder=unit,
        names=unit.spellings,
        since=unit.active_from,
        rivals=Unit.objects.filter(parent=parent),
        spelled=key,
        by=by,
        now=now,
    )
    unit_moves(unit, {"active_from": (None, unit.active_from)}, now)
    record(actor=by, action="unit.open", target=unit, office=by.office, now=now, detail={"code": unit.code})
    return unit


@transaction.atomic
def change_unit(*, unit: Unit, by: User, now: datetime, **fields: Any) -> Unit:
    """Change a unit's name, short name, region code, days or position; `active_to` closes it.

    The code stays, because it is part of the numbers of the unit's items; a name that it loses goes on being
    understood as its alias. Raises ValidationError when units below it would outlive it, and for a name
    that is another's alias.
    """
    rules.require(rules.may_change_unit(by, unit))
    one_at_a_time(by.office)
    unit = Unit.objects.select_for_update().get(pk=unit.pk)
    before, spellings = {name: getattr(unit, name) for name in fields}, unit.spellings
    for name, value in fields.items():
        setattr(unit, name, value)
    unit.full_clean(exclude=["path", "office", "code", "kind", "parent"])
    if unit.active_to:
        if unit.kind == UnitKind.OFFICE:
            raise ValidationError({"active_to": _("The office itself cannot be closed here.")})
        day_after = unit.active_to + timedelta(days=1)
        if Unit.objects.filter(parent=unit).active_between(day_after, date.max).exists():
            raise ValidationError({"active_to": _("Close the units below it first.")})
    changed = {name: (old, fields[name]) for name, old in before.items() if old != fields[name]}
    if changed.keys() & {"name", "short_name"}:
        names_move(office=by.office, now=now)
        rivals = Unit.objects.filter(parent=unit.parent_id, office=unit.office_id)
        aliases.rename(holder=unit, before=spellings, rivals=rivals, spelled=key, by=by, now=now)
    unit.save(update_fields=list(fields))
    unit_moves(unit, changed, now)
    detail = {name: [str(old), str(new)] for name, (old, new) in changed.items()}
    record(actor=by, action="unit.change", target=unit, office=by.office, now=now, detail=detail)
    return unit


@transaction.atomic
def add_unit_alias(
    *, unit: Unit, name: str, since: date | None, until: date | None, by: User, now: datetime
) -> UnitAlias:
    """Enter a former or other name of a unit. Raises ValidationError for one that another bears then."""
    rules.require(rules.may_change_unit(by, unit))
    one_at_a_time(by.office)
    alias = aliases.add_alias(
        alias=UnitAlias(holder=unit, name=name, since=since, until=until),
        everybody=Unit.objects.filter(office=unit.office_id),
        spelled=key,
        by=by,
        now=now,
    )
    names_move(office=by.office, now=now)
    return alias


@transaction.atomic
def end_unit_alias(*, alias: UnitAlias, until: date, by: User, now: datetime) -> UnitAlias:
    """Let an alias of a unit be understood up to a day. Raises ValidationError."""
    rules.require(rules.may_change_unit(by, alias.holder))
    one_at_a_time(by.office)
    everybody = Unit.objects.filter(office=alias.holder.office_id)
    return aliases.end_alias(alias=alias, until=until, everybody=everybody, spelled=key, by=by, now=now)
