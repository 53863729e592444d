"""Workbooks of an import: the empty ledger with its rules, and what became of every row."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from adoptions.importing.fates import Fate, FateKind
from adoptions.ledger.columns import ESSENTIAL, NOT_READ, TITLES, title_of
from kit.columns import Column
from paper.lists import HEADER_FONT, TEXT_FONT, list_workbook, saved, text_cell

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
        "Several units are written in one cell with “、” or a comma between them. The first filed the item;"
        " all are credited equally, unless the shares are written in the same order, such as 2、1."
    ),
    gettext_lazy(
        "Rows with the same title and unit are one item, unless they name different days of filing. The same"
        " item in the same outlet on the same day is a duplicate."
    ),
    gettext_lazy(
        "Dates are written as 2026-04-10 or in any usual way; the year of those without one is asked once."
        " Without a day of filing, the day of adoption is taken."
    ),
    gettext_lazy(
        "The place on the page is 头版头条 or 头版, elsewhere the cell stays empty; the length is a number of"
        " characters. A blank cell takes no value of another row. The genre of an item that was filed in the"
        " system stays."
    ),
    gettext_lazy(
        "Rows of totals, signatures below the table and headers that come again are set aside, so that"
        " nothing is counted twice. Hidden rows and sheets are asked about."
    ),
    gettext_lazy("What is wrong can be corrected on the next page; the file stays as it is."),
)


def fates_workbook(name: str, fates: Sequence[Fate]) -> BytesIO:
    """Every row of an imported ledger with what became of it."""
    columns: list[Column] = [
        Column("row", _("Row"), 8, lambda fate: fate.row),
        Column("kind", _("What became of it"), 12, lambda fate: FateKind(fate.kind).label),
        Column(
            "cell", _("Cell"), 10, lambda fate: "、".join(dict.fromkeys(cell for cell, _why in fate.reasons))
        ),
        Column("reason", _("Reason"), 50, lambda fate: "；".join(reason for _cell, reason in fate.reasons)),
        Column("title", title_of("title"), 42, lambda fate: fate.title),
        Column("unit", title_of("unit"), 20, lambda fate: fate.unit),
        Column("outlet", title_of("outlet"), 22, lambda fate: fate.outlet),
        Column("date", title_of("date"), 13, lambda fate: fate.date),
    ]
    heading = _("Rows of %(name)s") % {"name": name}
    return list_workbook(sheet_name=_("Rows"), heading=heading, number="", columns=columns, rows=fates)


def ledger_template_workbook() -> BytesIO:
    """An empty ledger with the columns an import reads, and its rules on a second sheet."""
    book = Workbook(write_only=True)
    sheet: Any = book.create_sheet("台账")
    for index, field in enumerate(TITLES, start=1):
        sheet.column_dimensions[get_column_letter(index)].width = WIDTHS.get(field, USUAL_WIDTH)
    sheet.freeze_panes = "A2"
    sheet.append([text_cell(sheet, title_of(field), HEADER_FONT) for field in TITLES])
    notes: Any = book.create_sheet(_("How to fill it in"))
    notes.column_dimensions["A"].width = 100
    for position, note in enumerate(ledger_notes(), start=1):
        notes.append([text_cell(notes, f"{position}. {note}", TEXT_FONT, bare=True)])
    return saved(book)


def ledger_notes() -> list[str]:
    """The rules of an import in plain sentences."""
    named = {
        "essential": "、".join(map(title_of, ESSENTIAL)),
        "not_read": "、".join(title_of(field) for field in TITLES if field in NOT_READ),
    }
    return [str(note) % named for note in LEDGER_NOTES]
