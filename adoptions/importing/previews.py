"""An import on the web: the file is stored and looked at first, and written when somebody confirms it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Unit, User
from accounts.services.audit import record
from adoptions.importing.fates import Fate
from adoptions.importing.planning import Plan, plan_import
from adoptions.importing.told import as_json, told_of
from adoptions.importing.writing import Outcome, allow, carry_out, lock_imports, new_record, note_fates
from adoptions.ledger.reader import Ledger, read_ledger
from adoptions.ledger.tables import Told
from adoptions.ledger.workbook import LedgerUnreadable
from adoptions.models import LedgerImport
from submissions.uploads import CheckedUpload

#: A preview that nobody confirmed is dropped when somebody uploads the next one after this time.
KEPT = timedelta(days=7)


class PreviewOutdated(Exception):
    """The rows' fates are no longer those that were shown; the new ones are stored with the preview."""


class ImportSettled(Exception):
    """The preview was confirmed or discarded meanwhile."""


@transaction.atomic
def store_preview(
    *, office: Unit, ledger: Ledger, upload: CheckedUpload, by: User, now: datetime
) -> LedgerImport:
    """Keep an uploaded ledger with its rows' fates until it is confirmed. Raises PermissionDenied."""
    allow(by, office)
    for old in LedgerImport.objects.filter(office=office, confirmed_at__isnull=True, at__lt=now - KEPT):
        _drop(old)
    plan = plan_import(office=office, ledger=ledger, sha256=upload.sha256, now=now)
    stored = new_record(office=office, upload=upload, by=by, now=now)
    note_fates(stored, plan.fates)
    stored.save()
    return stored


@transaction.atomic
def recheck_preview(
    *, preview: LedgerImport, by: User, now: datetime, mend: Callable[[Told], Told] = lambda told: told
) -> LedgerImport:
    """Decide the rows' fates again, after names were added, or with what `mend` says more of the file.

    Raises ImportSettled, LedgerUnreadable.
    """
    stored = _open(preview, by)
    stored.told = as_json(mend(told_of(stored.told)))
    note_fates(stored, _plan(stored, now).fates)
    stored.save()
    return stored


def confirm_preview(*, preview: LedgerImport, accept_partial: bool, by: User, now: datetime) -> Outcome:
    """Write what the preview showed.

    With refused rows nothing is written unless `accept_partial`. Raises PreviewOutdated, ImportSettled,
    LedgerUnreadable.
    """
    outcome = _confirm(preview=preview, accept_partial=accept_partial, by=by, now=now)
    if outcome is None:
        raise PreviewOutdated
    return outcome


@transaction.atomic
def _confirm(*, preview: LedgerImport, accept_partial: bool, by: User, now: datetime) -> Outcome | None:
    """The outcome; None, with the new fates stored, when they differ from those that were shown."""
    stored = _open(preview, by)
    lock_imports(stored.office)
    plan = _plan(stored, now, for_writing=True)
    if plan.fates != fates_of(stored):
        note_fates(stored, plan.fates)
        stored.save()
        return None
    outcome = Outcome(plan.fates)
    if not plan.accepted or (outcome.refused and not accept_partial):
        return outcome
    carry_out(plan=plan, stored=stored, by=by, now=now)
    return Outcome(plan.fates, stored)


@transaction.atomic
def discard_preview(*, preview: LedgerImport, by: User, now: datetime) -> None:
    """Drop a preview that is not wanted. Raises ImportSettled."""
    stored = _open(preview, by)
    record(actor=by, action="ledger.discard", target=stored, office=stored.office, now=now)
    _drop(stored)


def fates_of(stored: LedgerImport) -> list[Fate]:
    return [Fate.from_json(fate) for fate in stored.fates]


def _open(preview: LedgerImport, by: User) -> LedgerImport:
    """The preview, locked. Raises ImportSettled when it is none any more, PermissionDenied."""
    stored = (
        LedgerImport.objects.select_for_update(of=("self",)).select_related("office").filter(pk=preview.pk)
    ).first()
    if stored is None or stored.confirmed_at is not None:
        raise ImportSettled
    allow(by, stored.office)
    return stored


def _plan(stored: LedgerImport, now: datetime, *, for_writing: bool = False) -> Plan:
    try:
        with stored.file.open("rb") as file:
            ledger = read_ledger(file, str(stored.file).rpartition(".")[2], told=told_of(stored.told))
    except FileNotFoundError as error:
        raise LedgerUnreadable(
            _("The uploaded file is no longer there: discard this import and upload the ledger again.")
        ) from error
    return plan_import(
        office=stored.office, ledger=ledger, sha256=stored.sha256, now=now, for_writing=for_writing
    )


def _drop(stored: LedgerImport) -> None:
    file = stored.file
    stored.delete()
    transaction.on_commit(lambda: file.delete(save=False))
