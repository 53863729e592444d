"""The list of items as an Excel workbook."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from io import BytesIO
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from submissions.models import Item
from submissions.wording import status_in_words

MOMENT = "yyyy-mm-dd hh:mm"
THIN = Side(style="thin", color="FF999999")
GRID = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
HEADER_FONT = Font(name="宋体", size=11, bold=True)
TEXT_FONT = Font(name="宋体", size=10.5)


def columns() -> list[tuple[str, float]]:
    """(title, width in characters) of every column."""
    return [
        (_("No."), 6),
        (_("Item number"), 18),
        (_("Title"), 42),
        (_("Filing unit"), 16),
        (_("Authors"), 16),
        (_("Submitter"), 10),
        (_("Checker of the unit"), 12),
        (_("Genre"), 10),
        (_("Stage"), 8),
        (_("Round"), 16),
        (_("Topic kind"), 8),
        (_("Importance"), 10),
        (_("Status"), 20),
        (_("Filed at"), 17),
        (_("Issued at"), 17),
    ]


def row_of(position: int, item: Item, today: date) -> list[Any]:
    """One item's cells, in the order of `columns`. Times are China's, without a zone, as Excel wants them."""
    return [
        position,
        item.number or "",
        item.title,
        item.unit.name,
        "、".join(
            author.name for author in sorted(item.authorships.all(), key=lambda author: author.position)
        ),
        item.submitter.display_name,
        item.checker,
        item.get_genre_display(),
        item.get_stage_display(),
        item.round.name if item.round else "",
        item.get_topic_kind_display(),
        item.get_route_display(),
        status_in_words(item, today),
        _local(item.submitted_at),
        _local(item.issued_at),
    ]


# A write-only sheet has the page set-up of a sheet, but its type stubs do not know it: hence `Any`.
def item_workbook(items: Iterable[Item], count: int, today: date) -> BytesIO:
    """A workbook ready to print on A4 landscape: title and header rows, then one row an item."""
    book = Workbook(write_only=True)
    sheet: Any = book.create_sheet(_("Items"))
    table = columns()
    _set_up_page(sheet, [width for _title, width in table])
    title = _("List of items (%(day)s, %(count)s in all)") % {
        "day": date_format(today, "Y年n月j日"),
        "count": count,
    }
    sheet.append([_cell(sheet, title, Font(name="黑体", size=16), bare=True)])
    sheet.append([_cell(sheet, name, HEADER_FONT, centred=True) for name, _width in table])
    for position, item in enumerate(items, start=1):
        sheet.append([_cell(sheet, value, TEXT_FONT) for value in row_of(position, item, today)])
    file = BytesIO()
    book.save(file)
    file.seek(0)
    return file


def _set_up_page(sheet: Any, widths: Sequence[float]) -> None:
    for index, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(index)].width = width
    sheet.freeze_panes = "A3"
    sheet.print_title_rows = "1:2"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = Worksheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.oddFooter.center.text = "&P / &N"
    sheet.merged_cells.ranges.add(f"A1:{get_column_letter(len(widths))}1")


def _cell(sheet: Any, value: Any, font: Font, *, centred: bool = False, bare: bool = False) -> Cell:
    """A cell whose text is text, whatever it begins with."""
    text = ILLEGAL_CHARACTERS_RE.sub("", value) if isinstance(value, str) else None
    cell = WriteOnlyCell(sheet, value if text is None else text)
    if text is not None:
        cell.data_type = "s"
    if isinstance(value, datetime):
        cell.number_format = MOMENT
    cell.font = font
    cell.alignment = Alignment(
        wrap_text=not bare, vertical="center", horizontal="center" if centred or bare else None
    )
    if not bare:
        cell.border = GRID
    return cell


def _local(moment: datetime | None) -> datetime | str:
    return timezone.localtime(moment).replace(tzinfo=None, second=0, microsecond=0) if moment else ""
