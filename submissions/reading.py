"""What a reader is shown of an item: which text, and its facts in plain words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from submissions.checks.findings import Finding
from submissions.enums import EDITABLE, Genre, Route, Stage, TopicKind
from submissions.models import Attachment, Item, Version
from submissions.rules import is_writer_of
from submissions.services.filing import current_content
from submissions.similarity import ALIKE, likeness
from submissions.wording import Told, in_words


@dataclass(frozen=True, slots=True)
class Reading:
    """A text to show; `version` is set when it is a filed one, not the working text."""

    content: dict[str, Any]
    version: Version | None = None


def reading_for(user: User, item: Item) -> Reading:
    """The text this person may read: while its writers work on it, the others see what was filed last."""
    if item.version and item.status in EDITABLE and not is_writer_of(user, item):
        version = item.versions.get(number=item.version)
        return Reading(version.content, version)
    return Reading(current_content(item))


def facts_of(content: dict[str, Any]) -> list[tuple[str, str]]:
    """(label, value) of a content as `Version` keeps it, without title, body and files."""
    facts = [
        (_("Unit"), content["unit"]),
        (_("Authors"), authors_in_words(content["authors"])),
        (_("Checker of the unit"), content["checker"]),
        (_("Genre"), Genre(content["genre"]).label if content["genre"] else ""),
        (_("Stage"), Stage(content["stage"]).label),
        (_("Round"), content["round"]),
        (_("Topic kind"), TopicKind(content["topic_kind"]).label),
        (_("Importance"), Route(content["route"]).label),
    ]
    if content["route_reason"]:
        facts.append((_("Reason"), content["route_reason"]))
    if content["secrecy_statement"]:
        answer = {"name": content["secrecy_stated_by"], "why": content["secrecy_statement"]}
        facts.append((_("Secrecy statement"), _("%(name)s: %(why)s") % answer))
    return [(label, str(value) or "—") for label, value in facts]


def findings_in_words(version: Version) -> list[Told]:
    """What the checks said of a text when it was filed."""
    return in_words(Finding.from_json(data) for data in version.findings)


def authors_in_words(authors: Sequence[Sequence[Any]]) -> str:
    """Names, with their shares where these are not equal: 甲（2/3）、乙（1/3）."""
    total = sum(share for _name, share in authors)
    equal = len({share for _name, share in authors}) <= 1
    return "、".join(name if equal else f"{name}（{share}/{total}）" for name, share in authors)


@dataclass(frozen=True, slots=True)
class Alike:
    """A filed item whose text is much like another's; `share` is in percent of the shorter text."""

    item: Item
    share: int


def alike(item: Item, reader: User) -> list[Alike]:
    """The filed items most like this one, of those the reader may see; three at most."""
    if not item.fingerprints:
        return []
    others = Item.objects.visible_to(reader).filter(office=item.office).sharing_passages(item)
    found = [
        Alike(other, round(100 * share))
        for other in others.select_related("unit").defer("body")
        if (share := likeness(item.fingerprints, other.fingerprints)) >= ALIKE
    ]
    return sorted(found, key=lambda one: (-one.share, one.item.pk))[:3]


def files_of(item: Item, content: dict[str, Any]) -> list[Attachment]:
    """The files a content names, in its order; a filed one stays readable after its removal."""
    stored: Iterable[Attachment] = item.attachments.order_by("removed_at", "-pk")
    by_key = {(attachment.name, attachment.sha256): attachment for attachment in stored}
    keys = [(name, sha256) for name, sha256 in content["attachments"]]
    return [by_key[key] for key in keys if key in by_key]


def as_filed(item: Item, version: Version) -> dict[str, Any]:
    """What pages show of one text as it was filed."""
    return {
        "item": item,
        "version": version,
        "content": version.content,
        "facts": facts_of(version.content),
        "files": files_of(item, version.content),
        "findings": findings_in_words(version),
    }


def may_read_file(user: User, attachment: Attachment) -> bool:
    """Whether somebody who sees the item may read this file: until it is filed it is its writers' alone."""
    if attachment.removed_at is None and is_writer_of(user, attachment.item):
        return True
    key = [attachment.name, attachment.sha256]
    return attachment.item.versions.filter(content__attachments__contains=[key]).exists()
