"""Bulletins that offices published come out of the whole path cell by cell.

A ledger is written from the table, imported by the command, counted by the real worker, and the
bulletin's workbook is read back.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from accounts.enums import UnitKind
from adoptions.enums import OutletLevel
from launcher.processes import Child
from tests.golden.ledgers import (
    Entry,
    bulletin,
    import_ledger,
    load_scheme,
    set_up_office,
    wait_until_counted,
)
from tests.scoring.builders import case

COUNTY, CITY = (f"采用/{level.label}" for level in (OutletLevel.COUNTY, OutletLevel.CITY))

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _files(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


def test_t01_streets_of_huolinguole_two_months_at_five_points_an_item(
    celery_worker_process: Child, tmp_path: Path
) -> None:
    table = case("t01")
    outlets = ("普发", "微信公众号", "参阅", "约稿", "上报")
    units = [row["单位"] for row in table]
    office = set_up_office(units, UnitKind.COUNTY, dict.fromkeys(outlets, "county"))
    load_scheme(office, tmp_path, {"county": 5})
    entries: list[Entry] = []
    for row in table:
        adopted = {name: int(row[f"市本级采用_{name}"]) for name in outlets}
        entries += [Entry(row["单位"], number, date(2018, 1, 31), name) for name, number in adopted.items()]
        entries.append(Entry(row["单位"], int(row["报送条数"]) - sum(adopted.values()), date(2018, 2, 28)))
    rows_in_ledger = import_ledger(office, tmp_path, entries)
    wait_until_counted(office)

    printed = bulletin(office, tmp_path, "2018-01..2018-02")

    assert rows_in_ledger == sum(int(row["报送条数"]) for row in table)
    for row in table:
        cells = printed[row["单位"]]
        assert cells["报送"] == int(row["报送条数"])
        assert cells[COUNTY] == sum(int(row[f"市本级采用_{name}"]) for name in outlets)
        assert cells["得分"] == int(row["得分"])
        assert cells["本年累计/得分"] == int(row["累计得分"])
    assert printed["合计"]["报送"] == sum(int(row["报送条数"]) for row in table)
    assert printed["合计"]["得分"] == sum(int(row["得分"]) for row in table)
    by_points = sorted((int(row["得分"]) for row in table), reverse=True)
    for row in table:
        assert printed[row["单位"]]["名次"] == 1 + by_points.index(int(row["得分"]))


def test_t02_departments_of_zhalantun_are_ranked_by_points_not_by_items(
    celery_worker_process: Child, tmp_path: Path
) -> None:
    table = case("t02")
    outlets = {"扎兰屯市政府网": "county", "呼伦贝尔市政府网": "city"}
    office = set_up_office([row["单位"] for row in reversed(table)], UnitKind.DEPARTMENT, outlets)
    load_scheme(office, tmp_path, {"county": 5, "city": 10})
    entries = [
        Entry(row["单位"], int(row[f"{name}采用条数"]), date(2023, 3, 31), name)
        for row in table
        for name in outlets
    ]
    import_ledger(office, tmp_path, entries)
    wait_until_counted(office)

    printed = bulletin(office, tmp_path, "2023Q1")

    assert [name for name in printed if name != "合计"] == [row["单位"] for row in table]
    for row in table:
        cells = printed[row["单位"]]
        assert cells["名次"] == int(row["排名"])
        assert cells[COUNTY] == int(row["扎兰屯市政府网采用条数"])
        assert cells[CITY] == int(row["呼伦贝尔市政府网采用条数"])
        assert cells["得分"] == int(row["1-3月得分"])
    assert printed["合计"]["得分"] == sum(int(row["1-3月得分"]) for row in table)


def test_t09_hefei_counts_from_august_and_shares_ranks_among_equals(
    celery_worker_process: Child, tmp_path: Path
) -> None:
    table = case("t09")
    numbers = {row["单位"]: int(row["用稿篇数"]) for row in table}
    office = set_up_office(numbers, UnitKind.COUNTY, {"示例网站": "city"})
    load_scheme(office, tmp_path, {"city": 1}, year_start_month=8)
    entries = []
    for name, number in numbers.items():
        entries.append(Entry(name, 1, date(2015, 7, 31), "示例网站"))  # the year before: must not count
        entries.append(Entry(name, 1, date(2015, 8, 1), "示例网站"))
        entries.append(Entry(name, number - 2, date(2015, 12, 31), "示例网站"))
        entries.append(Entry(name, 1, date(2016, 6, 30), "示例网站"))
    import_ledger(office, tmp_path, entries)
    wait_until_counted(office)

    printed = bulletin(office, tmp_path, "2015-08..2016-06")
    june = bulletin(office, tmp_path, "2016-06")

    by_number = sorted(numbers.values(), reverse=True)
    for name, number in numbers.items():
        assert printed[name]["采用/合计"] == printed[name]["得分"] == number
        assert printed[name]["本年累计/采用"] == june[name]["本年累计/采用"] == number
        assert printed[name]["名次"] == 1 + by_number.index(number)
        assert june[name]["采用/合计"] == 1
    assert printed["合计"]["采用/合计"] == sum(numbers.values())
    assert [printed[name]["名次"] for name in numbers if numbers[name] == 122] == [7, 7, 7]
    assert [printed[name]["名次"] for name in numbers if numbers[name] == 20] == [13, 13]
