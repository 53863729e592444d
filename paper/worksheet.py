"""One worksheet, drawn top down from column trees. Nothing that people typed can become a formula."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from decimal import Decimal
from math import ceil
from typing import Any, Final
from unicodedata import east_asian_width

from django.utils.translation import gettext as _
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from kit.columns import Column, Kind, depth, heads, leaves, text, value_of
from kit.numbers import DASH, rate_format

BODY: Final = Font(name="宋体", size=11)
STRONG: Final = Font(name="宋体", size=11, bold=True)
HEAD: Final = Font(name="黑体", size=11)
TITLE: Final = Font(name="黑体", size=18)
SMALL: Final = Font(name="宋体", size=10)
LINE: Final = Side(style="thin", color="FF000000")
GRID: Final = Border(left=LINE, right=LINE, top=LINE, bottom=LINE)
SHADE: Final = PatternFill("solid", fgColor="FFF2F2F2")
LEFT: Final = Alignment(horizontal="left", vertical="center", wrap_text=True)
CENTRE: Final = Alignment(horizontal="center", vertical="center", wrap_text=True)
RIGHT: Final = Alignment(horizontal="right", vertical="center", wrap_text=True)
LINE_HEIGHT: Final = 15
FORMULA_SIGNS: Final = ("=", "+", "-", "@")
#: Columns together wider than this, in characters, print on A4 lying down.
UPRIGHT: Final = 100

#: Where openpyxl keeps the look of a cell as one value; setting its parts one by one costs ten times as much.
LOOK: Final = "_style"

FORMATS: Final = {Kind.DATE: "yyyy-mm-dd", Kind.PAIR: "@"}
WORDS: Final = frozenset({Kind.TEXT, Kind.WORD})


class Sheet:
    """A worksheet being filled; `results` gathers what its formulas come to."""

    def __init__(self, worksheet: Worksheet, columns: Sequence[Column]) -> None:
        self.worksheet = worksheet
        self.columns = columns
        self.leaves = leaves(columns)
        self.results: dict[str, Decimal | int | str] = {}
        self.row = 0
        self._paired = any(column.kind is Kind.PAIR for column in self.leaves)
        self._change = f'"↑"0;"↓"0;"{_("unchanged")}"'
        self._styles: dict[tuple[int, int, bool, str], StyleArray] = {}

    def banner(self, value: str, font: Font = SMALL, *, height: float, place: Alignment = CENTRE) -> None:
        """A line over the whole width, as high as its text needs."""
        width = sum(column.width for column in self.leaves) * 11 / (font.size or 11)
        self._next(height + LINE_HEIGHT * (lines_in(value, width) - 1))
        self._span(value, 1, len(self.leaves), font, place)

    def pair(self, left: str, right: str, *, height: float) -> None:
        """A line with one text at each end, parted where half of the width is reached."""
        self._next(height)
        half, reached, middle = sum(column.width for column in self.leaves) / 2, 0.0, 0
        while middle < len(self.leaves) - 1 and (reached < half or not middle):
            reached += self.leaves[middle].width
            middle += 1
        self._span(left, 1, middle, SMALL, LEFT)
        self._span(right, middle + 1, len(self.leaves), SMALL, RIGHT)

    def head(self) -> None:
        """The head of the columns: it repeats on every printed page and stays when one scrolls."""
        top = self.row + 1
        rows = depth(self.columns)
        for head in heads(self.columns):
            first = (top + head.row, head.at + 1)
            last = (first[0] + head.rowspan - 1, first[1] + head.colspan - 1)
            for row in range(first[0], last[0] + 1):
                for column in range(first[1], last[1] + 1):
                    self._style(self._cell(row, column), HEAD, CENTRE, shade=True)
            _write(self._cell(*first), str(head.column.title))
            if first != last:
                self.worksheet.merge_cells(None, *first, *last)
        lines = max(lines_in(str(column.title), column.width) for column in self.leaves)
        for row in range(top, top + rows):
            lowest = row == top + rows - 1
            self.worksheet.row_dimensions[row].height = max(22, 7 + LINE_HEIGHT * lines) if lowest else 22
        self.row += rows
        self.worksheet.print_title_rows = f"{top}:{self.row}"
        self.worksheet.freeze_panes = self._cell(self.row + 1, 3).coordinate

    def block(self, value: str) -> None:
        """A caption above a group of rows."""
        self._next(22)
        self._span(value, 1, len(self.leaves), HEAD, LEFT)
        for column in range(1, len(self.leaves) + 1):
            self.worksheet.cell(self.row, column).border = GRID

    def rows(self, rows: Sequence[Any], total: Any | None = None, label: str = "") -> None:
        """The rows and, when given, their totals as formulas; `total` holds what these must come to.

        Where a total is not the sum of its rows the formula says by how much: =SUM(C5:C9)-2.
        """
        for row in rows:
            self._next(7 + LINE_HEIGHT * max(self._lines(column, row) for column in self.leaves))
            for place, column in enumerate(self.leaves, start=1):
                self._put(self._cell(self.row, place), column, row)
        if total is not None and rows:
            self._next(22)
            for place, column in enumerate(self.leaves, start=1):
                cell = self._style(self._cell(self.row, place), STRONG, _place(column), shade=True)
                self._total(cell, column, total, rows, label)

    def closing(self, values: Sequence[tuple[str, Decimal]], label: str) -> None:
        """One more row below the totals: points by the key of their column."""
        self._next(22)
        points = dict(values)
        for place, column in enumerate(self.leaves, start=1):
            cell = self._style(self._cell(self.row, place), STRONG, _place(column), shade=True)
            if column.key in points:
                cell.value = points[column.key]
            elif place == self._label_at():
                _write(cell, label)

    def finish(self) -> None:
        """Widths, and a page that prints on A4 as it is: lying down where it is wide."""
        sheet = self.worksheet
        for place, column in enumerate(self.leaves, start=1):
            sheet.column_dimensions[get_column_letter(place)].width = column.width
        wide = sum(column.width for column in self.leaves) > UPRIGHT
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        sheet.page_setup.orientation = "landscape" if wide else "portrait"
        sheet.page_setup.paperSize = int(Worksheet.PAPERSIZE_A4)
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.print_options.horizontalCentered = True
        margins = sheet.page_margins
        margins.left = margins.right = 0.5
        margins.top, margins.bottom, margins.header, margins.footer = 0.7, 0.7, 0.3, 0.3
        assert sheet.oddFooter is not None
        footer = sheet.oddFooter.center
        footer.text, footer.font, footer.size = _("Page &P of &N"), "宋体", 10

    def _cell(self, row: int, column: int) -> Cell:
        """A cell that is written, which is never the inside of a merged one."""
        cell = self.worksheet.cell(row, column)
        assert isinstance(cell, Cell)
        return cell

    def _next(self, height: float) -> None:
        self.row += 1
        self.worksheet.row_dimensions[self.row].height = height

    def _span(self, value: str, first: int, last: int, font: Font, place: Alignment) -> None:
        """A text over several columns of the current row."""
        cell = self._cell(self.row, first)
        cell.font, cell.alignment = font, place
        _write(cell, value)
        if first != last:
            self.worksheet.merge_cells(None, self.row, first, self.row, last)

    def _style(
        self, cell: Cell, font: Font, place: Alignment, *, shade: bool = False, form: str = "General"
    ) -> Cell:
        """The look of a cell in the grid. Looks are made once and copied: thousands of cells share a few."""
        key = (id(font), id(place), shade, form)
        known = self._styles.get(key)
        if known is None:
            cell.font, cell.alignment, cell.border, cell.number_format = font, place, GRID, form
            if shade:
                cell.fill = SHADE
            self._styles[key] = _look(cell)
        else:
            setattr(cell, LOOK, copy(known))
        return cell

    def _put(self, cell: Cell, column: Column, row: Any) -> None:
        """The value as a number or a date where it is one, otherwise as text."""
        value = column.of(row)
        form = self._form(column)
        self._style(cell, BODY, _place(column), form=form)
        if value is None:
            _write(cell, DASH)
        elif column.kind is Kind.TALLY:
            cell.value = value or None
        elif column.numeric or column.kind is Kind.DATE:
            cell.value = value
        else:
            _write(cell, text(column, row))

    def _total(self, cell: Cell, column: Column, total: Any, rows: Sequence[Any], label: str) -> None:
        if not column.summed:
            if column.kind is Kind.TEXT and cell.column == self._label_at():
                _write(cell, label)
            return
        value = value_of(total, column.key)
        if column.kind is Kind.PAIR:
            cell.number_format = FORMATS[Kind.PAIR]
            _write(cell, str(value))
            return
        if column.kind is Kind.RATE and self._paired:
            cell.value, cell.number_format = value, rate_format()
            return
        if column.kind is Kind.RATE:
            filed, adopted = self._at("filed"), self._at("items_adopted")
            cell.value = f'=IF({filed}=0,"{DASH}",{adopted}/{filed})'
            cell.number_format = rate_format()
        else:
            letter = get_column_letter(cell.column)
            further = value - sum(column.of(row) or 0 for row in rows)
            and_further = f"{Decimal(further).normalize():+f}" if further else ""
            cell.value = f"=SUM({letter}{self.row - len(rows)}:{letter}{self.row - 1}){and_further}"
        self.results[cell.coordinate] = DASH if value is None else value

    def _form(self, column: Column) -> str:
        """The number format of a column."""
        if column.kind is Kind.RATE:
            return rate_format()
        return self._change if column.kind is Kind.CHANGE else FORMATS.get(column.kind, "General")

    def _label_at(self) -> int:
        """The first column of text, counted from 1: there the total is named."""
        return 1 + next(place for place, column in enumerate(self.leaves) if column.kind is Kind.TEXT)

    def _at(self, key: str) -> str:
        """The cell under `key` in the current row."""
        place = next(place for place, column in enumerate(self.leaves, start=1) if column.key == key)
        return f"{get_column_letter(place)}{self.row}"

    def _lines(self, column: Column, row: Any) -> int:
        """How many lines the value takes in its column."""
        return lines_in(text(column, row), column.width) if column.kind in WORDS else 1


def lines_in(written: str, width: float) -> int:
    """How many lines a text takes in a column; a Chinese character is twice as wide as a Latin one."""
    wide = sum(2 if east_asian_width(sign) in "WFA" else 1 for sign in written)
    return max(1, ceil(wide / (width - 1)))


def _look(cell: Cell) -> StyleArray:
    """A copy of all that makes up the look of a cell."""
    look: StyleArray = copy(getattr(cell, LOOK))
    return look


def _place(column: Column) -> Alignment:
    return LEFT if column.kind is Kind.TEXT and column.width > 10 else CENTRE


def _write(cell: Cell, value: str) -> None:
    """Text that stays text, also when somebody edits the cell; signs that XML cannot carry are left out."""
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)
    cell.data_type = "s"
    if value.startswith(FORMULA_SIGNS):
        cell.quotePrefix = True
