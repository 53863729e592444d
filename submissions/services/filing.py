"""What filing an item takes: completeness, its number, and the version that is frozen."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Unit, User
from submissions.checks.findings import Finding
from submissions.enums import Genre, Origin, Route, Status
from submissions.models import Authorship, Item, NumberSeries, Version
from submissions.search import searchable
from submissions.services.checking import digest_of_secrets, unanswered
from submissions.services.drafts import Author


def missing_for_filing(item: Item, findings: Sequence[Finding], *, checked: bool = False) -> dict[str, str]:
    """What still keeps a draft from being filed: field name → what to do. Empty when it may go.

    `findings` are those of `findings_of`. With `checked` the head of its unit signs the item in the system,
    and no checker need be named.
    """
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
    if not item.checker.strip() and not checked:
        problems["checker"] = _(
            "Name the person of your unit who has checked this item; without one it is not accepted."
        )
    elif item.checker.strip() in names:
        problems["checker"] = _("The checker must be someone other than the authors.")
    if not item.declared_unclassified:
        problems["declared_unclassified"] = _("Declare that the item holds no state or work secrets.")
    return unanswered(item, findings) | problems


def current_content(item: Item) -> dict[str, object]:
    """Everything a signature stands for, in a form that can be hashed; see `Version`."""
    attachments = item.attachments.filter(removed_at__isnull=True).order_by("pk")
    return {
        "title": item.title,
        "html": item.html,
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
        "secrecy_stated_by": item.secrecy_stated_by,
        "secrecy_statement": item.secrecy_statement,
    }


def content_hash(content: dict[str, object]) -> str:
    """SHA-256 of the content as canonical JSON."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def file_version(*, item: Item, findings: Sequence[Finding], by: User, now: datetime) -> Version:
    """Freeze the working text as the next version, and give the item its number if it has none.

    `findings` are those of `findings_of`, which travel with the version.

    Sets `number`, `version` and `filed_title` on `item` without saving it: the step that files writes them.
    """
    if item.number is None:
        item.number = take_numbers(unit=item.unit, year=timezone.localtime(now).year, count=1)[0]
    item.version += 1
    item.filed_title = item.title
    content = current_content(item)
    if not digest_of_secrets(findings):
        content |= {"secrecy_stated_by": "", "secrecy_statement": ""}
    return Version.objects.create(
        item=item,
        number=item.version,
        content=content,
        sha256=content_hash(content),
        accounts=list(item.authorships.order_by("position").values_list("user_id", flat=True)),
        findings=[finding.to_json() for finding in findings],
        made_by=by,
        made_at=now,
    )


def take_numbers(*, unit: Unit, year: int, count: int) -> list[str]:
    """The next `count` item numbers of a unit's year, such as 150502-2026-0007. Never given twice."""
    NumberSeries.objects.get_or_create(unit=unit, year=year)
    series = NumberSeries.objects.select_for_update().get(unit=unit, year=year)
    first = series.last + 1
    series.last += count
    series.save(update_fields=["last"])
    return [f"{unit.code}-{year}-{number:04d}" for number in range(first, first + count)]


@dataclass(frozen=True, slots=True)
class Historic:
    """An item from before this system existed, as far as it is known; `length` is in characters."""

    title: str
    filed_at: datetime
    authors: Sequence[Author]
    genre: str = Genre.NEWS
    length: int | None = None


@transaction.atomic
def record_historic(*, unit: Unit, items: Sequence[Historic], by: User, now: datetime) -> list[Item]:
    """Items of one unit that were issued before this system existed.

    They are born issued, with a number of the year they were filed in, and count from that time.
    """
    numbers: dict[int, list[str]] = {}
    years = [timezone.localtime(each.filed_at).year for each in items]
    for year in sorted(set(years)):
        numbers[year] = take_numbers(unit=unit, year=year, count=years.count(year))
    created = Item.objects.bulk_create(
        Item(
            office=unit.office or unit,
            unit=unit,
            number=numbers[year].pop(0),
            title=searchable(each.title),
            filed_title=searchable(each.title),
            genre=each.genre,
            told_length=each.length,
            submitter=by,
            checker="",
            status=Status.ISSUED,
            status_since=each.filed_at,
            origin=Origin.LEDGER,
            created_at=now,
            changed_at=now,
            submitted_at=each.filed_at,
            issued_at=each.filed_at,
        )
        for each, year in zip(items, years, strict=True)
    )
    Authorship.objects.bulk_create(
        Authorship(
            item=item, user=author.user, name=searchable(author.name), share=author.share, position=position
        )
        for item, each in zip(created, items, strict=True)
        for position, author in enumerate(each.authors)
    )
    return created
