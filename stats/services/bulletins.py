"""The life of a bulletin: drafted from facts, checked by one person, issued by another, then frozen."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Unit, User
from accounts.services import record
from adoptions.models import Outlet
from stats import facts
from stats.bulletins import BulletinDocument, OutletRow, SchemeUsed, build, digest
from stats.bulletins.totals import office_figures
from stats.enums import BulletinStatus
from stats.models import Bulletin, SchemeVersion
from stats.periods import Period, local_date
from stats.querysets import stale_months
from stats.reports import Terms, tables
from stats.rules import may_check, may_issue, may_reopen
from stats.services.lock import one_at_a_time
from stats.services.months import settle


class BulletinMoved(Exception):
    """The bulletin is no longer what the page showed: other figures, or another status."""


class PeriodNotOver(Exception):
    """The bulletin's last month has not ended, so its figures are not final."""


class FiguresPending(Exception):
    """Months that the bulletin prints wait to be counted again."""


@transaction.atomic
def draft_bulletin(*, office: Unit, period: Period, now: datetime, by: User | None = None) -> Bulletin:
    """The bulletin over the period, drafted if there is none, drafted again if its figures have moved.

    Stale months that it prints are counted first. One that is checked or issued is given as it is.
    `by` is None when the system drafts by itself.
    """
    one_at_a_time(office)
    bulletin = Bulletin.objects.of_office(office).over(period).first()
    if bulletin and bulletin.status != BulletinStatus.DRAFT:
        return bulletin
    terms = Terms.of(facts.timetable(office), period)
    counted = settle(office=office, period=terms.span(period), now=now)
    if bulletin and not (bulletin.outdated or counted):
        return bulletin
    document = _document(office, period, terms, now)
    data = document.to_json()
    content = {"cutoff": now, "document": data, "sha256": digest(data), "outdated": False}
    if bulletin:
        for name, value in content.items():
            setattr(bulletin, name, value)
        bulletin.save(update_fields=list(content))
        return bulletin
    bulletin = Bulletin.objects.create(
        office=office, first_day=period.start, last_day=period.end - timedelta(days=1), **content
    )
    record(actor=by, action="bulletin.draft", target=bulletin, office=office, now=now)
    return bulletin


@transaction.atomic
def check_bulletin(*, bulletin: Bulletin, by: User, sha256: str, now: datetime) -> Bulletin:
    """Vouch for a draft as it was read: from here on its figures stand still.

    `sha256` is the hash of the document on the page. Raises PermissionDenied, PeriodNotOver,
    FiguresPending when a recount is due, and BulletinMoved when the draft is not the one that was read.
    """
    bulletin = _locked(bulletin)
    if bulletin.status != BulletinStatus.DRAFT:
        raise BulletinMoved
    if not may_check(by, bulletin):
        raise PermissionDenied(_("Only an office administrator checks a bulletin."))
    if local_date(now) < bulletin.period.end:
        raise PeriodNotOver
    terms = Terms.of(facts.timetable(bulletin.office), bulletin.period)
    if bulletin.outdated or stale_months(bulletin.office, terms.span(bulletin.period)).exists():
        raise FiguresPending
    if bulletin.sha256 != sha256:
        raise BulletinMoved
    bulletin.status, bulletin.checked_by, bulletin.checked_at = BulletinStatus.CHECKED, by, now
    bulletin.save(update_fields=["status", "checked_by", "checked_at"])
    _record(bulletin, "bulletin.check", by, now)
    return bulletin


@transaction.atomic
def reopen_bulletin(*, bulletin: Bulletin, by: User, now: datetime) -> Bulletin:
    """Make a checked bulletin a draft again, with the figures of now.

    Raises PermissionDenied, and BulletinMoved when it is not checked.
    """
    bulletin = _locked(bulletin)
    if bulletin.status != BulletinStatus.CHECKED:
        raise BulletinMoved
    if not may_reopen(by, bulletin):
        raise PermissionDenied(_("Only an office administrator returns a bulletin to a draft."))
    bulletin.status, bulletin.checked_by, bulletin.checked_at = BulletinStatus.DRAFT, None, None
    bulletin.outdated = True
    bulletin.save(update_fields=["status", "checked_by", "checked_at", "outdated"])
    _record(bulletin, "bulletin.reopen", by, now)
    return draft_bulletin(office=bulletin.office, period=bulletin.period, now=now)


@transaction.atomic
def issue_bulletin(*, bulletin: Bulletin, by: User, sha256: str, now: datetime) -> Bulletin:
    """Give a checked bulletin its number in the year (第N期) and freeze it for good.

    Raises PermissionDenied for whoever checked it or has no right to, BulletinMoved when it is not
    checked or not the document that was read.
    """
    bulletin = _locked(bulletin)
    if bulletin.status != BulletinStatus.CHECKED or bulletin.sha256 != sha256:
        raise BulletinMoved
    if not may_issue(by, bulletin):
        raise PermissionDenied(
            _("The principal leader or an administrator other than the one who checked it issues a bulletin.")
        )
    today = local_date(now)
    latest = Bulletin.objects.numbered_in(bulletin.office, today.year).first()
    bulletin.year, bulletin.number = today.year, (latest.number or 0) + 1 if latest else 1
    document = bulletin.content.issued(year=today.year, number=bulletin.number, on=today)
    bulletin.document = document.to_json()
    bulletin.sha256 = digest(bulletin.document)
    bulletin.status, bulletin.issued_by, bulletin.issued_at = BulletinStatus.ISSUED, by, now
    bulletin.save(update_fields=["year", "number", "document", "sha256", "status", "issued_by", "issued_at"])
    _record(bulletin, "bulletin.issue", by, now)
    return bulletin


def _locked(bulletin: Bulletin) -> Bulletin:
    """The bulletin as it stands now, and nobody else writing figures of its office."""
    one_at_a_time(bulletin.office)
    return Bulletin.objects.select_related("office").get(pk=bulletin.pk)


def _document(office: Unit, period: Period, terms: Terms, now: datetime) -> BulletinDocument:
    found = facts.load(office, terms.span(period))
    return build(
        office_id=office.pk,
        office=office.name,
        period=period,
        cutoff=now,
        schemes=_schemes_used(office, period),
        groups=tables(found, period, terms),
        counts=found.counts(period),
        outlets=_outlets(office, period),
        now=office_figures(period, filings=found.filings, issues=found.issues, adoptions=found.adoptions),
    )


def _outlets(office: Unit, period: Period) -> list[OutletRow]:
    """The outlets that were on the office's list on a day of the period, from the centre down."""
    listed = Outlet.objects.of_office(office).during(period.start, period.end).in_order()
    levels: dict[str, str] = {}
    for name, level in listed.values_list("name", "level"):
        levels.setdefault(name, level)
    return [OutletRow(name, level) for name, level in levels.items()]


def _schemes_used(office: Unit, period: Period) -> list[SchemeUsed]:
    """The versions in force on a day of the period, in order of time."""
    begun = SchemeVersion.objects.of_office(office).filter(effective_from__lt=period.end)
    used: list[SchemeUsed] = []
    for version in begun.order_by("-effective_from"):
        used.insert(0, SchemeUsed(version.version, version.name, version.effective_from, version.rules))
        if version.effective_from <= period.start:
            break
    return used


def _record(bulletin: Bulletin, action: str, by: User, now: datetime) -> None:
    detail = {"period": str(bulletin.period), "number": bulletin.number, "sha256": bulletin.sha256}
    record(actor=by, action=action, target=bulletin, office=bulletin.office, now=now, detail=detail)
