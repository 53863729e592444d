"""The text is kept as HTML and as words, whoever writes which of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from submissions.models import Item, Version
from submissions.services.filing import content_hash, current_content
from tests.conftest import Cast, draft, filed, shanghai
from tests.submissions.builders import form_data

NOW = shanghai("2026-04-10")
HTML = "<p>甲<strong>乙</strong></p><table><tbody><tr><td>丙</td><td>丁</td></tr></tbody></table>"
BODY = "甲乙\n丙\t丁"


@pytest.fixture
def item(cast: Cast) -> Item:
    return draft(cast.author, NOW, html=HTML)


@pytest.fixture
def save(cast: Cast, as_user: Callable[[User], Client], item: Item) -> Callable[..., Any]:
    """Send the form of the item as its writer's browser does."""

    def send(**fields: Any) -> Any:
        item.refresh_from_db()
        answer = as_user(cast.author).post(
            reverse("submissions:item-edit", args=[item.pk]), form_data(item, **fields)
        )
        item.refresh_from_db()
        return answer

    return send


def test_html_gives_the_words(item: Item) -> None:
    assert (item.html, item.body) == (HTML, BODY)


def test_words_alone_give_a_paragraph_a_line(cast: Cast) -> None:
    item = draft(cast.author, NOW, body="　　甲 < 乙\r\n\r\n　　丙")
    assert (item.html, item.body) == ("<p>甲 &lt; 乙</p><p>丙</p>", "　　甲 < 乙\n\n　　丙")


def test_without_the_editor_unchanged_words_keep_the_tables(item: Item, save: Callable[..., Any]) -> None:
    assert save(title="新题", body=BODY.replace("\n", "\r\n"), html="").status_code == 302
    assert (item.title, item.html, item.body) == ("新题", HTML, BODY)


def test_without_the_editor_changed_words_become_the_text(item: Item, save: Callable[..., Any]) -> None:
    save(body=BODY + "戊", html="")
    assert (item.html, item.body) == ("<p>甲乙</p><p>丙 丁戊</p>", BODY + "戊")


def test_the_editors_text_comes_before_the_text_areas(item: Item, save: Callable[..., Any]) -> None:
    save(html="<div onclick=x>新<b>文</b></div><script>alert(1)</script>", body="旧文")
    assert (item.html, item.body) == ("<p>新<strong>文</strong></p>", "新文")


def test_the_editor_can_empty_the_text(item: Item, save: Callable[..., Any]) -> None:
    save(html="<p><br></p>", body=BODY)
    assert (item.html, item.body) == ("", "")


def test_a_form_of_the_editor_that_changes_nothing_is_no_change(cast: Cast, save: Callable[..., Any]) -> None:
    item = draft(cast.author, NOW, body="　　甲\n\n乙")
    before = item.changed_at
    save(html="<p>甲</p><p>乙</p>", body="甲\n乙")
    item.refresh_from_db()
    assert (item.body, item.changed_at) == ("　　甲\n\n乙", before)


def test_new_marks_alone_are_a_change_that_a_stale_page_does_not_overwrite(
    item: Item, save: Callable[..., Any]
) -> None:
    read = item.changed_at.isoformat()
    assert save(html="<p>甲<em>乙</em></p>", body="").status_code == 302
    assert save(html="<p>甲乙</p>", body="", read=read).status_code == 409
    assert item.html == "<p>甲<em>乙</em></p>"


def test_a_text_formatted_in_too_many_places_is_refused_and_the_old_one_stays(
    item: Item, save: Callable[..., Any]
) -> None:
    answer = save(html="<b>" * 20_001 + "新", body=BODY)
    assert answer.status_code == 422
    assert item.html == HTML


def test_words_beyond_the_limit_are_refused_whoever_wrote_them(item: Item, save: Callable[..., Any]) -> None:
    assert save(html=f"<p>{'字' * 100_001}</p>", body="").status_code == 422
    assert item.html == HTML


def test_the_form_holds_the_text_for_the_editor_and_sends_none_without_it(
    item: Item, cast: Cast, as_user: Callable[[User], Client]
) -> None:
    page = as_user(cast.author).get(reverse("submissions:item-edit", args=[item.pk])).content.decode()
    field = next(tag for tag in page.split("<") if 'name="html"' in tag)
    assert 'data-html="&lt;p&gt;甲&lt;strong&gt;' in field
    assert "value=" not in field


def test_a_signature_stands_for_the_marks_too(item: Item) -> None:
    before = content_hash(current_content(item))
    item.html = item.html.replace("strong", "em")
    assert content_hash(current_content(item)) != before


def test_a_version_from_before_shows_its_words(cast: Cast, as_user: Callable[[User], Client]) -> None:
    item = filed(cast.author, NOW, body="第一段\n第二段<b>")
    version = item.versions.get()
    content = {key: value for key, value in version.content.items() if key != "html"}
    Version.objects.filter(pk=version.pk).update(content=content)
    page = as_user(cast.author).get(reverse("submissions:version-detail", args=[item.pk, 1]))
    assert "<p>第一段</p><p>第二段&lt;b&gt;</p>" in page.content.decode()
