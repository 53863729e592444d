"""Writes to the points of a return while the writers work on their text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Self

from reviews.models import ReturnPoint
from reviews.returned import return_of
from submissions.models import Item
from submissions.search import searchable

LONGEST_ANSWER: Final = 300


def field_of(point: ReturnPoint) -> str:
    """The name and id of a point's answer in the writer's form; its box is called the same with ``-done``."""
    return f"point-{point.pk}"


@dataclass(frozen=True, slots=True)
class PointLine:
    """A point in the writer's form: what was typed last, or else what is stored."""

    point: ReturnPoint
    name: str
    done: bool
    answer: str
    error: str

    @classmethod
    def of(cls, point: ReturnPoint, posted: Mapping[str, str], error: str = "") -> Self:
        name = field_of(point)
        if name not in posted:
            return cls(point, name, point.done, point.answer, error)
        return cls(point, name, f"{name}-done" in posted, posted[name], error)


def keep_answers(*, item: Item, posted: Mapping[str, str]) -> None:
    """Store what the writer's form says of the points of the last return; a part of `ITEM_FORM_PARTS`.

    Points that the form did not carry stay as they are, and so do those of an item that is not with its
    writers. An answer is kept up to `LONGEST_ANSWER` characters, which the field does not exceed.
    """
    returned = return_of(item)
    for point in returned.points if returned else []:
        name = field_of(point)
        if name not in posted:
            continue
        said = (f"{name}-done" in posted, searchable(posted[name])[:LONGEST_ANSWER])
        if said != (point.done, point.answer):
            untold = ReturnPoint.objects.filter(pk=point.pk, answered_in__isnull=True)
            untold.update(done=said[0], answer=said[1])
