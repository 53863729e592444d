"""Every way in which offices' rules differ, each set in a scheme and worked out by hand on a small ledger."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.stats.trials.ledger_books import filed, ledger, points, scheme_file, tried, unit, used

LEVELS: list[dict[str, Any]] = [
    {"level": "central", "points": "50"},
    {"level": "province", "points": "20"},
    {"level": "city", "points": "10"},
    {"level": "county", "points": "5"},
]


class Trial:
    """Scores rows with settings; levels are worth 50, 20, 10, 5 unless the settings say otherwise."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(self, rows, period="2016-09", sheets=None, **settings: Any) -> dict[str, Any]:
        scheme = scheme_file(self.folder / "办法.json", **{"adoption": {"rules": LEVELS}, **settings})
        return tried(scheme, ledger(self.folder / "台账.xlsx", rows, sheets), period)


@pytest.fixture
def trial(tmp_path: Path) -> Trial:
    return Trial(tmp_path)


def several(number: int, day: str = "2016-09-05", **more: Any):
    return [filed(f"{day}第{place}篇", day, **more) for place in range(number)]


THREE = [
    used("甲", "县报", "县", "2016-09-01", 载体="报"),
    used("甲", "市报", "市", "2016-09-02", 载体="报"),
    used("甲", "市网", "市", "2016-09-03", 载体="网"),
    used("甲", "省报", "省", "2016-09-04", 载体="报"),
]


# D1, D8: what earns points; filing


@pytest.mark.parametrize(
    ("rule", "number", "expected"),
    [
        ({"kind": "per_item", "points": "0.5"}, 3, 1.5),
        ({"kind": "per_items", "items": 4, "points": "1"}, 7, 1),
        ({"kind": "per_items", "items": 4, "points": "1", "remainder": "parts"}, 7, 1.75),
        ({"kind": "per_items", "items": 4, "points": "1"}, 8, 2),
        ({"kind": "threshold", "items": 5, "points": "50"}, 4, 0),
        ({"kind": "threshold", "items": 5, "points": "50"}, 5, 50),
    ],
)
def test_d8_filing_by_item_by_groups_or_at_a_threshold(trial, rule, number, expected) -> None:
    assert points(trial(several(number), filing=[rule])) == expected


def test_d8_groups_of_items_are_whole_inside_their_window_alone(trial) -> None:
    rows = several(3, "2016-08-05") + several(3, "2016-09-05")
    rule = {"kind": "per_items", "items": 4, "points": "1"}
    assert points(trial(rows, "2016Q3", filing=[rule | {"window": "month"}])) == 0
    assert points(trial(rows, "2016Q3", filing=[rule | {"window": "quarter"}])) == 1


def test_d8_months_of_a_yearly_threshold_add_up_to_the_year(trial) -> None:
    rows = [row for month in (1, 5, 9) for row in several(5, f"2016-{month:02d}-05")]
    rules = [{"kind": "threshold", "items": 12, "points": "50", "window": "year"}]
    months = [points(trial(rows, f"2016-{month:02d}", filing=rules)) for month in range(1, 13)]
    assert months == [0] * 8 + [50] + [0] * 3
    assert points(trial(rows, "2016", filing=rules)) == 50


def test_d8_a_filing_rule_may_be_for_one_genre_group_or_length(trial) -> None:
    rows = [filed("甲", 体裁="调研", 字数=3000), filed("乙", 体裁="消息", 字数=200)]
    assert points(trial(rows, filing=[{"kind": "per_item", "points": "1", "genre": "research"}])) == 1
    assert points(trial(rows, filing=[{"kind": "per_item", "points": "1", "min_length": 200}])) == 2
    assert points(trial(rows, filing=[{"kind": "per_item", "points": "1", "group": "乡镇"}])) == 0


# D2: what an adoption is worth


def test_d2_the_most_specific_rule_wins(trial) -> None:
    rules = [
        *LEVELS,
        {"level": "city", "carrier": "internal", "points": "12"},
        {"outlet_group": "学术", "points": "7"},
        {"outlet": "甲刊", "points": "3"},
        {"outlet": "甲刊", "mode": "brief", "points": "1"},
        {"level": "province", "genre": "research", "position": "front_lead", "points": "99"},
    ]
    for row, worth in [
        (used("甲", "市报", "市"), 10),
        (used("甲", "市内刊", "市", 载体="内刊"), 12),
        (used("甲", "乙刊", "市", 载体="内刊"), 7),
        (used("甲", "甲刊", "市"), 3),
        (used("甲", "甲刊", "市", 采用方式="简讯"), 1),
        (used("甲", "省报", "省", 体裁="调研"), 20),
        (used("甲", "省报", "省", 体裁="调研", 版位="头版头条"), 99),
    ]:
        header = (*row, "载体")
        scheme = scheme_file(
            trial.folder / "a.json", outlet_groups={"学术": ["甲刊", "乙刊"]}, adoption={"rules": rules}
        )
        file = ledger(trial.folder / "b.xlsx", [row], header=tuple(dict.fromkeys(header)))
        assert points(tried(scheme, file)) == worth, row


