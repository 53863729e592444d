"""Objections (异议) of units to their own lines of a bulletin, and the administrator's answers."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Unit, User
from accounts.services.audit import record
from bulletins.document.codec import plain
from bulletins.enums import ObjectionStatus
from bulletins.models import Bulletin, Objection
from bulletins.rules import may_answer, may_object
from bulletins.services.drafting import BulletinMoved, locked
from bulletins.services.life import objections_run
from scoring.periods.month import local_date


class AlreadyRaised(Exception):
    """An objection of the unit to this line waits for its answer."""


@transaction.atomic
def raise_objection(
    *, bulletin: Bulletin, unit: Unit, line_key: str, reason: str, by: User, now: datetime
) -> Objection:
    """What the unit holds against one of its lines, or with an empty key, against what is missing.

    Raises PermissionDenied for people of other units, BulletinMoved when objections are not open today or the
    line is not there, AlreadyRaised.
    """
    bulletin = locked(bulletin)
    if not objections_run(bulletin, local_date(now)):
        raise BulletinMoved
    if not may_object(by, bulletin, unit):
        raise PermissionDenied(_("A unit objects to its own lines only."))
    found = [line for line in bulletin.content.lines if (line.unit_id, line.key) == (unit.pk, line_key)]
    if line_key and not found:
        raise BulletinMoved
    if bulletin.objections.open().filter(unit=unit, line_key=line_key).exists():
        raise AlreadyRaised
    objection = Objection.objects.create(
        bulletin=bulletin,
        unit=unit,
        line_key=line_key,
        line=plain(found[0]) if found else {},
        reason=reason,
        raised_by=by,
        raised_at=now,
    )
    _note(objection, "objection.raise", by, now)
    return objection


@transaction.atomic
def answer_objection(
    *, objection: Objection, accepted: bool, answer: str, by: User, now: datetime
) -> Objection:
    """Accept or refuse an objection, with words; what was wrong is then corrected where it is registered.

    Raises PermissionDenied, also for whoever raised it, and BulletinMoved when it is answered already or the
    bulletin is no longer in preparation.
    """
    bulletin = locked(objection.bulletin)
    objection = Objection.objects.select_related("unit").get(pk=objection.pk)
    objection.bulletin = bulletin
    if objection.status != ObjectionStatus.OPEN or bulletin.status not in Bulletin.FOLLOWING:
        raise BulletinMoved
    if not may_answer(by, objection):
        raise PermissionDenied(_("An administrator who did not raise the objection answers it."))
    objection.status = ObjectionStatus.ACCEPTED if accepted else ObjectionStatus.REFUSED
    objection.answer, objection.answered_by, objection.answered_at = answer, by, now
    objection.save(update_fields=["status", "answer", "answered_by", "answered_at"])
    _note(objection, "objection.accept" if accepted else "objection.refuse", by, now)
    return objection


def _note(objection: Objection, action: str, by: User, now: datetime) -> None:
    detail = {
        "period": str(objection.bulletin.period),
        "unit": objection.unit.name,
        "line": objection.line_key,
    }
    record(
        actor=by, action=action, target=objection, office=objection.bulletin.office, now=now, detail=detail
    )
