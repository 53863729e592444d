"""The cells of a workbook, called for `adoptions.ledger.workbook` in the child process of `paper.previewing`.

The answer holds a `Look` for each sheet, then come lines of JSON, [number, cells] for each row with anything
in it, sheet by sheet. A day is {"day": "2026-04-10"}, a moment {"moment": "2026-04-10T08:30:00"}, an empty
cell null. Of a file that is not read the answer is its `fault`, one of `Reason`, and the cell at fault.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, Final

import python_calamine

from adoptions.ledger.survey import ROWS, Look, Reason, Unusable, cell, looks_of_archive, position

MERGED: Final = 100_000


def cells(path: str) -> tuple[dict[str, Any], bytes]:
    """The sheets of the workbook at `path`, and the lines of their rows."""
    try:
        looks, rows = _read(Path(path).read_bytes())
    except Unusable as unusable:
        return {"fault": unusable.reason, "cell": unusable.cell}, b""
    return {"sheets": [asdict(look) for look in looks]}, "\n".join(rows).encode()


def _read(content: bytes) -> tuple[list[Look], list[str]]:
    looks: dict[str, Look] = {}
    if content.startswith(b"PK"):
        looks = looks_of_archive(content)
    elif "EncryptedPackage".encode("utf-16-le") in content:
        raise Unusable(Reason.ENCRYPTED)
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheets = [
            (looks.get(meta.name) or Look(meta.name, True), meta, book.get_sheet_by_name(meta.name))
            for meta in book.sheets_metadata
            if meta.typ == python_calamine.SheetTypeEnum.WorkSheet
        ]
    except python_calamine.PasswordError as error:
        raise Unusable(Reason.ENCRYPTED) from error
    except MemoryError:
        raise
    except BaseException as error:  # a fault inside the reader's own language is no Exception
        raise Unusable(Reason.BROKEN) from error
    rows: list[str] = []
    for look, meta, sheet in sheets:
        look.visible = meta.visible == python_calamine.SheetVisibleEnum.Visible
        look.merged = [f"{cell(*first)}:{cell(*last)}" for first, last in sheet.merged_cell_ranges or ()]
        if len(look.merged) > MERGED:
            raise Unusable(Reason.LARGE)
        before = len(rows)
        rows += rows_of(sheet, look)
        look.rows = len(rows) - before
    return [look for look, _meta, _sheet in sheets], rows


def rows_of(sheet: Any, look: Look) -> Iterator[str]:
    """The rows with anything in them, each with its number."""
    if sheet.start is None:
        return
    left = sheet.start[1]
    faults: dict[int, list[tuple[int, str]]] = {}
    for place, text in [*look.errors.items(), *((place, "") for place in look.uncalculated)]:
        column, row = position(place)
        faults.setdefault(row, []).append((column, text))
    count = 0
    for number, values in enumerate(sheet.iter_rows(), start=1):
        if number not in faults and not any(value != "" for value in values):
            continue
        count += 1
        if count > ROWS:
            raise Unusable(Reason.ROWS)
        cells = [None] * left + [as_json(value) for value in values]
        for column, text in faults.get(number, ()):
            cells += [None] * (column + 1 - len(cells))
            cells[column] = text or cells[column]
        yield json.dumps([number, cells], ensure_ascii=False)


def as_json(value: object) -> object:
    if isinstance(value, datetime):
        return {"moment": value.isoformat()}
    if isinstance(value, date):
        return {"day": value.isoformat()}
    if isinstance(value, time | timedelta):
        return str(value)
    return None if value == "" else value
