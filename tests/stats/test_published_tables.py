"""Tables that offices published come out of the count as they were printed."""

from dataclasses import replace
from datetime import date

from scoring.figures.facts import AdoptionFact, FilingFact, UnitFact
from scoring.periods.period import Period
from tests.scoring.builders import always, case, figures, several


def test_r22_r25_t01_five_points_for_every_item_adopted_by_the_city():
    """The published table of 霍林郭勒市: every printed score, of the period and the running total."""
    table = case("t01")
    outlets = ("普发", "微信公众号", "参阅", "约稿", "上报")
    units = [UnitFact(place, row["单位"], row["单位"], "street", place) for place, row in enumerate(table)]
    adoptions: list[AdoptionFact] = []
    filings: list[FilingFact] = []
    for unit, row in zip(units, table, strict=True):
        for outlet in outlets:
            adoptions += several(
                adoptions,
                int(row[f"市本级采用_{outlet}"]),
                unit,
                outlet=outlet,
                level="county",
                day=date(2018, 1, 31),
            )
        filed = int(row["报送条数"])
        filings += [FilingFact(len(filings) + item, unit.id, date(2018, 2, 28)) for item in range(filed)]
    period = Period.parse("2018-01..2018-02")
    for span, filed_column, points_column in [
        (period, "报送条数", "得分"),
        (period.to_date(year_start_month=1), "累计条数", "累计得分"),
    ]:
        rows = figures(
            *adoptions, period=span, filings=filings, units=units, timetable=always(several_outlets="sum")
        )
        assert [rows[unit.id].points for unit in units] == [int(row[points_column]) for row in table]
        assert [rows[unit.id].filed for unit in units] == [int(row[filed_column]) for row in table]


def test_r22_r25_t02_local_site_five_points_and_the_city_above_ten():
    """The published table of 扎兰屯市: counts by level and points."""
    table = case("t02")
    columns = {"county": "扎兰屯市政府网采用条数", "city": "呼伦贝尔市政府网采用条数"}
    units = [
        UnitFact(place, row["单位"], row["单位"], "department", place) for place, row in enumerate(table)
    ]
    adoptions: list[AdoptionFact] = []
    for unit, row in zip(units, table, strict=True):
        for level, column in columns.items():
            adoptions += several(
                adoptions, int(row[column]), unit, outlet=column, level=level, day=date(2023, 3, 31)
            )
    rows = figures(*adoptions, period=Period.parse("2023Q1"), units=units)
    for unit, row in zip(units, table, strict=True):
        assert {level: rows[unit.id].adopted[level] for level in columns} == {
            level: int(row[column]) for level, column in columns.items()
        }
        assert rows[unit.id].points == int(row["1-3月得分"])


def test_r22_r08_t09_an_assessment_year_that_begins_in_august():
    """The published table of 合肥: adoptions from August 2015 to June 2016."""
    table = case("t09")
    units = [UnitFact(place, row["单位"], row["单位"], "committee", place) for place, row in enumerate(table)]
    adoptions: list[AdoptionFact] = []
    for unit, row in zip(units, table, strict=True):
        counted = several(
            adoptions, int(row["用稿篇数"]), unit, outlet="网站", level="city", day=date(2016, 6, 30)
        )
        counted[0] = replace(counted[0], date=date(2015, 8, 1))
        outside = [replace(counted[0], id=-unit.id - 1, item_id=-unit.id - 1, date=date(2015, 7, 31))]
        adoptions += counted + outside
    running = Period.parse("2016-06").to_date(year_start_month=8)
    rows = figures(*adoptions, period=running, units=units)
    assert running.label == "2015年8月—2016年6月"
    assert [rows[unit.id].adopted_total for unit in units] == [int(row["用稿篇数"]) for row in table]
