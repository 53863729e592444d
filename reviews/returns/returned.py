"""What came back to its writers: by whose decision, what it asks for, and what awaits their answer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F, Prefetch

from accounts.enums import Role
from reviews.models import Decision, ReturnPoint
from reviews.wording import level_name
from submissions.enums import RETURNED
from submissions.models import Item


@dataclass(frozen=True, slots=True)
class Returned:
    """The decision that brought an item back to its writers, with its points in order."""

    decision: Decision
    points: list[ReturnPoint]

    @property
    def level(self) -> str:
        return level_name(self.decision.source)

    @property
    def role(self) -> str:
        return str(Role(self.decision.role).label)

    @property
    def done(self) -> int:
        """How many points the writers have ticked."""
        return sum(point.done for point in self.points)


def returns_of(items: Iterable[Item]) -> dict[int, Returned]:
    """Item id → why it came back, for those that are with their writers now; three queries."""
    back = [item.pk for item in items if item.status in RETURNED]
    if not back:
        return {}
    points = Prefetch("points", queryset=ReturnPoint.objects.order_by("position"))
    decisions = (
        Decision.objects.filter(item__in=back, target=F("item__status"), undone_by__isnull=True)
        .select_related("by", "acting_for", "version")
        .prefetch_related(points, "marked_files")
        .order_by("at", "pk")
    )
    return {decision.item_id: Returned(decision, list(decision.points.all())) for decision in decisions}


def return_of(item: Item) -> Returned | None:
    """Why this item came back; None when it is not with its writers."""
    return returns_of([item]).get(item.pk)


def open_points(item: Item) -> list[ReturnPoint]:
    """The points that await an answer: those of the return that brought the item back to its writers."""
    returned = return_of(item)
    return [point for point in returned.points if point.answered_in_id is None] if returned else []


def unanswered(points: Iterable[ReturnPoint]) -> list[ReturnPoint]:
    """The points that are neither ticked as done nor answered."""
    return [point for point in points if not (point.done or point.answer.strip())]
