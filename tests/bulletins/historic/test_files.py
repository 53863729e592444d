"""Reading the table of a printed bulletin: heads of several rows, titles, notes, empty cells, formulas."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook

from adoptions.ledger.workbook import LedgerUnreadable
from bulletins.historic.files import read_table
from tests.scoring.builders import CASES


def book(rows: Sequence[Sequence[Any]], *merged: str) -> BytesIO:
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    for cells in merged:
        sheet.merge_cells(cells)
    file = BytesIO()
    workbook.save(file)
    return file


def test_a_csv_table_is_read_cell_by_cell() -> None:
    with next(CASES.glob("t03_*.csv")).open("rb") as file:
        table = read_table(file, "csv")
    assert table.columns[:3] == ("媒体", "滕州市", "市中区")
    assert len(table.rows) == 38
    assert table.rows[0] == ("人民日报", "", "", "", "", "", "")
    assert table.rows[-1] == ("得分", "128", "132", "276", "129", "388", "28")


def test_the_levels_of_a_merged_head_are_joined() -> None:
    file = book(
        [["单位", "报送", "采用", None], [None, None, "省级", "市级"], ["甲县", 3, 0, None]],
        "A1:A2",
        "B1:B2",
        "C1:D1",
    )
    table = read_table(file, "xlsx")
    assert table.columns == ("单位", "报送", "采用/省级", "采用/市级")
    assert table.rows == (("甲县", "3", "0", ""),)


def test_titles_above_and_notes_below_are_no_rows() -> None:
    file = book([["关于采用情况的通报"], [], ["单位", "得分"], ["甲县", 2.5], ["注：含约稿"]])
    table = read_table(file, "xlsx")
    assert table.columns == ("单位", "得分")
    assert table.rows == (("甲县", "2.5"),)
    assert table.notes == ("关于采用情况的通报", "注：含约稿")


def test_a_zero_and_an_empty_cell_stay_what_they_are() -> None:
    table = read_table(book([["单位", "采用"], ["甲县", 0], ["乙县", None]]), "xlsx")
    assert table.rows == (("甲县", "0"), ("乙县", ""))


def test_a_formula_that_was_never_calculated_is_refused_and_named() -> None:
    with pytest.raises(LedgerUnreadable, match="B3"):
        read_table(book([["单位", "采用"], ["甲县", 1], ["合计", "=SUM(B2:B2)"]]), "xlsx")


def test_a_file_without_a_table_is_refused() -> None:
    with pytest.raises(LedgerUnreadable):
        read_table(book([["只有一行标题"]]), "xlsx")
    with pytest.raises(LedgerUnreadable):
        read_table(BytesIO("单位,得分\n".encode()), "csv")


def test_a_table_as_large_as_a_ledger_is_refused() -> None:
    with pytest.raises(LedgerUnreadable):
        read_table(book([["单位", "采用"], *[["甲县", 1]] * 1001]), "xlsx")
