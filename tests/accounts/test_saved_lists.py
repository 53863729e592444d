"""Saved lists: what is on screen under a name, or as what a page opens with."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from accounts.models import SavedList
from accounts.saved_lists import MOST, tidy
from tests.conftest import Cast, filed, shanghai

ITEMS, SAVE = reverse("submissions:item-list"), reverse("accounts:list-save")


def save(
    client: Any, name: str = "", query: str = "", page: str = "submissions:item-list", **more: str
) -> Any:
    return client.post(SAVE, {"page": page, "query": query, "name": name} | more)


def test_a_list_is_found_again_under_its_name(cast: Cast, as_user) -> None:
    client = as_user(cast.author)
    answer = save(client, "退回的", "status=returned&o=-title&page=3&q=")
    assert answer["Location"].startswith(ITEMS)
    (kept,) = SavedList.objects.all()
    assert kept.query == "status=returned&o=-title"
    page = client.get(ITEMS).content.decode()
    assert "退回的" in page
    assert 'href="/items/?status=returned&amp;o=-title"' in page


def test_the_same_name_is_kept_anew(cast: Cast, as_user) -> None:
    client = as_user(cast.author)
    save(client, "我的", "genre=news")
    save(client, "我的", "genre=research")
    assert [kept.query for kept in SavedList.objects.all()] == ["genre=research"]


def test_a_page_opens_as_its_reader_wants_it(cast: Cast, as_user) -> None:
    client = as_user(cast.author)
    save(client, query="o=title&c=title&c=stage", opens="1")
    assert client.get(ITEMS)["Location"] == f"{ITEMS}?o=title&c=title&c=stage"
    assert client.get(ITEMS, {"status": "issued"}).status_code == 200
    assert as_user(cast.colleague).get(ITEMS).status_code == 200
    save(client, opens="1")
    assert client.get(ITEMS).status_code == 200


def test_a_list_is_its_owners_alone(cast: Cast, as_user) -> None:
    save(as_user(cast.author), "我的", "genre=news")
    kept = SavedList.objects.get()
    assert "我的" not in as_user(cast.colleague).get(ITEMS).content.decode().partition("saved-lists")[2][:300]
    remove = reverse("accounts:list-remove", args=[kept.pk])
    assert as_user(cast.colleague).post(remove).status_code == 404
    assert as_user(cast.author).get(remove).status_code == 405
    assert as_user(cast.author).post(remove)["Location"] == ITEMS
    assert not SavedList.objects.exists()


@pytest.mark.parametrize("page", ["no:such", "https://example.org/", "submissions:item-detail", ""])
def test_only_pages_of_this_site_are_saved(cast: Cast, as_user, page: str) -> None:
    answer = save(as_user(cast.author), "我的", "genre=news", page=page)
    assert answer["Location"] == reverse("desk")
    assert not SavedList.objects.exists()


def test_a_list_needs_a_name_unless_the_page_opens_with_it(cast: Cast, as_user) -> None:
    save(as_user(cast.author), "", "genre=news")
    assert not SavedList.objects.exists()


def test_there_is_an_end_to_saved_lists(cast: Cast, as_user) -> None:
    client = as_user(cast.author)
    for number in range(MOST + 1):
        save(client, f"第{number}", "genre=news")
    assert SavedList.objects.count() == MOST
    save(client, "第0", "genre=research")
    assert SavedList.objects.filter(query="genre=research").count() == 1


def test_what_passes_is_not_part_of_a_list() -> None:
    assert tidy("page=2&q=&status=issued&csrfmiddlewaretoken=x") == "status=issued"
    assert tidy("") == ""


def test_the_columns_one_chooses_are_on_screen_and_the_title_always(cast: Cast, as_user) -> None:
    filed(cast.author, shanghai("2026-04-10"), title="整改稿")
    page = as_user(cast.author).get(ITEMS, {"c": "checker"})
    assert [column.key for column in page.context["columns"]] == ["title", "checker"]
    assert "整改稿" in page.content.decode()
    form = page.content.decode().partition('class="filter-form"')[2].partition("</form>")[0]
    assert '<input type="hidden" name="c" value="checker">' in form
