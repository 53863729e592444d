"""The steps of a bulletin from its draft to its issue. Each names the document that was read."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from bulletins.composing import late_of, printed_before, span_of
from bulletins.document.codec import digest
from bulletins.document.inputs import Inputs
from bulletins.enums import BulletinStatus
from bulletins.models import Bulletin
from bulletins.rules import may_check, may_issue, may_open, may_reopen, may_sign
from bulletins.services.drafting import (
    BulletinMoved,
    is_outdated,
    locked,
    note,
    redraft_since,
    refresh_bulletin,
)
from scoring.periods.month import local_date
from scoring.timetables import timetable_of
from stats.querysets import stale_months


class PeriodNotOver(Exception):
    """The bulletin's last day has not passed, so its figures are not final."""


class FiguresPending(Exception):
    """Months that the bulletin prints wait to be counted again, or another issue has printed since."""


class Unanswered(Exception):
    """Objections wait for an answer, or may still be raised."""


class WordsPending(Exception):
    """Somebody's words in the text were written for other figures and want a look (需核对)."""


class WrongDay(ValueError):
    """The last day for objections lies in the past."""


@transaction.atomic
def open_bulletin(*, bulletin: Bulletin, until: date, by: User, sha256: str, now: datetime) -> Bulletin:
    """Let every unit listed object to its own lines through the day `until`; done again, move that day.

    Raises PermissionDenied, PeriodNotOver, WrongDay, and BulletinMoved when it is not the draft read.
    """
    bulletin = locked(bulletin)
    if bulletin.status not in Bulletin.FOLLOWING or bulletin.sha256 != sha256:
        raise BulletinMoved
    if not may_open(by, bulletin):
        raise PermissionDenied(_("Only an office administrator opens a bulletin for objections."))
    today = local_date(now)
    if today < bulletin.period.end:
        raise PeriodNotOver
    if until < today:
        raise WrongDay
    bulletin.status, bulletin.objections_until = BulletinStatus.OBJECTIONS, until
    bulletin.opened_by, bulletin.opened_at = by, now
    bulletin.save(update_fields=["status", "objections_until", "opened_by", "opened_at"])
    note(bulletin, "bulletin.open", by, now, until=until.isoformat())
    return bulletin


@transaction.atomic
def check_bulletin(*, bulletin: Bulletin, by: User, sha256: str, now: datetime) -> Bulletin:
    """Vouch for figures and text as they were read: from here on both stand still.

    `sha256` is the hash of the document on the page. Raises PermissionDenied for whoever wrote in the text,
    PeriodNotOver, FiguresPending when a recount is due, Unanswered, WordsPending, and BulletinMoved when the
    draft is not the one that was read.
    """
    bulletin = locked(bulletin)
    if bulletin.status not in Bulletin.FOLLOWING:
        raise BulletinMoved
    if not may_check(by, bulletin):
        raise PermissionDenied(
            _("A bulletin is checked by an administrator or reviewer who did not write in its text.")
        )
    today = local_date(now)
    if today < bulletin.period.end:
        raise PeriodNotOver
    span = span_of(timetable_of(bulletin.office), bulletin.period)
    if is_outdated(bulletin) or stale_months(bulletin.office, span).exists():
        raise FiguresPending
    if bulletin.sha256 != sha256:
        raise BulletinMoved
    if objections_run(bulletin, today) or bulletin.objections.open().exists():
        raise Unanswered
    if any(paragraph.stale for paragraph in bulletin.content.text):
        raise WordsPending
    bulletin.status, bulletin.checked_by, bulletin.checked_at = BulletinStatus.CHECKED, by, now
    bulletin.save(update_fields=["status", "checked_by", "checked_at"])
    note(bulletin, "bulletin.check", by, now)
    return bulletin


