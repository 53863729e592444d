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
MAX_SHEET_ROWS = 200_000
MAX_CELLS = 3_000_000
MAX_MERGED = 100_000
#: Unpacked bytes of the parts that are held in memory as a whole.
MAX_PART = {"xl/sharedStrings.xml": 64 * 1024 * 1024, "xl/styles.xml": 16 * 1024 * 1024}
CHUNK = 1024 * 1024
LAST_ROW = 1_048_576

_ROW = re.compile(rb"<(?:\w+:)?row[\s>/]")
_CELL = re.compile(rb"<(?:\w+:)?c[\s>/]")
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
    merged: list[str] = field(default_factory=list)
    formulas: bool = False


def _survey(archive: zipfile.ZipFile) -> dict[str, _Survey]:
    """A quick look through every table, by member name. Raises LedgerUnreadable for what is too large."""
    surveys = {}
    for member in archive.infolist():
        limit = MAX_PART.get(member.filename)
        if limit and member.file_size > limit:
            raise LedgerUnreadable(too_many_rows())
        if member.filename.startswith("xl/worksheets/") and member.filename.endswith(".xml"):
            with archive.open(member) as stream:
                surveys[member.filename] = _survey_sheet(stream)
        elif member.filename.endswith((".xml", ".rels")):
            with archive.open(member) as stream:
                _refuse_doctype(stream.read(4096))
    return surveys


def _survey_sheet(stream: IO[bytes]) -> _Survey:
    survey, rows, cells, rest = _Survey(), 0, 0, b""
    while chunk := stream.read(CHUNK):
        _refuse_doctype(chunk[:4096])
        # Up to the last tag's beginning, so that no tag is cut in two; the rest waits for the next chunk.
        chunk, rest = _cut_at_last_tag(rest + chunk)
        rows += len(_ROW.findall(chunk))
        cells += len(_CELL.findall(chunk))
        survey.formulas = survey.formulas or bool(_FORMULA.search(chunk))
        survey.merged += [found.decode() for found in _MERGED.findall(chunk)]
        if rows > MAX_SHEET_ROWS or cells > MAX_CELLS or len(survey.merged) > MAX_MERGED:
            raise LedgerUnreadable(too_many_rows())
    return survey


def _cut_at_last_tag(data: bytes) -> tuple[bytes, bytes]:
    end = data.rfind(b"<")
    if len(data) - end > CHUNK:  # no honest tag is as long as that
        return data, b""
    return data[:end], data[end:]


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
        rows = numbered(worksheet.iter_rows(values_only=True))
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
