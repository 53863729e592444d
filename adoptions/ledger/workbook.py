"""The cells of a ledger file, sheet by sheet, before anybody asks what they mean.

The zip members are looked at first, because a small file can hold a million rows, and because
openpyxl's read-only mode says nothing of merged cells and of formulas that were never calculated.
"""

from __future__ import annotations

import csv
import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import IO, Any
from xml.etree.ElementTree import iterparse

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

Row = tuple[Any, ...]
#: Rows with anything in them; the empty ones that a spreadsheet formats to its end are allowed for.
MAX_ROWS = 50_000
#: Titles and notes that may stand around the entries.
OTHER_ROWS = 100
MAX_SHEET_ROWS = 200_000
MAX_CELLS = 3_000_000
#: Columns that are read of a table with cells far to the right; every row is padded to its last cell.
MAX_COLUMNS = 60
MAX_MERGED = 100_000
#: Unpacked bytes of a part that openpyxl holds in memory as a whole.
MAX_PART = 8 * 1024 * 1024
MAX_STRINGS = 64 * 1024 * 1024
#: Folders of parts that nobody opens here.
UNOPENED = ("xl/media/", "xl/drawings/", "xl/charts/", "xl/pivotCache/", "xl/externalLinks/")
CHUNK = 1024 * 1024
LAST_ROW = 1_048_576

_ROW = re.compile(rb"<(?:\w+:)?row(?=[\s>/])")
_ROW_NUMBER = re.compile(rb"[^>]*?\sr=[\"'](\d+)[\"']")
_CELL = re.compile(rb"<(?:\w+:)?c[\s>/]")
_VALUE = re.compile(rb"<(?:\w+:)?(?:v|is|f)[\s>/]")
_FAR_RIGHT = re.compile(rb"\sr=[\"'](?:[A-Z]{3}|[C-Z][A-Z])\d")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref=[\"']([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})[\"']")


class LedgerUnreadable(Exception):
    """The file as a whole cannot be taken; the message says what to do."""


@dataclass(slots=True)
class Sheet:
    """One table: rows by their number in the file, and what the values alone do not tell.

    `merged` are ranges such as B3:B5; `uncalculated` are cells whose formula has no stored result.
    """

    name: str
    rows: Iterator[tuple[int, Row]]
    merged: list[str] = field(default_factory=list)
    uncalculated: frozenset[str] = frozenset()


@contextmanager
def open_sheets(file: IO[bytes], extension: str) -> Iterator[Iterator[Sheet]]:
    """The tables of a checked file, each to be read before the next. Raises LedgerUnreadable."""
    file.seek(0)
    if extension == "csv":
        yield iter([_csv_sheet(file)])
        return
    try:
        with zipfile.ZipFile(file) as archive, warnings.catch_warnings():
            surveys = _survey(archive)
            warnings.simplefilter("ignore")  # openpyxl's remarks on styles and extensions it leaves out
            workbook = load_workbook(file, read_only=True, data_only=True, keep_links=False)
            try:
                yield _excel_sheets(archive, workbook, surveys)
            finally:
                workbook.close()
    except LedgerUnreadable:
        raise
    # A parser given a hostile or damaged file may fail in any way: all of them mean “not readable”.
    except Exception as error:
        raise LedgerUnreadable(
            _("The file cannot be read: open it, save it again as an Excel workbook (.xlsx), and try again.")
        ) from error


def numbered(rows: Iterator[Row]) -> Iterator[tuple[int, Row]]:
    """Rows with their numbers from 1. Raises LedgerUnreadable where no spreadsheet has rows any more."""
    for number, row in enumerate(rows, start=1):
        if number > LAST_ROW:
            raise LedgerUnreadable(too_many_rows())
        yield number, row


def too_many_rows() -> str:
    return _("The ledger has more than %(limit)d rows: split it by year and import the parts.") % {
        "limit": MAX_ROWS
    }


@dataclass(slots=True)
class _Survey:
    """What a quick look through a table's XML tells."""

    rows: int = 0
    filled: int = 0
    cells: int = 0
    last: int = 0
    formulas: bool = False
    far_right: bool = False
    merged: list[str] = field(default_factory=list)

    def take(self, text: bytes) -> None:
        """Look at text that ends where a row begins, or at the end. Raises LedgerUnreadable."""
        _head, *rows = _ROW.split(text)
        self.rows += len(rows)
        self.cells += len(_CELL.findall(text))
        self.formulas = self.formulas or bool(_FORMULA.search(text))
        self.far_right = self.far_right or bool(_FAR_RIGHT.search(text))
        self.merged += [found.decode() for found in _MERGED.findall(text)]
        for row in rows:
            self.filled += bool(_VALUE.search(row))
            number = _ROW_NUMBER.match(row)
            following = int(number[1]) if number else self.last + 1
            if following <= self.last:
                # openpyxl would leave such rows out without a word.
                raise LedgerUnreadable(
                    _("The rows of the file are not in order: open it, save it again, and try again.")
                )
            self.last = following
        if (
            self.rows > MAX_SHEET_ROWS
            or self.filled > MAX_ROWS + OTHER_ROWS
            or self.last > LAST_ROW
            or self.cells > MAX_CELLS
            or len(self.merged) > MAX_MERGED
        ):
            raise LedgerUnreadable(too_many_rows())


