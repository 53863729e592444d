"""Ledger files that mean harm, or that a broken program wrote: refused in seconds, and no row is lost."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from openpyxl import Workbook

from adoptions.ledger.reader import Ledger, read_ledger
from adoptions.ledger.upload import check_ledger
from adoptions.ledger.workbook import MAX_ROWS, LedgerUnreadable
from tests.adoptions.builders import book, row
from tests.hanging import ends

HEADER = ["标题", "报送单位", "采用媒体", "采用时间"]
ENTRY = ["甲", "青山县", "示例市日报", "2026-03-05"]
SHEET = "xl/worksheets/sheet1.xml"
NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def line(number: int | str, cells: Iterable[str], columns: Iterable[str] = "ABCD") -> str:
    """One row of a table's XML."""
    inside = "".join(
        f'<c r="{column}{number}" t="inlineStr"><is><t>{text}</t></is></c>'
        for column, text in zip(columns, cells, strict=True)
    )
    return f'<row r="{number}">{inside}</row>'


def with_parts(**parts: str) -> bytes:
    """A ledger some of whose parts are replaced or added; `sheet` is its table's rows."""
    content = {name.replace("__", "/").replace("_", ".", 1): text for name, text in parts.items()}
    if rows := content.pop("sheet", None):
        content[SHEET] = f'<worksheet xmlns="{NAMESPACE}"><sheetData>{rows}</sheetData></worksheet>'
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(book([row("甲")]))) as source,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for name in source.namelist():
            made.writestr(name, content.pop(name, "") or source.read(name))
        for name, text in content.items():
            made.writestr(name, text)
    return target.getvalue()


def table(*rows: str) -> bytes:
    return with_parts(sheet=line(1, HEADER) + "".join(rows))


def take(content: bytes, name: str = "台账.xlsx") -> Ledger:
    """What an upload goes through."""
    upload = check_ledger(ContentFile(content, name=name))
    return read_ledger(upload.file, upload.extension)


@contextmanager
def refused() -> Iterator[None]:
    with ends(), pytest.raises((LedgerUnreadable, ValidationError)):
        yield


def test_a_table_written_by_hand_is_read() -> None:
    assert [entry.title for entry in take(table(line(2, ENTRY), line(5, ENTRY))).rows] == ["甲", "甲"]


@pytest.mark.parametrize("numbers", [(3, 2), (2, 2), (9, 3, 4)])
def test_rows_out_of_order_are_refused_because_some_would_be_lost(numbers: tuple[int, ...]) -> None:
    with refused():
        take(table(*(line(number, ENTRY) for number in numbers)))


@pytest.mark.parametrize("number", ["1000000000", "99999999999999999999", "abc", "-3"])
def test_a_row_number_that_cannot_be_is_refused_at_once(number: str) -> None:
    with refused():
        take(table(line(number, ENTRY)))


def test_an_entry_on_the_last_row_of_the_sheet_is_read() -> None:
    assert take(table(line(2, ENTRY), line(1_048_576, ENTRY))).rows[-1].number == 1_048_576


@pytest.mark.parametrize("rows", [400, 2000])
def test_a_cell_at_the_right_edge_is_harmless_or_named(rows: int) -> None:
    columns = ["A", "B", "C", "D", "XFD"]
    content = table(line(2, [*ENTRY, "x"], columns), *(line(number, ENTRY) for number in range(3, rows)))
    with ends():
        if rows == 400:
            assert len(take(content).rows) == rows - 2
        else:
            with pytest.raises(LedgerUnreadable, match="XFD2"):
                take(content)


def test_a_sheet_formatted_to_its_end_has_only_the_rows_that_say_something() -> None:
    empty = "".join(f'<row r="{number}"><c r="A{number}" s="0"/></row>' for number in range(3, 60_000))
    assert len(take(table(line(2, ENTRY), empty)).rows) == 1


