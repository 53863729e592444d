"""The pages of figures, bulletins and schemes: what they show, to whom, and at what cost."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from stats.enums import BulletinStatus
from stats.models import Bulletin
from stats.services import create_default_scheme
from submissions.models import StaleMonth
from tests.conftest import LONG_AGO, filed, shanghai
from tests.stats.world import AFTER, QUARTER, adopted, checked, counted, drafted, more_counties, put_out

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
        reverse("stats:bulletin-detail", args=[bulletin.pk]),
    ]
    few = [queries(url) for url in urls]
    more_counties(city.office, 30)
    counted(city.office, "2026-03")
    drafted(city.office)
    assert [queries(url) for url in urls] == few


def test_schemes_are_read_in_words_by_everybody_of_the_office(march, cast, foreign_cast, as_user) -> None:
    client = as_user(cast.author)
    assert "示范计分办法" in page(client, reverse("stats:scheme-list"))
    assert "县级媒体单篇" in page(client, reverse("stats:scheme-detail", args=[1]))
    page(as_user(foreign_cast.admin), reverse("stats:scheme-detail", args=[1]), 404)
    page(as_user(foreign_cast.admin), reverse("stats:scheme-list"))


def test_a_bulletin_goes_from_draft_to_issued_by_two_people(march, cast, as_user) -> None:
    admin, leader = as_user(cast.admin), as_user(cast.principal_leader)
    answer = admin.post(reverse("stats:bulletin-draft"), {"first": "2026-01", "last": "2026-03"})
    bulletin = Bulletin.objects.get()
    detail = reverse("stats:bulletin-detail", args=[bulletin.pk])
    assert answer.url == detail
    assert bulletin.sha256 in page(admin, detail)
    admin.post(reverse("stats:bulletin-check", args=[bulletin.pk]), {"sha256": bulletin.sha256})
    issue = reverse("stats:bulletin-issue", args=[bulletin.pk])
    page(admin, issue, 403)
    assert admin.post(issue, {"sha256": bulletin.sha256}).status_code == 403
    assert bulletin.title in page(leader, issue)
    assert leader.post(issue, {"sha256": bulletin.sha256}).url == detail
    bulletin.refresh_from_db()
    assert (bulletin.status, bulletin.year, bulletin.number) == (BulletinStatus.ISSUED, 2026, 1)
    assert bulletin.title in page(admin, reverse("stats:bulletin-list"))
    page(admin, detail)


def test_a_bulletin_in_preparation_does_not_exist_for_counties(
    march, cast, foreign_cast, city, as_user
) -> None:
    bulletin = drafted(city.office)
    for person in (cast.author, cast.county_admin, foreign_cast.admin):
        for name in ("detail", "export"):
            page(as_user(person), reverse(f"stats:bulletin-{name}", args=[bulletin.pk]), 404)
        assert bulletin.title not in page(as_user(person), reverse("stats:bulletin-list"))
    page(as_user(cast.supervising_leader), reverse("stats:bulletin-detail", args=[bulletin.pk]))


def test_an_issued_bulletin_is_read_by_the_whole_office_and_no_other(
    march, cast, foreign_cast, as_user
) -> None:
    url = reverse("stats:bulletin-detail", args=[put_out(cast).pk])
    page(as_user(cast.other_author), url)
    page(as_user(foreign_cast.admin), url, 404)


def test_only_an_administrator_drafts_checks_and_reopens(march, cast, city, as_user) -> None:
    bulletin = drafted(city.office)
    page(as_user(cast.author), reverse("stats:bulletin-draft"), 403)
    leader = as_user(cast.supervising_leader)
    post = {"sha256": bulletin.sha256}
    assert leader.post(reverse("stats:bulletin-check", args=[bulletin.pk]), post).status_code == 403
    checked(city.office, cast.admin)
    assert leader.post(reverse("stats:bulletin-reopen", args=[bulletin.pk])).status_code == 403
    assert as_user(cast.admin).post(reverse("stats:bulletin-reopen", args=[bulletin.pk])).status_code == 302
    bulletin.refresh_from_db()
    assert bulletin.status == BulletinStatus.DRAFT


def test_what_was_not_read_is_not_checked(march, cast, city, outlets, as_user) -> None:
    bulletin = drafted(city.office)
    check = reverse("stats:bulletin-check", args=[bulletin.pk])
    client = as_user(cast.admin)
    assert client.post(check, {"sha256": "0" * 64}).status_code == 409
    adopted(cast, outlets["central"], "2026-03-21")
    assert client.post(check, {"sha256": bulletin.sha256}).status_code == 409
    bulletin.refresh_from_db()
    assert bulletin.status == BulletinStatus.DRAFT
    assert len(bulletin.content.adoptions) == 2
    assert client.post(check, {"sha256": bulletin.sha256}).status_code == 302


def test_a_bulletin_over_months_that_have_not_begun_is_refused(march, cast, as_user) -> None:
    client = as_user(cast.admin)
    post = {"first": "2026-04", "last": "2026-06"}
    assert client.post(reverse("stats:bulletin-draft"), post).status_code == 422
    assert not Bulletin.objects.exists()


def test_a_bulletin_of_a_running_month_cannot_be_checked(march, cast, city, as_user) -> None:
    bulletin = drafted(city.office, QUARTER.of(QUARTER.last.next()))
    post = {"sha256": bulletin.sha256}
    assert (
        as_user(cast.admin).post(reverse("stats:bulletin-check", args=[bulletin.pk]), post).status_code == 409
    )


def test_late_facts_are_told_beside_an_issued_bulletin(march, cast, city, outlets, as_user) -> None:
    bulletin = put_out(cast)
    url = reverse("stats:bulletin-detail", args=[bulletin.pk])
    assert "alert-warning" not in page(as_user(cast.admin), url)
    adopted(cast, outlets["province"], "2026-03-22")
    counted(city.office, "2026-03")
    assert f"{city.county.name}：" in page(as_user(cast.admin), url)


def test_the_button_gives_the_workbook_of_the_command(march, cast, city, as_user, tmp_path) -> None:
    bulletin = put_out(cast)
    answer = as_user(cast.author).get(reverse("stats:bulletin-export", args=[bulletin.pk]))
    target = tmp_path / "通报.xlsx"
    call_command("bulletin", "2026Q1", office=city.office.code, output=target)
    assert answer.content == target.read_bytes()
    assert "filename*=utf-8''" in answer["Content-Disposition"]


def test_figures_of_a_month_and_a_period_are_exported(march, cast, as_user) -> None:
    client = as_user(cast.admin)
    for url in (f"{MONTH}export/", "/stats/period/2026Q1/export/"):
        assert client.get(url).content.startswith(b"PK")


@pytest.mark.parametrize("name", ["home", "bulletin-list", "scheme-list"])
def test_visitors_are_sent_to_the_login(name, client) -> None:
    assert "/accounts/login/" in client.get(reverse(f"stats:{name}")).url
