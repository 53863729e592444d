"""Writes to the working text: drafts, their authors and files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from accounts.models import Unit, User
from accounts.services.audit import record
from kit.spelling import composed
from submissions.checks.findings import Finding
from submissions.enums import EDITABLE, RETURNED, Status
from submissions.markup import clean, from_words, words
from submissions.models import Attachment, Authorship, Item
from submissions.search import searchable
from submissions.services.checking import findings_in_file
from submissions.similarity import fingerprints
from submissions.uploads import CheckedUpload

#: Columns of an item that its author fills in.
TEXT_FIELDS = (
    "unit",
    "title",
    "html",
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
    "secrecy_stated_by",
    "secrecy_statement",
    "secrecy_stated_for",
)


@dataclass(frozen=True, slots=True)
class Author:
    """One line of the authors' table: a name, the account behind it if there is one, parts of the work."""

    name: str
    share: int
    user: User | None = None


class ItemLocked(Exception):
    """The text is with the reviewers, or issued: its author cannot change it now.

    `same_text` tells that it stands as the writer wanted it: a form sent twice, not a loss.
    """

    def __init__(self, item: Item, *, same_text: bool = False) -> None:
        super().__init__(item.pk)
        self.item, self.same_text = item, same_text


class Superseded(Exception):
    """The text was changed since the writer's page was made: by a co-author, or in another window."""

    def __init__(self, item: Item) -> None:
        super().__init__(item.pk)
        self.item = item


@transaction.atomic
def save_draft(
    *,
    item: Item | None,
    by: User,
    fields: Mapping[str, Any],
    authors: Sequence[Author] | None,
    form_key: UUID | None = None,
    read: datetime | None = None,
    now: datetime,
) -> Item:
    """Store the author's working text, complete or not. What `fields` does not name stays; so do the
    authors when `authors` is None. Of the text either `html` or `body` is enough, see `both_forms`.

    A new item is made once per `form_key`: a form sent twice finds the item of the first time.
    `read` is the item's `changed_at` on the page the writer saw; None stores without comparing.
    Raises ItemLocked when the item can no longer be changed, Superseded when it was changed since `read`
    (text that stands already is no change).
    """
    if item is None:
        item = _new_item(by=by, unit=fields.get("unit") or by.unit, form_key=form_key, now=now)
        if item.status == Status.DRAFT and _stands(item, _wanted(item, fields), authors):
            return item  # sent once more: nothing to wait for
        read = item.created_at
    item = Item.objects.select_for_update(of=["self"]).select_related("unit", "office").get(pk=item.pk)
    wanted = _wanted(item, fields)
    same_text = _stands(item, wanted, authors)
    if item.status not in EDITABLE:
        raise ItemLocked(item, same_text=same_text)
    if same_text:
        return item
    if read is not None and item.changed_at != read:
        raise Superseded(item)
    for name, value in wanted.items():
        setattr(item, name, value)
    item.office = item.unit.office or item.unit
    item.changed_at = now
    item.fingerprints = fingerprints(f"{item.title}\n{item.body}")
    item.save(update_fields=[*wanted, "office", "changed_at", "fingerprints"])
    if authors is not None:
        set_authors(item=item, authors=authors)
    return item


def claim(*, item: Item, read: datetime | None, now: datetime) -> None:
    """Note that something beside the text was changed, for whoever has the form open at the same time.

    Called in the transaction of `save_draft`, on the item that it gave and with the same `read` and `now`.
    Raises Superseded when somebody else changed the item since `read`.
    """
    if read is not None and item.changed_at not in {read, now}:
        raise Superseded(item)
    item.changed_at = now
    item.save(update_fields=["changed_at"])


def both_forms(item: Item, *, html: str = "", body: str | None = None) -> dict[str, str]:
    """Field → value of the text in its two forms, from the one that was written: `html` if there is any,
    else `body`. A form that says what the item says already changes nothing: a writer without the editor
    sends `body` alone, and keeps the tables by leaving the words as they are."""
    if html:
        html = clean(html)
        return {"html": html, "body": item.body if html == item.html else words(html)}
    if body is None or body == item.body:
        return {}
    return {"html": from_words(body), "body": body}


