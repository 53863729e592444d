"""From a file to entries: finds the table, its header row, and the rows below it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from django.utils.translation import gettext as _

from adoptions.ledger.columns import LEDGER, OTHER_SHEETS
from adoptions.ledger.rows import LedgerRow, parse
from adoptions.ledger.tables import Table, find_header, open_table
from adoptions.ledger.workbook import LedgerUnreadable, Row, Sheet, open_sheets
from kit.spelling import key


@dataclass(slots=True)
class Ledger:
    """A file's entries in order; `ignored` are titles of columns that were not read."""

    sheet: str
    rows: list[LedgerRow]
    ignored: list[str]


def read_ledger(file: IO[bytes], extension: str = "xlsx", *, may_be_empty: bool = False) -> Ledger:
    """Read a checked ledger file. Raises LedgerUnreadable when it is none, or too long.

    So does one without entries, unless it `may_be_empty`.
    """
    found: Ledger | None = None
    nearest: list[str] = []
    with open_sheets(file, extension) as sheets:
        for sheet in sheets:
            header, seen = find_header(sheet, LEDGER)
            if header is None or _is_other(sheet, header[1]):
                nearest = max(nearest, seen, key=len)
                continue
            if found:
                raise LedgerUnreadable(
                    _("Both “%(first)s” and “%(second)s” hold a ledger: bring their rows together in one.")
                    % {"first": found.sheet, "second": sheet.name}
                )
            found = _entries(open_table(sheet, *header, LEDGER))
    if found is None:
        raise LedgerUnreadable(_no_header(nearest))
    if not (found.rows or may_be_empty):
        raise LedgerUnreadable(_("The ledger has no entries below its header row."))
    return found


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


def _entries(table: Table) -> Ledger:
    return Ledger(table.sheet, list(_parsed(table)), table.ignored)


def _parsed(table: Table) -> Iterator[LedgerRow]:
    for row in table.rows:
        entry = LedgerRow(row.number, row.cells, problems=row.problems)
        if row.values is not None:
            parse(entry, row.values)
        yield entry
