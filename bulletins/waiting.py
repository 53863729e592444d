"""Bulletins that wait for somebody's next step."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from accounts.models import Unit, User
from bulletins.enums import BulletinStatus, ObjectionStatus
from bulletins.models import Bulletin
from bulletins.rules import may_check, may_edit, may_issue, may_sign, own_unit
from bulletins.services.life import objections_run


@dataclass(frozen=True, slots=True)
class Waiting:
    """A bulletin and the next step, in words, that somebody may take."""

    bulletin: Bulletin
    step: str


def bulletins_waiting(user: User, today: date) -> list[Waiting]:
    """Bulletins of which this person may take the next step today, the oldest period first."""
    bulletins = (
        Bulletin.objects.of_office(user.office)
        .exclude(status=BulletinStatus.ISSUED)
        .annotate(unanswered=Count("objections", filter=Q(objections__status=ObjectionStatus.OPEN)))
        .select_related("office")
        .prefetch_related("editors")
        .defer("document")
        .order_by("last_day", "pk")
    )
    found = list(bulletins)
    unit = own_unit(user) if any(objections_run(bulletin, today) for bulletin in found) else None
    steps = ((bulletin, _next_step(user, bulletin, today, unit)) for bulletin in found)
    return [Waiting(bulletin, words) for bulletin, words in steps if words is not None]


def _next_step(user: User, bulletin: Bulletin, today: date, unit: Unit | None) -> str | None:
    """What the person may do with it today; None when it is for others, or for another day."""
    if bulletin.status in Bulletin.FOLLOWING:
        return _while_drafted(user, bulletin, today, unit)
    if may_sign(user, bulletin):
        return _("Sign")
    return _("Put out") if may_issue(user, bulletin) else None


def _while_drafted(user: User, bulletin: Bulletin, today: date, unit: Unit | None) -> str | None:
    """Objections first, then the check; reviewers are not bothered with what is not ready for it."""
    if today < bulletin.period.end:
        return None
    administers, running = may_edit(user, bulletin), objections_run(bulletin, today)
    unanswered: int = getattr(bulletin, "unanswered")  # noqa: B009  annotated above
    if administers and unanswered:
        return _("Answer objections: %(number)s") % {"number": unanswered}
    if running and unit:
        told = {"unit": unit, "day": bulletin.objections_until}
        return _("Look at the lines of %(unit)s until %(day)s") % told
    if running or unanswered:
        return None
    if administers and bulletin.status == BulletinStatus.DRAFT:
        return _("Look through, then open for objections")
    opened = bulletin.status == BulletinStatus.OBJECTIONS
    return _("Check") if opened and may_check(user, bulletin) else None
