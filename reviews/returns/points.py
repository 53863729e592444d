"""A point to revise, as a reviewer writes it down, and in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from reviews.enums import Reason
from reviews.models import ReturnPoint


@dataclass(frozen=True, slots=True)
class Point:
    """One thing to revise, as a reviewer writes it down."""

    reason: Reason
    text: str = ""


def in_short(points: Iterable[Point | ReturnPoint]) -> str:
    """All of them in a line."""
    return "；".join(map(point_in_words, points))


def point_in_words(point: Point | ReturnPoint) -> str:
    """Such as 事实需要核实：核对办结件数."""
    reason = str(Reason(point.reason).label)
    return _("%(reason)s: %(text)s") % {"reason": reason, "text": point.text} if point.text else reason
