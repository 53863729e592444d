"""Rule R94 of docs/scoring.md: a ledger on trial tells former names in its own sheets."""

from __future__ import annotations

from pathlib import Path

from tests.stats.trials.ledger_books import filed, ledger, points, scheme_file, tried, used

UNITS = ["单位", "曾用名", "组"]
MEDIA = ["媒体", "级别", "曾用名"]


def test_r94_rows_and_scheme_may_use_former_names(tmp_path: Path) -> None:
    scheme = scheme_file(
        tmp_path / "办法.json",
        adoption={"rules": [{"level": "city", "points": "4"}, {"outlet": "老日报", "points": "9"}]},
        groups=[{"name": "甲组", "units": ["老甲镇"]}],
    )
    rows = [used("一", "新日报", "市级"), used("二", "老日报", "", unit="老甲镇"), filed("三", unit="乙镇")]
    sheets = {
        "单位": (UNITS, [["甲镇", "老甲镇、甲乡", ""], ["乙镇", "", ""]]),
        "媒体": (MEDIA, [["新日报", "市级", "老日报"]]),
    }
    result = tried(scheme, ledger(tmp_path / "台账.xlsx", rows, sheets))
    assert result["unused"] == []
    assert points(result) == 18
    assert {unit["unit"]: unit["group"] for unit in result["units"]} == {"甲镇": "甲组", "乙镇": "全部单位"}


def test_r94_a_former_name_of_two_is_asked_with_its_place(tmp_path: Path) -> None:
    scheme = scheme_file(tmp_path / "办法.json")
    sheets = {
        "单位": (UNITS, [["甲镇", "老镇", ""], ["乙镇", "老镇", ""], ["丙镇", "甲镇", ""]]),
        "媒体": (MEDIA, [["日报", "市级", "老报"], ["晚报", "市级", "老报、日报"]]),
    }
    result = tried(scheme, ledger(tmp_path / "台账.xlsx", [filed("一")], sheets))
    told = {(row["sheet"], row["row"]) for row in result["unused"]}
    assert told == {("单位", 3), ("单位", 4), ("媒体", 3)}
