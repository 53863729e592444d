"""Scoring a ledger file with a scheme. No test here has a database: none is needed."""

from __future__ import annotations

import json
import random
import re
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from openpyxl import Workbook

from adoptions.ledger.columns import NOT_READ, TITLES
from scoring.schemes.reading import SHIPPED
from stats.trials.ledgers.sheets import SHEETS
from tests.stats.trials.ledger_books import filed, ledger, points, scheme_file, tried, unit, used

PAGE = (Path(__file__).parents[3] / "docs" / "scoring.md").read_text(encoding="utf-8")
BY_LEVEL = [
    {"level": "central", "points": "50"},
    {"level": "province", "points": "20"},
    {"level": "city", "points": "10"},
    {"level": "county", "points": "5"},
]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "台账.xlsx"


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    """Points by level, everything else by default."""
    return scheme_file(tmp_path / "办法.json", adoption={"rules": BY_LEVEL})


def reasons(result: dict[str, Any]) -> dict[str, str]:
    """Why cells could not be used."""
    return {f"{lost['sheet']}!{lost['cell']}": lost["reason"] for lost in result["unused"]}


# The ledger's columns


def test_columns_are_found_by_name_below_a_title_in_any_order(tmp_path, plain) -> None:
    book = Workbook()
    page: Any = book.active
    page.append(["某县二〇一六年信息台账"])
    page.append(["级别", "刊发日期", "不认识的列", "供稿单位", "信息标题*", "刊发媒体", "得分"])
    page.append(["市级", "2016年9月3日", "x", "甲镇", "甲稿", "某市日报", 99])
    book.save(tmp_path / "台账.xlsx")
    result = tried(plain, tmp_path / "台账.xlsx")
    assert points(result) == 10
    assert result["ignored_columns"] == ["不认识的列", "得分"]


def test_a_csv_ledger_is_read_too(tmp_path, plain) -> None:
    text = "标题,报送单位,采用媒体,级别,采用时间\n甲,甲镇,某报,市,2016-09-03\n"
    (tmp_path / "台账.csv").write_bytes(text.encode("gb18030"))
    assert points(tried(plain, tmp_path / "台账.csv")) == 10


def test_filed_adopted_and_rank_are_told_by_unit(file, plain) -> None:
    rows = [
        used("甲", "省报", "省", 报送时间="2016-09-01"),
        used("乙", "市报", "市", unit="乙镇"),
        filed("丙", unit="乙镇"),
        filed("丁", "2016-08-30", unit="乙镇"),
    ]
    result = tried(plain, ledger(file, rows))
    assert [(row["unit"], row["rank"], row["points"], row["filed"]) for row in result["units"]] == [
        ("甲镇", 1, 20, 1),
        ("乙镇", 2, 10, 2),
    ]
    assert unit(result, "乙镇")["adopted"] == {
        "central": 0,
        "province": 0,
        "city": 1,
        "county": 0,
        "total": 1,
    }
    assert result["totals"]["points"] == 30


def test_r89_the_totals_count_once_what_two_units_wrote_together(file, plain) -> None:
    rows = [used("甲", "省报", "省", unit="甲镇、乙镇"), used("乙", "市报", "市", unit="乙镇")]
    result = tried(plain, ledger(file, rows))
    assert [row["adopted"]["total"] for row in result["units"]] == [2, 1]
    assert (result["totals"]["adopted"]["total"], result["totals"]["items_adopted"]) == (2, 2)
    assert result["totals"]["points"] == sum(row["points"] for row in result["units"]) == 30


def test_every_line_tells_its_rule_item_outlet_share_and_arithmetic(file, plain) -> None:
    result = tried(plain, ledger(file, [used("甲", "省报", "省", unit="甲镇、乙镇", 份额="3、1")]))
    (line,) = unit(result)["lines"]
    assert (line["rule"], line["item"], line["outlet"], line["share"], line["points"], line["row"]) == (
        "adoption.rules[1]",
        "甲",
        "省报",
        "3/4",
        15,
        2,
    )
    assert line["arithmetic"] == "20 × 3/4 = 15"
    assert points(result, "乙镇") == 5


