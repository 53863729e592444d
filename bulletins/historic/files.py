"""The table of a printed bulletin out of an uploaded file: head kept, cells as text, nothing filled in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import IO, Any, Final

from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import range_boundaries

from adoptions.ledger.values import as_text
from adoptions.ledger.workbook import LedgerUnreadable, Sheet, open_sheets

MAX_ROWS: Final = 1000
MAX_COLUMNS: Final = 60
_NOTES: Final = ("注:", "注：", "备注", "说明:", "说明：", "注1", "填表人", "制表人")


@dataclass(frozen=True, slots=True)
class ReadTable:
    """Head and rows as they stand in the file; `notes` are the lines around the table."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...]


def read_table(file: IO[bytes], extension: str) -> ReadTable:
    """The first table of a checked file. Raises LedgerUnreadable with what to do instead.

    The head is the first row with two cells or more, and with merged cells as many rows as they span; its
    levels are joined as 采用/市级. Lines with a single cell above it, and notes below, are `notes`.
    """
    sheets = open_sheets(file, extension)
    for sheet in sorted(sheets, key=lambda sheet: not sheet.visible):
        table = _table(sheet)
        if table:
            return table
    raise LedgerUnreadable(
        _("No table was found: the file needs a row of column titles with the figures below it.")
    )


def _table(sheet: Sheet) -> ReadTable | None:
    rows = _texts(sheet)
    notes: list[str] = []
    top, first = next(rows, (0, ()))
    while len(list(filter(None, first))) == 1:
        notes += filter(None, first)
        top, first = next(rows, (0, ()))
    if not first:
        return None
    head, merged = [first], [range_boundaries(cells) for cells in sheet.merged]
    for row in range(top + 1, _head_bottom(merged, top) + 1):
        below, values = next(rows, (0, ()))
        if below != row:
            raise LedgerUnreadable(_("The head of the table is merged in a way that cannot be read."))
        head.append(values)
    body = []
    for _number, cells in rows:
        filled = [cell for cell in cells if cell]
        if len(filled) == 1 and filled[0].startswith(_NOTES):
            notes += filled
        elif filled:
            body.append(cells)
    if not body:
        return None
    width = max(len(row) for row in [*head, *body])
    if width > MAX_COLUMNS or len(body) > MAX_ROWS:
        raise LedgerUnreadable(
            _("The table is too large for a bulletin: at most %(rows)s rows and %(columns)s columns.")
            % {"rows": MAX_ROWS, "columns": MAX_COLUMNS}
        )
    columns = _titles(head, width, top, merged)
    padded = tuple((*row, *[""] * (width - len(row))) for row in body)
    return ReadTable(columns, padded, tuple(notes))


def _texts(sheet: Sheet) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Rows with anything in them as texts, without the empty cells at their end."""
    for number, row in sheet.rows:
        cells = [_text(value, number, place) for place, value in enumerate(row, start=1)]
        for place in range(1, len(cells) + 1):
            cell = f"{get_column_letter(place)}{number}"
            if cell in sheet.uncalculated:
                raise LedgerUnreadable(
                    _(
                        "%(cell)s holds a formula without a result: "
                        "open the file in Excel or WPS and save it again."
                    )
                    % {"cell": cell}
                )
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            yield number, tuple(cells)


def _text(value: Any, number: int, place: int) -> str:
    try:
        return as_text(value)
    except ValueError as error:
        cell = f"{get_column_letter(place)}{number}"
        raise LedgerUnreadable(
            _("%(cell)s holds an error or signs that cannot be printed: correct it in the file.")
            % {"cell": cell}
        ) from error


def _head_bottom(merged: Sequence[tuple[Any, ...]], top: int) -> int:
    """The last row of a head that begins in row `top`: cells merged over columns have titles below them."""
    bottom = top
    while True:
        reach = bottom
        for left, first, right, last in merged:
            if top <= first <= bottom:
                reach = max(reach, last + 1 if right > left else last)
        if reach == bottom:
            return bottom
        bottom = reach


def _titles(
    head: Sequence[Sequence[str]], width: int, top: int, merged: Sequence[tuple[Any, ...]]
) -> tuple[str, ...]:
    """One title a column, the levels from top to bottom."""
    cells = [[*row, *[""] * (width - len(row))] for row in head]
    for left, first, right, last in merged:
        if top <= first < top + len(cells):
            for column in range(left, min(right, width) + 1):
                cells[first - top][column - 1] = cells[first - top][left - 1]
            for row in range(first + 1, min(last, top + len(cells) - 1) + 1):
                for column in range(left, min(right, width) + 1):
                    cells[row - top][column - 1] = ""
    return tuple("/".join(filter(None, (row[place] for row in cells))) for place in range(width))
