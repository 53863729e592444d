"""Writing a ledger into the system: all of it or nothing, in one transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Unit, User
from accounts.services.audit import record
from adoptions.entries.services import standing_days
from adoptions.importing.fates import Fate, FateKind, counts
from adoptions.importing.planning import Line, Plan, Target, plan_import
from adoptions.ledger.reader import Ledger
from adoptions.models import Adoption, Credit, LedgerImport
from adoptions.rules import may_register
from submissions.services.drafts import Author
from submissions.services.filing import Historic, record_historic
from submissions.services.months import mark_stale
from submissions.uploads import CheckedUpload

BATCH = 2_000


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a ledger; `record` is the stored import, when anything was written."""

    fates: list[Fate]
    record: LedgerImport | None = None

    @property
    def counts(self) -> dict[str, int]:
        return counts(self.fates)

    @property
    def accepted(self) -> int:
        return self.counts[FateKind.ACCEPTED]

    @property
    def duplicate(self) -> int:
        return self.counts[FateKind.DUPLICATE]

    @property
    def refused(self) -> int:
        return self.counts[FateKind.REFUSED]

    @property
    def skipped(self) -> int:
        return self.counts[FateKind.SKIPPED]

    @property
    def written(self) -> bool:
        return self.record is not None


@transaction.atomic
def import_rows(
    *,
    office: Unit,
    ledger: Ledger,
    upload: CheckedUpload,
    by: User,
    now: datetime,
    accept_partial: bool = False,
    dry_run: bool = False,
) -> Outcome:
    """Import a ledger that was read from `upload`.

    Nothing is written when a row is refused, unless `accept_partial`, and nothing when every row is known:
    the same file twice adds nothing. Items the system does not have are made as of the day they were filed,
    with `by` as their submitter. Raises PermissionDenied.
    """
    allow(by, office)
    lock_imports(office)
    plan = plan_import(office=office, ledger=ledger, sha256=upload.sha256, now=now, for_writing=True)
    outcome = Outcome(plan.fates)
    if dry_run or not plan.accepted or (outcome.refused and not accept_partial):
        return outcome
    stored = new_record(office=office, upload=upload, by=by, now=now)
    carry_out(plan=plan, stored=stored, by=by, now=now)
    return Outcome(plan.fates, stored)


def allow(by: User, office: Unit) -> None:
    if not may_register(by, office):
        raise PermissionDenied(_("Ledgers are imported by the office administrator."))


def lock_imports(office: Unit) -> None:
    """One import of an office at a time: the second sees what the first has written."""
    Unit.objects.select_for_update(of=("self",), no_key=True).get(pk=office.pk)


def new_record(*, office: Unit, upload: CheckedUpload, by: User, now: datetime) -> LedgerImport:
    """Store the file itself; its rows' fates are filled in by the caller."""
    stored = LedgerImport(office=office, name=upload.name, sha256=upload.sha256, by=by, at=now)
    stored.file.save(upload.stored_name(office.pk, "ledgers"), upload.file, save=False)
    stored.save()
    return stored


def note_fates(stored: LedgerImport, fates: Sequence[Fate]) -> None:
    """Set fates and counts without saving."""
    stored.fates = [fate.as_json() for fate in fates]
    for kind, count in counts(fates).items():
        setattr(stored, kind, count)


def carry_out(*, plan: Plan, stored: LedgerImport, by: User, now: datetime) -> None:
    """Make the items and adoptions of a plan made for writing, in the same transaction; settle the import."""
    note_fates(stored, plan.fates)
    stored.confirmed_at = now
    stored.save()
    new_items = plan.new_items
    known = {line.target.pk for line in plan.accepted if line.target and line.target.pk}
    _make_items(new_items, by=by, now=now)
    _make_adoptions(plan.accepted, stored=stored, by=by, now=now)
    # The days of what was just written are known; asking the database, which has no statistics of so many
    # new rows yet, would take minutes.
    days = standing_days(known)
    days |= {line.row.date for line in plan.accepted if line.row.date}
    days |= {timezone.localdate(target.filed_at) for target in new_items}
    mark_stale(office=stored.office, days=days, now=now)
    record(
        actor=by,
        action="ledger.import",
        target=stored,
        office=stored.office,
        now=now,
        detail={"sha256": stored.sha256, "items": len(new_items), **counts(plan.fates)},
    )


def _make_items(targets: Sequence[Target], *, by: User, now: datetime) -> None:
    """Make the items that are not in the system, unit by unit, and tell the targets their ids."""
    by_unit: defaultdict[Unit, list[Target]] = defaultdict(list)
    for target in targets:
        by_unit[target.unit].append(target)
    # In the order of the units' ids: number series are locked, and two writers must not wait crosswise.
    for unit in sorted(by_unit, key=lambda unit: unit.pk):
        batch = [
            Historic(
                target.title,
                target.filed_at,
                [Author(name, 1) for name in target.told.authors],
                target.told.genre or "",
                target.told.length,
            )
            for target in by_unit[unit]
        ]
        items = record_historic(unit=unit, items=batch, by=by, now=now)
        for target, item in zip(by_unit[unit], items, strict=True):
            target.pk = item.pk


def _make_adoptions(lines: Sequence[Line], *, stored: LedgerImport, by: User, now: datetime) -> None:
    adopted = [line for line in lines if line.outlet]
    adoptions = Adoption.objects.bulk_create(
        (_adoption(line, stored=stored, by=by, now=now) for line in adopted), batch_size=BATCH
    )
    Credit.objects.bulk_create(
        (
            Credit(adoption=adoption, unit=unit, share=share)
            for adoption, line in zip(adoptions, adopted, strict=True)
            for unit, share in zip(line.units, line.shares, strict=True)
        ),
        batch_size=BATCH,
    )


def _adoption(line: Line, *, stored: LedgerImport, by: User, now: datetime) -> Adoption:
    row, target, outlet = line.row, line.target, line.outlet
    assert target is not None, "accepted lines have an item"
    assert target.pk is not None, "which was found, or made before this"
    assert outlet is not None, "and these have an outlet"
    assert row.date is not None, "which was found by the day"
    return Adoption(
        item_id=target.pk,
        outlet=outlet,
        date=row.date,
        page=row.page,
        position=row.position or "",
        length=row.length,
        genre=None if target.filed_here else line.genre or "",
        mode=row.mode,
        link=row.link,
        note=row.note,
        ledger=stored,
        ledger_row=row.number,
        registered_by=by,
        registered_at=now,
    )
