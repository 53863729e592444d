"""The pages of figures, bulletins and schemes: what they show, to whom, and at what cost."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from scoring.services.versions import create_default_scheme
from submissions.models import StaleMonth
from submissions.services.months import mark_stale
from tests.conftest import LONG_AGO, filed, shanghai
from tests.stats.world import AFTER, adopted, counted, drafted, more_counties

MONTH = "/stats/month/2026-03/"


@pytest.fixture(autouse=True)
def _april(db: None) -> Iterator[None]:
    with time_machine.travel(AFTER, tick=False):
        yield


@pytest.fixture
def march(cast, city, outlets):
    """A scheme, and in March one adoption by a city paper and one item that was only filed."""
    create_default_scheme(office=city.office, effective_from=LONG_AGO, now=AFTER)
    adopted(cast, outlets["city"], "2026-03-10")
    filed(cast.other_author, shanghai("2026-03-12"), title="白水县召开会议")
    counted(city.office, "2026-03")


def page(client, url, status=200):
    response = client.get(url)
    assert response.status_code == status, response
    return response.content.decode()


def test_the_month_lists_every_unit_with_its_numbers(march, cast, city, as_user) -> None:
    html = page(as_user(cast.admin), MONTH)
    for unit in (city.county, city.other_county, city.team, city.section):
        assert unit.name in html
    assert "2026年3月" in html
    assert not re.search(r"\{%|\{\{", html)


def test_numbers_lead_to_lists_that_hold_as_many(march, cast, city, as_user) -> None:
    client = as_user(cast.admin)
    html = page(client, MONTH)
    links = set(re.findall(r'href="(/items/\?[^"]+|/adoptions/\?[^"]+)"', html))
    assert any(f"unit={city.county.code}" in link for link in links)
    for link in links:
        page(client, link.replace("&amp;", "&"))


def test_a_county_sees_all_numbers_but_only_its_own_lists(march, cast, city, as_user) -> None:
    html = page(as_user(cast.author), MONTH)
    assert city.other_county.name in html
    assert f"unit={city.county.code}" in html
    assert f"unit={city.other_county.code}" not in html
    assert reverse("stats:unit", args=[city.other_county.pk]) not in html


def test_a_unit_explains_its_points(march, cast, city, as_user) -> None:
    html = page(as_user(cast.author), f"{reverse('stats:unit', args=[city.county.pk])}?period=2026-03")
    assert "示例市日报" in html
    assert "青山县扎实推进巡察整改" in html


def test_a_unit_outside_the_own_subtree_is_not_found(march, cast, foreign_cast, city, as_user) -> None:
    url = reverse("stats:unit", args=[city.other_county.pk])
    page(as_user(cast.author), url, 404)
    page(as_user(cast.admin), url)
    page(as_user(foreign_cast.admin), url, 404)


def test_periods_have_one_address_each(march, cast, as_user) -> None:
    client = as_user(cast.admin)
    assert client.get("/stats/").url == "/stats/month/2026-04/"
    assert client.get("/stats/period/2026-03/").url == MONTH
    page(client, "/stats/period/2026Q1/")
    page(client, "/stats/period/2026/".replace("2026/", "2025-12..2026-03/"))
    for nonsense in ("2026Q5", "nothing", "2026-03..2026-01", "2026-13"):
        page(client, f"/stats/period/{nonsense}/", 404)
    page(client, "/stats/month/2026-13/", 404)


def test_months_picked_by_hand_lead_to_their_page(march, cast, as_user) -> None:
    client = as_user(cast.admin)
    assert client.get("/stats/period/?first=2026-01&last=2026-02").url == "/stats/period/2026-01..2026-02/"
    page(client, "/stats/period/?first=2026-02&last=2026-01", 422)


def test_a_month_that_waits_to_be_counted_says_so(march, cast, outlets, as_user) -> None:
    client = as_user(cast.admin)
    StaleMonth.objects.all().delete()
    assert "alert-warning" not in page(client, MONTH)
    adopted(cast, outlets["county"], "2026-03-20")
    assert "alert-warning" in page(client, MONTH)


def test_pages_of_figures_take_as_many_queries_with_thirty_counties(march, cast, city, as_user) -> None:
    client = as_user(cast.admin)

    def queries(url: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as context:
            page(client, url)
        return len(context)

    bulletin = drafted(city.office)
    urls = [
        MONTH,
        "/stats/period/2026Q1/",
        reverse("stats:unit", args=[city.county.pk]),
        reverse("bulletins:bulletin-detail", args=[bulletin.pk]),
    ]
    few = [queries(url) for url in urls]
    more_counties(city.office, 30)
    counted(city.office, "2026-03")
    drafted(city.office)
    assert [queries(url) for url in urls] == few


def test_schemes_are_read_in_words_by_everybody_of_the_office(march, cast, foreign_cast, as_user) -> None:
    client = as_user(cast.author)
    assert "示范计分办法" in page(client, reverse("scoring:scheme-list"))
    assert "县级媒体单篇" in page(client, reverse("scoring:scheme-detail", args=[1]))
    page(as_user(foreign_cast.admin), reverse("scoring:scheme-detail", args=[1]), 404)
    page(as_user(foreign_cast.admin), reverse("scoring:scheme-list"))


def test_figures_of_a_month_and_a_period_are_exported(march, cast, as_user) -> None:
    client = as_user(cast.admin)
    for url in (f"{MONTH}export/", "/stats/period/2026Q1/export/"):
        assert client.get(url).content.startswith(b"PK")


@pytest.mark.parametrize("name", ["stats:home", "bulletins:bulletin-list", "scoring:scheme-list"])
def test_visitors_are_sent_to_the_login(name, client) -> None:
    assert "/accounts/login/" in client.get(reverse(name)).url


def test_how_far_the_counting_is_and_that_the_page_is_drawn_anew_at_its_end(cast, as_user) -> None:
    client, address = as_user(cast.section_head), reverse("stats:counting")
    months = [shanghai("2026-02-01").date(), shanghai("2026-03-01").date()]
    mark_stale(office=cast.author.office, days=months, now=shanghai("2026-04-10"))
    bar = client.get(address, {"of": "5"}, headers={"HX-Request": "true"}).content.decode()
    assert '<progress value="3" max="5">' in bar
    for asked in ("", "x", "-1", "1", "9" * 4000):
        assert client.get(address, {"of": asked}).status_code == 200
    StaleMonth.objects.all().delete()
    done = client.get(address, {"of": "5"}, headers={"HX-Request": "true"})
    assert done["HX-Refresh"] == "true"
