"""Writes to the points of a return while the writers work on their text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Self

from reviews.models import ReturnPoint
from reviews.returns.returned import open_points
from submissions.models import Item
from submissions.search import searchable
from submissions.services.drafts import claim

LONGEST_ANSWER: Final = 300


def field_of(point: ReturnPoint) -> str:
    """The name and id of a point's answer in the writer's form; its box is called the same with ``-done``."""
    return f"point-{point.pk}"


@dataclass(frozen=True, slots=True)
class PointLine:
    """A point in the writer's form: what was typed last, or else what is stored.

    `is_rival` when somebody else has answered it otherwise, which the form then shows beside it.
    """

    point: ReturnPoint
    name: str
    done: bool
    answer: str
    error: str
    is_rival: bool = False

    @classmethod
    def of(
        cls, point: ReturnPoint, posted: Mapping[str, str], error: str = "", *, superseded: bool = False
    ) -> Self:
        """`superseded` when the item was changed since the form was made: nothing of it is stored, and a
        point that it left unanswered shows the answer at hand."""
        name = field_of(point)
        stored, said = (point.done, point.answer), _said(point, posted)
        if said is None or (superseded and not any(said)):
            return cls(point, name, *stored, error)
        done, answer = said
        return cls(point, name, done, answer, error, is_rival=superseded and any(stored) and said != stored)


def _said(point: ReturnPoint, posted: Mapping[str, str]) -> tuple[bool, str] | None:
    """Tick and answer as the form has them; None when it does not carry the point."""
    name = field_of(point)
    return (f"{name}-done" in posted, searchable(posted[name])) if name in posted else None


def keep_answers(*, item: Item, posted: Mapping[str, str], read: datetime | None, now: datetime) -> None:
    """Store what the writer's form says of the points of the last return; a part of `ITEM_FORM_PARTS`.

    Points that the form did not carry stay as they are, and so do those of an item that is not with its
    writers. An answer is kept up to `LONGEST_ANSWER` characters, which the field does not exceed.
    Raises Superseded when answers differ from those stored, and the item was changed since `read`.
    """
    changed = []
    for point in open_points(item):
        said = _said(point, posted)
        if said is None or said == (point.done, point.answer):
            continue
        point.done, point.answer = said[0], said[1][:LONGEST_ANSWER]
        changed.append(point)
    if changed:
        claim(item=item, read=read, now=now)
        ReturnPoint.objects.bulk_update(changed, ["done", "answer"])
