"""Writes to items: drafts, attachments, filed versions, stale months.

None of these changes a status; that is `reviews.services.take_step`'s alone.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Unit, User
from accounts.services import record
from publicity.lib.bell import ring
from submissions.enums import EDITABLE, RETURNED, Origin, Route, Status
from submissions.models import Attachment, Authorship, Item, NumberSeries, StaleMonth, Version
from submissions.uploads import CheckedUpload

#: Columns of an item that its author fills in.
TEXT_FIELDS = (
    "unit",
    "title",
    "body",
    "genre",
    "stage",
    "round",
    "topic_kind",
    "route",
    "route_reason",
    "urgent",
    "checker",
    "declared_unclassified",
)


@dataclass(frozen=True, slots=True)
class Author:
    """One line of the authors' table: a name, the account behind it if there is one, parts of the work."""

    name: str
    share: int
    user: User | None = None


class ItemLocked(Exception):
    """The text is with the reviewers, or issued: its author cannot change it now."""


@transaction.atomic
def save_draft(
    *,
    item: Item | None,
    by: User,
    fields: dict[str, object],
    authors: Sequence[Author],
    uploads: Sequence[CheckedUpload] = (),
    form_key: UUID | None = None,
    now: datetime,
) -> Item:
    """Store the author's working text, complete or not.

    A new item is made once per `form_key`: a form sent twice finds the item of the first time.
    Raises ItemLocked when the item can no longer be changed.
    """
    if item is None:
        item = _new_item(by=by, fields=fields, form_key=form_key, now=now)
    item = Item.objects.select_for_update(of=["self"]).get(pk=item.pk)
    if item.status not in EDITABLE:
        raise ItemLocked
    for name in settled_fields(item):
        fields.pop(name, None)
    for name in TEXT_FIELDS:
        if name in fields:
            setattr(item, name, fields[name])
    item.office = item.unit.office or item.unit
    item.changed_at = now
    item.save(update_fields=[*TEXT_FIELDS, "office", "changed_at"])
    set_authors(item=item, authors=authors)
    for upload in uploads:
        attach(item=item, upload=upload, by=by, now=now)
    return item


def settled_fields(item: Item) -> set[str]:
    """What filing has settled: the unit is part of the number, the route of the level that returned it."""
    settled = {"unit"} if item.number else set()
    return settled | ({"route"} if item.status in RETURNED else set())


def _new_item(*, by: User, fields: dict[str, object], form_key: UUID | None, now: datetime) -> Item:
    defaults = {
        "office": by.office,
        "unit": fields.get("unit", by.unit),
        "submitter": by,
        "status_since": now,
        "created_at": now,
        "changed_at": now,
    }
    if form_key is None:
        return Item.objects.create(**defaults)
    item, _created = Item.objects.get_or_create(form_key=form_key, submitter=by, defaults=defaults)
    return item


def set_authors(*, item: Item, authors: Sequence[Author]) -> None:
    """Replace the authors of an item, keeping the order given."""
    item.authorships.all().delete()
    Authorship.objects.bulk_create(
        Authorship(item=item, user=author.user, name=author.name, share=author.share, position=position)
        for position, author in enumerate(authors)
    )


def attach(*, item: Item, upload: CheckedUpload, by: User, now: datetime) -> Attachment:
    """Store one checked file; the same content is stored once per item."""
    same = item.attachments.filter(sha256=upload.sha256, removed_at__isnull=True).first()
    if same:
        return same
    attachment = Attachment(
        item=item, name=upload.name, size=upload.size, sha256=upload.sha256, uploaded_by=by, uploaded_at=now
    )
    attachment.file.save(upload.stored_name(item.pk), upload.file, save=False)
    attachment.save()
    return attachment


@transaction.atomic
def remove_attachment(*, attachment: Attachment, now: datetime) -> None:
    """Hide a file from the working text. Raises ItemLocked while the item is with the reviewers."""
    item = Item.objects.select_for_update(of=["self"]).get(pk=attachment.item_id)
    if item.status not in EDITABLE:
        raise ItemLocked
    attachment.removed_at = now
    attachment.save(update_fields=["removed_at"])


@transaction.atomic
def discard_draft(*, item: Item, by: User, now: datetime) -> None:
    """Delete an item that was never filed. Raises ItemLocked when it was."""
    item = Item.objects.select_for_update(of=["self"]).get(pk=item.pk)
    if item.status != Status.DRAFT:
        raise ItemLocked
    record(actor=by, action="item.discard", target=item, office=item.office, now=now)
    files = [attachment.file for attachment in item.attachments.all()]
    item.delete()
    transaction.on_commit(lambda: [file.delete(save=False) for file in files] and None)


