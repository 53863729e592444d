"""Writes to adjustments of points: proposed by one person, approved by another, never changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Unit, User
from accounts.services.audit import record
from scoring.periods.month import local_date
from stats.enums import AdjustmentStatus
from stats.models import Adjustment
from stats.rules import may_approve_adjustment, may_propose_adjustment, may_withdraw_adjustment
from submissions.services.months import mark_stale
from submissions.uploads import CheckedUpload


@dataclass(frozen=True, slots=True)
class AdjustmentFacts:
    """What is proposed: so many points, more or fewer, for a unit on a day, and why."""

    unit: Unit
    date: date
    points: Decimal
    reason: str
    evidence: str


class AdjustmentMoved(Exception):
    """Somebody else has decided on it, or withdrawn it, since it was read."""


@transaction.atomic
def propose_adjustment(
    *, facts: AdjustmentFacts, file: CheckedUpload | None = None, by: User, now: datetime
) -> Adjustment:
    """Put an adjustment before a second person. It counts for nothing until it is approved.

    Raises ValidationError by field, PermissionDenied.
    """
    if not may_propose_adjustment(by):
        raise PermissionDenied(_("Only an office administrator proposes an adjustment."))
    _check(facts, by.office, local_date(now))
    adjustment = Adjustment(
        office=by.office,
        unit=facts.unit,
        date=facts.date,
        points=facts.points,
        reason=facts.reason.strip(),
        evidence=facts.evidence.strip(),
        proposed_by=by,
        proposed_at=now,
    )
    adjustment.full_clean(exclude=["office", "proposed_by", "decided_by", "decided_at"])
    adjustment.save()
    if file:
        adjustment.evidence_name = file.name
        adjustment.evidence_file.save(file.stored_name(adjustment.pk, "adjustments"), file.file, save=False)
        adjustment.save(update_fields=["evidence_file", "evidence_name"])
    _record(adjustment, "adjustment.propose", by, now)
    return adjustment


@transaction.atomic
def approve_adjustment(*, adjustment: Adjustment, by: User, now: datetime) -> Adjustment:
    """Let it count, and have its month counted again.

    Raises AdjustmentMoved, and PermissionDenied for whoever proposed it or has no say.
    """
    adjustment = _waiting(adjustment)
    if not may_approve_adjustment(by, adjustment):
        raise PermissionDenied(
            _("A leader or an administrator other than the one who proposed it decides on an adjustment.")
        )
    _decide(adjustment, AdjustmentStatus.APPROVED, "", by, now)
    mark_stale(office=adjustment.office, days=[adjustment.date], now=now)
    _record(adjustment, "adjustment.approve", by, now)
    return adjustment


@transaction.atomic
def refuse_adjustment(*, adjustment: Adjustment, remark: str, by: User, now: datetime) -> Adjustment:
    """Turn it down. Raises AdjustmentMoved, PermissionDenied, and ValidationError without a remark."""
    adjustment = _waiting(adjustment)
    if not may_approve_adjustment(by, adjustment):
        raise PermissionDenied(
            _("A leader or an administrator other than the one who proposed it decides on an adjustment.")
        )
    if not remark.strip():
        raise ValidationError({"remark": _("Say why it is refused.")})
    _decide(adjustment, AdjustmentStatus.REFUSED, remark, by, now)
    _record(adjustment, "adjustment.refuse", by, now)
    return adjustment


@transaction.atomic
def withdraw_adjustment(*, adjustment: Adjustment, by: User, now: datetime) -> Adjustment:
    """Take back what nobody has decided on. Raises AdjustmentMoved, PermissionDenied."""
    adjustment = _waiting(adjustment)
    if not may_withdraw_adjustment(by, adjustment):
        raise PermissionDenied(_("Only an office administrator withdraws an adjustment."))
    _decide(adjustment, AdjustmentStatus.WITHDRAWN, "", by, now)
    _record(adjustment, "adjustment.withdraw", by, now)
    return adjustment


def _check(facts: AdjustmentFacts, office: Unit, today: date) -> None:
    """What must hold whoever calls. Raises ValidationError by field."""
    errors: dict[str, str] = {}
    unit = facts.unit
    if unit.office_id != office.pk or office.pk not in {unit.parent_id, unit.pk}:
        errors["unit"] = _("Choose a unit that stands directly below the office.")
    elif facts.date < unit.active_from or (unit.active_to and facts.date > unit.active_to):
        errors["date"] = _("The unit did not exist on that day.")
    if facts.date > today:
        errors["date"] = _("The day lies in the future.")
    if not facts.points:
        errors["points"] = _("Points must be more or fewer than none.")
    if not facts.reason.strip():
        errors["reason"] = _("Give the reason.")
    if not facts.evidence.strip():
        errors["evidence"] = _("Name the basis: the document, its number and date, or who decided when.")
    if errors:
        raise ValidationError(errors)


def _waiting(adjustment: Adjustment) -> Adjustment:
    """It as it stands, locked, while nobody has decided on it. Raises AdjustmentMoved."""
    locked = Adjustment.objects.select_for_update(of=("self",)).select_related("office", "unit")
    adjustment = locked.get(pk=adjustment.pk)
    if adjustment.status != AdjustmentStatus.PROPOSED:
        raise AdjustmentMoved
    return adjustment


def _decide(adjustment: Adjustment, status: AdjustmentStatus, remark: str, by: User, now: datetime) -> None:
    adjustment.status, adjustment.decided_by, adjustment.decided_at = status, by, now
    adjustment.remark = remark.strip()
    adjustment.save(update_fields=["status", "decided_by", "decided_at", "remark"])


def _record(adjustment: Adjustment, action: str, by: User, now: datetime) -> None:
    detail = {
        "unit": adjustment.unit.name,
        "date": adjustment.date.isoformat(),
        "points": str(adjustment.points),
        "reason": adjustment.reason,
        "evidence": adjustment.evidence,
    }
    if adjustment.remark:
        detail["remark"] = adjustment.remark
    record(actor=by, action=action, target=adjustment, office=adjustment.office, now=now, detail=detail)
