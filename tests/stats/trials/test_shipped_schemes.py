"""The arithmetic that published rules state, through the real path: a ledger file and a shipped scheme."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from scoring.schemes.reading import SHIPPED, parse_scheme, shipped, shipped_names
from tests.stats.trials.ledger_books import filed, ledger, points, tried, unit, used

PUBLISHED = ("s1", "s7", "s9", "s12", "s14", "s20", "s21", "s23")
INSTRUCTIONS = ("标题", "级别", "日期")
PENALTIES = ("单位", "情形", "日期", "次数")
DEDUCTED = ("单位", "情形", "日期", "次数", "标题")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "台账.xlsx"


def many(number: int, months: range = range(1, 13), unit: str = "甲镇", year: int = 2016):
    """So many items filed in each of the months."""
    return [
        filed(f"{month}月第{place}篇", f"{year}-{month:02d}-05", unit)
        for month in months
        for place in range(number)
    ]


# All of them


def test_all_eight_and_the_demo_are_shipped() -> None:
    assert set(shipped_names()) == {*PUBLISHED, "demo"}


@pytest.mark.parametrize("name", PUBLISHED)
def test_r16_every_published_scheme_names_its_source_and_can_be_read(name) -> None:
    """R16, and what could be read only in part says so."""
    scheme = parse_scheme(shipped(name))
    assert scheme.source is not None
    assert scheme.source.title
    assert scheme.source.url.startswith("http") or "地址" in scheme.source.title
    assert scheme.notes
    assert bool(scheme.cut) == (name in {"s1", "s9", "s14", "s20", "s21"})


@pytest.mark.parametrize("name", PUBLISHED)
def test_the_documents_table_of_shipped_schemes_has_every_one(name) -> None:
    page = Path(__file__).parents[3] / "docs" / "scoring.md"
    assert f"| `{name}` |" in page.read_text(encoding="utf-8")


# S1


def test_s1_an_experience_on_problems_with_an_instruction_of_the_city_earns_45(file) -> None:
    rows = [used("经验", "经验交流", "市", 体裁="问题分析")]
    ledger(file, rows, {"批示": (INSTRUCTIONS, [("经验", "市领导", "2016-09-12")])})
    result = tried("s1", file)
    assert points(result) == 45
    assert [line["points"] for line in unit(result)["lines"]] == [25, 20]


@pytest.mark.parametrize(
    ("outlet", "level", "worth"),
    [
        ("纪检监察信息", "中央", 30),
        ("专报中办信息", "中央", 30),
        ("工作交流", "中央", 20),
        ("内部工作网", "中央", 10),
        ("辽宁纪检监察信息·领导参考", "省", 20),
        ("《辽宁纪检监察信息》", "省", 10),
        ("工作前沿专栏", "省", 10),
        ("各市纪委等专题栏目", "省", 2),
        ("工作动态", "市", 10),
        ("经验交流", "市", 15),
        ("别的报纸", "市", 0),
    ],
)
def test_s1_each_outlet_earns_what_is_published(file, outlet, level, worth) -> None:
    assert points(tried("s1", ledger(file, [used("甲", outlet, level)]))) == worth


def test_s1_commissions_and_each_instruction_count(file) -> None:
    sheets = {
        "约稿": (
            ("单位", "情形", "级别", "日期"),
            [("甲镇", "报送", "省", "2016-09-01"), ("甲镇", "采用", "市", "2016-09-02")],
        ),
        "批示": (("单位", "级别", "日期"), [("甲镇", "中央", "2016-09-03"), ("甲镇", "中央", "2016-09-04")]),
    }
    assert points(tried("s1", ledger(file, [filed("甲")], sheets))) == 3 + 5 + 30 + 30


def test_s1_its_year_begins_in_december(file) -> None:
    rows = [used("甲", "工作动态", "市", "2015-12-01"), used("乙", "工作动态", "市", "2016-12-01")]
    result = tried("s1", ledger(file, rows), "2016")
    assert (result["period"]["first_day"], result["period"]["last_day"]) == ("2015-12-01", "2016-11-30")
    assert points(result) == 10


# S7


def test_s7_all_outlets_add_up_with_the_instruction_to_65(file) -> None:
    rows = [
        used("甲", "《昨日情况》", "市"),
        used("甲", "选用报省", "省", "2016-09-11"),
        used("甲", "《信息简报》", "省", "2016-09-12"),
    ]
    ledger(file, rows, {"批示": (INSTRUCTIONS, [("甲", "省", "2016-09-13")])})
    result = tried("s7", file)
    assert points(result) == 65
    assert [line["points"] for line in unit(result)["lines"]] == [3, 2, 10, 50]


def test_s7_forwarding_may_be_registered_as_what_it_is(file) -> None:
    sheets = {
        "转报": (INSTRUCTIONS, [("甲", "省", "2016-09-11"), ("甲", "中央", "2016-09-12")]),
        "批示": (INSTRUCTIONS, [("甲", "省", "2016-09-13")]),
    }
    rows = [used("甲", "昨日情况", "市"), used("甲", "《信息简报》", "省")]
    assert points(tried("s7", ledger(file, rows, sheets))) == 3 + 10 + 2 + 10 + 50


@pytest.mark.parametrize(
    ("outlet", "level", "more", "worth"),
    [
        ("《昨日情况》", "市", {"采用方式": "简讯"}, 1),
        ("《政务建议》", "市", {"体裁": "调研"}, 20),
        ("《专报信息》", "市", {"体裁": "动态"}, 3),
        ("《专报信息》", "省", {}, 20),
        ("《专报信息》", "省", {"体裁": "调研"}, 30),
        ("《互联网信息摘编》", "省", {}, 5),
        ("《江苏信息摘编》", "省", {}, 10),
        ("国办", "中央", {}, 50),
    ],
)
def test_s7_each_outlet_earns_what_is_published(file, outlet, level, more, worth) -> None:
    assert points(tried("s7", ledger(file, [used("甲", outlet, level, **more)]))) == worth


def test_s7_an_instruction_on_a_proposal_earns_10_and_on_others_5(file) -> None:
    rows = [used("建议", "《政务建议》", "市", 体裁="调研"), used("情况", "《昨日情况》", "市")]
    sheets = {"批示": (INSTRUCTIONS, [("建议", "市", "2016-09-12"), ("情况", "市", "2016-09-12")])}
    assert points(tried("s7", ledger(file, rows, sheets))) == 20 + 3 + 10 + 5


# S9


def test_s9_all_twelve_monthly_minima_earn_120(file) -> None:
    result = tried("s9", ledger(file, many(8)), "2016")
    assert points(result) == 120
    assert len(unit(result)["lines"]) == 12


def test_s9_more_than_the_minimum_earns_no_more_and_less_earns_nothing(file) -> None:
    rows = [*many(20, range(1, 2)), *many(7, range(2, 3))]
    ledger(file, rows)
    assert points(tried("s9", file, "2016-01")) == 10
    assert points(tried("s9", file, "2016-02")) == 0
    assert points(tried("s9", file, "2016")) == 10


@pytest.mark.parametrize(
    ("outlet", "level", "mode", "worth"),
    [
        ("《要情快报》", "县", "单篇", 5),
        ("《常山政务》", "县", "单篇", 10),
        ("《政务参阅》", "县", "单篇", 30),
        ("增刊", "县", "单篇", 30),
        ("《衢州政务信息动态》", "市", "综合", 20),
        ("《衢州政务信息动态》", "市", "单篇", 50),
        ("《衢州政务工作交流》", "市", "单篇", 80),
        ("浙江日报", "省", "单篇", 0),
    ],
)
def test_s9_each_outlet_earns_what_is_published_and_what_was_cut_nothing(
    file, outlet, level, mode, worth
) -> None:
    assert points(tried("s9", ledger(file, [used("甲", outlet, level, 采用方式=mode)]))) == worth


# S12


def test_s12_four_late_and_three_missing_end_at_the_floor_below_standard(file) -> None:
    sheets = {
        "单位": (("单位",), [("甲局",), ("乙局",)]),
        "扣分": (PENALTIES, [("甲局", "迟报", "2016-08-02", 4), ("甲局", "少报", "2016-09-20", 3)]),
    }
    result = tried("s12", ledger(file, [], sheets), "2016Q3")
    poor = unit(result, "甲局")
    assert poor["points"] == 0
    assert [flag["text"] for flag in poor["flags"]] == ["不达标"]
    assert sorted(line["points"] for line in poor["lines"] if line["kind"] == "penalty") == [-4, -3]


def test_s12_six_points_are_enough(file) -> None:
    result = tried("s12", ledger(file, [], {"单位": (("单位",), [("甲局",)])}), "2016Q3")
    assert (points(result, "甲局"), unit(result, "甲局")["flags"]) == (6, [])


@pytest.mark.parametrize(("adopted", "expected"), [(2, 6 - 1 + 2 * 10), (3, 6 + 3 * 10)])
def test_s12_a_rate_below_thirty_percent_costs_a_point(file, adopted, expected) -> None:
    rows = [filed(f"第{place}篇") for place in range(10)]
    rows += [used(f"第{place}篇", "区信息", "区", 报送时间="2016-09-10") for place in range(adopted)]
    assert points(tried("s12", ledger(file, rows), "2016Q3")) == expected


def test_s12_nothing_filed_has_no_rate_and_costs_nothing(file) -> None:
    sheets = {"单位": (("单位",), [("甲镇",), ("乙镇",)])}
    assert points(tried("s12", ledger(file, [filed("甲", unit="乙镇")], sheets), "2016Q3")) == 6


@pytest.mark.parametrize(
    ("level", "genre", "worth"),
    [("区", "信息", 10), ("区", "理论", 20), ("市", "信息", 15), ("市", "调研", 30), ("省", "信息", 30),
     ("中央", "理论文章", 50)],
)  # fmt: skip
def test_s12_level_and_kind_set_the_points(file, level, genre, worth) -> None:
    rows = [used("甲", "某刊", level, 体裁=genre)]
    assert points(tried("s12", ledger(file, rows), "2016Q3")) == 6 + worth


# S14


@pytest.mark.parametrize(("number", "worth"), [(14, 0), (15, 50), (16, 50)])
def test_s14_fifteen_items_a_year_earn_50_and_fourteen_nothing(file, number, worth) -> None:
    rows = [filed(f"第{place}篇") for place in range(number)]
    assert points(tried("s14", ledger(file, rows), "2016")) == worth


def test_s14_a_merged_adoption_gives_each_of_two_units_three(file) -> None:
    rows = [used("甲", "重要信息", "县", unit="甲镇、乙镇", 采用方式="综合")]
    result = tried("s14", ledger(file, rows))
    assert (points(result, "甲镇"), points(result, "乙镇")) == (3, 3)


def test_s14_research_forwarded_and_adopted_by_the_province_counts_twice(file) -> None:
    assert points(tried("s14", ledger(file, [used("甲", "某省刊", "省", 体裁="调研")]))) == 40
    assert points(tried("s14", ledger(file, [used("甲", "某市刊", "市", 体裁="理论文章")]))) == 20
    assert points(tried("s14", ledger(file, [used("甲", "国办", "中央", 体裁="调研")]))) == 30


@pytest.mark.parametrize(
    ("outlet", "level", "more", "worth"),
    [
        ("重要信息", "县", {}, 5),
        ("要情", "县", {}, 10),
        ("快报", "县", {}, 10),
        ("市委办", "市", {}, 10),
        ("省信息", "省", {}, 20),
        ("中办", "中央", {}, 50),
        ("县信息", "县", {"体裁": "动态"}, 5),
        ("县信息", "县", {"体裁": "调研"}, 10),
        ("县信息", "县", {"采用方式": "简讯"}, 3),
    ],
)
def test_s14_each_kind_earns_what_is_published(file, outlet, level, more, worth) -> None:
    assert points(tried("s14", ledger(file, [used("甲", outlet, level, **more)]))) == worth


def test_s14_several_outlets_add_up(file) -> None:
    rows = [used("甲", "要情", "县"), used("甲", "快报", "县"), used("甲", "省信息", "省")]
    assert points(tried("s14", ledger(file, rows))) == 40


# S20


@pytest.mark.parametrize(
    ("outlet", "level", "more", "worth"),
    [
        ("人民日报", "中央", {"采用方式": "综合"}, 10),
        ("人民日报", "中央", {"采用方式": "单独"}, 20),
        ("江西日报", "省", {"版位": "头版头条"}, 20),
        ("江西日报", "省", {}, 10),
        ("江西日报", "省", {"采用方式": "综合"}, 5),
        ("国家简报", "中央", {}, 100),
        ("省局简报", "省", {}, 50),
        ("省局公众号", "省", {}, 8),
        ("老区建设", "省", {}, 8),
        ("宜春日报", "市", {"版位": "头版"}, 8),
        ("宜春日报", "市", {}, 5),
        ("宜春日报", "市", {"采用方式": "综合"}, 3),
        ("高安报", "县", {}, 0),
    ],
)
def test_s20_level_place_and_mode_set_the_points(file, outlet, level, more, worth) -> None:
    assert points(tried("s20", ledger(file, [used("甲", outlet, level, **more)]))) == worth


# S21


def test_s21_six_points_short_of_twenty_cost_twelve_on_the_year(file) -> None:
    rows = [used("甲", "市报", "市"), used("乙", "市报", "市", 版位=""), used("丙", "省报", "省")]
    sheets = {"单位": (("单位", "目标", "目标周期"), [("甲镇", 20, "月")])}
    ledger(file, rows, sheets)
    result = tried("s21", file, "2016-09")
    short = [line for line in unit(result)["lines"] if line["kind"] == "penalty"]
    assert [line["points"] for line in short] == [-12]
    assert points(result) == 14 - 12
    (target,) = unit(result)["targets"]
    assert (target["value"], target["reached"], target["completion"]) == (20, 14, 0.7)


def test_s21_three_poor_months_in_a_row_are_criticised(file) -> None:
    rows = [used(f"第{month}篇", "省报", "省", f"2016-{month:02d}-10") for month in range(6, 10)]
    rows.append(used("重头", "国报", "中央", "2016-06-11"))
    ledger(file, rows, {"单位": (("单位", "目标"), [("甲镇", 20)])})
    assert unit(tried("s21", file, "2016-08"))["flags"] == []
    assert [flag["text"] for flag in unit(tried("s21", file, "2016-09"))["flags"]] == ["通报批评"]


@pytest.mark.parametrize(
    ("level", "lead", "worth"),
    [("市", "", 4), ("市", "头版头条", 8), ("省", "", 6), ("省", "头版头条", 10), ("中央", "", 20),
     ("中央", "头版头条", 40)],
)  # fmt: skip
def test_s21_a_headline_earns_its_own_points(file, level, lead, worth) -> None:
    assert points(tried("s21", ledger(file, [used("甲", "某报", level, 版位=lead)]))) == worth


def test_s21_an_untrue_report_loses_its_points_and_five_more(file) -> None:
    rows = [used("假", "省报", "省"), used("真", "市报", "市")]
    sheets = {"扣分": (DEDUCTED, [("", "不实", "2016-09-20", 1, "假")])}
    assert points(tried("s21", ledger(file, rows, sheets))) == 4 - 5


def test_s21_a_negative_report_voids_the_month_and_costs_ten(file) -> None:
    rows = [used("甲", "省报", "省"), used("乙", "市报", "市", "2016-08-10")]
    sheets = {"扣分": (PENALTIES, [("甲镇", "负面报道", "2016-09-20", 1)])}
    ledger(file, rows, sheets)
    assert points(tried("s21", file, "2016-09")) == -10
    assert points(tried("s21", file, "2016-08..2016-09")) == 4 - 10


def test_s21_a_missed_commission_costs_five(file) -> None:
    sheets = {"扣分": (PENALTIES, [("甲镇", "约稿未办", "2016-09-20", 1)])}
    assert points(tried("s21", ledger(file, [used("甲", "省报", "省")], sheets))) == 1


# S23


def test_s23_of_three_levels_only_the_highest_counts(file) -> None:
    rows = [
        used("甲", "县报", "县", "2016-09-01"),
        used("甲", "市报", "市", "2016-09-02"),
        used("甲", "省报", "省", "2016-09-03"),
    ]
    result = tried("s23", ledger(file, rows))
    assert points(result) == 5
    assert unit(result)["adopted"] == {"central": 0, "province": 1, "city": 1, "county": 1, "total": 3}


@pytest.mark.parametrize(
    ("level", "length", "worth"),
    [("县", 999, 1), ("县", 1000, 2), ("市", 1000, 5), ("省", 1500, 10), ("中央", None, 5)],
)
def test_s23_a_thousand_characters_make_an_article(file, level, length, worth) -> None:
    assert points(tried("s23", ledger(file, [used("甲", "某报", level, 字数=length)]))) == worth


def test_s23_no_more_than_ten_in_a_year(file) -> None:
    rows = [used(f"第{month}篇", "省报", "省", f"2016-{month:02d}-05") for month in (1, 2, 3)]
    ledger(file, rows)
    assert points(tried("s23", file, "2016")) == 10
    assert points(tried("s23", file, "2016-03")) == 0


def test_the_shipped_files_are_written_as_plain_readable_text() -> None:
    for name in shipped_names():
        text = (SHIPPED / f"{name}.json").read_text(encoding="utf-8")
        assert json.loads(text) == shipped(name)
        assert "\\u" not in text
