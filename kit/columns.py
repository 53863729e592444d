"""Columns: what a list or a table of figures has, on a page, in Excel and in print alike.

A table has a tree of columns: heads stand over the columns they hold together. A list has a tree of depth
one, and its reader chooses among the columns (``c`` in the address) and sorts by one of them (``o``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any, Final

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise

from kit.numbers import DASH, change_text, difference_text, percent, points_text, rate_text

#: Value of the parameter ``c`` that asks for every column.
ALL: Final = "all"


class Kind(Enum):
    """How a value of a column is written."""

    TEXT = "text"  # of a moment its day
    MOMENT = "moment"  # to the minute
    WORD = "word"  # one of a few words
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
    """A column, or a head over several: then it has `children`.

    `key` names the attribute of a row that it shows, unless `value` says what it shows instead: a function of
    the row, or the way to it as templates write it (unit.name, get_kind_display). `width` is in characters of
    the workbook's font, a Chinese character takes two. `summed` columns have a total; the total of a RATE
    column is the rate of the totals. `stays` holds the first columns of a wide table in sight when a page
    pushes it sideways.
    """

    key: str
    title: str | Promise
    width: float = 8
    value: Callable[[Any], Any] | str = ""
    kind: Kind = Kind.TEXT
    children: tuple[Column, ...] = ()
    summed: bool = False
    stays: bool = False
    #: What a list is ordered by when one sorts by this column; empty where one cannot.
    order: Sequence[Any] = ()
    #: The first click sorts from big to small, from late to early.
    descending: bool = False
    #: On the page when nobody has chosen columns.
    shown: bool = False
    #: On the page whatever is chosen: the column that leads to the thing itself.
    fixed: bool = False
    #: Number or code: never broken into two lines in a list.
    nowrap: bool = True
    #: Where the text of a list leads: the name of a page of the row, or a function of the row that gives an
    #: address, empty for none.
    link: Callable[[Any], str] | str = ""

    def of(self, row: Any) -> Any:
        """What a row holds in this column."""
        return self.value(row) if callable(self.value) else value_of(row, self.value or self.key)

    def url(self, row: Any) -> str:
        """Where the text leads, if anywhere."""
        if callable(self.link):
            return self.link(row)
        return reverse(self.link, args=[row.pk]) if self.link else ""

    @property
    def sorts(self) -> str:
        """What the address calls the order by this column; empty where there is none."""
        return self.key if self.order else ""

    @property
    def numeric(self) -> bool:
        return self.kind in NUMBERS

    @property
    def css(self) -> str:
        """The classes of its cells in a table of figures."""
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


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a list: its value, the text of it, and where that leads."""

    column: Column
    value: Any
    text: str
    url: str


def over(title: str | Promise, *children: Column) -> Column:
    """A head over several columns."""
    return Column("", title, children=children)


def value_of(row: Any, key: str) -> Any:
    """What a row holds under a key: rows are objects with attributes, or mappings where keys are made.

    A key may be a way over several objects; where one of them is missing there is nothing.
    """
    if isinstance(row, Mapping):
        return row[key]
    for name in key.split("."):
        row = None if row is None else getattr(row, name)
    return row() if callable(row) else row


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
    return written(column.of(row), column.kind)


def written(value: Any, kind: Kind) -> str:
    """A value of a kind in words."""
    if value is None:
        return DASH
    match kind:
        case Kind.POINTS:
            return points_text(value)
        case Kind.RATE:
            return rate_text(value)
        case Kind.CHANGE:
            return change_text(value)
        case Kind.DIFFERENCE:
            return difference_text(value)
        case Kind.PERCENT_POINTS:
            return difference_text(percent(value))
        case Kind.TALLY:
            return str(value) if value else ""
    if isinstance(value, datetime):
        local = timezone.localtime(value) if timezone.is_aware(value) else value
        value = f"{local:%Y-%m-%d %H:%M}" if kind is Kind.MOMENT else local.date()
    return value.isoformat() if isinstance(value, date) else str(value)


def text_at(columns: Sequence[Column], row: Any, key: str) -> str:
    """The value under `key` as a page shows it."""
    (column,) = (leaf for leaf in leaves(columns) if leaf.key == key)
    return text(column, row)


def chosen(columns: Sequence[Column], query: QueryDict) -> list[Column]:
    """The columns that an address asks for, in the order of the list; unknown names count for nothing."""
    keys = set(query.getlist("c"))
    if ALL in keys:
        return list(columns)
    asked = keys & {column.key for column in columns}
    return [column for column in columns if column.fixed or (column.key in asked if asked else column.shown)]


def cells(columns: Iterable[Column], row: Any) -> list[Cell]:
    """The row as a list shows it, a dash for nothing."""
    return [
        Cell(column, value, written(value, column.kind) or DASH, column.url(row))
        for column, value in ((column, column.of(row)) for column in columns)
    ]


def ordering(columns: Sequence[Column], wanted: str | None, default: str) -> list[Any]:
    """What to order by for a column's key, ``-`` before it for descending; else for that of `default`."""
    orders = {column.key: column.order for column in columns if column.order}
    asked = wanted if wanted and wanted.removeprefix("-") in orders else default
    sign = "-" if asked.startswith("-") else ""
    return [sign + field for field in orders[asked.removeprefix("-")]]
