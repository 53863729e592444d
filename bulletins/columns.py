"""The columns of a bulletin's lists and of its matrix of outlets."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from adoptions.enums import Mode, OutletLevel
from kit.columns import Column, Kind, over, value_of
from kit.numbers import points_text

#: What earns or costs points, as `LineRow.kind` names it.
LINE_KINDS: Final[Mapping[str, Promise]] = {
    "adoption": gettext_lazy("Adoption"),
    "bonus": gettext_lazy("Bonus"),
    "filing": gettext_lazy("Filing"),
    "base": gettext_lazy("Base points"),
    "penalty": gettext_lazy("Deduction"),
    "limit": gettext_lazy("Cap or floor"),
    "adjustment": gettext_lazy("Adjustment"),
}


def _level(row: Any) -> Any:
    level = value_of(row, "level")
    return OutletLevel(level).label if level else ""


def _mode(row: Any) -> Any:
    return Mode(row.mode).label if row.mode else ""


def _kind(row: Any) -> Any:
    return LINE_KINDS.get(row.kind, row.kind)


_NUMBER: Final = Column("position", gettext_lazy("No."), 6, kind=Kind.RANK)
_DATE: Final = Column("date", gettext_lazy("Date"), 12, kind=Kind.DATE)
_SHARE: Final = Column("share", gettext_lazy("Share"), 8)


def _item(width: float) -> Column:
    return Column("item_title", gettext_lazy("Item"), width)


def _outlet(width: float) -> Column:
    return Column("outlet", gettext_lazy("Outlet"), width)


def _list(*columns: Column) -> tuple[Column, ...]:
    """A list of what happened to units: its own columns stand between whose it is and what it is worth."""
    return (
        _NUMBER,
        Column("unit", gettext_lazy("Unit"), 22),
        *columns,
        Column("points", gettext_lazy("Points"), 10, kind=Kind.POINTS, summed=True),
        Column("remark", gettext_lazy("Remark"), 30),
    )


ADOPTIONS: Final = _list(
    _item(46),
    _outlet(28),
    Column("level", gettext_lazy("Outlet level"), 15, _level, kind=Kind.WORD),
    Column("mode", gettext_lazy("Mode"), 8, _mode, kind=Kind.WORD),
    _DATE,
    _SHARE,
)
LINES: Final = _list(
    Column("kind", gettext_lazy("Reason for the points"), 10, _kind, kind=Kind.WORD),
    _item(40),
    _outlet(24),
    _DATE,
    Column("arithmetic", gettext_lazy("Reckoning"), 20),
    _SHARE,
)
LATE: Final = _list(
    Column("change", gettext_lazy("Change"), 10),
    Column("issue", gettext_lazy("Belongs to"), 26),
    _item(40),
    _outlet(24),
    _DATE,
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
        _NUMBER,
        _outlet(28),
        Column("level", gettext_lazy("Outlet level"), 15, _level, kind=Kind.WORD),
        *(
            over(
                label,
                *(
                    Column(str(unit_id), name, max(7, _squeezed(name)), kind=Kind.TALLY, summed=True)
                    for unit_id, name in units
                ),
            )
            for label, units in groups
        ),
        Column("total", gettext_lazy("Total"), 8, kind=Kind.TALLY, summed=True),
    )


def _squeezed(name: str) -> int:
    """The width of a column whose title may take two lines."""
    return -(-len(name) // 2) * 2 + 1
