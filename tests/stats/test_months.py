"""Months and the windows wider than they are: a late fact moves every month that shares a window with it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from adoptions.entries.services import revoke_entry
from publicity import tasks
from scoring.periods.month import Month
from scoring.periods.period import Period
from scoring.schemes.reading import shipped
from scoring.services.versions import add_scheme, create_default_scheme
from stats import tallies
from stats.facts.loading import Facts, load_facts
from stats.models import Tally, TallyRow
from stats.services.adjustments import approve_adjustment
from stats.services.months import close_month, count_month, settle
from submissions.models import StaleMonth
from tests.conftest import LONG_AGO, shanghai
from tests.stats.test_adjustments import proposed
from tests.stats.world import AFTER, adopted

QUARTER = Period.parse("2026Q1")


@pytest.fixture(autouse=True)
def _april(db: None) -> Iterator[None]:
    with time_machine.travel(AFTER, tick=False):
        yield


def scheme(office: Any, **rules: Any) -> None:
    """City papers 10 points, every adoption counted; further rules by keyword."""
    data = {
        "name": "试验办法",
        "adoption": {"rules": [{"level": "city", "points": "10"}, {"level": "central", "points": "50"}]},
    }
    add_scheme(office=office, rules=data | rules, effective_from=LONG_AGO, now=AFTER)


def points(unit: Any, month: str) -> Decimal:
    return TallyRow.objects.get(unit=unit, tally__month=Month.parse(month).start).points


def loaded(office: Any, period: Period) -> Facts:
    return load_facts(office, period, as_of=AFTER.date())


def test_r71_a_late_fact_in_january_corrects_marchs_cap(cast, city, outlets) -> None:
    scheme(city.office, limits=[{"of": "total", "window": "quarter", "max": "60"}])
    adopted(cast, outlets["central"], "2026-03-10", title="三月的稿件")
    tasks.reconcile()
    assert points(city.county, "2026-03") == 50
    adopted(cast, outlets["city"], "2026-01-10", title="一月的稿件，四月才补登")
    adopted(cast, outlets["city"], "2026-01-11", title="又一件")
    tasks.reconcile()
    assert points(city.county, "2026-01") == 20
    assert points(city.county, "2026-03") == 40
    assert not StaleMonth.objects.exists()


def test_months_after_the_window_are_left_alone(cast, city, outlets) -> None:
    scheme(city.office, limits=[{"of": "total", "window": "quarter", "max": "60"}])
    adopted(cast, outlets["city"], "2025-11-10", title="去年第四季度")
    tasks.reconcile()
    before = dict(Tally.objects.values_list("month", "counted_at"))
    adopted(cast, outlets["city"], "2025-11-11", title="补登")
    with time_machine.travel(shanghai("2026-04-02", "12:00"), tick=False):
        tasks.reconcile()
    moved = {day for day, at in Tally.objects.values_list("month", "counted_at") if before[day] != at}
    assert moved == {date(2025, 11, 1), date(2025, 12, 1)}


def test_a_month_that_did_not_move_passes_nothing_on(cast, city, outlets) -> None:
    scheme(city.office, limits=[{"of": "total", "window": "year", "max": "60"}])
    adopted(cast, outlets["city"], "2026-01-10")
    tasks.reconcile()
    count_month(office=city.office, month=Month.parse("2026-01"), now=AFTER)
    assert not StaleMonth.objects.exists()


def test_without_windows_only_the_month_itself_is_counted(cast, city, outlets) -> None:
    scheme(city.office)
    adopted(cast, outlets["city"], "2026-01-10")
    count_month(office=city.office, month=Month.parse("2026-01"), now=AFTER)
    assert not StaleMonth.objects.exists()


def test_a_point_that_an_item_of_last_year_gives_back_moves_this_years_cap(cast, city, outlets) -> None:
    """The facts of March stay the same, its lines do not: what the item still earns was decided before."""
    scheme(
        city.office,
        year_start_month=1,
        several_outlets={"policy": "highest"},
        limits=[{"of": "total", "window": "year", "max": "60"}],
    )
    first = adopted(cast, outlets["city"], "2025-11-10", title="跨年度的稿件")
    adopted(cast, outlets["central"], "2026-01-10", item=first.item)
    adopted(cast, outlets["central"], "2026-03-10", title="另一件")
    tasks.reconcile()
    assert (points(city.county, "2026-01"), points(city.county, "2026-03")) == (40, 20)
    revoke_entry(entry=first, reason="登记错误", revision=first.revision, by=cast.admin, now=AFTER)
    tasks.reconcile()
    assert (points(city.county, "2026-01"), points(city.county, "2026-03")) == (50, 10)


def test_what_a_window_brings_to_light_appears_when_its_last_month_is_closed(cast, city, outlets) -> None:
    scheme(
        city.office,
        base={"points": "6", "window": "quarter"},
        penalties=[
            {"event": "shortfall", "metric": "adopted", "target": "2", "window": "quarter", "factor": "2"}
        ],
    )
    adopted(cast, outlets["city"], "2026-03-10")
    count_month(office=city.office, month=Month.parse("2026-03"), now=shanghai("2026-03-31", "23:00"))
    assert points(city.county, "2026-03") == 10
    close_month(office=city.office, month=Month.parse("2026-03"), now=shanghai("2026-04-01", "00:05"))
    assert points(city.county, "2026-03") == 8
    assert points(city.other_county, "2026-03") == -4


def test_base_points_stand_in_a_month_before_any_fact_does(cast, city, outlets) -> None:
    scheme(city.office, base={"points": "6", "window": "quarter"})
    adopted(cast, outlets["city"], "2026-03-10")
    tasks.reconcile()
    assert points(city.other_county, "2026-04") == 6


def test_r61_no_page_counts_base_points_of_days_to_come(cast, city, as_user, outlets) -> None:
    """On 2 April the base of May and June has not come, on the table as on the unit's own page."""
    scheme(city.office, base={"points": "6", "window": "month"})
    adopted(cast, outlets["city"], "2026-01-10", city.other_county)
    tasks.reconcile()
    client = as_user(cast.admin)
    for period, expected in (("2026Q2", 6), ("2026H1", 24), ("2026-04-01..2026-05-20", 6)):
        table = client.get(reverse("stats:period", args=[period]), follow=True).context["page"]
        (row,) = [row for group in table.groups for row in group.rows if row.unit_id == city.county.pk]
        unit = client.get(reverse("stats:unit", args=[city.county.pk]), {"period": period}).context
        assert (row.points, unit["points"]) == (expected, expected)


