"""Workbooks of this app: adoptions, events, the fates of an import, the empty ledger with its rules."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from io import BytesIO
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from adoptions.importing import Fate, FateKind
from adoptions.ledger.columns import ESSENTIAL, NOT_READ, TITLES, title_of
from adoptions.models import Adoption, Event
from submissions.enums import Origin
from submissions.exports import GRID, HEADER_FONT, TEXT_FONT

TITLE_FONT = Font(name="黑体", size=16)
#: Widths of the ledger's columns that need more, or less, than usual.
WIDTHS = {"number": 6, "title": 42, "unit": 18, "outlet": 20, "link": 30, "note": 24}
USUAL_WIDTH = 13
#: The rules of an import, as they are printed with the empty ledger.
LEDGER_NOTES = (
    gettext_lazy("Columns are found by their titles; their order does not matter."),
    gettext_lazy("These columns must be there: %(essential)s."),
    gettext_lazy("These columns are not read: %(not_read)s."),
    gettext_lazy("One row is one adoption. Write every further outlet of an item into a row of its own."),
    gettext_lazy(
        "A row without an outlet is an item that was only filed: it needs the day of filing, and no day, page"
        " or link of an adoption."
    ),
    gettext_lazy(
        "Units are found by their exact name, short name or code, outlets by their exact name. Nothing is"
        " guessed: a row with an unknown name is refused."
    ),
    gettext_lazy(
        "Several units are written in one cell with “、” between them. The first filed the item; all are"
        " credited equally, unless the shares are written in the same order, such as 2、1."
    ),
    gettext_lazy(
        "Rows with the same title and unit are one item, unless they name different days of filing. The same"
        " item in the same outlet on the same day is a duplicate."
    ),
    gettext_lazy("Dates are written as 2026-04-10. Without a day of filing, the day of adoption is taken."),
    gettext_lazy(
        "The place on the page is 头版头条 or 头版, elsewhere the cell stays empty; the length is a number of"
        " characters. The genre belongs to the item: that of an item already in the system stays."
    ),
    gettext_lazy("Rows of totals are refused, so that nothing is counted twice."),
)


def adoption_workbook(adoptions: Iterable[Adoption], count: int, today: date) -> BytesIO:
    """The ledger as shown on the page. Its columns bear the titles that an import understands."""
    columns = [
        (title_of("number"), 6),
        (title_of("title"), 42),
        (_("Published title"), 42),
        (title_of("unit"), 18),
        (_("Credited units"), 22),
        (title_of("authors"), 16),
        (title_of("submitter"), 10),
        (title_of("filed"), 13),
        (title_of("status"), 10),
        (title_of("outlet"), 20),
        (title_of("carrier"), 12),
        (title_of("level"), 12),
        (title_of("page"), 10),
        (title_of("position"), 11),
        (title_of("length"), 8),
        (title_of("genre"), 11),
        (title_of("mode"), 12),
        (title_of("date"), 13),
        (title_of("link"), 30),
        (_("Proof"), 20),
        (_("Whether it counts"), 12),
        (title_of("note"), 24),
    ]
    heading = _("Adoptions (%(day)s, %(count)s in all)") % {
        "day": date_format(today, "Y年n月j日"),
        "count": count,
    }
    rows = (_adoption_row(position, adoption) for position, adoption in enumerate(adoptions, start=1))
    return _saved(_("Adoptions"), heading, columns, rows)


def event_workbook(events: Iterable[Event], count: int, today: date) -> BytesIO:
    """The list of events as shown on the page."""
    columns = [
        (title_of("number"), 6),
        (_("Kind"), 12),
        (_("Earns or costs"), 12),
        (_("Unit"), 20),
        (_("Item"), 42),
        (_("Item number"), 18),
        (_("Level"), 14),
        (_("Date"), 13),
        (_("Occurrences"), 8),
        (_("Note"), 30),
        (_("Proof"), 20),
        (_("State"), 10),
        (_("Registered by"), 12),
        (_("Registered on"), 13),
    ]
    heading = _("Events for points (%(day)s, %(count)s in all)") % {
        "day": date_format(today, "Y年n月j日"),
        "count": count,
    }
    rows = (_event_row(position, event) for position, event in enumerate(events, start=1))
    return _saved(_("Events for points"), heading, columns, rows)


def _event_row(position: int, event: Event) -> list[Any]:
    proofs = [event.proof_name, event.link]
    return [
        position,
        event.get_kind_display(),
        _("Costs points") if event.costs else _("Earns points"),
        event.concerns.name,
        event.item.title if event.item else "",
        event.item.number if event.item else "",
        event.get_level_display(),
        event.date,
        event.count,
        event.note,
        "、".join(proof for proof in proofs if proof),
        _("Revoked") if event.revoked_at else _("Counted"),
        event.registered_by.display_name,
        timezone.localdate(event.registered_at),
    ]


def fates_workbook(name: str, fates: Sequence[Fate]) -> BytesIO:
    """Every row of an imported ledger with what became of it."""
    columns = [
        (_("Row"), 8),
        (_("What became of it"), 12),
        (_("Cell"), 10),
        (_("Reason"), 50),
        (title_of("title"), 42),
        (title_of("unit"), 20),
        (title_of("outlet"), 22),
        (title_of("date"), 13),
    ]
    rows = (
        [
            fate.row,
            FateKind(fate.kind).label,
            "、".join(dict.fromkeys(cell for cell, _reason in fate.reasons)),
            "；".join(reason for _cell, reason in fate.reasons),
            fate.title,
            fate.unit,
            fate.outlet,
            fate.date,
        ]
        for fate in fates
    )
    return _saved(_("Rows"), _("Rows of %(name)s") % {"name": name}, columns, rows)


def ledger_template_workbook() -> BytesIO:
    """An empty ledger with the columns an import reads, and its rules on a second sheet."""
    book = Workbook(write_only=True)
    sheet: Any = book.create_sheet("台账")
    for index, field in enumerate(TITLES, start=1):
        sheet.column_dimensions[get_column_letter(index)].width = WIDTHS.get(field, USUAL_WIDTH)
    sheet.freeze_panes = "A2"
    sheet.append([_cell(sheet, title_of(field), HEADER_FONT) for field in TITLES])
    notes: Any = book.create_sheet(_("How to fill it in"))
    notes.column_dimensions["A"].width = 100
    for position, note in enumerate(ledger_notes(), start=1):
        notes.append([_cell(notes, f"{position}. {note}", TEXT_FONT, bare=True)])
    return _file(book)


def ledger_notes() -> list[str]:
    """The rules of an import in plain sentences."""
    named = {
        "essential": "、".join(map(title_of, ESSENTIAL)),
        "not_read": "、".join(title_of(field) for field in TITLES if field in NOT_READ),
    }
    return [str(note) % named for note in LEDGER_NOTES]


def _adoption_row(position: int, adoption: Adoption) -> list[Any]:
    item, outlet = adoption.item, adoption.outlet
    parts = sorted(adoption.credits.all(), key=lambda credit: (-credit.share, credit.pk))
    shared = len({credit.share for credit in parts}) > 1
    authors = sorted(item.authorships.all(), key=lambda author: author.position)
    return [
        position,
        item.title,
        adoption.title,
        item.unit.name,
        "、".join(f"{credit.unit.name}×{credit.share}" if shared else credit.unit.name for credit in parts),
        "、".join(author.name for author in authors),
        # An item from the old ledger was entered by whoever imported it, not filed by them.
        item.submitter.display_name if item.origin == Origin.FILED else "",
        timezone.localdate(item.submitted_at) if item.submitted_at else "",
        item.get_status_display(),
        outlet.name,
        outlet.get_carrier_display(),
        outlet.get_level_display(),
        adoption.page,
        adoption.get_position_display(),
        "" if adoption.length is None else adoption.length,
        item.get_genre_display(),
        adoption.get_mode_display(),
        adoption.date,
        adoption.link,
        _proof(adoption),
        _state(adoption),
        adoption.note,
    ]


def _proof(adoption: Adoption) -> str:
    kinds = [
        (adoption.proof_file, adoption.proof_name),
        (adoption.link, _("Link")),
        (adoption.ledger_id, _("Imported ledger")),
    ]
    return "、".join(str(name) for there, name in kinds if there)


def _state(adoption: Adoption) -> str:
    if adoption.revoked_at:
        return _("Revoked")
    return _("Counted") if adoption.proven else _("Waiting for proof")


# A write-only sheet has the page set-up of a sheet, but its type stubs do not know it: hence `Any`.
def _saved(
    sheet_name: str, heading: str, columns: Sequence[tuple[str, float]], rows: Iterable[Sequence[Any]]
) -> BytesIO:
    """One table ready to print on A4 landscape: heading, titles that stay in sight, then the rows."""
    book = Workbook(write_only=True)
    sheet: Any = book.create_sheet(sheet_name)
    last = get_column_letter(len(columns))
    for index, (_title, width) in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(index)].width = width
    sheet.freeze_panes = "A3"
    sheet.print_title_rows = "1:2"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = Worksheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.oddFooter.center.text = "&P / &N"
    sheet.merged_cells.ranges.add(f"A1:{last}1")
    sheet.append([_cell(sheet, heading, TITLE_FONT, centred=True, bare=True)])
    sheet.append([_cell(sheet, title, HEADER_FONT, centred=True) for title, _width in columns])
    for row in rows:
        sheet.append([_cell(sheet, value, TEXT_FONT) for value in row])
    return _file(book)


def _cell(sheet: Any, value: Any, font: Font, *, centred: bool = False, bare: bool = False) -> Any:
    """A cell whose text is text, whatever it begins with."""
    is_text = not isinstance(value, int | float | date)
    cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", str(value)) if is_text else value)
    if is_text:
        cell.data_type = "s"
    elif isinstance(value, date) and not isinstance(value, datetime):
        cell.number_format = "yyyy-mm-dd"
    cell.font = font
    cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal="center" if centred else None)
    if not bare:
        cell.border = GRID
    return cell


def _file(book: Workbook) -> BytesIO:
    file = BytesIO()
    book.save(file)
    file.seek(0)
    return file
