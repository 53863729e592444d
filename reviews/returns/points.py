"""What a return asks for, point by point, and whether its writers have answered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from reviews.enums import Reason
from reviews.models import ReturnPoint
from reviews.returns.returned import return_of
from reviews.wording import point_in_words
from submissions.models import Item


@dataclass(frozen=True, slots=True)
class Point:
    """One thing to revise, as a reviewer writes it down."""

    reason: Reason
    text: str = ""


def open_points(item: Item) -> list[ReturnPoint]:
    """The points that await an answer: those of the return that brought the item back to its writers."""
    returned = return_of(item)
    return [point for point in returned.points if point.answered_in_id is None] if returned else []


def unanswered(points: Iterable[ReturnPoint]) -> list[ReturnPoint]:
    """The points that are neither ticked as done nor answered."""
    return [point for point in points if not (point.done or point.answer.strip())]


def in_short(points: Iterable[Point | ReturnPoint]) -> str:
    """All of them in a line."""
    return "；".join(map(point_in_words, points))