def test_units_of_one_cell_share_equally_unless_the_ledger_tells(file, plain) -> None:
    result = tried(plain, ledger(file, [used("甲", "省报", "省", unit="甲镇、乙镇")]))
    assert (points(result), points(result, "乙镇")) == (10, 10)
    assert (unit(result)["filed"], unit(result, "乙镇")["filed"]) == (1, 0)


@pytest.mark.parametrize("shares", ["2", "1、2、3", "甲、乙", "0、1"])
def test_shares_that_do_not_fit_the_units_spoil_the_row(file, plain, shares) -> None:
    rows = [used("甲", "省报", "省", unit="甲镇、乙镇", 份额=shares), filed("乙")]
    result = tried(plain, ledger(file, rows))
    assert list(reasons(result)) == ["台账!K2"]
    assert points(result) == 0


def test_people_have_their_parts_of_what_their_items_earn(file, plain) -> None:
    rows = [used("甲", "省报", "省", 作者="张三、李四"), used("乙", "市报", "市", 作者="李四")]
    result = tried(plain, ledger(file, rows))
    assert [(one["name"], one["unit"], one["points"]) for one in result["people"]] == [
        ("李四", "甲镇", 20),
        ("张三", "甲镇", 10),
    ]


def test_names_that_differ_in_title_marks_and_width_are_one_outlet(file, tmp_path) -> None:
    rules = [{"outlet": "《每日要情》", "points": "5"}]
    scheme = scheme_file(tmp_path / "a.json", adoption={"rules": rules})
    rows = [used("甲", "每日要情", "市"), used("乙", "《每日 要情》", "市")]
    assert points(tried(scheme, ledger(file, rows))) == 10


def test_the_position_may_stand_in_the_column_of_pages(file, tmp_path) -> None:
    rules = [{"position": "front_lead", "points": "8"}, {"level": "city", "points": "4"}]
    scheme = scheme_file(tmp_path / "a.json", adoption={"rules": rules})
    header = ("标题", "报送单位", "采用媒体", "级别", "采用时间", "版面")
    rows = [used("甲", "市报", "市", 版面="头版头条"), used("乙", "市报", "市", 版面="第3版")]
    assert points(tried(scheme, ledger(file, rows, header=header))) == 12


# Rows that cannot be used


def test_rows_that_cannot_be_used_are_listed_with_cell_and_reason_and_the_others_count(file, plain) -> None:
    rows = [
        used("甲", "市报", "市"),
        used("乙", "市报", "村"),
        used("丙", "市报", "市", "九月三日"),
        used("", "市报", "市"),
        used("丁", "市报", "市", unit=""),
        used("戊", "市报", "市", 份额="若干"),
        {"标题": "合计"},
    ]
    result = tried(plain, ledger(file, rows))
    assert points(result) == 10
    assert list(reasons(result)) == ["台账!E3", "台账!F4", "台账!A5", "台账!B6", "台账!K7", "台账!A8"]
    assert all(re.search("[一-龥]", reason) for reason in reasons(result).values())
    assert {lost["row"] for lost in result["unused"]} == set(range(3, 9))


def test_the_same_adoption_twice_counts_once_and_says_so(file, plain) -> None:
    rows = [used("甲", "市报", "市"), used("甲", "市报", "市"), used("甲", "市报", "市", "2016-09-11")]
    result = tried(plain, ledger(file, rows))
    assert points(result) == 20
    assert list(reasons(result)) == ["台账!A3"]


def test_what_no_figure_depends_on_spoils_no_row(file, plain) -> None:
    header = ("标题", "报送单位", "采用媒体", "级别", "采用时间", "链接", "备注")
    rows = [used("甲", "市报", "市", 链接="见附件", 备注="长" * 300)]
    result = tried(plain, ledger(file, rows, header=header))
    assert (points(result), result["unused"]) == (10, [])


def test_a_column_that_the_scheme_does_not_look_at_spoils_no_row(file, tmp_path, plain) -> None:
    strange = {"体裁": "散文", "版位": "头一版", "字数": "约千字", "采用方式": "图文"}
    ledger(file, [used("甲", "市报", "市", **strange)])
    result = tried(plain, file)
    assert (points(result), result["unused"]) == (10, [])
    rules = [
        *BY_LEVEL,
        {"genre": "research", "position": "front", "mode": "brief", "min_length": 9, "points": 1},
    ]
    picky = scheme_file(tmp_path / "b.json", adoption={"rules": rules})
    assert sorted(reasons(tried(picky, file))) == ["台账!G2", "台账!H2", "台账!I2", "台账!J2"]


