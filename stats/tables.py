"""Tables for pages: the cells of one column tree, each with the address of the list behind its number."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from kit.columns import Column, Head, Kind, depth, heads, leaves, text
from scoring.wording import group_label
from stats.columns import FIGURES
from stats.comparing import COMPARED, ComparedGroup
from stats.remarks import remarks, remarks_on_comparison
from stats.reports import FigureGroup, FigureRow, HasUnitId

#: From a row of a unit and a key to the address behind the value.
type Link = Callable[[HasUnitId, str], str]


@dataclass(frozen=True, slots=True)
class Cell:
    """A value as it is shown; `tone` is up or down for a change of rank."""

    text: str
    url: str
    column: Column
    tone: str = ""

    @property
    def is_name(self) -> bool:
        """Whether it heads its row."""
        return self.column.key == "name"

    @property
    def css(self) -> str:
        return self.column.css


@dataclass(frozen=True, slots=True)
class Table:
    """One group of units: head rows, body rows, the totals' cells, and why these are not the rows' sum."""

    label: str
    head: list[list[Head]]
    body: list[list[Cell]]
    foot: list[Cell]
    remarks: Sequence[str] = ()


def figure_table(group: FigureGroup, link: Link) -> Table:
    """The table of a group; `link` gives the address behind the value of a row and key, or nothing."""
    return Table(
        label=group_label(group.kind),
        head=head_rows(FIGURES),
        body=[
            [cell_of(column, row, link(row, column.key)) for column in leaves(FIGURES)] for row in group.rows
        ],
        foot=list(_totals(group.total)),
        remarks=remarks(group),
    )


def compared_table(group: ComparedGroup, link: Link) -> Table:
    """The table that sets a group's figures beside those of two other periods."""
    return Table(
        label=group_label(group.kind),
        head=head_rows(COMPARED),
        body=[
            [
                cell_of(column, row, link(row, column.key) if column.key == "name" else "")
                for column in leaves(COMPARED)
            ]
            for row in group.rows
        ],
        foot=[
            Cell(text(column, group.total) if column.summed else _("Total"), "", column)
            for column in leaves(COMPARED)
        ],
        remarks=remarks_on_comparison(group),
    )


def head_rows(columns: Sequence[Column]) -> list[list[Head]]:
    cells = heads(columns)
    return [[cell for cell in cells if cell.row == row] for row in range(depth(columns))]


def cell_of(column: Column, row: Any, url: str) -> Cell:
    value = getattr(row, column.key)
    tone = "" if column.kind is not Kind.CHANGE or not value else "up" if value > 0 else "down"
    return Cell(text(column, row), url, column, tone)


def _totals(row: FigureRow) -> Iterable[Cell]:
    for column in leaves(FIGURES):
        if column.summed:
            yield Cell(text(column, row), "", column)
        else:
            yield Cell(_("Total") if column.key == "name" else "", "", column)