def test_d2_units_of_a_group_may_have_points_of_their_own(trial) -> None:
    rules = [*LEVELS, {"level": "city", "group": "乡镇", "points": "11"}]
    sheets = {"单位": (("单位", "组"), [("甲镇", "乡镇"), ("乙局", "部门")])}
    rows = [used("甲", "市报", "市"), used("乙", "市报", "市", unit="乙局")]
    result = trial(rows, sheets=sheets, adoption={"rules": rules})
    assert (points(result), points(result, "乙局")) == (11, 10)


# D3: modifiers


def test_d3_modifiers_apply_in_the_stated_order(trial) -> None:
    row = used("甲", "市报", "市", 体裁="问题分析", 采用方式="综合")
    half, ten = {"mode": "merged", "factor": "0.5"}, {"genre": "analysis", "add": "10"}
    assert points(trial([row], adoption={"rules": LEVELS, "modifiers": [half, ten]})) == 15
    assert points(trial([row], adoption={"rules": LEVELS, "modifiers": [ten, half]})) == 10
    first = {"rules": LEVELS, "modifiers": [half, ten], "modifiers_apply": "first"}
    assert points(trial([row], adoption=first)) == 5
    capped = {"rules": LEVELS, "modifiers": [half, ten | {"max": "12"}]}
    assert points(trial([row], adoption=capped)) == 12


# D4: events


def test_d4_an_instruction_adds_points_or_doubles_what_the_item_earns(trial) -> None:
    rows = [used("甲", "市报", "市"), used("乙", "市报", "市")]
    sheets = {"批示": (("标题", "级别", "日期"), [("甲", "市", "2016-09-20")])}
    added = [{"event": "instruction", "level": "city", "points": "7"}]
    doubled = [{"event": "instruction", "level": "city", "factor": "2"}]
    assert points(trial(rows, sheets=sheets, bonuses=added)) == 27
    assert points(trial(rows, sheets=sheets, bonuses=doubled)) == 30


def test_d4_doubling_reaches_adoptions_before_and_after_it(trial) -> None:
    rows = [used("甲", "市报", "市", "2016-08-10"), used("甲", "省报", "省", "2016-10-10")]
    sheets = {"批示": (("标题", "级别", "日期"), [("甲", "市", "2016-09-20")])}
    doubled = [{"event": "instruction", "factor": "2"}]
    months = [points(trial(rows, f"2016-{month}", sheets, bonuses=doubled)) for month in ("08", "09", "10")]
    assert months == [10, 10, 40]


# D5: one item, many adoptions


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        ({"policy": "sum"}, 45),
        ({"policy": "highest"}, 20),
        ({"policy": "highest_per_class", "class": "level"}, 35),
        ({"policy": "highest_per_class", "class": "carrier"}, 30),
        ({"policy": "highest_per_class", "class": "outlet"}, 45),
        ({"policy": "first"}, 5),
    ],
)
def test_d5_one_item_in_several_outlets(trial, policy, expected) -> None:
    scheme = scheme_file(trial.folder / "a.json", adoption={"rules": LEVELS}, several_outlets=policy)
    header = ("标题", "报送单位", "采用媒体", "级别", "采用时间", "载体")
    assert points(tried(scheme, ledger(trial.folder / "b.xlsx", THREE, header=header))) == expected


# D6: reposts


@pytest.mark.parametrize(
    ("policy", "length", "expected"),
    [
        ({"policy": "as_listed"}, 2500, 10),
        ({"policy": "zero"}, 2500, 0),
        ({"policy": "by_length", "characters": 1000, "points": "1"}, 2500, 2),
        ({"policy": "by_length", "characters": 1000, "points": "1", "max": "5"}, 9000, 5),
        ({"policy": "by_length", "characters": 1000, "points": "1"}, None, 0),
    ],
)
def test_d6_reposts(trial, policy, length, expected) -> None:
    row = used("甲", "市网", "市", 采用方式="转载", 字数=length)
    assert points(trial([row], reposts=policy)) == expected


