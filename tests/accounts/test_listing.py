"""What every list of records offers: columns of one's choice, on the page and in Excel alike, and what it
opens with."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from inspect import unwrap
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from openpyxl import load_workbook
from openpyxl.utils.cell import coordinate_from_string

from accounts.listing import ListPage
from accounts.models import SavedList, StandIn
from adoptions.events.services import EventFacts, register_event
from adoptions.models import LedgerImport, Outlet
from bulletins.models import HistoricBulletin, Objection
from reviews.models import Meeting
from stats.services.adjustments import AdjustmentFacts, propose_adjustment
from submissions.models import Round
from tests.adoptions.builders import NOW, adopt
from tests.conftest import Cast, City, issued, shanghai
from tests.program import modules
from tests.stats.world import drafted


@dataclass(frozen=True, slots=True)
class Listed:
    """A list page, its export, and somebody of the cast who sees something in it."""

    page: str
    export: str
    reader: str
    #: The column that is always there, and another one.
    fixed: str
    other: str


LISTS = [
    Listed("submissions:item-list", "submissions:item-export", "admin", "title", "checker"),
    Listed("adoptions:adoption-list", "adoptions:adoption-export", "admin", "title", "carrier"),
    Listed("adoptions:event-list", "adoptions:event-export", "admin", "kind", "note"),
    Listed("adoptions:outlet-list", "adoptions:outlet-export", "admin", "name", "latest"),
    Listed("reviews:decision-list", "reviews:decision-export", "section_head", "title", "comment"),
    Listed("stats:author-list", "stats:author-export", "admin", "name", "adopted"),
    Listed("stats:adjustment-list", "stats:adjustment-export", "admin", "unit", "evidence"),
    Listed("accounts:user-list", "accounts:user-export", "admin", "name", "phone"),
    Listed("accounts:unit-list", "accounts:unit-export", "admin", "name", "region_code"),
    Listed("accounts:audit-list", "accounts:audit-export", "auditor", "at", "account"),
    Listed("submissions:round-list", "submissions:round-export", "admin", "name", "ends"),
    Listed("submissions:word-list", "submissions:word-export", "admin", "wrong", "note"),
    Listed("adoptions:import-list", "adoptions:import-export", "admin", "name", "confirmed_at"),
    Listed("reviews:meeting-list", "reviews:meeting-export", "section_head", "held_at", "recorder"),
    Listed("reviews:stand-in-list", "reviews:stand-in-export", "admin", "absent", "unit"),
    Listed("bulletins:bulletin-list", "bulletins:bulletin-export", "admin", "title", "correction"),
    Listed("bulletins:historic-list", "bulletins:historic-export", "admin", "title", "notes"),
    Listed("bulletins:objection-list", "bulletins:objection-export", "admin", "bulletin", "answered_by"),
]
each_list = pytest.mark.parametrize("listed", LISTS, ids=[listed.page for listed in LISTS])


@pytest.fixture
def records(cast: Cast, city: City, outlets: dict[str, Outlet]) -> None:
    """Something to be seen in every list."""
    item = issued(cast.author, cast, shanghai("2026-04-10"))
    adopt(item, outlets["city"], "2026-04-12", cast)
    happened = EventFacts(date=date(2026, 4, 12), level="city")
    register_event(kind="instruction", subject=item, facts=happened, by=cast.admin, now=NOW)
    points = AdjustmentFacts(city.county, date(2026, 4, 12), Decimal(5), "现场会", "纪要3号")
    propose_adjustment(facts=points, by=cast.admin, now=NOW)
    office, day = city.office, date(2026, 4, 12)
    Round.objects.create(office=office, name="第一轮", starts=day, ends=day)
    LedgerImport.objects.create(office=office, name="台账.xlsx", by=cast.admin, at=NOW, confirmed_at=NOW)
    people = {"chair": cast.principal_leader, "recorder": cast.section_head}
    Meeting.objects.create(
        office=office, kind="group", held_at=NOW, place="三楼", created_at=NOW, concluded_at=NOW, **people
    )
    leader = cast.principal_leader
    StandIn.objects.create(
        absent=leader, stand_in=cast.section_head, since=NOW, until=NOW, given_by=leader, given_at=NOW
    )
    bulletin = drafted(office)
    Objection.objects.create(
        bulletin=bulletin, unit=city.county, line={}, reason="漏计", raised_by=cast.author, raised_at=NOW
    )
    HistoricBulletin.objects.create(
        office=office, title="2015年通报", period_text="2015", start=day, end=date(2026, 4, 13), table={},
        entered_at=NOW, confirmed_at=NOW,
    )  # fmt: skip


def on_page(client: Client, listed: Listed, query: dict[str, Any]) -> tuple[list[str], list[str]]:
    """Keys of the columns on the page, and the titles its table has."""
    answer = client.get(reverse(listed.page), query)
    assert answer.status_code == 200
    columns = answer.context["columns"]
    head = re.search(r"<thead>.*?</thead>", answer.content.decode(), re.DOTALL)
    assert head is not None, "the list is empty"
    cells = [cell for cell in re.findall(r"<th.*?</th>", head[0], re.DOTALL) if "visually-hidden" not in cell]
    titles = [re.sub(r"<[^>]+>", "", cell).strip() for cell in cells]
    return [column.key for column in columns], [title for title in titles if title != "序号"]


def in_export(client: Client, listed: Listed, query: dict[str, Any]) -> list[str]:
    """The titles of the columns of the workbook: the last row of its head, which stays in sight."""
    answer = client.get(reverse(listed.export), query)
    assert answer.status_code == 200
    sheet = load_workbook(BytesIO(answer.getvalue())).worksheets[0]
    _column, row = coordinate_from_string(str(sheet.freeze_panes))
    return [str(cell.value) for cell in sheet[row - 1] if cell.value and cell.value != "序号"]


@each_list
@pytest.mark.usefixtures("records")
def test_page_and_export_have_the_columns_one_chooses(listed: Listed, cast: Cast, as_user: Any) -> None:
    client = as_user(getattr(cast, listed.reader))
    usual, titles = on_page(client, listed, {"o": ""})
    assert in_export(client, listed, {}) == titles
    for asked in ({"c": listed.other}, {"c": [listed.other, "no-such", listed.other]}):
        keys, titles = on_page(client, listed, asked)
        assert keys == [listed.fixed, listed.other]
        assert in_export(client, listed, asked) == titles
        assert len(titles) == len(keys)
    everything, titles = on_page(client, listed, {"c": "all"})
    assert set(usual) | {listed.fixed, listed.other} <= set(everything)
    assert in_export(client, listed, {"c": "all"}) == titles


@each_list
@pytest.mark.usefixtures("records")
def test_names_of_no_column_count_for_nothing(listed: Listed, cast: Cast, as_user: Any) -> None:
    client = as_user(getattr(cast, listed.reader))
    usual = on_page(client, listed, {"o": ""})
    assert on_page(client, listed, {"c": ["no-such", "", "<script>"], "o": "no-such"}) == usual
    assert in_export(client, listed, {"c": "no-such"}) == usual[1]


@each_list
@pytest.mark.usefixtures("records")
def test_a_saved_list_remembers_its_columns(listed: Listed, cast: Cast, as_user: Any) -> None:
    client = as_user(getattr(cast, listed.reader))
    query = f"c={listed.other}"
    client.post(reverse("accounts:list-save"), {"page": listed.page, "query": query, "name": "我的"})
    client.post(reverse("accounts:list-save"), {"page": listed.page, "query": query, "opens": "1"})
    assert SavedList.objects.filter(page=listed.page, query=query).count() == 2
    url = reverse(listed.page)
    assert client.get(url)["Location"] == f"{url}?{query}"
    page = client.get(url, {"c": listed.other}).content.decode()
    assert f'href="{url}?{query}" aria-current="true">我的</a>' in page


@each_list
@pytest.mark.usefixtures("records")
def test_no_column_costs_a_query(listed: Listed, cast: Cast, as_user: Any) -> None:
    client = as_user(getattr(cast, listed.reader))

    def queries(**asked: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(reverse(listed.page), asked).status_code == 200
        return len(captured)

    assert queries(c="all") == queries(c=listed.other)


def test_what_one_opens_a_page_with_lets_nobody_in(cast: Cast, as_user: Any) -> None:
    SavedList.objects.create(user=cast.author, page="accounts:audit-list", query="action=login")
    answer = as_user(cast.author).get(reverse("accounts:audit-list"), follow=True)
    assert (answer.redirect_chain[0][1], answer.status_code) == (302, 403)


#: Lists that are searched in one field, with a word that is in one of their rows.
SEARCHED = {
    "submissions:round-list": "第一",
    "submissions:word-list": "布署",
    "adoptions:import-list": "台账",
    "reviews:meeting-list": "三楼",
    "reviews:stand-in-list": "己主要",
    "bulletins:historic-list": "2015",
    "bulletins:objection-list": "漏计",
}


@pytest.mark.parametrize(("page", "word"), SEARCHED.items())
@pytest.mark.usefixtures("records")
def test_page_and_export_hold_what_was_searched_for(page: str, word: str, cast: Cast, as_user: Any) -> None:
    listed = next(listed for listed in LISTS if listed.page == page)
    client = as_user(getattr(cast, listed.reader))

    def found(words: str) -> tuple[int, int]:
        answer = client.get(reverse(page), {"q": words})
        book = load_workbook(BytesIO(client.get(reverse(listed.export), {"q": words}).getvalue()))
        return answer.context["page"].paginator.count, len(list(book.worksheets[0].rows)) - 2

    assert found(word) == (1, 1)
    assert found("没有这样的") == (0, 0)
    assert "没有符合条件的记录" in client.get(reverse(page), {"q": "没有这样的"}).text


@pytest.mark.usefixtures("records")
def test_a_value_that_is_none_of_the_choices_narrows_nothing(cast: Cast, as_user: Any) -> None:
    client, url = as_user(cast.admin), reverse("bulletins:objection-list")
    assert len(client.get(url, {"status": "open"}).context["page"]) == 1
    assert len(client.get(url, {"status": "refused"}).context["page"]) == 0
    assert len(client.get(url, {"status": "no-such"}).context["page"]) == 1


def test_every_list_page_is_tried_here() -> None:
    lists = {
        f"{app.namespace}:{address.name}"
        for app in get_resolver().url_patterns
        if isinstance(app, URLResolver)
        for address in app.url_patterns
        if isinstance(address, URLPattern)
        if isinstance(getattr(unwrap(address.callback), "__self__", None), ListPage)
    }
    assert {name for listed in LISTS for name in (listed.page, listed.export)} == lists


def test_pages_of_a_list_are_made_in_one_place() -> None:
    makers = {name for name, path in modules().items() if "Paginator(" in path.read_text(encoding="utf-8")}
    assert makers == {"kit.paging"}