def test_r61_the_running_month_is_counted_again_when_a_week_begins(cast, city, outlets) -> None:
    scheme(city.office, base={"points": "1", "window": "week"})
    adopted(cast, outlets["city"], "2026-03-10")
    for day, expected in (("2026-04-02", 0), ("2026-04-05", 0), ("2026-04-06", 1), ("2026-04-14", 2)):
        with time_machine.travel(shanghai(day), tick=False):
            tasks.reconcile()
        assert points(city.other_county, "2026-04") == expected, day


def test_figures_of_a_period_wait_for_the_months_that_may_move_it(cast, city, outlets) -> None:
    scheme(city.office, limits=[{"of": "total", "window": "quarter", "max": "60"}])
    adopted(cast, outlets["central"], "2026-03-10")
    tasks.reconcile()
    adopted(cast, outlets["city"], "2026-01-10", title="一月")
    adopted(cast, outlets["city"], "2026-01-11", title="又一件")
    counted = settle(office=city.office, period=Period.parse("2026-03"), now=AFTER)
    assert [str(month) for month in counted] == ["2026-01", "2026-02", "2026-03"]
    assert points(city.county, "2026-03") == 40


def test_an_approved_adjustment_counts_in_its_month_and_others_do_not(cast, city, outlets) -> None:
    scheme(city.office)
    adopted(cast, outlets["city"], "2026-03-10")
    adjustment = proposed(cast, city.county)
    tasks.reconcile()
    assert points(city.county, "2026-03") == 10
    approve_adjustment(adjustment=adjustment, by=cast.principal_leader, now=AFTER)
    tasks.reconcile()
    assert points(city.county, "2026-03") == 15