# Levels of outlets


def test_another_row_tells_the_level_of_an_outlet(file, plain) -> None:
    result = tried(plain, ledger(file, [used("甲", "市报", ""), used("乙", "市报", "市")]))
    assert points(result) == 20


def test_a_sheet_or_the_scheme_tells_the_level_of_an_outlet(file, tmp_path, plain) -> None:
    header = ("标题", "报送单位", "采用媒体", "采用时间")
    rows = [used("甲", "市报", "")]
    ledger(file, rows, {"媒体": (("媒体", "级别"), [("《市报》", "市级")])}, header)
    assert points(tried(plain, file)) == 10
    rules = [{"outlet": "市报", "level": "city", "points": "3"}]
    scheme = scheme_file(tmp_path / "a.json", adoption={"rules": rules})
    assert points(tried(scheme, ledger(file, rows, header=header))) == 3


def test_the_sheet_of_outlets_tells_carriers_and_a_row_may_not_contradict_it(file, tmp_path) -> None:
    rules = [{"level": "city", "carrier": "newspaper", "points": "10"}]
    scheme = scheme_file(tmp_path / "办法.json", adoption={"rules": rules})
    header = ("标题", "报送单位", "采用媒体", "载体", "采用时间")
    rows = [used("甲", "市报", ""), used("乙", "市报", "", 载体="网")]
    sheets = {"媒体": (("媒体", "级别", "载体"), [("市报", "市", "报")])}
    result = tried(scheme, ledger(file, rows, sheets, header))
    assert points(result) == 10
    assert list(reasons(result)) == ["台账!D3"]


def test_an_outlet_without_level_or_with_two_is_not_guessed(file, plain) -> None:
    rows = [
        used("甲", "某网", ""),
        used("乙", "专报", ""),
        used("丙", "专报", "省"),
        used("丁", "专报", "市"),
    ]
    result = tried(plain, ledger(file, rows))
    assert points(result) == 30
    assert list(reasons(result)) == ["台账!E2", "台账!E3"]


# Sheets beside the ledger


def test_the_sheet_of_units_brings_zeros_groups_codes_and_their_order(file, plain) -> None:
    listed = [("乙局", "部门", "02"), ("甲镇", "乡镇", "01"), ("丙镇", "乡镇", "03")]
    sheets = {"单位": (("单位名称", "组别", "代码"), listed)}
    rows = [used("甲", "市报", "市", unit="01"), used("乙", "市报", "市", unit="丁镇")]
    result = tried(plain, ledger(file, rows, sheets))
    shown = [(row["unit"], row["group"], row["rank"], row["points"]) for row in result["units"]]
    assert sorted(shown) == [("丙镇", "乡镇", 2, 0), ("乙局", "部门", 1, 0), ("甲镇", "乡镇", 1, 10)]
    assert list(reasons(result)) == ["台账!B3"]


def test_targets_come_from_the_sheet_of_units(file, tmp_path) -> None:
    shortfall = [{"event": "shortfall", "metric": "filed", "window": "month", "factor": "1"}]
    scheme = scheme_file(tmp_path / "a.json", penalties=shortfall)
    sheets = {"单位": (("单位", "目标"), [("甲镇", 3), ("乙镇", None)])}
    result = tried(scheme, ledger(file, [filed("甲")], sheets))
    assert (points(result), points(result, "乙镇")) == (-2, 0)
    (target,) = unit(result)["targets"]
    assert (target["metric"], target["value"], target["reached"]) == ("filed", 3, 1)
    assert target["completion"] == pytest.approx(1 / 3, abs=1e-4)


def test_a_unit_may_have_several_targets_with_metric_and_window(file, plain) -> None:
    told = [("甲镇", 30, "得分", "月"), ("甲镇", 2, "报送", "季度")]
    sheets = {"单位": (("单位", "目标", "目标指标", "目标周期"), told)}
    result = tried(plain, ledger(file, [used("甲", "市报", "市")], sheets), "2016Q3")
    found = {(one["metric"], one["value"]) for one in unit(result)["targets"]}
    assert found == {("points", 90), ("filed", 2)}


