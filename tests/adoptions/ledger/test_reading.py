"""Reading an old ledger: what stands in the file, row by row, or why it cannot be taken."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date, datetime
from typing import Any

import pytest
from openpyxl import Workbook

from adoptions.enums import Mode, Position
from adoptions.ledger.reader import read_ledger
from adoptions.ledger.rows import LedgerRow
from adoptions.ledger.tables import Told
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
def test_a_total_is_set_aside(word: str) -> None:
    entry = read(book([row("甲"), {"标题": word, "备注": 12}])).rows[1]
    assert (bool(entry.skipped), entry.problems) == (True, [])


@pytest.mark.parametrize(
    "line",
    [
        "填表人：李某",
        "审核人:",
        "填报单位（盖章）：综合科",
        "备注：以样报为准",
        "注1：不含转载",
        "联系电话：1",
    ],
)
def test_lines_that_are_signed_below_the_table_are_set_aside(line: str) -> None:
    first, last = read(book([row("甲"), {"序号": line, "采用方式": "审核人："}])).rows
    assert (first.skipped, bool(last.skipped)) == ("", True)


def test_a_title_that_begins_like_a_signature_is_an_entry() -> None:
    entry = only(book([row("审核人：怎样把好关")], header=HEADER[1:]))
    assert (entry.skipped, entry.problems) == ("", [])


def test_the_header_row_once_more_is_set_aside() -> None:
    again = dict(zip(HEADER, HEADER, strict=True))
    rows = read(book([row("甲"), again, row("乙")])).rows
    assert [bool(entry.skipped) for entry in rows] == [False, True, False]


def test_a_heading_over_the_whole_width_is_set_aside() -> None:
    workbook = Workbook()
    sheet: Any = workbook.active
    sheet.append(HEADER)
    sheet.append(["一月份"])
    sheet.append([row("甲").get(name) for name in HEADER])
    sheet.merge_cells("A2:J2")
    heading, entry = read(saved(workbook)).rows
    assert (bool(heading.skipped), entry.skipped, entry.problems) == (True, "", [])


def test_titles_of_two_header_rows_that_are_merged_downwards_are_found() -> None:
    workbook = Workbook()
    sheet: Any = workbook.active
    sheet.append(["标题", "报送单位", "采用情况", None, "备注"])
    sheet.append([None, None, "采用媒体", "采用时间", None])
    sheet.append(["甲", "青山县", "示例市日报", "2026-03-05", "头版"])
    for cells_ in ("A1:A2", "B1:B2", "C1:D1", "E1:E2"):
        sheet.merge_cells(cells_)
    entry = only(saved(workbook))
    assert (entry.title, entry.outlet, entry.note) == ("甲", "示例市日报", "头版")


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
        "26.3.5",
        "26年3月5日",
        "2026. 3. 5",
        "2026.03.05.",
        "2026年3月5号",
        "2026年3月5日 09:30",
        "2026-03-05（周四）",
        46086,
        46086.4,
        "46086",
    ],
)
def test_a_day_may_be_written_in_many_ways(written: Any) -> None:
    entry = only(book([row("甲", 采用时间=written)]))
    assert entry.problems == []
    assert entry.date == date(2026, 3, 5)


@pytest.mark.parametrize(
    "written",
    ["2026-03", "2026-02-30", "1/2/05", "三月五日", "2026-03-05前后", "3.5-3.7", "13.1", True, 450, 4.2],
)
def test_what_is_no_full_day_is_refused_with_its_cell(written: Any) -> None:
    entry = only(book([row("甲", 采用时间=written)]))
    assert cells(entry) == ["H2"]
    assert entry.date is None
    assert not entry.lacks_year


@pytest.mark.parametrize("written", ["3.5", "3-5", "3/5", "3月5日", "3月5号", "３．５", "3月 5日 09:30"])
def test_a_day_without_a_year_is_of_the_year_that_is_told(written: str) -> None:
    content = book([row("甲", 采用时间=written)])
    asked = only(content)
    assert (cells(asked), asked.lacks_year) == (["H2"], True)
    told = read_ledger(io.BytesIO(content), told=Told(year=2026)).rows[0]
    assert (told.date, told.problems) == (date(2026, 3, 5), [])


def test_a_number_that_can_be_two_days_is_asked_about_even_when_the_year_is_known() -> None:
    for number, day in ((4.2, None), (4.16, date(2026, 4, 16)), (4.7, date(2026, 4, 7))):
        entry = read_ledger(io.BytesIO(book([row("甲", 采用时间=number)])), told=Told(year=2026)).rows[0]
        assert entry.date == day


@pytest.mark.parametrize(
    "code",
    ["m/d/yyyy", 'yyyy"年"m"月"d"日"', '[$-804]yyyy"年"m"月"d"日";@', 'm"月"d"日"', "[DBNum1]yyyy年m月d日"],
)
def test_a_day_is_a_day_in_whatever_form_it_is_shown(code: str) -> None:
    workbook = Workbook()
    sheet: Any = workbook.active
    sheet.append(HEADER)
    sheet.append([row("甲").get(name) for name in HEADER])
    sheet["H2"] = 46086
    sheet["H2"].number_format = code
    assert only(saved(workbook)).date == date(2026, 3, 5)


@pytest.mark.parametrize("form", [14, 17, *range(27, 37), *range(50, 59)])
def test_the_builtin_forms_of_a_chinese_excel_are_days(form: int) -> None:
    workbook = Workbook()
    sheet: Any = workbook.active
    sheet.append(HEADER)
    sheet.append([row("甲").get(name) for name in HEADER])
    sheet["H2"] = 46086
    sheet["H2"].number_format = "m/d/yyyy"
    content = saved(workbook)
    styles = zipfile.ZipFile(io.BytesIO(content)).read("xl/styles.xml")
    (custom,) = re.findall(rb'<numFmt numFmtId="(\d+)"', styles)
    used = b'numFmtId="%s"' % custom
    place = styles.rindex(used)
    changed = styles[:place] + b'numFmtId="%d"' % form + styles[place + len(used) :]
    assert only(edited(content, "xl/styles.xml", styles, changed)).date == date(2026, 3, 5)


# Proof


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("www.example.com/a", "https://www.example.com/a"),
        ("example.gov.cn/a.html", "https://example.gov.cn/a.html"),
        ("http://example.com/1", "http://example.com/1"),
    ],
)
def test_an_address_gets_its_scheme(written: str, address: str) -> None:
    entry = only(book([row("甲", 链接=written)]))
    assert (entry.link, entry.problems) == (address, [])


@pytest.mark.parametrize(("place", "shown"), [("I2", "查看原文"), ("B2", None), ("E2", None)])
def test_what_lies_behind_a_cell_is_its_link(place: str, shown: str | None) -> None:
    workbook = Workbook()
    sheet: Any = workbook.active
    sheet.append(HEADER)
    sheet.append([row("甲", 链接=shown).get(name) for name in HEADER])
    sheet[place].hyperlink = "https://example.com/behind"
    if place == "I2":
        sheet[place].value = shown
    assert only(saved(workbook)).link == "https://example.com/behind"


def test_the_address_in_a_formula_is_a_link() -> None:
    content = book([row("甲", 链接='=HYPERLINK("https://example.com/f","看")')])
    stored = edited(content, SHEET, b"<v></v>", b"<v>x</v>")
    assert only(stored).link == "https://example.com/f"


def test_a_remark_is_no_address() -> None:
    assert cells(only(book([row("甲", 链接="见样报.jpg")]))) == ["I2"]


# What a reader of the file does not see


def hidden_row() -> bytes:
    workbook = Workbook()
    sheet: Any = workbook.active
    sheet.append(HEADER)
    for title in ("甲", "乙"):
        sheet.append([row(title).get(name) for name in HEADER])
    sheet.row_dimensions[3].hidden = True
    return saved(workbook)


def test_hidden_rows_are_taken_or_left_only_when_somebody_said_so() -> None:
    def second(hidden: bool | None) -> LedgerRow:
        return read_ledger(io.BytesIO(hidden_row()), told=Told(hidden=hidden)).rows[1]

    assert [bool(second(said).problems) for said in (None, True, False)] == [True, False, False]
    assert [bool(second(said).skipped) for said in (None, True, False)] == [False, False, True]


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_a_hidden_sheet_is_asked_about_and_steps_back_behind_a_visible_one(state: str) -> None:
    workbook = Workbook()
    first: Any = workbook.active
    first.append(HEADER)
    first.append([row("甲").get(name) for name in HEADER])
    first.sheet_state = state
    workbook.create_sheet("说明").append(["请填表"])
    assert all(entry.hidden and entry.problems for entry in read(saved(workbook)).rows)
    second: Any = workbook.create_sheet("台账")
    second.append(HEADER)
    second.append([row("乙").get(name) for name in HEADER])
    ledger = read(saved(workbook))
    assert ([entry.title for entry in ledger.rows], ledger.unread) == (["乙"], ["Sheet"])


# Files of other programs


def test_xml_escapes_are_decoded() -> None:
    content = edited(
        book([row("甲乙")]), SHEET, "甲乙".encode("ascii", "xmlcharrefreplace"), b"_x000D_&#30002;_x000a_"
    )
    assert only(content).title == "甲"


def test_strict_open_xml_is_read() -> None:
    strict = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
    content = book([row("甲")])
    usual = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    for part in (SHEET, "xl/workbook.xml", "xl/styles.xml"):
        content = edited(content, part, usual, strict)
    relations = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    for part in ("_rels/.rels", "xl/_rels/workbook.xml.rels", "xl/workbook.xml"):
        content = edited(content, part, relations, b"http://purl.oclc.org/ooxml/officeDocument/relationships")
    assert only(content).title == "甲"


@pytest.mark.parametrize("part", ["fill", "validation"])
def test_a_workbook_with_odd_styles_or_validations_is_read(part: str) -> None:
    content = book([row("甲")])
    if part == "fill":
        content = edited(content, "xl/styles.xml", b"<fills", b"<fills><fill/></fills><ignored")
        content = edited(content, "xl/styles.xml", b"</fills><borders", b"</ignored><borders")
    else:
        odd = (
            b'</sheetData><dataValidations count="1"><dataValidation type="unheard" operator="never"'
            b' sqref="A1"/></dataValidations>'
        )
        content = edited(content, SHEET, b"</sheetData>", odd)
    assert only(content).title == "甲"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "gb18030", "utf-16"])
@pytest.mark.parametrize("mark", [",", "\t", ";", "，", "|"])
@pytest.mark.parametrize("title", ["", "2026年，采用情况台账\n"])
def test_a_text_file_is_read_in_whatever_form(encoding: str, mark: str, title: str) -> None:
    lines = [HEADER, *([str(row(name).get(cell, "")) for cell in HEADER] for name in ("甲", "乙", "丙"))]
    text = title + "\n".join(mark.join(cells) for cells in lines)
    ledger = read(text.encode(encoding), "csv")
    assert [entry.title for entry in ledger.rows] == ["甲", "乙", "丙"]
    assert not any(entry.problems for entry in ledger.rows)


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
