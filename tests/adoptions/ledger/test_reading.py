"""Reading an old ledger: what stands in the file, row by row, or why it cannot be taken."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime
from typing import Any

import pytest
from openpyxl import Workbook

from adoptions.enums import Mode, Position
from adoptions.ledger.rows import LedgerRow
from adoptions.ledger.words import level_of
from adoptions.ledger.workbook import LedgerUnreadable
from tests.adoptions.builders import HEADER, book, edited, read, row, saved

SHEET = "xl/worksheets/sheet1.xml"


def only(content: bytes, extension: str = "xlsx") -> LedgerRow:
    rows = read(content, extension).rows
    assert len(rows) == 1
    return rows[0]


def cells(entry: LedgerRow) -> list[str]:
    return [problem.cell for problem in entry.problems]


# The header


def test_columns_are_found_by_name_in_any_order_below_a_title() -> None:
    header = ["备注", "采用时间", "采用媒体", "不认识的列", "标题", "报送单位"]
    above = [["某市采用台账"], [], ["制表：", "办公室"]]
    content = book([row("甲", 备注="加急", 不认识的列="x")], header, above)
    ledger = read(content)
    entry = ledger.rows[0]
    assert (entry.number, entry.title, entry.note) == (5, "甲", "加急")
    assert entry.cells["title"] == "E5"
    assert ledger.ignored == ["不认识的列"]


@pytest.mark.parametrize("title", ["稿件标题", " 标 题 ", "标题*", "标题（必填）", "标题:"])
def test_a_column_may_be_titled_in_other_words(title: str) -> None:
    header = [title if name == "标题" else name for name in HEADER]
    assert only(book([row("甲") | {title: "甲"}], header)).title == "甲"


@pytest.mark.parametrize("lacking", ["标题", "报送单位", "采用媒体", "采用时间"])
def test_a_table_without_an_essential_column_is_no_ledger(lacking: str) -> None:
    header = [name for name in HEADER if name != lacking]
    with pytest.raises(LedgerUnreadable) as refused:
        read(book([row("甲")], header))
    assert lacking in str(refused.value)


def test_a_column_that_stands_twice_is_refused_with_both_cells() -> None:
    with pytest.raises(LedgerUnreadable) as refused:
        read(book([row("甲")], [*HEADER, "媒体"]))
    assert "E1" in str(refused.value)
    assert "K1" in str(refused.value)


def test_points_and_running_numbers_are_known_but_not_read() -> None:
    ledger = read(book([row("甲", 得分=99, 序号=7)], [*HEADER, "得分"]))
    assert set(ledger.ignored) == {"序号", "得分"}


def test_the_ledger_may_stand_on_any_sheet_but_only_on_one() -> None:
    workbook = Workbook()
    workbook.active.append(["封面"])  # type: ignore[union-attr]
    sheet: Any = workbook.create_sheet("台账")
    sheet.append(HEADER)
    sheet.append([row("甲").get(name) for name in HEADER])
    assert read(saved(workbook)).sheet == "台账"
    second: Any = workbook.copy_worksheet(sheet)
    second.title = "台账二"
    with pytest.raises(LedgerUnreadable) as refused:
        read(saved(workbook))
    assert "台账二" in str(refused.value)


def test_a_ledger_without_entries_is_refused() -> None:
    with pytest.raises(LedgerUnreadable):
        read(book([]))


# Rows


def test_every_row_is_there_although_the_file_says_that_it_has_two() -> None:
    content = book([row(f"稿件{number}") for number in range(100)])
    wrong = edited(content, SHEET, b'<dimension ref="A1:J101"', b'<dimension ref="A1:B2"')
    assert len(read(wrong).rows) == 100


def test_empty_and_merely_numbered_rows_are_no_entries() -> None:
    rows = [row("甲"), {}, {"序号": 3}, {"备注": "  "}, row("乙")]
    assert [entry.number for entry in read(book(rows)).rows] == [2, 6]


@pytest.mark.parametrize("word", ["合计", "总计", "小 计"])
def test_a_total_is_listed_as_refused(word: str) -> None:
    entry = read(book([row("甲"), {"标题": word, "备注": 12}])).rows[1]
    assert cells(entry) == ["B3"]


def test_cells_merged_downwards_hold_for_every_row_they_cover() -> None:
    workbook = Workbook()
    sheet: Any = workbook.active
    sheet.append(HEADER)
    for outlet in ("甲报", "乙报", "丙报"):
        sheet.append([row("同一稿件", 采用媒体=outlet).get(name) for name in HEADER])
    sheet.merge_cells("B2:B4")
    sheet.merge_cells("C2:C3")
    first, second, third = read(saved(workbook)).rows
    assert [first.title, second.title, third.title] == ["同一稿件"] * 3
    assert second.unit == "青山县"
    assert third.unit == "青山县"


def test_cells_merged_across_columns_are_refused() -> None:
    workbook = Workbook()
    sheet: Any = workbook.active
    sheet.append(HEADER)
    sheet.append([row("甲").get(name) for name in HEADER])
    sheet.merge_cells("B2:C2")
    assert cells(only(saved(workbook))) == ["B2:C2"]


def test_a_formula_counts_with_its_stored_result() -> None:
    content = book([row("甲")])
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheet = archive.read(SHEET)
    start = sheet.index(b'<c r="H2"')
    cell = sheet[start : sheet.index(b"</c>", start) + 4]
    formula = b'<c r="H2" t="str"><f>TEXT(1,"x")</f><v>2026-03-05</v></c>'
    assert only(edited(content, SHEET, cell, formula)).date == date(2026, 3, 5)


def test_a_formula_that_was_never_calculated_is_refused_with_its_cell() -> None:
    entry = only(book([row("甲", 采用时间="=TODAY()")]))
    assert "H2" in cells(entry)


def test_an_error_value_is_refused_with_its_cell() -> None:
    assert cells(only(book([row("#REF!")]))) == ["B2"]


# What cells say


@pytest.mark.parametrize(
    "written",
    [
        datetime(2026, 3, 5),  # noqa: DTZ001 - as Excel stores it
        date(2026, 3, 5),
        "2026-03-05",
        "2026/3/5",
        "2026.3.5",
        "2026年3月5日",
        "2026 年 3 月 5 日",
        "20260305",
        20260305,
        "２０２６-０３-０５",
        " 2026-03-05 09:30 ",
    ],
)
def test_a_day_may_be_written_in_many_ways(written: Any) -> None:
    entry = only(book([row("甲", 采用时间=written)]))
    assert entry.problems == []
    assert entry.date == date(2026, 3, 5)


@pytest.mark.parametrize(
    "written", ["3月5日", "2026-03", "2026-02-30", "26.3.5", "三月五日", "2026-03-05前后", True, 45000]
)
def test_what_is_no_full_day_is_refused_with_its_cell(written: Any) -> None:
    entry = only(book([row("甲", 采用时间=written)]))
    assert cells(entry) == ["H2"]
    assert entry.date is None


@pytest.mark.parametrize(
    ("written", "mode"),
    [
        ("", Mode.SINGLE),
        ("单篇", Mode.SINGLE),
        ("综合", Mode.MERGED),
        ("简讯", Mode.BRIEF),
        ("转发", Mode.REPOST),
    ],
)
def test_the_mode_is_read_in_the_offices_words(written: str, mode: Mode) -> None:
    assert only(book([row("甲", 采用方式=written)])).mode == mode


@pytest.mark.parametrize(
    ("wrong", "cell"),
    [
        ({"标题": ""}, "B2"),
        ({"标题": "长" * 121}, "B2"),
        ({"报送单位": ""}, "C2"),
        ({"采用时间": ""}, "H2"),
        ({"采用媒体": ""}, "E2"),
        ({"采用方式": "头条"}, "G2"),
        ({"链接": "见报纸"}, "I2"),
        ({"链接": "javascript:alert(1)"}, "I2"),
        ({"备注": "长" * 201}, "J2"),
    ],
)
def test_a_row_that_cannot_be_taken_names_the_cell(wrong: dict[str, str], cell: str) -> None:
    assert cells(only(book([row("甲") | wrong]))) == [cell]


def test_a_row_without_an_outlet_is_an_item_that_was_only_filed() -> None:
    entry = only(book([row("甲", 采用媒体="", 采用时间="")]))
    assert entry.problems == []
    assert (entry.outlet, entry.date) == ("", None)


def test_a_row_that_was_only_filed_needs_the_day() -> None:
    assert cells(only(book([row("甲", 采用媒体="", 采用时间="", 报送时间="")]))) == ["D2"]


@pytest.mark.parametrize(
    ("status", "fine"), [("已签发", True), ("审核通过", True), ("", True), ("退稿", False)]
)
def test_only_issued_items_belong_in_the_ledger(status: str, fine: bool) -> None:
    entry = only(book([row("甲", 审核状态=status)], [*HEADER, "审核状态"]))
    assert (entry.problems == []) is fine


def test_everything_that_is_wrong_is_told_at_once() -> None:
    entry = only(book([row("", 报送单位="", 采用时间="某日", 链接="无")]))
    assert set(cells(entry)) == {"B2", "C2", "H2", "I2"}


@pytest.mark.parametrize(
    ("written", "position", "page"),
    [
        ("头版头条", Position.FRONT_LEAD, ""),
        (" 头版 头条 ", Position.FRONT_LEAD, ""),
        ("头版", Position.FRONT, ""),
        ("第1版（头版头条）", Position.FRONT_LEAD, ""),
        ("1版 头版", Position.FRONT, ""),
        ("第3版", None, "第3版"),
        ("三版头条", None, "三版头条"),
        ("", None, ""),
    ],
)
def test_the_place_on_the_page_is_read_and_any_other_page_kept(written, position, page) -> None:
    entry = only(book([row("甲", 版位=written)], [*HEADER, "版位"]))
    assert (entry.position, entry.page, entry.problems) == (position, page, [])


def test_the_page_tells_the_place_when_no_column_does() -> None:
    entry = only(book([row("甲", 版面="头版头条")], [*HEADER, "版面"]))
    assert (entry.position, entry.page) == (Position.FRONT_LEAD, "头版头条")


@pytest.mark.parametrize(
    ("column", "written", "value"),
    [
        ("字数", 1200, 1200),
        ("字数", "1，200字", 1200),
        ("字数", "", None),
        ("份额", "2、1", (2, 1)),
        ("份额", "60%、40%", (60, 40)),
        ("份额", "", ()),
    ],
)
def test_length_and_shares_are_numbers(column, written, value) -> None:
    entry = only(book([row("甲", **{column: written})], [*HEADER, column]))
    assert (entry.length if column == "字数" else entry.shares) == value
    assert entry.problems == []


@pytest.mark.parametrize(
    ("column", "written"),
    [
        ("版位", "头一版"),
        ("字数", "约千字"),
        ("字数", 0),
        ("份额", "2、"),
        ("份额", "甲二乙一"),
        ("份额", "0、1"),
    ],
)
def test_what_is_no_place_length_or_share_is_refused_with_its_cell(column, written) -> None:
    assert cells(only(book([row("甲", **{column: written})], [*HEADER, column]))) == ["K2"]


@pytest.mark.parametrize(
    ("written", "level"),
    [
        ("市级", "city"),
        ("市级媒体", "city"),
        ("国家级", "central"),
        ("省及以上", "province"),
        ("旗县", "county"),
    ],
)
def test_levels_are_known_in_the_offices_words(written, level) -> None:
    assert level_of(written) == level


@pytest.mark.parametrize("written", ["村", "市县", "级", "媒体", ""])
def test_other_words_are_no_levels(written) -> None:
    assert level_of(written) is None


def test_sheets_that_stand_beside_a_ledger_are_no_ledger() -> None:
    workbook = Workbook()
    sheet: Any = workbook.active
    sheet.append(HEADER)
    sheet.append([row("甲").get(name) for name in HEADER])
    beside: Any = workbook.create_sheet("批示")
    beside.append(["标题", "单位", "级别", "日期"])
    assert [entry.title for entry in read(saved(workbook)).rows] == ["甲"]


# CSV, and files that are none


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_csv_is_read_in_the_encodings_of_excel_and_wps(encoding: str) -> None:
    text = "标题,报送单位,采用媒体,采用时间\n甲,青山县,示例市日报,2026-03-05\n"
    assert only(text.encode(encoding), "csv").outlet == "示例市日报"


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 nonsense", b"<html></html>"])
def test_what_is_no_workbook_is_refused_in_words(content: bytes) -> None:
    with pytest.raises(LedgerUnreadable):
        read(content)


def test_a_workbook_with_a_doctype_is_refused() -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet'
    with pytest.raises(LedgerUnreadable):
        read(edited(book([row("甲")]), SHEET, b"<worksheet", bomb))


def test_a_small_file_with_a_million_rows_is_refused_before_it_is_opened(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("adoptions.ledger.workbook.MAX_SHEET_ROWS", 50)
    with pytest.raises(LedgerUnreadable):
        read(book([row(f"稿件{number}") for number in range(60)]))
