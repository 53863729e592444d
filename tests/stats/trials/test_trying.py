"""A scheme tried on a past period: what would change, computed from the facts and stored nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.enums import UnitKind
from bulletins.models import Bulletin
from scoring.models import SchemeDraft, SchemeVersion
from scoring.periods.period import Period
from scoring.schemes.reading import parse_scheme, shipped
from scoring.services.drafts import start_draft
from scoring.services.versions import create_default_scheme
from stats.models import Tally, TallyRow
from stats.trials.trying import Trial, compare, try_scheme
from submissions.models import StaleMonth
from tests.conftest import LONG_AGO
from tests.stats.world import AFTER, QUARTER, adopted, counted

CITY_ONLY = {"name": "市级办法", "adoption": {"rules": [{"level": "city", "points": "30"}]}}


@pytest.fixture(autouse=True)
def _april(db: None) -> Iterator[None]:
    with time_machine.travel(AFTER, tick=False):
        yield


@pytest.fixture
def quarter(cast, city, outlets):
    """By the demo scheme 青山县 has 20 and 10 points, 白水县 50; the section and the team nothing."""
    create_default_scheme(office=city.office, effective_from=LONG_AGO, now=AFTER)
    adopted(cast, outlets["province"], "2026-01-10", city.county, title="甲稿")
    adopted(cast, outlets["city"], "2026-02-10", city.county, title="乙稿")
    adopted(cast, outlets["central"], "2026-03-10", city.other_county, title="丙稿")


def tried(city, rules: dict[str, Any], period: Period = QUARTER) -> Trial:
    return try_scheme(office=city.office, scheme=parse_scheme(rules), period=period, as_of=date(2026, 4, 2))


def by_name(trial: Trial) -> dict[str, Any]:
    """(rank now, rank then, points now, points then) by the unit's name."""
    return {
        row.unit.name: (row.now.rank, row.then.rank, row.now.points, row.then.points) for row in trial.rows
    }


def test_ranks_and_points_stand_side_by_side(quarter, city) -> None:
    trial = tried(city, CITY_ONLY)
    rows = by_name(trial)
    assert rows["青山县"] == (2, 1, 30, 30)
    assert rows["白水县"] == (1, 2, 50, 0)
    assert rows["第一巡察组"] == (1, 1, 0, 0)
    assert [group.group for group in trial.groups] == [UnitKind.COUNTY, UnitKind.TEAM, UnitKind.SECTION]
    assert [row.unit.name for row in trial.groups[0].rows] == ["青山县", "白水县"]
    assert [row.gained for row in trial.groups[0].rows] == [1, -1]
    assert (trial.total_now, trial.total_then, trial.moved) == (80, 30, 2)
    assert [row.unit.name for row in trial.most_changed] == ["白水县"]


def test_the_scheme_in_force_tried_changes_nothing(quarter, city) -> None:
    trial = tried(city, shipped("demo"))
    assert all(row.now == row.then for row in trial.rows)
    assert (trial.moved, trial.most_changed, trial.reached) == (0, [], [])
    assert not any(change.difference for change in trial.lines(city.county.pk))


def test_units_that_would_be_ranked_among_others_have_no_change_of_rank(quarter, city) -> None:
    mixed = CITY_ONLY | {"groups": [{"name": "甲组", "units": [city.county.code, "第一巡察组"]}]}
    trial = tried(city, mixed)
    assert [group.group for group in trial.groups] == ["甲组", UnitKind.COUNTY, UnitKind.SECTION]
    moved = trial.groups[0].rows[0]
    assert (moved.unit.name, moved.now.group, moved.gained) == ("青山县", UnitKind.COUNTY, None)
    assert trial.moved == 2, "both that would be ranked among others; the county left alone stays first"


def test_ties_and_the_figure_that_ranks_are_those_of_the_tried_scheme(quarter, city) -> None:
    by_adoptions = shipped("demo") | {"rank_by": "adopted"}
    assert by_name(tried(city, by_adoptions))["青山县"][:2] == (2, 1)
    then = CITY_ONLY | {"adoption": {"rules": []}, "ties": {"rule": "dense", "then": ["central"]}}
    rows = by_name(tried(city, then))
    assert (rows["白水县"][1], rows["青山县"][1]) == (1, 2)


def test_consequences_are_told_for_both(quarter, city) -> None:
    warned = CITY_ONLY | {
        "consequences": [{"metric": "points", "window": "quarter", "below": "10", "text": "不达标"}]
    }
    reached = tried(city, warned).reached
    assert {(each.unit.name, each.now, each.then) for each in reached} == {
        (name, False, True) for name in ("白水县", "第一巡察组", "综合科")
    }


