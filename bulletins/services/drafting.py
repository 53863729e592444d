"""Drafts of bulletins: made from facts, made again when the facts move, begun anew to correct an issue."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from accounts.models import Unit, User
from accounts.services.audit import record
from accounts.services.lock import one_at_a_time
from bulletins.composing import compose, gather, span_of
from bulletins.document.codec import digest
from bulletins.enums import BulletinStatus
from bulletins.models import Bulletin, FrozenFacts
from bulletins.rules import may_correct
from bulletins.text.writing import carried_over
from scoring.periods.month import Month
from scoring.periods.period import Period
from scoring.timetables import timetable_of
from stats.models import Tally
from stats.services.months import settle


class BulletinMoved(Exception):
    """The bulletin is no longer what the page showed: other figures or words, or another status."""


def draft_bulletin(*, office: Unit, period: Period, now: datetime, by: User | None = None) -> Bulletin:
    """The bulletin over the period, drafted if there is none, drafted again if its figures have moved.

    Stale months that it prints are counted first. One whose figures stand still is given as it is. Where an
    issue was corrected the latest correction is given. `by` is None when the system drafts by itself.
    """
    _count_first(office, period, now)
    return _draft_or_refresh(office, period, by, now)


@transaction.atomic
def _draft_or_refresh(office: Unit, period: Period, by: User | None, now: datetime) -> Bulletin:
    one_at_a_time(office)
    bulletin = Bulletin.objects.of_office(office).over(period).order_by("-pk").first()
    if bulletin:
        return _refresh(bulletin, now)
    bulletin = Bulletin(office=office, first_day=period.start, last_day=period.end - timedelta(days=1))
    settle(office=office, period=_span(office, period), now=now)
    _draft(bulletin, now)
    record(actor=by, action="bulletin.draft", target=bulletin, office=office, now=now)
    return bulletin


def refresh_bulletin(*, bulletin: Bulletin, now: datetime) -> Bulletin:
    """Draft again what no longer follows the facts; what people wrote into the text stays (R80)."""
    if bulletin.status in Bulletin.FOLLOWING:
        _count_first(bulletin.office, bulletin.period, now)
    return _refresh(bulletin, now)


@transaction.atomic
def _refresh(bulletin: Bulletin, now: datetime) -> Bulletin:
    bulletin = locked(bulletin)
    if bulletin.status not in Bulletin.FOLLOWING:
        return bulletin
    counted = settle(office=bulletin.office, period=_span(bulletin.office, bulletin.period), now=now)
    if counted or is_outdated(bulletin):
        _draft(bulletin, now)
    return bulletin


def correct_bulletin(*, bulletin: Bulletin, what: str, by: User, now: datetime) -> Bulletin:
    """The draft of a new issue over the same period, which names the issued one and what is wrong in it.

    The issued one stays as it is. Raises PermissionDenied, and BulletinMoved when it is not issued or has a
    correction already: then that one is corrected.
    """
    _count_first(bulletin.office, bulletin.period, now)
    return _correct(bulletin, what, by, now)


@transaction.atomic
def _correct(bulletin: Bulletin, what: str, by: User, now: datetime) -> Bulletin:
    bulletin = locked(bulletin)
    if bulletin.status != BulletinStatus.ISSUED or Bulletin.objects.filter(corrects=bulletin).exists():
        raise BulletinMoved
    if not may_correct(by, bulletin):
        raise PermissionDenied(_("Only an office administrator corrects an issued bulletin."))
    correction = Bulletin(
        office=bulletin.office,
        first_day=bulletin.first_day,
        last_day=bulletin.last_day,
        corrects=bulletin,
        correction=what,
    )
    settle(office=bulletin.office, period=_span(bulletin.office, bulletin.period), now=now)
    _draft(correction, now)
    note(correction, "bulletin.correct", by, now, corrects=bulletin.number, year=bulletin.year)
    return correction


def redraft_since(*, office: Unit, since: date | None, now: datetime) -> None:
    """Have drafts made again that cover a day from this one on, or all, also of months never counted.

    See `accounts.figures`.
    """
    drafts = Bulletin.objects.of_office(office).drafts()
    (drafts.filter(last_day__gte=since) if since else drafts).update(outdated=True)


def is_outdated(bulletin: Bulletin) -> bool:
    """Whether it is a draft that no longer tells what was counted."""
    return Bulletin.objects.outdated().filter(pk=bulletin.pk).exists()


def locked(bulletin: Bulletin) -> Bulletin:
    """The bulletin as it stands now, and nobody else writing figures of its office."""
    one_at_a_time(bulletin.office)
    return Bulletin.objects.select_related("office", "corrects__corrects").get(pk=bulletin.pk)


def note(bulletin: Bulletin, action: str, by: User, now: datetime, **more: object) -> None:
    """One row of the audit trail, with the document that it is about."""
    detail = {"period": str(bulletin.period), "number": bulletin.number, "sha256": bulletin.sha256, **more}
    record(actor=by, action=action, target=bulletin, office=bulletin.office, now=now, detail=detail)


def _count_first(office: Unit, period: Period, now: datetime) -> None:
    """Count what a bulletin over the period looks at month by month, before its own transaction begins: that
    holds the office's lock, and then finds little left to count."""
    settle(office=office, period=_span(office, period), now=now)


def _span(office: Unit, period: Period) -> Period:
    """The whole months that a bulletin over the period looks at."""
    span = span_of(timetable_of(office), period)
    return Period(Month.of(span.start), Month.of(span.end - timedelta(days=1)))


def _draft(bulletin: Bulletin, now: datetime) -> None:
    """Make the document from the facts of now and keep both."""
    inputs = gather(bulletin, now)
    document = compose(inputs)
    if bulletin.document:
        document = replace(document, text=carried_over(document.text, bulletin.content.text))
    bulletin.document = document.to_json()
    bulletin.sha256 = digest(bulletin.document)
    bulletin.cutoff, bulletin.outdated = now, False
    looked_at = _span(bulletin.office, bulletin.period)
    bulletin.looks_from = looked_at.start
    counts = Tally.objects.of_office(bulletin.office).within(looked_at)
    bulletin.counted = counts.aggregate(in_all=Sum("times"))["in_all"] or 0
    bulletin.save()
    FrozenFacts.objects.update_or_create(bulletin=bulletin, defaults={"data": inputs.to_json()})
