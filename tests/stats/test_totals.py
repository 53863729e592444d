"""Rules R89 and R90 on stored months and on the pages: distinct totals, and units that closed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from accounts.enums import UnitKind
from accounts.services.units import change_unit, open_unit
from scoring.periods.month import Month
from scoring.periods.period import Period
from scoring.services.versions import create_default_scheme
from scoring.timetables import timetable_of
from stats import tallies
from stats.authors import AuthorRow, AuthorTotal
from stats.comparing import ComparedGroup, compare
from stats.facts.authors import Person
from stats.facts.loading import load_facts
from stats.links import period_page
from stats.models import TallyRow
from stats.reports import FigureGroup, Terms, tables, whole
from stats.services.months import count_month
from tests.conftest import LONG_AGO, filed, shanghai
from tests.stats.world import AFTER, adopted, opened

MONTHS = ("2025-12", "2026-01", "2026-02", "2026-03")
FEBRUARY, MARCH, QUARTER = map(Period.parse, ("2026-02", "2026-03", "2026Q1"))
COUNTS = ("filed", "issued", "central", "province", "city", "county", "adopted", "items_adopted")


@pytest.fixture
def facts(cast, city, outlets) -> None:
    """A county and another write together, and with a team; one item is taken over a month later."""
    create_default_scheme(office=city.office, effective_from=LONG_AGO, now=AFTER)
    adopted(cast, outlets["city"], "2025-12-11", city.other_county)
    both = adopted(cast, outlets["city"], "2026-01-11", city.county, city.other_county)
    adopted(cast, outlets["province"], "2026-02-11", city.county, city.other_county, item=both.item)
    adopted(cast, outlets["central"], "2026-02-12", city.county, city.other_county, city.team)
    taken = adopted(cast, outlets["county"], "2026-02-13", city.other_county)
    adopted(cast, outlets["city"], "2026-03-13", city.county, item=taken.item)
    filed(cast.other_author, shanghai("2026-02-01"), title="只报送")


def recount(city) -> None:
    for month in MONTHS:
        count_month(office=city.office, month=Month.parse(month), now=AFTER)


def stored(city, period: Period) -> tuple[dict[str, FigureGroup], FigureGroup]:
    """The tables of stored months by group, and what all come to."""
    terms = Terms.of(timetable_of(city.office), period)
    found = tallies.load(city.office, terms.span(period))
    groups = tables(found, period, terms)
    return {group.kind: group for group in groups}, whole(found, period, terms, groups)


def compared(city, period: Period) -> ComparedGroup:
    """The counties beside the period before."""
    terms = Terms.of(timetable_of(city.office), period)
    found = tallies.load(city.office, Period(Month.parse(MONTHS[0]), period.last))
    groups = tables(found, period, terms)
    now, before = found.counts(period), found.counts(period.previous())
    return next(group for group in compare(groups, now, before, (), terms) if group.kind == "county")


@pytest.mark.usefixtures("facts")
@pytest.mark.parametrize("period", [FEBRUARY, MARCH, QUARTER], ids=str)
def test_r89_totals_of_stored_months_are_those_of_the_facts(city, period) -> None:
    recount(city)
    groups, in_all = stored(city, period)
    terms = Terms.of(timetable_of(city.office), period)
    found = load_facts(city.office, terms.span(period), as_of=AFTER.date())
    anew = tables(found, period, terms)
    assert {group.kind: group.total for group in anew} == {
        kind: group.total for kind, group in groups.items()
    }
    assert in_all == whole(found, period, terms, anew)
    totals = found.totals(period)
    assert (in_all.total.filed, in_all.total.issued, in_all.total.adopted) == (
        totals.filed,
        totals.issued,
        totals.adopted,
    )


@pytest.mark.usefixtures("facts")
def test_r89_the_counties_have_three_items_and_the_team_one_of_them(city) -> None:
    recount(city)
    groups, in_all = stored(city, QUARTER)
    county, team = groups["county"], groups["team"]
    assert (county.total.items_adopted, county.total.adopted) == (3, 5)
    assert (county.excess("items_adopted"), county.excess("adopted")) == (3, 3)
    assert (team.total.items_adopted, team.total.adopted) == (1, 1)
    assert (in_all.total.items_adopted, in_all.total.adopted) == (3, 5)


@pytest.mark.usefixtures("facts")
def test_r89_a_month_counted_again_forgets_what_is_shared_no_longer(city) -> None:
    recount(city)
    recount(city)
    assert stored(city, QUARTER)[0]["county"].excess("adopted") == 3
    assert TallyRow.objects.exclude(overlaps=[]).count() == 4


@pytest.mark.usefixtures("facts")
def test_r90_a_county_closed_before_the_month_is_in_its_totals_to_date(city, cast) -> None:
    change_unit(unit=city.other_county, by=cast.admin, now=AFTER, active_to=date(2026, 2, 28))
    recount(city)
    group = stored(city, MARCH)[0]["county"]
    assert [row.unit_id for row in group.rows] == [city.county.pk]
    assert [row.unit_id for row in group.gone] == [city.other_county.pk]
    (row,), (gone,) = group.rows, group.gone
    assert group.total.points_to_date == row.points_to_date + gone.points_to_date > row.points_to_date
    assert group.total.items_adopted == 0, "the item of March was the other county's in February"
    assert row.items_adopted == 1


@pytest.mark.usefixtures("facts")
def test_r90_totals_are_compared_with_all_that_the_group_was_then(city, cast) -> None:
    before = compared(city, MARCH)
    change_unit(unit=city.other_county, by=cast.admin, now=AFTER, active_to=date(2026, 2, 28))
    recount(city)
    after = compared(city, MARCH)
    assert (before.gone, after.gone) == ((), (city.other_county.name,))
    assert after.total.adopted_before == 1 - 3
    rows = tallies.load(city.office, FEBRUARY).counts(FEBRUARY)
    earned = sum(row.points for row in rows if row.unit.group == "county")
    assert after.total.points_before == after.total.points - earned


@pytest.mark.usefixtures("facts")
@pytest.mark.parametrize("end", [date(2025, 12, 31), date(2026, 2, 15)])
def test_r90_closed_before_the_year_or_within_the_period(city, cast, end) -> None:
    """Before the year: not in its total to date. Within the period: it has its row."""
    change_unit(unit=city.other_county, by=cast.admin, now=AFTER, active_to=end)
    recount(city)
    group = stored(city, QUARTER)[0]["county"]
    assert city.other_county.pk in {row.unit_id for row in group.rows}, "it has adoptions of the quarter"
    assert group.gone == ()
    assert group.total.adopted_to_date == sum(row.adopted_to_date for row in group.rows) - group.excess(
        "adopted_to_date"
    )


@pytest.mark.usefixtures("facts")
def test_r90_a_county_that_was_opened_has_nothing_to_compare_with_but_the_group_has(city, cast) -> None:
    new = open_unit(
        parent=city.office, kind=UnitKind.COUNTY, code="new", name="新县", active_from=date(2026, 3, 1),
        by=cast.admin, now=AFTER,
    )  # fmt: skip
    recount(city)
    group = compared(city, MARCH)
    (row,) = (row for row in group.rows if row.unit_id == new.pk)
    assert (row.filed, row.filed_before) == (0, None)
    assert group.total.filed_before is not None


@pytest.mark.usefixtures("facts")
def test_the_page_of_figures_and_its_workbook_say_why_totals_are_not_sums(city, cast, as_user) -> None:
    change_unit(unit=city.other_county, by=cast.admin, now=AFTER, active_to=date(2026, 2, 28))
    recount(city)
    client = as_user(cast.admin)
    quarter = client.get(period_page(QUARTER)).content.decode()
    assert "旗县市区的合计：几个单位合写的只计一次" in quarter
    assert "采用件数多3、采用多3" in quarter
    assert "全部单位总计：" in quarter
    assert "各组合计之和比总计采用件数多1、采用多1" in quarter
    march = client.get(period_page(MARCH)).content.decode()
    assert "旗县市区累计的合计包括本期没有单列的单位" in march
    assert f"合计与该组当时的全部单位相比，包括本期没有单列的：{city.other_county.name}。" in march
    book = opened(client.get(reverse("stats:period-export", args=[QUARTER])).content)
    words = "".join(str(cell.value) for row in book.worksheets[0].iter_rows() for cell in row)
    assert "采用件数多3、采用多3" in words
    assert "全部单位总计：" in words


def test_r89_the_total_of_authors_counts_an_item_of_two_of_them_once() -> None:
    """One item of both that two outlets adopted, and one of the first alone."""
    first, second = (Person(name, name, None, 1, "甲县", "/1/") for name in ("张三", "李四"))
    rows = [
        AuthorRow(first, {7: 2, 8: 1}, Decimal(20)),
        AuthorRow(second, {7: 2}, Decimal(10)),
    ]
    assert [(row.items, row.adopted) for row in rows] == [(2, 3), (1, 2)]
    assert AuthorTotal.of(rows) == AuthorTotal(items=2, adopted=3, points=Decimal(30))
