"""Lists as workbooks: every row has room for what stands in it."""

from __future__ import annotations

import pytest
from openpyxl import load_workbook

from kit.columns import Column
from paper.lists import list_workbook


@pytest.mark.parametrize(
    ("written", "height"),
    [
        ("短", 15),
        ("", 15),
        ("标题" * 10, 30),
        ("标题" * 20, 60),
        ("一行\n又一行\n第三行", 45),
        ("长" * 9_000, 409),
    ],
)
def test_a_row_is_as_high_as_its_text_needs(written: str, height: float) -> None:
    columns = [Column("title", "标题", 22, lambda one: one), Column("note", "备注", 22, lambda one: "")]
    book = list_workbook(
        sheet_name="表", heading="清单", number="序号", columns=columns, rows=["短", written]
    )
    sheet = load_workbook(book).worksheets[0]
    assert (sheet.row_dimensions[3].height, sheet.row_dimensions[4].height) == (15, height)
