"""One tree of columns for every table of figures: head, rows and totals are all read off it.

The page and the workbook draw the same tree, so they cannot drift apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import Enum
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from adoptions.enums import Mode, OutletLevel
from scoring.numbers import DASH, change_text, difference_text, points_text, rate_text


class Kind(Enum):
    """How a value of a column is written."""

    TEXT = "text"
    COUNT = "count"
    TALLY = "tally"  # a count whose 0 is left blank
    PAIR = "pair"  # a count and its points: 3/30
    POINTS = "points"
    RATE = "rate"
    RANK = "rank"
    CHANGE = "change"
    DIFFERENCE = "difference"  # more or less than in another period
    PERCENT_POINTS = "percent_points"  # the difference of two rates
    DATE = "date"
    LEVEL = "level"
    MODE = "mode"
    LINE = "line"  # what kind of line earns the points


NUMBERS: Final = frozenset(
    {
        Kind.COUNT,
        Kind.TALLY,
        Kind.POINTS,
        Kind.RATE,
        Kind.RANK,
        Kind.CHANGE,
        Kind.DIFFERENCE,
        Kind.PERCENT_POINTS,
    }
)


@dataclass(frozen=True, slots=True)
class Column:
    """A column, or a head over several: then `key` is empty. `key` names the attribute of a row.

    `summed` columns have a total; the total of a RATE column is the rate of the totals. `width` is in
    characters of the workbook's font, a Chinese character takes two. `stays` holds the first columns of a
    wide table in sight when a page pushes it sideways.
    """

    label: str | Promise
    key: str = ""
    kind: Kind = Kind.COUNT
    width: float = 8
    summed: bool = False
    children: tuple[Column, ...] = ()
    stays: bool = False

    @property
    def numeric(self) -> bool:
        return self.kind in NUMBERS

    @property
    def css(self) -> str:
        """The classes of its cells on a page."""
        if self.kind is Kind.RANK:
            return "rank stay" if self.stays else "rank"
        if self.stays:
            return "stay stay-last"
        if self.kind is Kind.DATE:
            return "nowrap"
        return "num" if self.numeric else ""


@dataclass(frozen=True, slots=True)
class Head:
    """One cell of a table's head: it begins at column `at`, counted from 0, of head row `row`."""

    column: Column
    row: int
    at: int
    colspan: int
    rowspan: int

    @property
    def css(self) -> str:
        return "group" if self.column.children else self.column.css


def _level(level: OutletLevel) -> Column:
    return Column(level.label, level.value, summed=True, width=8)


FIGURES: Final = (
    Column(gettext_lazy("Rank"), "rank", Kind.RANK, width=6, stays=True),
    Column(gettext_lazy("Unit"), "name", Kind.TEXT, width=24, stays=True),
    Column(gettext_lazy("Filed"), "filed", summed=True),
    Column(gettext_lazy("Issued"), "issued", summed=True),
    Column(
        gettext_lazy("Adoptions"),
        children=(
            *(_level(level) for level in OutletLevel),
            Column(gettext_lazy("All levels"), "adopted", summed=True),
        ),
    ),
    Column(gettext_lazy("Items adopted"), "items_adopted", summed=True, width=10),
    Column(gettext_lazy("Adoption rate"), "rate", Kind.RATE, summed=True, width=9),
    Column(gettext_lazy("Points"), "points", Kind.POINTS, summed=True, width=10),
    Column(gettext_lazy("Change of rank"), "change", Kind.CHANGE, width=9),
    Column(
        gettext_lazy("Year to date"),
        children=(
            Column(gettext_lazy("Adoptions"), "adopted_to_date", summed=True),
            Column(gettext_lazy("Points"), "points_to_date", Kind.POINTS, summed=True, width=10),
        ),
    ),
)


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


def value_of(row: Any, key: str) -> Any:
    """What a row holds under a key: rows are objects with attributes, or mappings where keys are made."""
    return row[key] if isinstance(row, Mapping) else getattr(row, key)


def leaves(columns: Sequence[Column]) -> list[Column]:
    """The columns that hold values, from left to right."""
    return [leaf for column in columns for leaf in (leaves(column.children) or [column])]


def depth(columns: Sequence[Column]) -> int:
    """How many rows the head has."""
    return 1 + max((depth(column.children) for column in columns if column.children), default=0)


def heads(columns: Sequence[Column]) -> list[Head]:
    """Every cell of the head, row by row and from left to right."""
    return sorted(_heads(columns, 0, 0, depth(columns)), key=lambda head: (head.row, head.at))


def _heads(columns: Sequence[Column], row: int, at: int, rows: int) -> Iterator[Head]:
    for column in columns:
        width = len(leaves([column]))
        yield Head(column, row, at, width, 1 if column.children else rows - row)
        yield from _heads(column.children, row + 1, at, rows)
        at += width


def text(column: Column, row: Any) -> str:
    """The value as a page shows it."""
    value = value_of(row, column.key)
    if value is None:
        return DASH
    match column.kind:
        case Kind.POINTS:
            return points_text(value)
        case Kind.RATE:
            return rate_text(value)
        case Kind.CHANGE:
            return change_text(value)
        case Kind.DIFFERENCE:
            return difference_text(value)
        case Kind.PERCENT_POINTS:
            return difference_text((value * 100).quantize(Decimal("0.1"), ROUND_HALF_UP))
        case Kind.LEVEL:
            return str(OutletLevel(value).label) if value else ""
        case Kind.MODE:
            return str(Mode(value).label) if value else ""
        case Kind.LINE:
            return str(LINE_KINDS.get(value, value))
        case Kind.TALLY:
            return str(value) if value else ""
        case Kind.DATE:
            assert isinstance(value, date)
            return value.isoformat()
    return str(value)


def text_at(columns: Sequence[Column], row: Any, key: str) -> str:
    """The value under `key` as a page shows it."""
    (column,) = (leaf for leaf in leaves(columns) if leaf.key == key)
    return text(column, row)
