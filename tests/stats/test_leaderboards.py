"""The board on the wall: what it shows, whom it shows it to, and that it renews itself without a script."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.urls import reverse

from scoring.services.versions import create_default_scheme
from stats.leaderboards import Span, leaderboard
from tests.conftest import LONG_AGO
from tests.stats.world import AFTER, adopted, counted, more_counties

BOARD = reverse("stats:leaderboard")
TODAY = date(2026, 3, 20)


@pytest.fixture
def march(cast, city, outlets):
    """Two counties with adoptions in March, the team with none."""
    create_default_scheme(office=city.office, effective_from=LONG_AGO, now=AFTER)
    adopted(cast, outlets["central"], "2026-03-11", city.other_county)
    adopted(cast, outlets["city"], "2026-03-12", city.county, title="另一篇")
    adopted(cast, outlets["city"], "2026-01-12", city.county, title="一月的一篇")
    for month in ("2026-01", "2026-02", "2026-03"):
        counted(city.office, month)


def group(board, label):
    return next(group for group in board.groups if group.label == label)


def test_the_best_of_each_group_come_first_with_bars_in_proportion(march, cast, city) -> None:
    counties = group(leaderboard(cast.admin, Span.MONTH, TODAY), "旗县市区")
    assert [(row.name, row.points, row.share) for row in counties.rows] == [
        (city.other_county.name, "50", 100),
        (city.county.name, "10", 20),
    ]
    assert counties.rows[0].leads


def test_nobody_leads_without_points(march, cast, city) -> None:
    teams = group(leaderboard(cast.admin, Span.MONTH, TODAY), "巡察组")
    assert [(row.share, row.leads) for row in teams.rows] == [(0, False)]


@pytest.mark.parametrize(("span", "points"), [(Span.MONTH, "10"), (Span.QUARTER, "20"), (Span.YEAR, "20")])
def test_month_quarter_and_year_count_to_date(march, cast, city, span, points) -> None:
    counties = group(leaderboard(cast.admin, span, TODAY), "旗县市区")
    assert {row.name: row.points for row in counties.rows}[city.county.name] == points


def test_the_office_itself_is_not_on_the_board(march, cast, city) -> None:
    shown = {row.name for group in leaderboard(cast.admin, Span.YEAR, TODAY).groups for row in group.rows}
    assert city.office.name not in shown


def test_a_long_group_says_how_many_are_not_shown(cast, city) -> None:
    more_counties(city.office, 12)
    counties = group(leaderboard(cast.admin, Span.MONTH, TODAY), "旗县市区")
    assert len(counties.rows) + counties.more == 14
    assert counties.more == 4


def test_the_page_renews_itself_and_turns_without_a_script(cast, as_user) -> None:
    still = as_user(cast.author).get(BOARD, {"span": "quarter"}).text
    turning = as_user(cast.author).get(BOARD, {"span": "quarter", "turn": "1"}).text
    assert re.search(r'data-hx-get="\?span=quarter" data-hx-trigger="every 300s"', still)
    meta = r'<noscript><meta http-equiv="refresh" content="30; url=\?span=year&amp;turn=1"></noscript>'
    assert re.search(meta, turning)
    assert as_user(cast.author).get(BOARD, {"span": "nonsense"}).status_code == 200


def test_only_the_own_office_is_shown_and_nobody_without_an_account(
    cast, foreign_cast, as_user, client
) -> None:
    page = as_user(foreign_cast.author).get(BOARD).text
    assert "青山县" not in page.replace(foreign_cast.author.unit.name, "")
    assert client.get(BOARD).status_code == 302


def test_the_board_costs_the_same_for_one_county_and_for_thirty(
    cast, city, as_user, django_assert_max_num_queries
) -> None:
    client = as_user(cast.author)
    client.get(BOARD)
    with django_assert_max_num_queries(30) as few:
        client.get(BOARD)
    more_counties(city.office, 30)
    with django_assert_max_num_queries(30) as many:
        client.get(BOARD)
    assert len(few) == len(many)
