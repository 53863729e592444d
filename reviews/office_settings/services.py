"""Writes to how an office reviews. Items on their way go on as they began."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.enums import UnitKind
from accounts.models import Unit, User
from accounts.services.audit import record
from reviews.enums import FitToSign
from reviews.models import CheckedUnit, OfficeRule
from reviews.rules import may_keep_office_settings


@transaction.atomic
def set_rule(
    *, chain: str, secrecy: str, stand_ins: str = FitToSign.STAFF, by: User, now: datetime
) -> OfficeRule:
    """Set the chain of the person's office, which of its items need a separate secrecy review, and who may
    stand in for its reviewers."""
    if not may_keep_office_settings(by):
        raise PermissionDenied
    facts = {"chain": chain, "secrecy": secrecy, "stand_ins": stand_ins}
    rule, _created = OfficeRule.objects.update_or_create(office=by.office, defaults=facts)
    shown = {
        "chain": str(rule.get_chain_display()),
        "secrecy": str(rule.get_secrecy_display()),
        "stand_ins": str(rule.get_stand_ins_display()),
    }
    record(actor=by, action="review_rule.set", target=rule, office=by.office, now=now, detail=shown)
    return rule


@transaction.atomic
def set_own_check(*, unit: Unit, on: bool, by: User, now: datetime) -> None:
    """Let the head of a unit below the office sign its items, and those of the units below it, before the
    office's levels; or no longer. Setting what is set already changes nothing."""
    if not may_keep_office_settings(by) or unit.office_id != by.office.pk or unit.kind == UnitKind.OFFICE:
        raise PermissionDenied
    if on:
        changed = CheckedUnit.objects.get_or_create(unit=unit, defaults={"since": now, "set_by": by})[1]
    else:
        changed = bool(CheckedUnit.objects.filter(unit=unit).delete()[0])
    if changed:
        action = "own_check.set" if on else "own_check.unset"
        record(actor=by, action=action, target=unit, office=by.office, now=now)