def _survey(archive: zipfile.ZipFile) -> dict[str, _Survey]:
    """A quick look through every table, by member name. Raises LedgerUnreadable for what is too large."""
    surveys = {}
    for member in archive.infolist():
        name = member.filename
        if name.startswith(UNOPENED) or not name.endswith((".xml", ".rels")):
            continue
        with archive.open(member) as stream:
            if name.startswith("xl/worksheets/") and name.endswith(".xml"):
                surveys[name] = _survey_sheet(stream)
                continue
            _refuse_doctype(stream.read(4096))
        if member.file_size > (MAX_STRINGS if name == "xl/sharedStrings.xml" else MAX_PART):
            raise LedgerUnreadable(
                _("The file holds too much beside its tables: copy the ledger into a new workbook.")
            )
    return surveys


def _survey_sheet(stream: IO[bytes]) -> _Survey:
    survey, rest = _Survey(), b""
    while chunk := stream.read(CHUNK):
        if not rest:
            _refuse_doctype(chunk[:4096])
        # Up to the beginning of the last row, so that no row is cut in two; the rest waits.
        rest += chunk
        end = max(rest.rfind(b"<row"), rest.rfind(b":row"))
        end = rest.rfind(b"<", 0, end + 1) if end > 0 else 0
        if len(rest) - end > 16 * CHUNK:  # no honest row is as long as that
            raise LedgerUnreadable(too_many_rows())
        survey.take(rest[:end])
        rest = rest[end:]
    survey.take(rest)
    return survey


def _refuse_doctype(beginning: bytes) -> None:
    if b"<!DOCTYPE" in beginning or b"<!ENTITY" in beginning:
        raise LedgerUnreadable(
            _("The file cannot be read safely: open it, save it again as .xlsx, and upload the new file.")
        )


def _excel_sheets(archive: zipfile.ZipFile, workbook: Any, surveys: dict[str, _Survey]) -> Iterator[Sheet]:
    for worksheet in workbook.worksheets:
        # WPS writes <dimension ref="A1:B2"> over a hundred rows; openpyxl would stop there.
        worksheet.reset_dimensions()
        # The one attribute that tells which member the sheet is.
        path = worksheet._worksheet_path
        survey = surveys.get(path, _Survey())
        uncalculated = _uncalculated(archive, path) if survey.formulas else frozenset()
        width = MAX_COLUMNS if survey.far_right else None
        rows = numbered(worksheet.iter_rows(values_only=True, max_col=width))
        yield Sheet(worksheet.title, rows, survey.merged, uncalculated)


def _uncalculated(archive: zipfile.ZipFile, path: str) -> frozenset[str]:
    """Cells with a formula and no stored result, e.g. {"H12"}."""
    cells, number = set(), 0
    with archive.open(path) as stream:
        for _event, row in iterparse(stream):  # noqa: S314 - a DOCTYPE was refused before
            if row.tag.rpartition("}")[2] != "row":
                continue
            number = int(row.get("r") or number + 1)
            for column, cell in enumerate(row, start=1):
                parts = {part.tag.rpartition("}")[2]: part.text for part in cell}
                if "f" in parts and not parts.get("v"):
                    cells.add(cell.get("r") or f"{get_column_letter(column)}{number}")
            row.clear()
    return frozenset(cells)


def _csv_sheet(file: IO[bytes]) -> Sheet:
    """CSV as Excel and WPS write it: UTF-8 with or without its mark, or GB 18030."""
    data = file.read()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise LedgerUnreadable(
            _("The text cannot be read: save the ledger as an Excel workbook (.xlsx) and try again.")
        )
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    return Sheet("CSV", _csv_rows(reader))


def _csv_rows(reader: Any) -> Iterator[tuple[int, Row]]:
    try:
        yield from numbered(tuple(row) for row in reader)
    except csv.Error as error:
        raise LedgerUnreadable(
            _("The text cannot be read: save the ledger as an Excel workbook (.xlsx) and try again.")
        ) from error