def _wanted(item: Item, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Of what was typed the columns that a writer may still change, as they are stored."""
    settled = settled_fields(item)
    wanted = {
        name: _tidy(name, fields[name]) for name in TEXT_FIELDS if name in fields and name not in settled
    }
    return wanted | both_forms(item, html=wanted.pop("html", ""), body=wanted.get("body"))


def _tidy(name: str, value: Any) -> Any:
    """Text as it is stored; the body keeps the indent of its first paragraph. HTML is cleaned later: composed
    as a whole it would be damaged."""
    if not isinstance(value, str) or name == "html":
        return value
    return composed(value).rstrip().lstrip("\n") if name == "body" else searchable(value)


def _stands(item: Item, wanted: Mapping[str, Any], authors: Sequence[Author] | None) -> bool:
    """Whether the item already has these fields and authors."""
    if any(getattr(item, name) != value for name, value in wanted.items()):
        return False
    if authors is None:
        return True
    present = list(item.authorships.order_by("position").values_list("name", "share", "user"))
    return present == [(author.name, author.share, author.user and author.user.pk) for author in authors]


def settled_fields(item: Item) -> set[str]:
    """What filing has settled: the unit is part of the number, the route of the level that returned it."""
    settled = {"unit"} if item.number else set()
    return settled | ({"route"} if item.status in RETURNED else set())


def _new_item(*, by: User, unit: Unit, form_key: UUID | None, now: datetime) -> Item:
    defaults = {
        "office": by.office,
        "unit": unit,
        "status_since": now,
        "created_at": now,
        "changed_at": now,
    }
    if form_key is None or Item.objects.filter(form_key=form_key).exclude(submitter=by).exists():
        return Item.objects.create(submitter=by, **defaults)
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
    """Store one checked file; the same content is stored once per item.

    Its words are checked before anything is locked: that may take some seconds. Raises ItemLocked while the
    item is with the reviewers, OSError when the disk refuses: then neither row nor file is left.
    """
    found = findings_in_file(upload.file, upload.name, upload.extension)
    return attach_scanned(item=item, upload=upload, found=found, by=by, now=now)


@transaction.atomic
def attach_scanned(
    *, item: Item, upload: CheckedUpload, found: Sequence[Finding], by: User, now: datetime
) -> Attachment:
    """`attach` of a file whose findings are known."""
    item = lock_for_writing(item)
    same = item.attachments.filter(sha256=upload.sha256, removed_at__isnull=True).first()
    if same:
        return same
    attachment = Attachment(
        item=item,
        name=upload.name,
        size=upload.size,
        sha256=upload.sha256,
        uploaded_by=by,
        uploaded_at=now,
        findings=[finding.to_json() for finding in found],
    )
    try:
        attachment.file.save(upload.stored_name(item.pk), upload.file, save=False)
        attachment.save()
    except Exception:
        if attachment.file:
            attachment.file.delete(save=False)
        raise
    return attachment


@transaction.atomic
def remove_attachment(*, attachment: Attachment, now: datetime) -> None:
    """Take a file out of the working text; one that was never filed is deleted, a filed one only hidden.

    Raises ItemLocked while the item is with the reviewers.
    """
    item = lock_for_writing(attachment.item)
    if item.versions.filter(content__attachments__contains=[[attachment.name, attachment.sha256]]).exists():
        attachment.removed_at = now
        attachment.save(update_fields=["removed_at"])
        return
    attachment.delete()
    transaction.on_commit(lambda: attachment.file.delete(save=False))


def lock_for_writing(item: Item) -> Item:
    """The item as it stands, its row locked until the transaction ends. Raises ItemLocked."""
    item = Item.objects.select_for_update(of=["self"]).get(pk=item.pk)
    if item.status not in EDITABLE:
        raise ItemLocked(item)
    return item


@transaction.atomic
def discard_draft(*, item: Item, by: User, now: datetime) -> None:
    """Delete an item that was never filed. Raises ItemLocked when it was."""
    item = Item.objects.select_for_update(of=["self"]).get(pk=item.pk)
    if item.status != Status.DRAFT:
        raise ItemLocked(item)
    record(actor=by, action="item.discard", target=item, office=item.office, now=now)
    files = [attachment.file for attachment in item.attachments.all()]
    item.delete()

    def delete_files() -> None:
        for file in files:
            file.delete(save=False)

    transaction.on_commit(delete_files)
