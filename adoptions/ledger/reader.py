"""From a file to entries: finds the table, its header row, and the rows below it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import IO

from django.utils.translation import gettext as _

from adoptions.ledger.columns import LEDGER, OTHER_SHEETS
from adoptions.ledger.rows import LedgerRow, parse
from adoptions.ledger.tables import NOTHING_TOLD, TableRow, Told, find_header, open_table
from adoptions.ledger.workbook import LedgerUnreadable, Row, Sheet, open_sheets
from kit.spelling import key


@dataclass(slots=True)
class Ledger:
    """A file's rows in order; `ignored` are titles of columns that were not read, `unread` are hidden sheets
    that hold a ledger beside the one that is read.
    """

    sheet: str
    rows: list[LedgerRow]
    ignored: list[str]
    unread: list[str] = field(default_factory=list)

    @property
    def entries(self) -> list[LedgerRow]:
        """The rows that are not set aside."""
        return [row for row in self.rows if not row.skipped]


def read_ledger(
    file: IO[bytes], extension: str = "xlsx", *, told: Told = NOTHING_TOLD, may_be_empty: bool = False
) -> Ledger:
    """Read a checked ledger file. Raises LedgerUnreadable when it is none, or too long.

    So does one without entries, unless it `may_be_empty`.
    """
    found: list[tuple[Sheet, tuple[int, Row]]] = []
    nearest: list[str] = []
    for sheet in open_sheets(file, extension):
        header, seen = find_header(sheet, LEDGER)
        if header is None or _is_other(sheet, header[1]):
            nearest = max(nearest, seen, key=len)
        else:
            found.append((sheet, header))
    if not found:
        raise LedgerUnreadable(_no_header(nearest))
    shown = [entry for entry in found if entry[0].visible] or found
    if len(shown) > 1:
        raise LedgerUnreadable(
            _("Both “%(first)s” and “%(second)s” hold a ledger: bring their rows together in one.")
            % {"first": shown[0][0].name, "second": shown[1][0].name}
        )
    sheet, header = shown[0]
    table = open_table(sheet, *header, LEDGER, told)
    unread = [other.name for other, _header in found if other is not sheet]
    ledger = Ledger(table.sheet, [_entry(row, told) for row in table.rows], table.ignored, unread)
    if not (may_be_empty or any(not row.skipped for row in ledger.rows)):
        raise LedgerUnreadable(_("The ledger has no entries below its header row."))
    return ledger


def notes_on(ledger: Ledger, extension: str) -> list[str]:
    """What whoever brings the file should know of how it was read."""
    notes = []
    if ledger.ignored:
        notes.append(_("Columns that are not read: %(names)s") % {"names": "、".join(ledger.ignored)})
    if ledger.unread:
        notes.append(
            _("Hidden sheets that are not read: %(names)s. To import one, show it in a file of its own.")
            % {"names": "、".join(ledger.unread)}
        )
    if extension == "xls":
        notes.append(
            _(
                "Files of the old form (.xls, .et) do not tell which rows are hidden, nor the addresses"
                " behind cells: look whether rows are too many, or save the file as .xlsx first."
            )
        )
    return notes


def _is_other(sheet: Sheet, header: Row) -> bool:
    """Whether the sheet is one that stands beside a ledger: by its name, unless it has all of a ledger."""
    fields = [name for _position, name in LEDGER.known_fields(header)]
    return key(sheet.name) in OTHER_SHEETS and bool(LEDGER.missing(fields))


def _no_header(seen: list[str]) -> str:
    lacking = "、".join(LEDGER.missing(seen))
    return _(
        "No header row was found. The ledger must have the columns %(columns)s; missing: %(missing)s."
    ) % {
        "columns": "、".join(map(LEDGER.first, LEDGER.essential)),
        "missing": lacking,
    }


def _entry(row: TableRow, told: Told) -> LedgerRow:
    entry = LedgerRow(row.number, row.cells, problems=row.problems, skipped=row.skipped, hidden=row.hidden)
    if row.values is not None:
        entry.values, entry.before = row.values, row.before
        parse(entry, row.values, row.links, told.year)
    entry.apart = row.number in told.apart
    if entry.skipped:
        entry.problems.clear()
    return entry