def test_every_fact_of_the_sheets_counts(file, tmp_path) -> None:
    scheme = scheme_file(
        tmp_path / "a.json",
        bonuses=[
            {"event": "instruction", "level": "city", "points": "10"},
            {"event": "commission_filed", "points": "3"},
            {"event": "commission_adopted", "points": "5"},
            {"event": "forwarded", "level": "province", "points": "2"},
            {"event": "task", "points": "7"},
        ],
        penalties=[
            {"event": "late", "points": "1"},
            {"event": "missing", "points": "1"},
            {"event": "commission_missed", "points": "5"},
            {"event": "untrue", "points": "5"},
            {"event": "negative", "points": "10"},
        ],
    )
    day = "2016-09-20"
    sheets = {
        "批示": (("批示级别", "批示时间", "标题"), [("市领导批示", day, "甲")]),
        "约稿": (
            ("单位", "办理情况", "日期"),
            [("甲镇", "报送", day), ("甲镇", "已采用", day), ("甲镇", "未办", day)],
        ),
        "转报": (("级别", "日期", "单位"), [("省", day, "甲镇")]),
        "任务": (("单位", "日期", "次数"), [("甲镇", day, 2)]),
        "扣分": (
            ("单位", "事项", "日期", "数量", "标题"),
            [
                ("甲镇", "迟报", day, 4, None),
                ("甲镇", "漏报", day, "", None),
                (None, "失实", day, None, "甲"),
                ("甲镇", "负面", day, 1, None),
            ],
        ),
        "调整": (("单位", "日期", "分值", "事由"), [("甲镇", day, "-0.5", "会议缺席")]),
    }
    result = tried(scheme, ledger(file, [filed("甲")], sheets))
    assert result["unused"] == []
    assert points(result) == 10 + 3 + 5 - 5 + 2 + 14 - 4 - 1 - 5 - 10 - 0.5
    assert {line["reason"] for line in unit(result)["lines"]} == {"", "会议缺席"}


def test_a_fact_of_an_item_belongs_to_all_its_units(file, tmp_path) -> None:
    bonus = [{"event": "instruction", "level": "city", "points": "10"}]
    scheme = scheme_file(tmp_path / "a.json", bonuses=bonus)
    sheets = {"批示": (("标题", "级别", "日期"), [("甲", "市", "2016-09-20")])}
    result = tried(scheme, ledger(file, [used("甲", "市报", "市", unit="甲镇、乙镇")], sheets))
    assert (points(result), points(result, "乙镇")) == (5, 5)


def test_it_belongs_to_those_of_the_first_adoption_before_it(file, tmp_path) -> None:
    """R73, as in the system itself."""
    bonus = [{"event": "instruction", "level": "city", "points": "10"}]
    scheme = scheme_file(tmp_path / "a.json", bonuses=bonus)
    rows = [
        used("甲", "省报", "省", "2016-09-25", unit="甲镇"),
        used("甲", "市报", "市", "2016-09-10", unit="甲镇、乙镇"),
        filed("甲", "2016-09-01", unit="甲镇、丙镇"),
    ]
    for day, expected in (("2016-09-20", (5, 5, 0)), ("2016-09-05", (5, 0, 5))):
        sheets = {"批示": (("标题", "级别", "日期"), [("甲", "市", day)])}
        result = tried(scheme, ledger(file, rows, sheets))
        assert tuple(points(result, name) for name in ("甲镇", "乙镇", "丙镇")) == expected


def test_what_a_sheet_says_wrongly_is_listed_and_never_guessed(file, plain) -> None:
    day = "2016-09-20"
    sheets = {
        "批示": (
            ("标题", "级别", "日期", "单位"),
            [("没有这篇", "市", day, ""), ("甲", "村", day, ""), ("", "市", day, "")],
        ),
        "扣分": (
            ("单位", "情形", "日期", "次数"),
            [
                ("甲镇", "批评", day, 1),
                ("甲镇", "失实", day, 1),
                ("甲镇", "迟报", "", 1),
                ("甲镇", "迟报", day, 0),
            ],
        ),
        "调整": (("单位", "日期", "加减分", "理由"), [("甲镇", day, "若干", "x"), ("甲镇", day, 2, "")]),
    }
    result = tried(plain, ledger(file, [used("甲", "市报", "市")], sheets))
    assert points(result) == 10
    assert list(reasons(result)) == [
        "批示!A2", "批示!B3", "批示!D4", "扣分!B2", "扣分!A3", "扣分!C4", "扣分!D5", "调整!C2", "调整!D3",
    ]  # fmt: skip