def test_a_ledger_of_a_hundred_thousand_rows_is_refused_in_seconds() -> None:
    workbook = Workbook(write_only=True)
    sheet: Any = workbook.create_sheet()
    for cells in [HEADER, *([ENTRY] * 2 * MAX_ROWS)]:
        sheet.append(cells)
    file = io.BytesIO()
    workbook.save(file)
    with refused():
        take(file.getvalue())


def test_a_million_rows_in_a_small_file_are_refused_before_anything_is_unpacked() -> None:
    content = table("".join(line(number, ENTRY) for number in range(2, 600_000)))
    with refused():
        take(content)


@pytest.mark.parametrize("part", ["xl__styles_xml", "xl__workbook_xml"])
def test_a_part_that_unpacks_to_far_too_much_is_refused(part: str) -> None:
    with refused():
        take(with_parts(**{part: "<a>" + "<b/>" * 3_000_000 + "</a>"}))


def test_a_row_without_end_is_refused() -> None:
    with refused():
        take(table(line(2, ["题" * 10_000_000, *ENTRY[1:]])))


def test_entities_are_refused_in_every_part_and_encoding() -> None:
    bomb = f'<!DOCTYPE l [<!ENTITY a "{"h" * 100}"><!ENTITY b "{"&a;" * 100}"><!ENTITY c "{"&b;" * 999}">]>'
    rows = line(1, HEADER) + line(2, ["&c;", *ENTRY[1:]])
    sheet = f'{bomb}<worksheet xmlns="{NAMESPACE}"><sheetData>{rows}</sheetData></worksheet>'
    for text in (sheet.encode(), f'<?xml version="1.0" encoding="utf-16"?>{sheet}'.encode("utf-16")):
        target = io.BytesIO()
        with (
            zipfile.ZipFile(io.BytesIO(book([row("甲")]))) as source,
            zipfile.ZipFile(target, "w") as made,
        ):
            for name in source.namelist():
                made.writestr(name, text if name == SHEET else source.read(name))
        with refused():
            take(target.getvalue())


@pytest.mark.parametrize("value", ["1e400", "-1e400"])
def test_a_number_that_is_none_refuses_its_row_alone(value: str) -> None:
    strange = (
        f'<row r="3"><c r="A3"><v>{value}</v></c><c r="B3" t="inlineStr"><is><t>青山县</t></is></c></row>'
    )
    first, second = take(table(line(2, ENTRY), strange)).rows
    assert not first.problems
    assert "A3" in [problem.cell for problem in second.problems]


def test_a_hundred_thousand_merges_are_read() -> None:
    merged = "".join('<mergeCell ref="A2:A1048576"/>' for _ in range(90_000))
    content = with_parts(sheet=line(1, HEADER) + line(2, ENTRY))
    rows = zipfile.ZipFile(io.BytesIO(content)).read(SHEET).decode()
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(target, "w") as made:
        for name in source.namelist():
            text = rows.replace("</sheetData>", f"</sheetData><mergeCells>{merged}</mergeCells>")
            made.writestr(name, text if name == SHEET else source.read(name))
    with ends():
        assert len(take(target.getvalue()).rows) == 1


@pytest.mark.parametrize("cut", [10, 200, 2000])
def test_a_file_that_was_cut_off_is_refused(cut: int) -> None:
    with refused():
        take(book([row("甲")])[:cut])


def test_csv_without_end_or_with_controls_is_refused() -> None:
    beginning = "标题,报送单位,采用媒体,采用时间\n"
    with refused():
        take((beginning + '"' + "题" * 200_000).encode(), "台账.csv")
    with refused():
        take((beginning + "甲,青山县,示例市日报,2026-03-05\n" * (MAX_ROWS + 1)).encode(), "台账.csv")
    assert take((beginning + "甲\0,青山县,示例市日报,2026-03-05\n").encode(), "台账.csv").rows[0].problems
