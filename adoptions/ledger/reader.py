"""From a file to entries: finds the table, its header row, and the rows below it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter

from adoptions.ledger.columns import (
    ESSENTIAL,
    NOT_READ,
    TITLES,
    known_fields,
    looks_like_header,
    missing,
    title_of,
)
from adoptions.ledger.entries import LedgerRow, Problem, parse
from adoptions.ledger.merged import MergedCells
from adoptions.ledger.values import is_empty, is_running_number
from adoptions.ledger.words import TOTALS, key, plain
from adoptions.ledger.workbook import MAX_ROWS, LedgerUnreadable, Row, Sheet, open_sheets, too_many_rows

#: How far down the header row is looked for; titles and notes may stand above it.
HEADER_WITHIN = 20


@dataclass(slots=True)
class Ledger:
    """A file's entries in order; `ignored` are titles of columns that were not read."""

    sheet: str
    rows: list[LedgerRow]
    ignored: list[str]


def read_ledger(file: IO[bytes], extension: str = "xlsx") -> Ledger:
    """Read a checked ledger file. Raises LedgerUnreadable when it is none, or too long."""
    found: Ledger | None = None
    nearest: list[str] = []
    with open_sheets(file, extension) as sheets:
        for sheet in sheets:
            header, seen = _find_header(sheet)
            if header is None:
                nearest = max(nearest, seen, key=len)
                continue
            if found:
                raise LedgerUnreadable(
                    _("Both “%(first)s” and “%(second)s” hold a ledger: save each as a file of its own.")
                    % {"first": found.sheet, "second": sheet.name}
                )
            found = _read_sheet(sheet, *header)
    if found is None:
        raise LedgerUnreadable(_no_header(nearest))
    if not found.rows:
        raise LedgerUnreadable(_("The ledger has no entries below its header row."))
    return found


def _no_header(seen: list[str]) -> str:
    lacking = "、".join(missing(seen))
    return _(
        "No header row was found. The ledger must have the columns %(columns)s; missing: %(missing)s."
    ) % {
        "columns": "、".join(map(title_of, ESSENTIAL)),
        "missing": lacking,
    }


def _find_header(sheet: Sheet) -> tuple[tuple[int, Row] | None, list[str]]:
    """The header row with its number; without one, the most known fields that any row named."""
    seen: list[str] = []
    for number, row in sheet.rows:
        if looks_like_header(row):
            return (number, row), []
        seen = max(seen, [field for _position, field in known_fields(row)], key=len)
        if number >= HEADER_WITHIN:
            break
    return None, seen


def _read_sheet(sheet: Sheet, number: int, header: Row) -> Ledger:
    columns: dict[str, int] = {}
    for position, field_name in known_fields(header):
        if field_name in columns:
            first, second = (f"{get_column_letter(at + 1)}{number}" for at in (columns[field_name], position))
            raise LedgerUnreadable(
                _("The cells %(first)s and %(second)s both name the column “%(column)s”: rename one of them.")
                % {"first": first, "second": second, "column": title_of(field_name)}
            )
        columns[field_name] = position
    if lacking := missing(columns):
        raise LedgerUnreadable(
            _("The header row %(row)d lacks the columns: %(missing)s. Also understood: %(known)s.")
            % {"row": number, "missing": "、".join(lacking), "known": _synonyms(columns)}
        )
    used = {position for name, position in columns.items() if name not in NOT_READ}
    ignored = [plain(str(value)) for at, value in enumerate(header) if at not in used and not is_empty(value)]
    return Ledger(sheet.name, list(_entries(sheet, number, columns)), ignored)


def _synonyms(columns: dict[str, int]) -> str:
    return "；".join(
        f"{title_of(name)}（{'、'.join(TITLES[name][1:])}）" for name in ESSENTIAL if name not in columns
    )


def _entries(sheet: Sheet, header: int, columns: dict[str, int]) -> Iterator[LedgerRow]:
    merged = MergedCells.of(sheet)
    first = merged.bottom_of(header) + 1
    count = 0
    for number, row in sheet.rows:
        filled, origins, sideways = merged.fill(number, row)
        uncalculated = _uncalculated(sheet, number, columns)
        if number < first or not (_says_something(row, columns) or uncalculated):
            continue
        count += 1
        if count > MAX_ROWS:
            raise LedgerUnreadable(too_many_rows())
        cells = {
            name: origins.get(at) or f"{get_column_letter(at + 1)}{number}" for name, at in columns.items()
        }
        entry = LedgerRow(number, cells)
        if total := _total(row):
            reason = _("A total is no entry; totals are not imported.")
            entry.problems.append(Problem(f"{total}{number}", reason))
        elif sideways:
            reason = _("The cells are merged across columns: unmerge them.")
            entry.problems.append(Problem(sideways, reason))
        else:
            for name in uncalculated:
                entry.refuse(name, _("The formula has no stored result: replace it by its value."))
            parse(entry, {name: filled[at] for name, at in columns.items() if at < len(filled)})
        yield entry


def _says_something(row: Row, columns: dict[str, int]) -> bool:
    """Whether there is an entry at all: empty rows, and rows that were only numbered, are none."""
    filled = [at for at, value in enumerate(row) if not is_empty(value)]
    if len(filled) == 1 and filled[0] == columns.get("number"):
        return not is_running_number(row[filled[0]])
    return bool(filled)


def _total(row: Row) -> str:
    """The column of the word that makes the row a total, such as B; "" for an entry."""
    words = [(at, value) for at, value in enumerate(row) if isinstance(value, str) and not is_empty(value)]
    return get_column_letter(words[0][0] + 1) if words and key(words[0][1]) in TOTALS else ""


def _uncalculated(sheet: Sheet, number: int, columns: dict[str, int]) -> list[str]:
    """Fields we read whose formula in this row was never calculated."""
    if not sheet.uncalculated:
        return []
    return [
        name
        for name, at in columns.items()
        if name not in NOT_READ and f"{get_column_letter(at + 1)}{number}" in sheet.uncalculated
    ]
