"""Workbooks of this app: adoptions, events, the fates of an import, the empty ledger with its rules."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from io import BytesIO
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from adoptions.importing import Fate, FateKind
from adoptions.ledger.columns import ESSENTIAL, NOT_READ, TITLES, title_of
from adoptions.models import Adoption, Event, Outlet
from publicity.lib.lists import HEADER_FONT, TEXT_FONT, Column, list_workbook, saved, text_cell
from submissions.enums import Origin
from submissions.exports import names_of_authors

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


def adoption_columns() -> list[Column[Adoption]]:
    """Every column there is; those of the ledger bear the titles that an import understands."""
    return [
        Column(
            "title",
            title_of("title"),
            42,
            lambda one: one.item.title,
            order="title",
            shown=True,
            fixed=True,
            nowrap=False,
        ),
        Column("published", _("Published title"), 42, lambda one: one.title, nowrap=False),
        Column(
            "unit",
            title_of("unit"),
            18,
            lambda one: one.item.unit.name,
            order="unit",
            shown=True,
            nowrap=False,
        ),
        Column("credits", _("Credited units"), 22, _credits, shown=True, nowrap=False),
        Column("authors", title_of("authors"), 16, lambda one: names_of_authors(one.item), nowrap=False),
        Column("submitter", title_of("submitter"), 10, _submitter),
        Column("filed", title_of("filed"), 13, _filed_on),
        Column("status", title_of("status"), 10, lambda one: one.item.get_status_display()),
        Column(
            "outlet",
            title_of("outlet"),
            20,
            lambda one: one.outlet.name,
            order="outlet",
            shown=True,
            nowrap=False,
        ),
        Column("carrier", title_of("carrier"), 12, lambda one: one.outlet.get_carrier_display()),
        Column(
            "level",
            title_of("level"),
            12,
            lambda one: one.outlet.get_level_display(),
            order="level",
            shown=True,
        ),
        Column("page", title_of("page"), 10, lambda one: one.page),
        Column("position", title_of("position"), 11, lambda one: one.get_position_display()),
        Column("length", title_of("length"), 8, lambda one: one.length, numeric=True),
        Column("genre", title_of("genre"), 11, lambda one: one.item.get_genre_display()),
        Column("mode", title_of("mode"), 12, lambda one: one.get_mode_display(), shown=True),
        Column("date", title_of("date"), 13, lambda one: one.date, order="date", descending=True, shown=True),
        Column("link", title_of("link"), 30, lambda one: one.link, nowrap=False),
        Column("proof", _("Proof"), 20, _proof, nowrap=False),
        Column("counts", _("Whether it counts"), 12, _state, shown=True),
        Column(
            "registered",
            _("Registered on"),
            13,
            lambda one: timezone.localdate(one.registered_at),
            order="registered",
            descending=True,
            shown=True,
        ),
        Column("note", title_of("note"), 24, lambda one: one.note, nowrap=False),
    ]


def event_columns() -> list[Column[Event]]:
    """Every column of the list of events."""
    return [
        Column(
            "kind", _("Kind"), 12, lambda one: one.get_kind_display(), order="kind", shown=True, fixed=True
        ),
        Column("side", _("Earns or costs"), 12, _side),
        Column(
            "item", _("Item"), 42, lambda one: one.item.title if one.item else "", shown=True, nowrap=False
        ),
        Column("number", _("Item number"), 18, lambda one: one.item.number if one.item else ""),
        Column("unit", _("Unit"), 20, lambda one: one.concerns.name, order="unit", shown=True, nowrap=False),
        Column("level", _("Level"), 14, lambda one: one.get_level_display(), order="level", shown=True),
        Column("date", _("Date"), 13, lambda one: one.date, order="date", descending=True, shown=True),
        Column("count", _("Occurrences"), 8, lambda one: one.count, shown=True, numeric=True),
        Column("note", _("Note"), 30, lambda one: one.note, nowrap=False),
        Column("proof", _("Proof"), 20, _event_proof, nowrap=False),
        Column("state", _("State"), 10, _event_state, shown=True),
        Column("registered_by", _("Registered by"), 12, lambda one: one.registered_by.display_name),
        Column(
            "registered",
            _("Registered on"),
            13,
            lambda one: timezone.localdate(one.registered_at),
            order="registered",
            descending=True,
            shown=True,
        ),
    ]


def adoption_workbook(
    adoptions: Iterable[Adoption], count: int, today: date, columns: Sequence[Column[Adoption]]
) -> BytesIO:
    """The ledger as it is on screen, of all pages; with all columns an import takes it back."""
    heading = _("Adoptions (%(day)s, %(count)s in all)") % {
        "day": date_format(today, "Y年n月j日"),
        "count": count,
    }
    return list_workbook(
        sheet_name=_("Adoptions"), heading=heading, number=title_of("number"), columns=columns, rows=adoptions
    )


def event_workbook(
    events: Iterable[Event], count: int, today: date, columns: Sequence[Column[Event]]
) -> BytesIO:
    """The list of events as it is on screen, of all pages."""
    heading = _("Events for points (%(day)s, %(count)s in all)") % {
        "day": date_format(today, "Y年n月j日"),
        "count": count,
    }
    return list_workbook(
        sheet_name=_("Events for points"),
        heading=heading,
        number=title_of("number"),
        columns=columns,
        rows=events,
    )


def outlet_workbook(outlets: Iterable[Outlet], today: date) -> BytesIO:
    """The outlets as on the page, each with `adopted`, the number of its standing adoptions."""
    columns: list[Column[Outlet]] = [
        Column("name", _("Outlet"), 30, lambda outlet: outlet.name),
        Column("level", _("Media level"), 14, lambda outlet: outlet.get_level_display()),
        Column("carrier", _("Carrier"), 12, lambda outlet: outlet.get_carrier_display()),
        Column("from", _("Active from"), 13, lambda outlet: outlet.active_from),
        Column("to", _("Active to"), 13, lambda outlet: outlet.active_to),
        Column("adopted", _("Adoptions"), 8, lambda outlet: outlet.adopted),  # type: ignore[attr-defined]
    ]
    heading = _("Outlets (%(day)s)") % {"day": date_format(today, "Y年n月j日")}
    number = title_of("number")
    return list_workbook(
        sheet_name=_("Outlets"), heading=heading, number=number, columns=columns, rows=outlets
    )


def fates_workbook(name: str, fates: Sequence[Fate]) -> BytesIO:
    """Every row of an imported ledger with what became of it."""
    columns: list[Column[Fate]] = [
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


def _credits(adoption: Adoption) -> str:
    parts = sorted(adoption.credits.all(), key=lambda credit: (-credit.share, credit.pk))
    shared = len({credit.share for credit in parts}) > 1
    return "、".join(f"{credit.unit.name}×{credit.share}" if shared else credit.unit.name for credit in parts)


def _submitter(adoption: Adoption) -> str:
    """An item from the old ledger was entered by whoever imported it, not filed by them."""
    return adoption.item.submitter.display_name if adoption.item.origin == Origin.FILED else ""


def _filed_on(adoption: Adoption) -> date | None:
    moment = adoption.item.submitted_at
    return timezone.localdate(moment) if moment else None


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


def _side(event: Event) -> str:
    return _("Costs points") if event.costs else _("Earns points")


def _event_proof(event: Event) -> str:
    return "、".join(proof for proof in (event.proof_name, event.link) if proof)


def _event_state(event: Event) -> str:
    return _("Revoked") if event.revoked_at else _("Counted")