def test_lines_of_one_fact_stand_side_by_side_and_the_others_alone(quarter, city) -> None:
    based = CITY_ONLY | {"base": {"points": "6", "window": "quarter"}}
    changes = tried(city, based).lines(city.county.pk)
    told = {
        change.line.item_title or str(change.line.kind): (
            change.now and change.now.points,
            change.then and change.then.points,
        )
        for change in changes
    }
    assert told == {"甲稿": (20, 0), "乙稿": (10, 30), "base": (None, 6)}
    assert sum(change.difference for change in changes) == 6
    assert compare([], []) == []


def test_a_window_that_began_before_the_period_is_looked_at_whole(quarter, city) -> None:
    capped = CITY_ONLY | {
        "adoption": {"rules": [{"points": "10"}]},
        "limits": [{"of": "total", "window": "quarter", "max": "15"}],
    }
    march = Period.parse("2026-02")
    assert by_name(tried(city, capped, march))["青山县"][3] == 5, "ten of the fifteen were earned in January"


def test_a_trial_stores_nothing(quarter, cast, city, as_user) -> None:
    """Rule R84."""
    counted(city.office, "2026-01")
    draft = start_draft(office=city.office, rules=CITY_ONLY, by=cast.admin, now=AFTER)
    tables = (Tally, TallyRow, StaleMonth, Bulletin, SchemeVersion, SchemeDraft)
    before = [list(table.objects.order_by("pk").values()) for table in tables]
    client, address = as_user(cast.principal_leader), reverse("stats:trial", args=[draft.pk])
    with CaptureQueriesContext(connection) as context:
        assert client.get(address).status_code == 200
    assert not [
        query for query in context.captured_queries if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))
    ]
    assert [list(table.objects.order_by("pk").values()) for table in tables] == before


@pytest.fixture
def draft(quarter, cast, city) -> SchemeDraft:
    return start_draft(office=city.office, rules=CITY_ONLY, by=cast.admin, now=AFTER)


def test_the_page_tries_the_last_quarter_that_has_ended(draft, cast, city, as_user) -> None:
    html = as_user(cast.auditor).get(reverse("stats:trial", args=[draft.pk])).content.decode()
    assert "2026年第一季度" in html
    assert "−50" in html
    unit = reverse("stats:trial-unit", args=[draft.pk, city.county.pk])
    assert f"{unit}?period=2026Q1" in html
    lines = as_user(cast.auditor).get(f"{unit}?period=2026Q1").content.decode()
    assert "甲稿" in lines
    assert "+20" in lines


@pytest.mark.parametrize(
    ("period", "status"),
    [
        ("2026-03", 200), ("2025", 200), ("2026-01..2026-02", 200), ("2026-01-05..2026-01-20", 200),
        ("2026Q4", 422), ("2030", 422), ("2026-13", 422), ("last", 422), ("", 422),
    ],
)  # fmt: skip
def test_any_begun_period_can_be_asked_for(draft, cast, as_user, period: str, status: int) -> None:
    response = as_user(cast.admin).get(reverse("stats:trial", args=[draft.pk]), {"period": period})
    assert response.status_code == status


def test_units_of_nobody_and_of_others_have_no_lines(draft, cast, foreign_cast, as_user) -> None:
    for number in (0, 10**9, foreign_cast.author.unit.pk):
        address = reverse("stats:trial-unit", args=[draft.pk, number])
        assert as_user(cast.admin).get(address).status_code == 404
    own = reverse("stats:trial-unit", args=[draft.pk, cast.author.unit.pk])
    assert as_user(foreign_cast.admin).get(own).status_code == 404
    assert as_user(cast.author).get(own).status_code == 404


def test_a_trial_takes_as_many_queries_with_thirty_adoptions(draft, cast, city, outlets, as_user) -> None:
    client = as_user(cast.admin)
    addresses = [
        reverse("stats:trial", args=[draft.pk]),
        reverse("stats:trial-unit", args=[draft.pk, city.county.pk]),
    ]

    def queries(address: str) -> int:
        with CaptureQueriesContext(connection) as context:
            assert client.get(address).status_code == 200
        return len(context)

    for address in addresses:
        queries(address)
    few = [queries(address) for address in addresses]
    for number in range(30):
        adopted(
            cast,
            outlets["city"],
            "2026-03-20",
            city.county,
            title=f"新稿{number}",
            link=f"https://x.cn/{number}",
        )
    assert [queries(address) for address in addresses] == few


def test_facts_that_only_the_tried_scheme_asks_for_are_read(quarter, city) -> None:
    long_items = CITY_ONLY | {"filing": [{"kind": "per_item", "points": "2", "min_length": 10}]}
    endless = CITY_ONLY | {"filing": [{"kind": "per_item", "points": "2", "min_length": 10_000}]}
    assert by_name(tried(city, long_items))["青山县"][3] == 30 + 3 * 2, "all three were filed there"
    assert by_name(tried(city, endless))["青山县"][3] == 30
