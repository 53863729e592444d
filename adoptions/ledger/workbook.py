"""The cells of a ledger file, sheet by sheet, before anybody asks what they mean.

Workbooks are opened in a child process (`adoptions.ledger.spreadsheet`); CSV is text and is read here.
"""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from typing import IO, Any

from django.utils.translation import gettext as _

from paper.previewing import NoPreview, ask, on_disk

Row = tuple[Any, ...]
#: Rows with anything in them; the empty ones that a spreadsheet formats to its end do not count.
MAX_ROWS = 50_000
#: Lines of a text that are looked at to see what stands between its cells.
SAMPLE = 30
DELIMITERS = ",\t;，；|"


class LedgerUnreadable(Exception):
    """The file as a whole cannot be taken; the message says what to do."""


@dataclass(slots=True)
class Sheet:
    """One table: rows by their number in the file, and what the values alone do not tell.

    `merged` are ranges such as B3:B5; `uncalculated` are cells whose formula has no stored result; `links`
    are the addresses behind cells; `hidden` are numbers of rows.
    """

    name: str
    rows: Iterator[tuple[int, Row]]
    merged: list[str] = field(default_factory=list)
    uncalculated: frozenset[str] = frozenset()
    links: Mapping[str, str] = field(default_factory=dict)
    hidden: frozenset[int] = frozenset()
    visible: bool = True


def open_sheets(file: IO[bytes], extension: str) -> list[Sheet]:
    """The tables of a checked file. Raises LedgerUnreadable."""
    file.seek(0)
    return [_csv_sheet(file.read())] if extension == "csv" else _excel_sheets(file)


def too_many_rows() -> str:
    return _("The ledger has more than %(limit)d rows: split it by year and import the parts.") % {
        "limit": MAX_ROWS
    }


def _excel_sheets(file: IO[bytes]) -> list[Sheet]:
    try:
        with on_disk(file) as path:
            answer, content = ask("adoptions.ledger.spreadsheet.cells", path=path)
    except NoPreview as error:
        raise LedgerUnreadable(_refusal(error.reason, "")) from error
    if "fault" in answer:
        raise LedgerUnreadable(_refusal(answer["fault"], answer["cell"]))
    lines = iter(content.decode().split("\n"))
    return [
        Sheet(
            told["name"],
            map(_row, list(islice(lines, told["rows"]))),
            told["merged"],
            frozenset(told["uncalculated"]),
            told["links"],
            frozenset(told["hidden"]),
            told["visible"],
        )
        for told in answer["sheets"]
    ]


def _row(line: str) -> tuple[int, Row]:
    number, cells = json.loads(line)
    return number, tuple(map(_value, cells))


def _value(cell: Any) -> Any:
    if not isinstance(cell, dict):
        return cell
    return date.fromisoformat(cell["day"]) if "day" in cell else datetime.fromisoformat(cell["moment"])


def _refusal(reason: str, cell: str) -> str:
    """What to do about a file that was not read."""
    return {
        "encrypted": _("The file is protected by a password: open it, remove the password, and save it."),
        "unsafe": _(
            "The file cannot be read safely: open it, save it again as .xlsx, and upload the new file."
        ),
        "disorder": _("The rows of the file are not in order: open it, save it again, and try again."),
        "rows": too_many_rows(),
        "far": _(
            "Cell %(cell)s is not empty, far away from the table: delete that column, save, and try again."
        )
        % {"cell": cell},
        "busy": _("Other files are being read at the moment: try again in a minute."),
        "large": _("The file takes too long to read: copy the ledger into a new workbook and upload that."),
    }.get(
        reason,
        _("The file cannot be read: open it, save it again as an Excel workbook (.xlsx), and try again."),
    )


def _csv_sheet(content: bytes) -> Sheet:
    """CSV as Excel and WPS write it: UTF-8 with or without its mark, GB 18030, or “Unicode text”."""
    marked = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ["utf-16"] if marked else ["utf-8-sig", "gb18030"]:
        try:
            text = content.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise LedgerUnreadable(_no_text())
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    return Sheet("CSV", _csv_rows(reader))


def _delimiter(text: str) -> str:
    """What parts the cells: what the most lines have the same number of. A title above the table has none."""
    lines = text.splitlines()[:SAMPLE]

    def fit(mark: str) -> tuple[int, int]:
        counted = Counter(count for line in lines if (count := line.count(mark)))
        often = counted.most_common(1)
        return (often[0][1], often[0][0]) if often else (0, 0)

    return max(DELIMITERS, key=fit)


def _csv_rows(reader: Any) -> Iterator[tuple[int, Row]]:
    try:
        yield from ((number, tuple(row)) for number, row in enumerate(reader, start=1))
    except csv.Error as error:
        raise LedgerUnreadable(_no_text()) from error


def _no_text() -> str:
    return _("The text cannot be read: save the ledger as an Excel workbook (.xlsx) and try again.")