def missing_for_filing(item: Item) -> dict[str, str]:
    """What still keeps a draft from being filed: field name → what to do. Empty when it may go."""
    problems: dict[str, str] = {}
    if not item.title.strip():
        problems["title"] = _("Write a title.")
    if not item.body.strip():
        problems["body"] = _("Write the body of the item.")
    if item.route == Route.IMPORTANT and not item.route_reason.strip():
        problems["route_reason"] = _("Say why this item is important.")
    names = {authorship.name for authorship in item.authorships.all()}
    if not names:
        problems["authors"] = _("Name at least one author.")
    if not item.checker.strip():
        problems["checker"] = _(
            "Name the person of your unit who has checked this item; without one it is not accepted."
        )
    elif item.checker.strip() in names:
        problems["checker"] = _("The checker must be someone other than the authors.")
    if not item.declared_unclassified:
        problems["declared_unclassified"] = _("Declare that the item holds no state or work secrets.")
    return problems


def current_content(item: Item) -> dict[str, object]:
    """Everything a signature stands for, in a form that can be hashed; see `Version`."""
    attachments = item.attachments.filter(removed_at__isnull=True).order_by("pk")
    return {
        "title": item.title,
        "body": item.body,
        "genre": item.genre,
        "stage": item.stage,
        "topic_kind": item.topic_kind,
        "route": item.route,
        "route_reason": item.route_reason,
        "round": item.round.name if item.round else "",
        "unit": item.unit.name,
        "checker": item.checker,
        "authors": [[author.name, author.share] for author in item.authorships.order_by("position")],
        "attachments": [[attachment.name, attachment.sha256] for attachment in attachments],
    }


def content_hash(content: dict[str, object]) -> str:
    """SHA-256 of the content as canonical JSON."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def file_version(*, item: Item, by: User, now: datetime) -> Version:
    """Freeze the working text as the next version, and give the item its number if it has none.

    Sets `number` and `version` on `item` without saving it: the step that files it writes them.
    """
    if item.number is None:
        item.number = take_numbers(unit=item.unit, year=timezone.localtime(now).year, count=1)[0]
    item.version += 1
    content = current_content(item)
    return Version.objects.create(
        item=item, number=item.version, content=content, sha256=content_hash(content), made_by=by, made_at=now
    )


def take_numbers(*, unit: Unit, year: int, count: int) -> list[str]:
    """The next `count` item numbers of a unit's year, such as 150502-2026-0007. Never given twice."""
    NumberSeries.objects.get_or_create(unit=unit, year=year)
    series = NumberSeries.objects.select_for_update().get(unit=unit, year=year)
    first = series.last + 1
    series.last += count
    series.save(update_fields=["last"])
    return [f"{unit.code}-{year}-{number:04d}" for number in range(first, first + count)]


def mark_stale(*, office: Unit, months: Iterable[date], now: datetime) -> None:
    """Note that figures of these months changed (any day names its month) and ring the counting worker.

    Call it in the transaction that changes the fact. Months are taken in order, so that two
    writers cannot wait for each other.
    """
    for month in sorted({day.replace(day=1) for day in months}):
        debt = StaleMonth.objects.filter(office=office, month=month)
        # The counting worker may delete the row at any moment before we hold its lock.
        while not debt.update(generation=F("generation") + 1):
            _row, created = StaleMonth.objects.get_or_create(
                office=office, month=month, defaults={"since": now}
            )
            if created:
                break
    ring("stats.tasks.reconcile")


@transaction.atomic
def record_historic(
    *, unit: Unit, items: Sequence[tuple[str, datetime, Sequence[Author]]], by: User, now: datetime
) -> list[Item]:
    """Items issued before this system existed, as (title, filed at, authors) of one unit.

    They are born issued, with a number of the year they were filed in, and count from that time.
    """
    numbers: dict[int, list[str]] = {}
    years = [timezone.localtime(filed_at).year for _title, filed_at, _authors in items]
    for year in sorted(set(years)):
        numbers[year] = take_numbers(unit=unit, year=year, count=years.count(year))
    created = Item.objects.bulk_create(
        Item(
            office=unit.office or unit,
            unit=unit,
            number=numbers[year].pop(0),
            title=title,
            submitter=by,
            checker="",
            status=Status.ISSUED,
            status_since=filed_at,
            origin=Origin.LEDGER,
            created_at=now,
            changed_at=now,
            submitted_at=filed_at,
            issued_at=filed_at,
        )
        for (title, filed_at, _authors), year in zip(items, years, strict=True)
    )
    Authorship.objects.bulk_create(
        Authorship(item=item, user=author.user, name=author.name, share=author.share, position=position)
        for item, (_title, _filed_at, authors) in zip(created, items, strict=True)
        for position, author in enumerate(authors)
    )
    return created