def test_a_sheet_without_its_columns_stops_the_trial(file, plain) -> None:
    ledger(file, [filed("甲")], {"扣分": (("谁", "什么"), [("甲镇", "迟报")])})
    with pytest.raises(CommandError, match=r"扣分.*情形、日期"):
        tried(plain, file)


# Periods


def test_the_period_may_be_of_any_kind(file, plain) -> None:
    rows = [used(f"第{month}篇", "市报", "市", f"2016-{month:02d}-05") for month in range(1, 13)]
    ledger(file, rows)
    for text, number in (("2016", 12), ("2016Q1", 3), ("2016H2", 6), ("2016-09-06..2016-12-04", 2)):
        assert points(tried(plain, file, text)) == 10 * number


def test_the_year_is_the_schemes_and_facts_before_it_decide_what_counts(file, tmp_path) -> None:
    scheme = scheme_file(
        tmp_path / "a.json",
        adoption={"rules": BY_LEVEL},
        year_start_month=12,
        several_outlets={"policy": "highest"},
    )
    rows = [used("甲", "市报", "市", "2015-11-30"), used("甲", "省报", "省", "2015-12-01")]
    assert points(tried(scheme, ledger(file, rows), "2016")) == 10


def test_what_only_the_end_of_a_window_shows_waits_for_it(file, tmp_path) -> None:
    shortfall = [{"event": "shortfall", "metric": "filed", "window": "month", "target": "3"}]
    scheme = scheme_file(tmp_path / "a.json", penalties=shortfall)
    ledger(file, [filed("甲", "2016-09-01")])
    assert points(tried(scheme, file)) == -2
    assert points(tried(scheme, file, "2016-09", "--as-of", "2016-09-20")) == 0


def test_windows_before_the_ledger_begins_are_not_judged(file, tmp_path) -> None:
    scheme = scheme_file(
        tmp_path / "a.json",
        base={"points": "6", "window": "quarter"},
        consequences=[{"metric": "filed", "window": "month", "below": "2", "times": 2, "text": "通报"}],
    )
    ledger(file, [filed("甲", "2016-08-20"), filed("乙", "2016-09-20")])
    assert unit(tried(scheme, file, "2016-08"))["flags"] != []
    assert [points(tried(scheme, file, f"2016Q{quarter}")) for quarter in (1, 2, 3, 4)] == [0, 0, 6, 6]
    monthly = scheme_file(
        tmp_path / "b.json",
        consequences=[{"metric": "filed", "window": "month", "below": "2", "times": 2, "text": "通报"}],
    )
    assert unit(tried(monthly, file, "2016-08"))["flags"] == []
    assert unit(tried(monthly, file, "2016-09"))["flags"] != []


# The command


def test_the_order_of_rows_changes_nothing(file, plain) -> None:
    rows = [
        used(
            f"第{number}篇",
            f"{level}报",
            level,
            f"2016-09-{number + 1:02d}",
            unit=f"{'甲乙丙'[number % 3]}镇",
        )
        for number in range(9)
        for level in ("省", "市", "县")
    ]
    before = tried("demo", ledger(file, rows))
    random.Random(5).shuffle(rows)  # noqa: S311
    after = tried("demo", ledger(file, rows))
    assert {row["unit"]: row["points"] for row in before["units"]} == {
        row["unit"]: row["points"] for row in after["units"]
    }


def test_the_text_names_scheme_period_units_lines_and_unused_rows(file) -> None:
    ledger(file, [used("甲稿", "市报", "市"), used("乙稿", "某网", "")])
    said = StringIO()
    call_command("try_scheme", "s9", str(file), "--period", "2016-09", stdout=said)
    for text in ("常山县", "2016年9月", "甲镇", "甲稿", "市报", "E3", "没有读到"):
        assert text in said.getvalue()