def test_a_scheme_that_begins_inside_a_window_leaves_no_month_behind(cast, city, outlets) -> None:
    missing = {"event": "shortfall", "metric": "adopted", "target": "2", "window": "quarter", "factor": "1"}
    scheme(city.office, penalties=[missing])
    adopted(cast, outlets["city"], "2026-02-10")
    tasks.reconcile()
    rules = {"name": "新办法", "adoption": {"rules": [{"level": "city", "points": "12"}]}}
    add_scheme(office=city.office, rules=rules, effective_from=date(2026, 3, 1), now=AFTER)
    tasks.reconcile()
    year = Period.parse("2026-01..2026-03")
    stored = {row.unit.id: row.points for row in tallies.load(city.office, year).counts(year)}
    assert stored == {row.unit.id: row.points for row in loaded(city.office, year).counts(year)}


CAPPED: dict[str, Any] = {
    "base": {"points": "6", "window": "quarter"},
    "limits": [
        {"of": "adoption", "window": "month", "max": "40"},
        {"of": "total", "window": "quarter", "max": "70", "min": "0"},
        {"of": "total", "window": "year", "max": "150"},
    ],
    "penalties": [
        {"event": "low_rate", "below": "0.3", "window": "quarter", "points": "1"},
        {"event": "shortfall", "metric": "filed", "target": "1", "window": "month", "factor": "3"},
    ],
    "filing": [{"kind": "per_items", "items": 2, "points": "1", "window": "year"}],
}


@pytest.mark.parametrize("rules", ["demo", "capped"])
def test_the_months_of_a_year_add_up_to_what_is_counted_at_once(rules, cast, city, outlets) -> None:
    """With items that cross the months, by a scheme without windows and by one full of them."""
    if rules == "demo":
        create_default_scheme(office=city.office, effective_from=LONG_AGO, now=AFTER)
    else:
        scheme(city.office, **CAPPED)
    days = ["2025-01-05", "2025-01-06", "2025-02-10", "2025-03-31", "2025-07-01", "2025-12-31"]
    for place, day in enumerate(days):
        first = adopted(cast, outlets["city"], day, title=f"第{place}件")
        adopted(cast, outlets["central"], day, item=first.item)
        if place % 2:
            adopted(cast, outlets["province"], "2025-10-10", city.county, city.other_county, item=first.item)
    tasks.reconcile()
    year = Period.parse("2025")
    stored = {row.unit.id: row for row in tallies.load(city.office, year).counts(year)}
    for row in loaded(city.office, year).counts(year):
        known = stored[row.unit.id]
        assert (known.filed, known.adopted, known.items_adopted) == (
            row.filed, row.adopted, row.items_adopted,
        )  # fmt: skip
        assert known.points == row.points, row.unit.name
        assert sum(line.points for line in row.lines) == row.points


def test_a_shipped_scheme_is_counted_month_by_month_as_at_once(cast, city, outlets) -> None:
    """S12: base points, floor, low rate, quarterly."""
    add_scheme(office=city.office, rules=shipped("s12"), effective_from=LONG_AGO, now=AFTER)
    for place in range(4):
        adopted(cast, outlets["city"], f"2025-0{place + 1}-10", title=f"第{place}件")
    tasks.reconcile()
    year = Period.parse("2025")
    stored = {row.unit.id: row.points for row in tallies.load(city.office, year).counts(year)}
    assert stored == {row.unit.id: row.points for row in loaded(city.office, year).counts(year)}
