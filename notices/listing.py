"""A person's notices as the pages show them: one group a subject, by day, unread ones first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.utils import timezone

from notices.models import Notice
from notices.querysets import NoticeQuerySet


@dataclass(frozen=True, slots=True)
class Group:
    """What a person was told of one subject, the newest first."""

    newest: Notice
    older: list[Notice]
    waiting: bool


@dataclass(frozen=True, slots=True)
class Section:
    """The groups of one day, unread or read."""

    waiting: bool
    day: date
    groups: list[Group]


def groups_of(notices: NoticeQuerySet, rows: Iterable[dict[str, object]]) -> list[Group]:
    """The groups of these rows of `notices.subjects()`, in their order; one query."""
    waiting = {row["subject"]: bool(row["waiting"]) for row in rows}
    told: dict[object, list[Notice]] = {subject: [] for subject in waiting}
    for notice in notices.filter(subject__in=list(waiting)).newest_first():
        told[notice.subject].append(notice)
    return [Group(found[0], found[1:], waiting[subject]) for subject, found in told.items() if found]


def sections_of(groups: Iterable[Group]) -> list[Section]:
    """Groups in the order of `subjects()`, cut where the day or being unread changes."""

    def place(group: Group) -> tuple[bool, date]:
        return group.waiting, timezone.localdate(group.newest.created_at)

    return [Section(*where, list(found)) for where, found in groupby(groups, place)]
