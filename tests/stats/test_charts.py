"""Charts of a period or a bulletin: what they draw, what stays blank, and that a table says the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.template.loader import render_to_string

from stats.charts import UnitMonth, ZeroCell, page_charts
from stats.templatetags.stats import by_category
from tests.bulletins.sample import sample_document

JANUARY, FEBRUARY, MARCH = (date(2026, month, 1) for month in (1, 2, 3))


def nowhere(row, key):
    return ""


def charts(history=(), **options):
    return page_charts(sample_document().groups, history, nowhere, **options)


def drawn(found, beginning):
    return [chart for chart in found.drawn if chart.id.startswith(beginning)]


def test_the_ranking_bars_are_the_points_of_the_table_best_first() -> None:
    group = sample_document().groups[0]
    (first, *_others) = drawn(charts(), "ranking")
    assert first.chart["categories"] == [row.name for row in group.rows]
    assert [point["value"] for point in first.chart["series"][0]["data"]] == [
        row.points for row in group.rows
    ]


def test_the_levels_of_a_unit_add_up_to_its_adoptions() -> None:
    group = sample_document().groups[0]
    (first, *_others) = drawn(charts(), "levels")
    adopted = {row.name: row.adopted for row in group.rows if row.adopted}
    summed = {name: sum(point["value"] for point in points) for name, points in by_category(first.chart)}
    assert summed == adopted
    assert first.chart["stacked"]


def test_every_number_leads_to_the_list_behind_it() -> None:
    found = page_charts(sample_document().groups, [], lambda row, key: f"/{row.unit_id}/{key}")
    (first, *_others) = drawn(found, "ranking")
    assert first.chart["series"][0]["data"][0]["url"].endswith("/points")


def test_a_group_without_points_has_no_bars() -> None:
    groups = [
        replace(
            group,
            rows=tuple(replace(row, points=Decimal(0)) for row in group.rows),
            total=replace(group.total, points=Decimal(0)),
        )
        for group in sample_document().groups
    ]
    assert not drawn(page_charts(groups, [], nowhere), "ranking")


def test_months_are_the_sums_of_the_units() -> None:
    history = [UnitMonth(1, JANUARY, 2, 1), UnitMonth(2, JANUARY, 3, 0), UnitMonth(1, FEBRUARY, 0, 4)]
    (months,) = drawn(charts(history), "months")
    assert months.chart["categories"] == ["2026-01", "2026-02"]
    assert [series["data"] for series in months.chart["series"]] == [[5, 0], [1, 4]]
    assert not drawn(charts(history, with_months=False), "months")


def test_the_zero_map_tells_zero_filing_from_zero_adoption() -> None:
    history = [
        *(UnitMonth(1, month, filed, adopted) for month, filed, adopted in
          [(JANUARY, 0, 0), (FEBRUARY, 2, 0), (MARCH, 2, 3)]),
        *(UnitMonth(2, month, 1, 1) for month in (JANUARY, FEBRUARY, MARCH)),
    ]  # fmt: skip
    (counties, *_others) = charts(history).zero_maps
    cells = {row.name: row.cells for row in counties.rows}
    assert [cell.state for cell in cells["科尔沁左翼中旗"]] == ["none", "filed", "adopted"]
    assert [cell.text for cell in cells["科尔沁左翼中旗"]] == ["×", "○", "3"]


def test_a_month_in_which_nobody_did_anything_says_nothing_of_anybody() -> None:
    history = [UnitMonth(1, JANUARY, 0, 0), UnitMonth(2, JANUARY, 0, 0), UnitMonth(1, FEBRUARY, 1, 0)]
    (counties, *_others) = charts(history).zero_maps
    (row,) = (row for row in counties.rows if row.name == "科尔沁左翼中旗")
    assert [cell.state for cell in row.cells] == ["unknown", "filed"]
    assert isinstance(row.cells[0], ZeroCell)
    assert charts([UnitMonth(1, JANUARY, 0, 0)]).zero_maps == []


def test_the_office_itself_is_not_drawn() -> None:
    office = replace(sample_document().groups[0], kind="office")
    assert page_charts([office], [], nowhere).drawn == []


@pytest.mark.django_db
def test_each_chart_has_its_table_for_those_who_do_not_see_it() -> None:
    found = charts([UnitMonth(1, month, 1, 1) for month in (JANUARY, FEBRUARY)])
    page = render_to_string("stats/_charts.html", {"charts": found})
    assert page.count("data-chart=") == len(found.drawn) == page.count('class="chart-table"')
    group = sample_document().groups[0]
    for row in group.rows:
        assert f'<th scope="row">{row.name}</th>' in page
    assert "style=" not in page
