"""Lists as workbooks: written row by row, so that a long one needs little memory."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from kit.columns import Column
from paper.worksheet import LINE_HEIGHT, lines_in

THIN = Side(style="thin", color="FF999999")
GRID = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
TITLE_FONT = Font(name="黑体", size=16)
HEADER_FONT = Font(name="宋体", size=11, bold=True)
TEXT_FONT = Font(name="宋体", size=10.5)
#: Longest text of a cell; Excel refuses more than 32,767 characters.
LONGEST = 32_000


# A write-only sheet has the page set-up of a sheet, but its type stubs do not know it: hence `Any`.
def list_workbook(
    *, sheet_name: str, heading: str, number: str, columns: Sequence[Column], rows: Iterable[Any]
) -> BytesIO:
    """A workbook ready to print on A4 landscape: heading, titles that stay in sight, then the rows.

    `number` is the title of the column of running numbers that stands first; empty for none.
    """
    book = Workbook(write_only=True)
    sheet: Any = book.create_sheet(sheet_name)
    counted = [(number, 6.0)] if number else []
    titles = counted + [(str(column.title), column.width) for column in columns]
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
        values = ([position] if number else []) + [column.of(row) for column in columns]
        cells = [text_cell(sheet, value, TEXT_FONT) for value in values]
        sheet.row_dimensions[position + 2].height = _height(cells, [width for _title, width in titles])
        sheet.append(cells)
    return saved(book)


def _height(cells: Sequence[Any], widths: Sequence[float]) -> float:
    """Room for the longest text of a row, in points: not every program finds it itself; Excel takes 409."""
    lines = [
        sum(lines_in(line, width) for line in cell.value.split("\n"))
        for cell, width in zip(cells, widths, strict=True)
        if isinstance(cell.value, str)
    ]
    return min(409, LINE_HEIGHT * max(lines, default=1))


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
