"""Printed tables: sums beside printed totals, empty cells, ranks, the side on which units stand."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bulletins.historic.cells import Measure, measure_of, number
from bulletins.historic.printed import (
    Comparison,
    Layout,
    PrintedTable,
    RowFault,
    Total,
    compare,
    guess_layout,
    read_totals,
)
from tests.scoring.builders import case


def printed(name: str, layout: Layout = Layout.UNITS_DOWN, totals: tuple[Total, ...] = ()) -> PrintedTable:
    rows = case(name)
    return PrintedTable(tuple(rows[0]), tuple(tuple(row.values()) for row in rows), layout, totals)


def test_a_total_of_the_text_that_differs_is_shown_with_its_difference() -> None:
    table = printed("t04", totals=(Total("市政府办采用", "956"),))
    (city, province, points) = table.sums()
    assert (city.recomputed, city.in_text, city.differences) == (Decimal(961), Decimal(956), (Decimal(5),))
    assert (province.recomputed, province.differences) == (Decimal(13), ())
    assert points.recomputed == Decimal(1848)


def test_a_total_row_is_compared_and_not_added() -> None:
    table = PrintedTable(("单位", "采用"), (("甲县", "3"), ("乙县", "4"), ("合  计", "8")), Layout.UNITS_DOWN)
    (column,) = table.sums()
    assert (column.recomputed, column.in_table, column.differences) == (7, 8, (-1,))
    assert table.unit_names == ["甲县", "乙县"]


def test_agreeing_totals_have_no_difference() -> None:
    table = PrintedTable(("单位", "采用"), (("甲县", "3"), ("合计", "3")), Layout.UNITS_DOWN)
    assert table.sums()[0].differences == ()


def test_an_empty_cell_is_no_zero_and_stays_empty_through_storage() -> None:
    table = printed("t04")
    stored = PrintedTable.from_json(table.to_json())
    assert stored == table
    assert ["" in row for row in stored.rows].count(True) == 3
    assert stored.of_units()["达县政府办公室"] == {Measure.POINTS: Decimal(264)}


def test_a_printed_zero_stays_a_zero() -> None:
    table = printed("t08")
    assert "0" in table.rows[11]
    assert number("0") == 0
    assert number("") is None


def test_ranks_and_running_numbers_are_not_added_up() -> None:
    assert "排名" not in [column.column for column in printed("t08").sums()]
    assert printed("t08").unit_names[0] == "成都市"
    assert "序号" not in [column.column for column in printed("t12").sums()]
    assert printed("t12").sums()[0].recomputed == Decimal(192)


def test_a_matrix_keeps_blank_outlets_and_does_not_add_points_to_counts() -> None:
    table = printed("t03", Layout.UNITS_ACROSS)
    assert len(table.rows) == 38
    assert ["人民日报", *[""] * 6] in [list(row) for row in table.rows]
    of_units = table.of_units()
    assert of_units["滕州市"] == {Measure.ADOPTED: Decimal(44), Measure.POINTS: Decimal(128)}
    assert table.unit_names == ["滕州市", "市中区", "薛城区", "山亭区", "峄城区", "台儿庄区"]


def test_a_column_of_totals_is_no_unit() -> None:
    rows = (("某报", "1", "2", "3"), ("某网", "", "1", "1"), ("得分", "5", "15", "20"))
    table = PrintedTable(("媒体", "甲县", "乙县", "合计"), rows, Layout.UNITS_ACROSS)
    assert table.unit_names == list(table.of_units()) == ["甲县", "乙县"]
    assert [column.recomputed for column in table.sums()] == [1, 3, 4]


def test_the_layout_is_found_by_the_units_and_else_by_the_last_row() -> None:
    matrix, list_of_units = printed("t03"), printed("t04")
    assert guess_layout(matrix.columns, matrix.rows, {"滕州市", "市中区"}) is Layout.UNITS_ACROSS
    assert guess_layout(matrix.columns, matrix.rows, set()) is Layout.UNITS_ACROSS
    assert guess_layout(list_of_units.columns, list_of_units.rows, set()) is Layout.UNITS_DOWN
    named = {"宣汉县政府办公室", "大竹县政府办公室"}
    assert guess_layout(list_of_units.columns, list_of_units.rows, named) is Layout.UNITS_DOWN


def test_only_known_titles_are_compared_with_our_figures() -> None:
    ours = {"宣汉县政府办公室": {measure: Decimal(300) for measure in Measure}}
    compared, unknown = compare(printed("t04"), ours)
    assert compared == [Comparison("宣汉县政府办公室", Measure.POINTS, Decimal(308), Decimal(300))]
    assert compared[0].difference == -8
    assert len(unknown) == 6


def test_a_total_of_no_column_is_named() -> None:
    table = printed("t04", totals=(Total("市政府采用", "956"), Total("得分", "1")))
    assert table.unknown_totals() == ["市政府采用"]


@pytest.mark.parametrize("line", ["956", "采用=", "=956", "采用=约九百"])
def test_a_line_that_is_no_total_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match=line):
        read_totals(f"得分=3\n{line}")


def test_totals_are_read_with_wide_signs_too() -> None:
    assert read_totals("市政府办采用＝956\n\n得分 = 1,848") == (
        Total("市政府办采用", "956"),
        Total("得分", "1,848"),
    )


@pytest.mark.parametrize(
    ("text", "value"), [("１２", 12), ("1,234", 1234), ("-5", -5), ("96.4", Decimal("96.4"))]
)
def test_numbers_are_read_as_printed(text: str, value: Decimal) -> None:
    assert number(text) == value


@pytest.mark.parametrize("text", ["", "—", "3/30", "约5", "5篇", "1e3", "NaN"])
def test_what_is_no_number_is_none(text: str) -> None:
    assert number(text) is None


def down(columns: str, *rows: str) -> PrintedTable:
    """Units down the side; cells are separated by spaces, "·" is an empty one."""
    cells = [tuple("" if cell == "·" else cell for cell in row.split()) for row in rows]
    return PrintedTable(tuple(columns.split()), tuple(cells), Layout.UNITS_DOWN)


@pytest.mark.parametrize(
    ("title", "measure"),
    [
        ("报送信息数", Measure.FILED),
        ("上报篇数", Measure.FILED),
        ("本季度报送", Measure.FILED),
        ("采纳数（条）", Measure.ADOPTED),
        ("采　用　数", Measure.ADOPTED),
        ("本期被采用信息条数", Measure.ADOPTED),
        ("本季度得分", Measure.POINTS),
        ("合计得分（分）", Measure.POINTS),
    ],
)
def test_titles_of_real_bulletins_are_compared(title: str, measure: Measure) -> None:
    assert measure_of(title) is measure


@pytest.mark.parametrize(
    "title",
    [
        "累计得分",
        "得分（累计）",
        "今年累计报送",
        "市政府办采用",
        "省级以上采用",
        "采用率",
        "加分",
        "扣分",
        "备注",
    ],
)
def test_titles_of_another_period_or_of_a_part_are_not(title: str) -> None:
    assert measure_of(title) is None


def test_adopted_by_each_is_added_where_no_column_says_all() -> None:
    table = down("单位 报送 被省采用数 被市采用数", "甲县 9 1 2", "乙县 8 · ·")
    assert table.of_units() == {
        "甲县": {Measure.FILED: Decimal(9), Measure.ADOPTED: Decimal(3)},
        "乙县": {Measure.FILED: Decimal(8)},
    }


def test_a_column_that_says_all_is_taken_before_its_parts() -> None:
    table = down("单位 被省采用数 被市采用数 采用", "甲县 1 2 4")
    assert table.of_units()["甲县"] == {Measure.ADOPTED: Decimal(4)}


def test_a_total_that_its_row_does_not_bear_out_is_named() -> None:
    table = down("单位 国家级 省级 市级 合计", "甲县 1 2 3 6", "乙县 · 2 · 2", "丙县 1 1 1 4")
    assert table.row_faults() == [RowFault("丙县", "合计", Decimal(3), Decimal(4))]


def test_a_total_across_units_is_checked_too() -> None:
    rows = (("某报", "1", "2", "3"), ("某网", "", "1", "1"), ("得分", "5", "15", "30"))
    table = PrintedTable(("媒体", "甲县", "乙县", "合计"), rows, Layout.UNITS_ACROSS)
    assert table.row_faults() == [RowFault("得分", "合计", Decimal(20), Decimal(30))]


def test_a_total_of_something_else_is_left_alone() -> None:
    """Points beside counts: hardly a row is the sum, so the column is no total of these."""
    table = down("单位 国家级 省级 合计", "甲县 1 2 13", "乙县 2 2 22", "丙县 1 1 2")
    assert table.row_faults() == []


def test_parts_are_those_since_the_total_before() -> None:
    table = down(
        "单位 报纸 网站 小计 加分 扣分 小计", "甲县 1 2 3 5 -1 4", "乙县 2 2 4 1 0 1", "丙县 1 1 2 1 1 3"
    )
    assert table.row_faults() == [RowFault("丙县", "小计", Decimal(2), Decimal(3))]


def test_a_rate_that_does_not_follow_from_its_row_is_named() -> None:
    table = down("单位 报送 采用 采用率", "甲县 8 3 37.5%", "乙县 3 2 67%", "丙县 9 4 45.4%", "丁县 0 0 —")
    assert table.row_faults() == [RowFault("丙县", "采用率", Decimal("44.4"), Decimal("45.4"), "%")]


def test_a_rate_of_nothing_that_was_printed_is_left_alone() -> None:
    assert down("单位 报送 采用率", "甲县 8 37.5%", "乙县 3 67%").row_faults() == []


@pytest.mark.parametrize("name", ["t04", "t08", "t12"])
def test_rows_of_real_bulletins_that_agree_say_nothing(name: str) -> None:
    assert printed(name).row_faults() == []
