"""Lists of things: their columns, on the page and in Excel alike, and which of them are on screen.

What is on screen stands in the address (filters, order ``o``, columns ``c``), so that a link, a saved list
and an export mean the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

from django.http import QueryDict
from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

#: Value of the parameter ``c`` that asks for every column.
ALL = "all"
THIN = Side(style="thin", color="FF999999")
GRID = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
TITLE_FONT = Font(name="黑体", size=16)
HEADER_FONT = Font(name="宋体", size=11, bold=True)
TEXT_FONT = Font(name="宋体", size=10.5)
#: Longest text of a cell; Excel refuses more than 32,767 characters.
LONGEST = 32_000


@dataclass(frozen=True, slots=True)
class Column[T]:
    """A column of a list; `width` in characters of Excel, `value` what a cell holds."""

    key: str
    title: str
    width: float
    value: Callable[[T], Any]
    #: Name in the ordering of the list; empty for a column one cannot sort by.
    order: str = ""
    #: The first click sorts from big to small, from late to early.
    descending: bool = False
    #: On the page when nobody has chosen columns.
    shown: bool = False
    #: Always on the page: the column that leads to the thing itself.
    fixed: bool = False
    #: Number or code: never broken into two lines.
    nowrap: bool = True
    numeric: bool = False

    @property
    def sorts(self) -> str:
        return self.order


@dataclass(frozen=True, slots=True)
class Cell[T]:
    """One cell of a page's table: the text of its value, for columns that need no more than that."""

    column: Column[T]
    text: str


def chosen[T](columns: Sequence[Column[T]], query: QueryDict) -> list[Column[T]]:
    """The columns that an address asks for, in the order of the list; unknown names count for nothing."""
    keys = set(query.getlist("c"))
    if ALL in keys:
        return list(columns)
    asked = keys & {column.key for column in columns}
    return [column for column in columns if column.fixed or (column.key in asked if asked else column.shown)]


def cells[T](columns: Sequence[Column[T]], row: T) -> list[Cell[T]]:
    return [Cell(column, in_text(column.value(row))) for column in columns]


def ordering(orders: Mapping[str, Sequence[str]], wanted: str | None, default: str) -> list[str]:
    """The fields behind a column of `orders`, ``-`` before it for descending; else those of `default`."""
    column = wanted if wanted and wanted.removeprefix("-") in orders else default
    sign = "-" if column.startswith("-") else ""
    return [sign + field for field in orders[column.removeprefix("-")]]


def on_screen[T](columns: Sequence[Column[T]], rows: Iterable[T], query: QueryDict) -> dict[str, Any]:
    """What a page needs to draw these rows: their columns, those to choose from, and each row's cells."""
    shown = chosen(columns, query)
    return {
        "columns": shown,
        "all_columns": columns,
        "lines": [(row, cells(shown, row)) for row in rows],
    }


def in_text(value: Any) -> str:
    """A value as a table shows it: of a time its day, a dash for nothing."""
    if isinstance(value, datetime):
        return f"{_local(value):%Y-%m-%d}"
    return "—" if value is None or value == "" else str(value)


# A write-only sheet has the page set-up of a sheet, but its type stubs do not know it: hence `Any`.
def list_workbook[T](
    *, sheet_name: str, heading: str, number: str, columns: Sequence[Column[T]], rows: Iterable[T]
) -> BytesIO:
    """A workbook ready to print on A4 landscape: heading, titles that stay in sight, then the rows.

    `number` is the title of the column of running numbers that stands first; empty for none.
    """
    book = Workbook(write_only=True)
    sheet: Any = book.create_sheet(sheet_name)
    counted = [(number, 6.0)] if number else []
    titles = counted + [(column.title, column.width) for column in columns]
    for index, (_title, width) in enumerate(titles, start=1):
        sheet.column_dimensions[get_column_letter(index)].width = width
    sheet.freeze_panes = "A3"
    sheet.print_title_rows = "1:2"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = Worksheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.oddFooter.center.text = "&P / &N"
    if len(titles) > 1:
        sheet.merged_cells.ranges.add(f"A1:{get_column_letter(len(titles))}1")
    sheet.append([text_cell(sheet, heading, TITLE_FONT, centred=True, bare=True)])
    sheet.append([text_cell(sheet, title, HEADER_FONT, centred=True) for title, _width in titles])
    for position, row in enumerate(rows, start=1):
        values = ([position] if number else []) + [column.value(row) for column in columns]
        sheet.append([text_cell(sheet, value, TEXT_FONT) for value in values])
    return saved(book)


def text_cell(sheet: Any, value: Any, font: Font, *, centred: bool = False, bare: bool = False) -> Any:
    """A cell whose text is text, whatever it begins with; times are China's, without a zone."""
    cell: Any
    if isinstance(value, datetime):
        cell = WriteOnlyCell(sheet, _local(value).replace(tzinfo=None, microsecond=0))
        cell.number_format = "yyyy-mm-dd hh:mm"
    elif isinstance(value, date):
        cell = WriteOnlyCell(sheet)
        cell.value, cell.number_format = value, "yyyy-mm-dd"
    elif isinstance(value, int | float | Decimal):
        cell = WriteOnlyCell(sheet)
        cell.value = value
    else:
        text = "" if value is None else str(value)
        cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", text)[:LONGEST])
        cell.data_type = "s"
    cell.font = font
    cell.alignment = Alignment(
        wrap_text=not bare, vertical="center", horizontal="center" if centred or bare else None
    )
    if not bare:
        cell.border = GRID
    return cell


def saved(book: Workbook) -> BytesIO:
    """The workbook's file, at its beginning."""
    file = BytesIO()
    book.save(file)
    file.seek(0)
    return file


def _local(moment: datetime) -> datetime:
    return timezone.localtime(moment) if timezone.is_aware(moment) else moment
