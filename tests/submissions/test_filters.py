"""Every condition the list of items knows, and what it does with nonsense."""

from __future__ import annotations

from datetime import date

import pytest
from django.http import QueryDict
from django.test import Client

from accounts.enums import UnitKind
from accounts.models import User
from accounts.services.units import create_unit
from reviews.enums import Action
from submissions.filters import ItemFilter
from submissions.lists import item_columns
from submissions.models import Item, Round
from submissions.services.drafts import Author
from tests.conftest import LONG_AGO, Cast, City, draft, filed, issued, shanghai, step

LIST = "/items/"
EARLY, LATE = shanghai("2026-03-31", "23:59"), shanghai("2026-04-01", "00:00")


def found(user: User, query: str) -> list[str]:
    """Titles of what the query finds, in alphabetical order."""
    return sorted(item.title for item in ItemFilter(QueryDict(query), user=user).qs)


@pytest.fixture
def spring(city: City) -> Round:
    return Round.objects.create(office=city.office, name="第一轮", starts="2026-03-01", ends="2026-05-31")


@pytest.fixture(autouse=True)
def _items(cast: Cast, spring: Round) -> None:
    filed(cast.author, EARLY, title="a", stage="before", genre="news", round=spring)
    returned = filed(cast.author, LATE, title="b", stage="after", genre="feature")
    step(returned, Action.RETURN, cast.section_head, LATE, "请改")
    higher = filed(cast.other_author, LATE, title="c", route="important", route_reason="重要")
    step(higher, Action.PASS, cast.section_head, LATE)
    done = issued(cast.colleague, cast, EARLY, title="d", authors=[Author("甲作者", 1, cast.author)])
    assert done.issued_at
    step(filed(cast.author, LATE, title="e"), Action.WITHDRAW, cast.author, LATE)
    draft(cast.author, LATE, title="f")
    draft(cast.section_head, LATE, title="g")


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", "abcdeg"),
        ("status=in_review", "ac"),
        ("status=returned", "b"),
        ("status=filed", "abcd"),
        ("status=issued", "d"),
        ("status=draft", "g"),
        ("status=withdrawn", "e"),
        ("level=section", "ab"),
        ("level=supervising", "c"),
        ("level=principal", ""),
        ("stage=before", "a"),
        ("genre=feature", "b"),
        ("route=important", "c"),
        ("mine=on", "g"),
        ("unit=青山县", "abde"),
        ("unit=150500-b", "c"),
        ("unit=综合科", "g"),
        ("filed_from=2026-04-01", "bce"),
        ("filed_to=2026-03-31", "ad"),
        ("filed_from=2026-03-31&filed_to=2026-03-31", "ad"),
        ("issued_from=2026-03-31&issued_to=2026-03-31", "d"),
        ("issued_from=2026-04-01", ""),
        ("q=150500-a-2026-0001", "a"),
        ("status=filed&unit=青山县&filed_from=2026-04-01", "b"),
    ],
)
def test_each_condition_narrows_to_what_it_says(cast: Cast, query: str, titles: str):
    assert found(cast.section_head, query) == list(titles)


def test_the_round_is_one_of_the_office(cast: Cast, spring: Round, foreign_cast: Cast):
    assert found(cast.section_head, f"round={spring.pk}") == ["a"]
    assert ItemFilter(QueryDict(f"round={spring.pk}"), user=foreign_cast.admin).form.errors


def test_mine_are_the_items_i_filed_or_wrote(cast: Cast):
    assert found(cast.author, "mine=on") == list("abdef")


def test_a_unit_stands_for_everything_below_it(cast: Cast, city: City):
    create_unit(parent=city.county, kind=UnitKind.SECTION, code="a-1", name="县巡察科", active_from=LONG_AGO)
    assert found(cast.section_head, "unit=青山县") == list("abde")
    assert found(cast.section_head, "unit=县巡察科") == []
    assert found(cast.section_head, f"unit={city.office.code}") == list("abcdeg")


def test_a_unit_one_may_not_see_is_as_unknown_as_one_that_is_not(cast: Cast):
    hidden = ItemFilter(QueryDict("unit=白水县"), user=cast.author).form.errors["unit"]
    absent = ItemFilter(QueryDict("unit=无此县"), user=cast.author).form.errors["unit"]
    assert hidden == absent


def test_two_units_of_one_name_are_asked_back(cast: Cast, city: City):
    for code, parent in (("a-2", city.county), ("b-2", city.other_county)):
        create_unit(parent=parent, kind=UnitKind.SECTION, code=code, name="巡察科", active_from=LONG_AGO)
    errors = ItemFilter(QueryDict("unit=巡察科"), user=cast.section_head).form.errors["unit"]
    assert "a-2" in str(errors)
    assert "b-2" in str(errors)


@pytest.mark.parametrize(
    "query",
    [
        "filed_from=31.12.2026",
        "filed_to=9999-12-31",
        "filed_from=0001-01-01",
        "filed_from=2026-02-30",
        "issued_to=9999-12-31",
        "status=nonsense",
        "level=';--",
        "round=99999999999999999999",
        "unit=" + "长" * 5000,
        "q=" + "词 " * 500,
        "q=%25_%5C%27",
        "mine=vielleicht",
        "o=-submitter__password",
        "o=--title",
        "page=-1",
        "page=viele",
        "page=99999999999999999999",
    ],
)
def test_nonsense_is_no_server_error(cast: Cast, as_user, query: str):
    client = as_user(cast.section_head)
    assert client.get(f"{LIST}?{query}").status_code == 200
    assert client.get(f"/items/export/?{query}").status_code == 200


def in_order(client: Client, wanted: str) -> list[Item]:
    """The items of the first page, sorted as the address says."""
    return list(client.get(LIST, {"o": wanted}).context["page"])


@pytest.mark.parametrize("column", [column.key for column in item_columns(date(2026, 4, 1)) if column.order])
def test_every_column_sorts_both_ways_without_losing_a_row(cast: Cast, as_user, column: str):
    client = as_user(cast.section_head)
    up = [item.pk for item in in_order(client, column)]
    down = [item.pk for item in in_order(client, f"-{column}")]
    assert sorted(up) == sorted(down)
    assert up != down


def test_an_unknown_order_is_the_usual_one(cast: Cast, as_user):
    client = as_user(cast.section_head)
    usual = [item.title for item in in_order(client, "")]
    assert [item.title for item in in_order(client, "submitter__password")] == usual
    assert usual[0] == "g", "drafts stand first"


def test_pages_hold_25_and_keep_their_order(cast: Cast, as_user):
    for number in range(30):
        filed(cast.other_author, LATE, title=f"x{number:02}")
    client = as_user(cast.other_author)
    first = client.get(f"{LIST}?o=title").context["page"]
    second = client.get(f"{LIST}?o=title&page=2").context["page"]
    assert (len(first), len(second)) == (25, 6)
    titles = [item.title for item in [*first, *second]]
    assert titles == sorted(titles)