# D7: several units, several authors


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        ({"policy": "split"}, (5, 5)),
        ({"policy": "full"}, (10, 10)),
        ({"policy": "fixed", "points": "3"}, (3, 3)),
        ({"policy": "factor", "factor": "0.7"}, (7, 7)),
    ],
)
def test_d7_several_units(trial, policy, expected) -> None:
    result = trial([used("甲", "市报", "市", unit="甲镇、乙镇")], several_units=policy)
    assert (points(result), points(result, "乙镇")) == expected


def test_d7_several_authors(trial) -> None:
    row = used("甲", "市报", "市", 作者="张三、李四")
    for policy, worth in [("split", 5), ("full", 10)]:
        result = trial([row], several_authors={"policy": policy})
        assert [one["points"] for one in result["people"]] == [worth, worth]


# D9: deductions


def test_d9_an_untrue_item_earns_nothing_before_and_after(trial) -> None:
    rows = [
        used("甲", "市报", "市", "2016-08-10"),
        used("甲", "省报", "省", "2016-10-10"),
        used("乙", "市报", "市"),
    ]
    sheets = {"扣分": (("标题", "情形", "日期"), [("甲", "失实", "2016-09-20")])}
    rules = [{"event": "untrue", "points": "5", "voids": "item"}]
    months = [points(trial(rows, f"2016-{month}", sheets, penalties=rules)) for month in ("08", "09", "10")]
    assert months == [10, 10 - 10 - 5, 0]


def test_d9_a_negative_report_voids_its_window(trial) -> None:
    rows = [used(f"第{month}篇", "市报", "市", f"2016-{month:02d}-10") for month in (6, 7, 8, 9)]
    sheets = {"扣分": (("单位", "情形", "日期"), [("甲镇", "负面", "2016-08-20")])}
    rules = [{"event": "negative", "points": "3", "voids": "quarter"}]
    assert points(trial(rows, "2016-08", sheets, penalties=rules)) == 10 - 20 - 3
    assert points(trial(rows, "2016Q3", sheets, penalties=rules)) == -3
    assert points(trial(rows, "2016", sheets, penalties=rules)) == 10 - 3


def test_d9_a_shortfall_counts_by_its_factor_and_window(trial) -> None:
    rules = [{"event": "shortfall", "metric": "filed", "window": "month", "target": "5", "factor": "0.5"}]
    rows = several(3, "2016-08-05") + several(6, "2016-09-05")
    assert points(trial(rows, "2016-08", penalties=rules)) == -1
    assert points(trial(rows, "2016-09", penalties=rules)) == 0


def test_d9_twice_missed_a_commission_and_the_year_counts_nothing(trial) -> None:
    rows = [used(f"第{month}篇", "市报", "市", f"2016-{month:02d}-10") for month in (1, 6, 10)]
    missed = [("甲镇", "未办", "2016-02-03"), ("甲镇", "未办", "2016-09-08")]
    sheets = {"约稿": (("单位", "情形", "日期"), missed)}
    rules = [{"event": "commission_missed", "points": "5", "voids": "year", "times": 2}]
    assert points(trial(rows, "2016", sheets, penalties=rules)) == 30 - 30 - 10
    assert points(trial(rows, "2016H1", sheets, penalties=rules)) == 20 - 5
    assert points(trial(rows, "2016-10", sheets, penalties=rules)) == 0


def test_d9_one_research_report_a_year_and_a_flat_price_for_missing_it(trial) -> None:
    rows = [filed("甲", 体裁="消息"), filed("乙", 体裁="调研", unit="乙镇")]
    asked = {"metric": "filed", "genre": "research", "window": "year", "target": "1"}
    missing = [{"event": "shortfall"} | asked]
    flat = [{"event": "target_missed", "points": "5"} | asked]
    met = [{"event": "target_met", "points": "2"} | asked]
    for settings, expected in [
        ({"penalties": missing}, (-1, 0)),
        ({"penalties": flat}, (-5, 0)),
        ({"bonuses": met, "penalties": flat}, (-5, 2)),
    ]:
        result = trial(rows, "2016", **settings)
        assert (points(result), points(result, "乙镇")) == expected