@transaction.atomic
def sign_bulletin(
    *, bulletin: Bulletin, by: User, sha256: str, now: datetime, issue: bool = False
) -> Bulletin:
    """The principal leader's signature under a checked bulletin; with `issue` it goes out at once.

    Raises PermissionDenied for anybody else and for whoever checked it, BulletinMoved when it is not checked
    or not the document that was read, FiguresPending as `issue_bulletin`.
    """
    bulletin = locked(bulletin)
    if bulletin.status != BulletinStatus.CHECKED or bulletin.sha256 != sha256:
        raise BulletinMoved
    if not may_sign(by, bulletin):
        raise PermissionDenied(_("The principal leader signs a bulletin, and did not check it."))
    bulletin.status, bulletin.signed_by, bulletin.signed_at = BulletinStatus.SIGNED, by, now
    bulletin.save(update_fields=["status", "signed_by", "signed_at"])
    note(bulletin, "bulletin.sign", by, now)
    return issue_bulletin(bulletin=bulletin, by=by, sha256=sha256, now=now) if issue else bulletin


@transaction.atomic
def issue_bulletin(*, bulletin: Bulletin, by: User, sha256: str, now: datetime) -> Bulletin:
    """Give a signed bulletin its number in the year (第N期) and freeze it for good.

    Raises PermissionDenied, BulletinMoved when it is not signed or not the document that was read, and
    FiguresPending when another issue has meanwhile printed what this one lists as late.
    """
    bulletin = locked(bulletin)
    if bulletin.status != BulletinStatus.SIGNED or bulletin.sha256 != sha256:
        raise BulletinMoved
    if not may_issue(by, bulletin):
        raise PermissionDenied(_("An office administrator or the principal leader issues a signed bulletin."))
    content = bulletin.content
    inputs = Inputs.from_json(bulletin.facts.data)
    if late_of(inputs, printed_before(bulletin, inputs.span.start)) != content.late:
        raise FiguresPending
    today = local_date(now)
    latest = Bulletin.objects.numbered_in(bulletin.office, today.year).first()
    bulletin.year, bulletin.number = today.year, (latest.number or 0) + 1 if latest else 1
    bulletin.document = content.issued(year=today.year, number=bulletin.number, on=today).to_json()
    bulletin.sha256 = digest(bulletin.document)
    bulletin.status, bulletin.issued_by, bulletin.issued_at = BulletinStatus.ISSUED, by, now
    bulletin.save(update_fields=["year", "number", "document", "sha256", "status", "issued_by", "issued_at"])
    note(bulletin, "bulletin.issue", by, now)
    # What was late is printed now: other drafts must not list it again.
    redraft_since(office=bulletin.office, since=None, now=now)
    return bulletin


@transaction.atomic
def reopen_bulletin(*, bulletin: Bulletin, by: User, sha256: str, now: datetime) -> Bulletin:
    """Make a checked or signed bulletin a draft again, with the figures of now; both steps are void.

    Raises PermissionDenied, and BulletinMoved when it is neither or not the document that was read.
    """
    bulletin = locked(bulletin)
    if bulletin.status not in Bulletin.REOPENABLE or bulletin.sha256 != sha256:
        raise BulletinMoved
    if not may_reopen(by, bulletin):
        raise PermissionDenied(
            _("An office administrator or the principal leader returns a bulletin to a draft.")
        )
    void = {
        "checked_by": bulletin.checked_by and bulletin.checked_by.display_name,
        "signed_by": bulletin.signed_by and bulletin.signed_by.display_name,
    }
    note(bulletin, "bulletin.reopen", by, now, **{name: who for name, who in void.items() if who})
    bulletin.status, bulletin.outdated, bulletin.objections_until = BulletinStatus.DRAFT, True, None
    bulletin.checked_by, bulletin.checked_at, bulletin.signed_by, bulletin.signed_at = None, None, None, None
    bulletin.save()
    return refresh_bulletin(bulletin=bulletin, now=now)


def default_last_day(today: date) -> date:
    """Three days to look at the figures, unless the administrator chooses otherwise."""
    return today + timedelta(days=3)


def objections_run(bulletin: Bulletin, today: date) -> bool:
    """Whether units may still object today."""
    until = bulletin.objections_until
    return bulletin.status == BulletinStatus.OBJECTIONS and until is not None and today <= until
