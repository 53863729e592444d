"""Writes to historic bulletins: entered from a file as printed, confirmed or dropped, never corrected."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Unit, User
from accounts.services.audit import record
from bulletins.historic.printed import PrintedTable
from bulletins.models import HistoricBulletin
from bulletins.rules import may_enter_historic
from scoring.periods.period import Period
from submissions.uploads import CheckedUpload

#: A preview that nobody confirmed is dropped when the next one is entered after this time.
KEPT = timedelta(days=7)


class HistoricSettled(Exception):
    """The preview was confirmed or dropped meanwhile."""


@transaction.atomic
def enter_historic(
    *,
    office: Unit,
    title: str,
    period: Period,
    table: PrintedTable,
    upload: CheckedUpload,
    by: User | None,
    now: datetime,
    number: str = "",
    notes: str = "",
) -> HistoricBulletin:
    """A preview of the table as printed, with its file. `by` is None when a command enters it.

    Raises PermissionDenied, ValidationError when there is one of this title and period already.
    """
    _allow(by, office)
    if HistoricBulletin.objects.filter(
        office=office, title=title, period_text=str(period), confirmed_at__isnull=False
    ).exists():
        raise ValidationError(
            _("A bulletin of this title and period is entered already: open it in the list of bulletins.")
        )
    for old in HistoricBulletin.objects.filter(
        office=office, confirmed_at__isnull=True, entered_at__lt=now - KEPT
    ):
        _drop(old)
    bulletin = HistoricBulletin(
        office=office,
        title=title,
        number=number,
        period_text=str(period),
        start=period.start,
        end=period.end,
        table=table.to_json(),
        notes=notes,
        name=upload.name,
        sha256=upload.sha256,
        entered_by=by,
        entered_at=now,
    )
    bulletin.full_clean(exclude=["office", "entered_by", "file", "confirmed_at"], validate_constraints=False)
    upload.file.seek(0)
    bulletin.file.save(upload.stored_name(office.pk, "historic"), upload.file, save=False)
    bulletin.save()
    return bulletin


@transaction.atomic
def confirm_historic(*, bulletin: HistoricBulletin, by: User | None, now: datetime) -> HistoricBulletin:
    """The preview stands as the bulletin. Raises PermissionDenied, HistoricSettled, ValidationError."""
    stored = _open(bulletin, by)
    if stored.confirmed_at is not None:
        raise HistoricSettled
    stored.confirmed_at = now
    stored.validate_constraints()
    stored.save(update_fields=["confirmed_at"])
    record(actor=by, action="historic.enter", target=stored, office=stored.office, now=now)
    return stored


@transaction.atomic
def remove_historic(*, bulletin: HistoricBulletin, by: User, now: datetime) -> None:
    """Take a wrongly entered bulletin, or a preview, away. Raises PermissionDenied, HistoricSettled."""
    stored = _open(bulletin, by)
    if stored.confirmed_at is not None:
        detail = {"sha256": stored.sha256}
        record(
            actor=by, action="historic.remove", target=stored, office=stored.office, now=now, detail=detail
        )
    _drop(stored)


def _open(bulletin: HistoricBulletin, by: User | None) -> HistoricBulletin:
    """The bulletin, locked."""
    locked = HistoricBulletin.objects.select_for_update(of=("self",)).select_related("office")
    stored = locked.filter(pk=bulletin.pk).first()
    if stored is None:
        raise HistoricSettled
    _allow(by, stored.office)
    return stored


def _allow(by: User | None, office: Unit) -> None:
    if by is not None and not may_enter_historic(by, office):
        raise PermissionDenied(_("Only an office administrator enters historic bulletins."))


def _drop(stored: HistoricBulletin) -> None:
    file = stored.file
    stored.delete()
    transaction.on_commit(lambda: file.delete(save=False))