def test_d12_half_an_item_is_half_of_a_target(trial) -> None:
    rows = [used(title, "市报", "市", unit="甲镇、乙镇") for title in ("甲", "乙")]
    asked = {"metric": "items_adopted", "window": "month", "value": "2"}
    for counts, reached in [("whole", 2), ("share", 1)]:
        result = trial(rows, targets=[asked], joint_counts=counts)
        assert [one["reached"] for one in unit(result)["targets"]] == [reached]
        assert unit(result)["items_adopted"] == 2


def test_d11_a_week_is_counted_whole_across_the_end_of_a_month(trial) -> None:
    """Monday 29 August 2016 to Sunday 4 September."""
    rows = [used("甲", "市报", "市", "2016-08-31"), used("乙", "市报", "市", "2016-09-01")]
    cap = [{"of": "total", "window": "week", "max": "12"}]
    assert points(trial(rows, "2016-08", limits=cap)) == 10
    assert points(trial(rows, "2016-09", limits=cap)) == 2
    quota = [{"event": "shortfall", "metric": "filed", "window": "week", "target": "2", "factor": "3"}]
    assert points(trial(rows[:1], "2016-08", penalties=quota)) == 10, "the week ends in September"
    assert points(trial(rows[:1], "2016-09-01..2016-09-04", penalties=quota)) == -3


# D10: caps and floors


def test_d10_one_item_one_kind_and_all_points_have_limits(trial) -> None:
    assert points(trial(THREE, limits=[{"of": "item", "max": "12"}])) == 12
    cap = [{"of": "adoption", "window": "month", "max": "30"}]
    rows = [*THREE, used("乙", "省报", "省", "2016-10-10")]
    assert points(trial(rows, "2016-09", limits=cap)) == 30
    assert points(trial(rows, "2016-09..2016-10", limits=cap)) == 50
    both = [*cap, {"of": "total", "window": "year", "max": "40"}]
    assert points(trial(rows, "2016-09..2016-10", limits=both)) == 40
    late = [{"event": "late", "points": "4"}]
    sheets = {"扣分": (("单位", "情形", "日期", "次数"), [("甲镇", "迟报", "2016-09-20", 9)])}
    assert points(trial([filed("甲")], sheets=sheets, penalties=late)) == -36
    floor = [{"of": "penalty", "window": "month", "min": "-6"}]
    assert points(trial([filed("甲")], sheets=sheets, penalties=late, limits=floor)) == -6
    floor = [{"of": "total", "window": "month", "min": "0"}]
    assert points(trial([filed("甲")], sheets=sheets, penalties=late, limits=floor)) == 0


# D11: periods


@pytest.mark.parametrize(("start", "first", "last"), [(1, "2016-01", "2016-12"), (8, "2015-08", "2016-07"),
                                                     (12, "2015-12", "2016-11")])  # fmt: skip
def test_d11_a_year_may_begin_in_any_month(trial, start, first, last) -> None:
    rows = [filed("甲", f"{first}-01"), filed("乙", f"{last}-30"), filed("丙", "2014-01-01")]
    result = trial(rows, "2016", year_start_month=start, filing=[{"kind": "per_item", "points": "1"}])
    assert points(result) == 2


# D12: groups and targets


def test_d12_groups_of_the_scheme_go_before_those_of_the_ledger(trial) -> None:
    sheets = {
        "单位": (
            ("单位", "组", "代码"),
            [("甲镇", "乡镇", "01"), ("乙镇", "乡镇", "02"), ("丙局", "部门", "03")],
        )
    }
    groups = [{"name": "甲组", "units": ["01", "丙局"]}, {"name": "乙组", "units": ["乙镇"]}]
    result = trial([used("甲", "市报", "市")], sheets=sheets, groups=groups)
    assert {row["unit"]: (row["group"], row["rank"]) for row in result["units"]} == {
        "甲镇": ("甲组", 1),
        "丙局": ("甲组", 2),
        "乙镇": ("乙组", 1),
    }


def test_d12_a_units_target_goes_before_its_groups(trial) -> None:
    targets = [
        {"metric": "filed", "window": "month", "value": "4"},
        {"metric": "filed", "window": "month", "value": "8", "group": "乡镇"},
        {"metric": "filed", "window": "month", "value": "2", "unit": "甲镇"},
    ]
    sheets = {"单位": (("单位", "组"), [("甲镇", "乡镇"), ("乙镇", "乡镇"), ("丙局", "部门")])}
    result = trial(several(2), sheets=sheets, targets=targets)
    found = {
        row["unit"]: [(one["value"], one["completion"]) for one in row["targets"]] for row in result["units"]
    }
    assert found == {"甲镇": [(2, 1)], "乙镇": [(8, 0)], "丙局": [(4, 0)]}


