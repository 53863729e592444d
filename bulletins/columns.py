"""The columns of a bulletin's lists and of its matrix of outlets."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext_lazy

from adoptions.enums import OutletLevel
from scoring.numbers import points_text
from stats.columns import Column, Kind

ADOPTIONS: Final = (
    Column(gettext_lazy("No."), "position", Kind.RANK, width=6),
    Column(gettext_lazy("Unit"), "unit", Kind.TEXT, width=22),
    Column(gettext_lazy("Item"), "item_title", Kind.TEXT, width=46),
    Column(gettext_lazy("Outlet"), "outlet", Kind.TEXT, width=28),
    Column(gettext_lazy("Outlet level"), "level", Kind.LEVEL, width=15),
    Column(gettext_lazy("Mode"), "mode", Kind.MODE, width=8),
    Column(gettext_lazy("Date"), "date", Kind.DATE, width=12),
    Column(gettext_lazy("Share"), "share", Kind.TEXT, width=8),
    Column(gettext_lazy("Points"), "points", Kind.POINTS, summed=True, width=10),
    Column(gettext_lazy("Remark"), "remark", Kind.TEXT, width=30),
)


LINES: Final = (
    Column(gettext_lazy("No."), "position", Kind.RANK, width=6),
    Column(gettext_lazy("Unit"), "unit", Kind.TEXT, width=22),
    Column(gettext_lazy("Reason for the points"), "kind", Kind.LINE, width=10),
    Column(gettext_lazy("Item"), "item_title", Kind.TEXT, width=40),
    Column(gettext_lazy("Outlet"), "outlet", Kind.TEXT, width=24),
    Column(gettext_lazy("Date"), "date", Kind.DATE, width=12),
    Column(gettext_lazy("Reckoning"), "arithmetic", Kind.TEXT, width=20),
    Column(gettext_lazy("Share"), "share", Kind.TEXT, width=8),
    Column(gettext_lazy("Points"), "points", Kind.POINTS, summed=True, width=10),
    Column(gettext_lazy("Remark"), "remark", Kind.TEXT, width=30),
)


LATE: Final = (
    Column(gettext_lazy("No."), "position", Kind.RANK, width=6),
    Column(gettext_lazy("Unit"), "unit", Kind.TEXT, width=22),
    Column(gettext_lazy("Change"), "change", Kind.TEXT, width=10),
    Column(gettext_lazy("Belongs to"), "issue", Kind.TEXT, width=26),
    Column(gettext_lazy("Item"), "item_title", Kind.TEXT, width=40),
    Column(gettext_lazy("Outlet"), "outlet", Kind.TEXT, width=24),
    Column(gettext_lazy("Date"), "date", Kind.DATE, width=12),
    Column(gettext_lazy("Points"), "points", Kind.POINTS, summed=True, width=10),
    Column(gettext_lazy("Remark"), "remark", Kind.TEXT, width=30),
)


#: The counts of adoptions, which can show their points beside them.
PAIRED: Final = frozenset({"adopted", *(level.value for level in OutletLevel)})


@dataclass(frozen=True, slots=True)
class Pair:
    """A count and the points of what is counted."""

    count: int
    points: Decimal

    def __str__(self) -> str:
        return f"{self.count}/{points_text(self.points)}" if self.count or self.points else "0"


def paired(columns: Sequence[Column], keys: Collection[str] = PAIRED) -> tuple[Column, ...]:
    """The same tree with a `Pair` for the counts under these keys."""
    return tuple(
        replace(column, kind=Kind.PAIR, width=max(column.width, 10))
        if column.key in keys
        else replace(column, children=paired(column.children, keys))
        for column in columns
    )


def matrix_columns(groups: Sequence[tuple[str, Sequence[tuple[int, str]]]]) -> tuple[Column, ...]:
    """Outlets down, units across: `groups` are labels with their units as (id, name)."""
    return (
        Column(gettext_lazy("No."), "position", Kind.RANK, width=6),
        Column(gettext_lazy("Outlet"), "outlet", Kind.TEXT, width=28),
        Column(gettext_lazy("Outlet level"), "level", Kind.LEVEL, width=15),
        *(
            Column(
                label,
                children=tuple(
                    Column(name, str(unit_id), Kind.TALLY, summed=True, width=max(7, _squeezed(name)))
                    for unit_id, name in units
                ),
            )
            for label, units in groups
        ),
        Column(gettext_lazy("Total"), "total", Kind.TALLY, summed=True, width=8),
    )


def _squeezed(name: str) -> int:
    """The width of a column whose title may take two lines."""
    return -(-len(name) // 2) * 2 + 1