def test_a_scheme_that_cannot_be_read_is_refused_with_every_fault(file, tmp_path) -> None:
    scheme = scheme_file(tmp_path / "a.json", adoption={"rules": [{"points": "x"}]}, nonsense=1)
    with pytest.raises(CommandError) as refused:
        tried(scheme, ledger(file, [filed("甲")]))
    assert "nonsense" in str(refused.value)
    assert "adoption.rules[0].points" in str(refused.value)


@pytest.mark.parametrize("content", ["", "{", "[1, 2]", "\x00", "[" * 100_000])
def test_what_is_no_json_is_refused(file, tmp_path, content) -> None:
    (tmp_path / "a.json").write_text(content, encoding="utf-8")
    with pytest.raises(CommandError):
        tried(tmp_path / "a.json", ledger(file, [filed("甲")]))


@pytest.mark.parametrize(
    ("scheme", "ledger_name", "period"),
    [
        ("没有.json", "台账.xlsx", "2016-09"),
        ("demo", "没有.xlsx", "2016-09"),
        ("demo", "坏.xlsx", "2016-09"),
        ("demo", "别的.pdf", "2016-09"),
        ("demo", "无表头.xlsx", "2016-09"),
        ("demo", "台账.xlsx", "2016-13"),
    ],
)
def test_what_cannot_be_done_at_all_says_why(tmp_path, scheme, ledger_name, period) -> None:
    ledger(tmp_path / "台账.xlsx", [filed("甲")])
    ledger(tmp_path / "无表头.xlsx", [], header=("甲", "乙"))
    (tmp_path / "坏.xlsx").write_bytes(b"PK\x03\x04" + b"x" * 100)
    (tmp_path / "别的.pdf").write_bytes(b"%PDF-1.7")
    with pytest.raises(CommandError, match=r"[一-龥]|2016-13"):
        tried(scheme, tmp_path / ledger_name, period)


# The page that outsiders write by


def test_the_page_names_every_column_of_the_ledger() -> None:
    for field, titles in TITLES.items():
        known = titles[:1] if field in NOT_READ else titles
        assert [title for title in known if title not in PAGE] == [], field


def test_the_page_names_every_sheet_and_column() -> None:
    for sheet, titles in SHEETS.items():
        assert f"| {sheet} |" in PAGE
        for names in titles.of.values():
            assert names[0] in PAGE


def test_the_page_names_every_setting_and_value_of_the_schema() -> None:
    schema = json.loads((SHIPPED / "scheme.schema.json").read_text(encoding="utf-8"))
    words: set[str] = set()

    def collect(part: Any) -> None:
        if isinstance(part, dict):
            words.update(part.get("properties", {}) if part.get("additionalProperties") is False else ())
            words.update(part.get("enum", ()))
            for value in part.values():
                collect(value)
        elif isinstance(part, list):
            for value in part:
                collect(value)

    collect(schema)
    assert {word for word in words if f"`{word}`" not in PAGE and f'"{word}"' not in PAGE} == set()


def test_the_pages_examples_of_schemes_are_schemes(tmp_path, file) -> None:
    ledger(file, [used("甲", "市报", "市")])
    examples = re.findall(r"```json\n(.*?)```", PAGE.split("## 六、")[1], re.S)
    assert len(examples) == 2
    for text in examples:
        (tmp_path / "a.json").write_text(text, encoding="utf-8")
        tried(tmp_path / "a.json", file)


def test_a_setting_written_twice_is_refused(tmp_path, file) -> None:
    path = tmp_path / "办法.json"
    path.write_text('{"name": "甲", "adoption": {"rules": []}, "name": "乙"}', encoding="utf-8")
    with pytest.raises(CommandError, match="name"):
        tried(path, ledger(file, []))


def test_groups_come_as_the_scheme_lists_them_then_as_the_units_do(tmp_path, file) -> None:
    units = [("丁局", "部门"), ("甲镇", "乡镇"), ("乙镇", "乡镇"), ("丙局", "部门")]
    path = scheme_file(
        tmp_path / "办法.json", groups=[{"name": "重点", "units": ["乙镇"]}], adoption={"rules": BY_LEVEL}
    )
    result = tried(path, ledger(file, [], {"单位": (("单位", "组"), units)}))
    assert [row["group"] for row in result["units"]] == ["重点", "部门", "部门", "乡镇"]