# D13: ranking


@pytest.mark.parametrize(
    ("ties", "expected"),
    [
        ({"rule": "competition"}, [1, 2, 2, 4]),
        ({"rule": "dense"}, [1, 2, 2, 3]),
        ({"rule": "competition", "then": ["city"]}, [1, 2, 3, 4]),
    ],
)
def test_d13_equal_points_share_a_rank_or_are_told_apart(trial, ties, expected) -> None:
    rows = [
        used("甲", "省报", "省", unit="甲镇"),
        used("乙", "市报", "市", unit="乙镇"),
        used("丙", "县报", "县", unit="丙镇"),
        used("丁", "县报", "县", unit="丙镇"),
        used("戊", "县报", "县", unit="丁镇"),
    ]
    result = trial(rows, ties=ties)
    assert [row["rank"] for row in result["units"]] == expected


def test_d13_units_may_be_ranked_by_another_figure(trial) -> None:
    rows = [
        used("甲", "省报", "省"),
        used("乙", "县报", "县", unit="乙镇"),
        used("丙", "县报", "县", unit="乙镇"),
    ]
    result = trial(rows, rank_by="adopted")
    assert [row["unit"] for row in result["units"]] == ["乙镇", "甲镇"]


# D14: judgement


def test_d14_what_a_person_decides_is_an_adjustment_with_its_reason(trial) -> None:
    sheets = {
        "调整": (("单位", "日期", "加减分", "理由"), [("甲镇", "2016-09-20", 2.5, "重大专题，酌情加分")])
    }
    result = trial([filed("甲")], sheets=sheets, limits=[{"of": "total", "window": "month", "max": "0"}])
    (line,) = unit(result)["lines"]
    assert (line["kind"], line["points"], line["reason"]) == ("adjustment", 2.5, "重大专题，酌情加分")


# D15: admissibility


def test_d15_an_outlet_that_is_not_listed_earns_nothing_and_is_still_counted(trial) -> None:
    result = trial([used("甲", "某网", "市")], adoption={"rules": [{"outlet": "市报", "points": "10"}]})
    assert (points(result), unit(result)["adopted"]["city"]) == (0, 1)
    assert len(unit(result)["lines"]) == 1


# D16: consequences


def test_d16_three_poor_months_in_a_row_are_told(trial) -> None:
    rule = [{"metric": "points", "window": "month", "below": "10", "times": 3, "text": "通报批评"}]
    rows = [used(f"第{month}篇", "县报", "县", f"2016-{month:02d}-10") for month in (7, 8, 9)]
    rows.append(used("六月", "市报", "市", "2016-06-10"))
    told = {
        month: trial(rows, f"2016-{month}", consequences=rule)["units"][0]["flags"] for month in ("08", "09")
    }
    assert told["08"] == []
    assert [flag["text"] for flag in told["09"]] == ["通报批评"]


def test_d16_without_a_number_the_units_own_target_is_the_line(trial) -> None:
    rule = [{"metric": "points", "window": "month", "times": 2, "text": "通报批评"}]
    rows = [used(f"第{month}篇", "市报", "市", f"2016-{month:02d}-10") for month in (8, 9)]
    rows += [used(f"乙{month}篇", "市报", "市", f"2016-{month:02d}-10", unit="乙镇") for month in (8, 9)]
    sheets = {
        "单位": (("单位", "目标", "目标周期"), [("甲镇", 11, "月"), ("乙镇", 10, "月"), ("丙镇", "", "")])
    }
    result = trial(rows, sheets=sheets, consequences=rule)
    found = {row["unit"]: [(flag["text"], flag["below"]) for flag in row["flags"]] for row in result["units"]}
    assert found == {"甲镇": [("通报批评", 11)], "乙镇": [], "丙镇": []}


# Rounding


def test_points_are_rounded_half_up_with_the_schemes_places(trial) -> None:
    adoption = {"rules": [{"level": "city", "points": "1.25"}], "modifiers": []}
    for places, worth in [(2, 1.25), (1, 1.3), (0, 1)]:
        result = trial([used("甲", "市报", "市")], adoption=adoption, rounding={"places": places})
        assert points(result) == worth


def test_split_points_never_grow_and_never_vanish(trial) -> None:
    result = trial([used("甲", "市报", "市", unit="甲镇、乙镇、丙镇")])
    assert [row["points"] for row in result["units"]] == [3.34, 3.33, 3.33]
