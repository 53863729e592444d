"""What the form saves by itself: every time the whole text, never a version, never over somebody else's."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts.models import User
from reviews.enums import Action
from submissions.enums import Status
from submissions.models import Item, Version
from submissions.services.drafts import save_draft
from tests.conftest import Cast, draft, filed, shanghai, step
from tests.submissions.builders import form_data, upload

pytestmark = pytest.mark.usefixtures("clean_files")
NOW = shanghai("2026-04-10")
NEW = "/items/autosave/"

Sign = Callable[[User], Client]


def of(item: Item) -> str:
    return reverse("submissions:item-autosave", args=[item.pk])


def typed(by: User, item: Item | None = None, **fields: Any) -> dict[str, Any]:
    """What the page of this person sends."""
    return form_data(item, writer=by.pk, **fields)


def test_what_is_typed_becomes_a_draft_and_no_version(cast: Cast, as_user: Sign) -> None:
    answer = as_user(cast.author).post(NEW, typed(cast.author, title="刚写的标题"))
    item = Item.objects.get()
    assert answer.status_code == 200
    assert (item.title, item.status, item.submitter) == ("刚写的标题", Status.DRAFT, cast.author)
    assert answer.json() | {"saved_at": ""} == {
        "pk": item.pk,
        "read": item.changed_at.isoformat(),
        "saved_at": "",
        "save_url": of(item),
        "edit_url": f"/items/{item.pk}/edit/",
        "file_url": reverse("reviews:item-submit", args=[item.pk]),
    }
    assert not Version.objects.exists()


def test_sending_again_goes_on_with_the_same_item(cast: Cast, as_user: Sign) -> None:
    client, data = as_user(cast.author), typed(cast.author)
    first = client.post(NEW, data).json()
    assert client.post(NEW, data).json() | {"saved_at": ""} == first | {"saved_at": ""}
    later = client.post(first["save_url"], data | {"title": "又写了一些", "read": first["read"]}).json()
    assert later["read"] > first["read"]
    assert Item.objects.get().title == "又写了一些"


@pytest.mark.django_db(transaction=True)
def test_ten_at_once_make_one_item(cast: Cast, as_user: Sign) -> None:
    start, data = Barrier(10), typed(cast.author)
    clients = [as_user(cast.author) for _ in range(10)]

    def send(client: Client) -> int:
        start.wait()
        try:
            return client.post(NEW, data).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as pool:
        answers = list(pool.map(send, clients))
    assert answers == [200] * 10
    assert Item.objects.count() == 1


def test_the_saved_draft_is_the_one_that_is_filed(cast: Cast, as_user: Sign) -> None:
    client, data = as_user(cast.author), typed(cast.author)
    saved = client.post(NEW, data).json()
    answer = client.post(saved["file_url"], data | {"read": saved["read"]})
    item = Item.objects.get()
    assert answer.status_code == 302
    assert (item.status, item.version) == (Status.SECTION_REVIEW, 1)
    again = client.post(reverse("reviews:item-submit-new"), data)
    assert again["Location"] == reverse("submissions:item-detail", args=[item.pk])
    assert Item.objects.count() == 1


def test_an_empty_form_makes_no_item(cast: Cast, as_user: Sign) -> None:
    answer = as_user(cast.author).post(NEW, typed(cast.author, title=" ", body="\n"))
    assert answer.status_code == 422
    assert not Item.objects.exists()


def test_a_returned_item_stays_returned(cast: Cast, as_user: Sign) -> None:
    item = filed(cast.author, NOW)
    step(item, Action.RETURN, cast.section_head, NOW, "请改标题")
    answer = as_user(cast.author).post(of(item), typed(cast.author, item, title="改好的标题"))
    item.refresh_from_db()
    assert answer.status_code == 200
    assert (item.title, item.status, item.version) == ("改好的标题", Status.SECTION_RETURN, 1)
    assert item.versions.count() == 1


def test_one_wrong_field_is_named_and_the_others_are_stored(cast: Cast, as_user: Sign) -> None:
    item = draft(cast.author, NOW, title="旧标题")
    data = typed(
        cast.author, item, title="长" * 121, body="新的正文", authors=[("甲作者", "1"), ("甲作者", "2")]
    )
    answer = as_user(cast.author).post(of(item), data)
    item.refresh_from_db()
    assert answer.status_code == 422
    assert set(answer.json()["unsaved"]) == {"标题", "作者"}
    assert answer.json()["read"] == item.changed_at.isoformat()
    assert (item.title, item.body) == ("旧标题", "新的正文")


def test_files_are_left_to_the_button(cast: Cast, as_user: Sign) -> None:
    as_user(cast.author).post(NEW, typed(cast.author, uploads=[upload("附件.pdf")]))
    assert not Item.objects.get().attachments.exists()


def test_what_a_co_author_saved_meanwhile_is_not_overwritten(cast: Cast, as_user: Sign) -> None:
    item = draft(cast.author, NOW)
    data = typed(cast.author, item, title="我的标题")
    save_draft(
        item=item, by=cast.author, fields={"title": "别处的标题"}, authors=None, now=shanghai("2026-04-11")
    )
    answer = as_user(cast.author).post(of(item), data)
    item.refresh_from_db()
    assert (answer.status_code, answer.json()) == (409, {"reason": "superseded"})
    assert item.title == "别处的标题"


def test_a_filed_item_is_locked(cast: Cast, as_user: Sign) -> None:
    item = filed(cast.author, NOW)
    answer = as_user(cast.author).post(of(item), typed(cast.author, item, title="偷偷改"))
    assert (answer.status_code, answer.json()) == (409, {"reason": "locked"})
    item.refresh_from_db()
    assert item.title != "偷偷改"


def test_signed_out_is_said_instead_of_showing_the_login_page(cast: Cast, client: Client) -> None:
    for answer in (client.post(NEW, typed(cast.author)), client.get(NEW)):
        assert (answer.status_code, answer.json()) == (401, {"reason": "signed_out"})
    assert not Item.objects.exists()


def test_the_text_of_one_person_is_not_saved_for_the_next_on_the_same_machine(
    cast: Cast, as_user: Sign
) -> None:
    answer = as_user(cast.colleague).post(NEW, typed(cast.author))
    assert (answer.status_code, answer.json()) == (409, {"reason": "other_person"})
    assert not Item.objects.exists()


def test_after_signing_in_again_the_page_gets_a_token_to_go_on_with(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.author)
    data = typed(cast.author)
    assert client.post(NEW, data).status_code == 403
    here = client.get(NEW).json()
    assert here["writer"] == cast.author.pk
    assert client.post(NEW, data | {"csrfmiddlewaretoken": here["token"]}).status_code == 200


@pytest.mark.parametrize("who", ["other_author", "colleague"])
def test_an_item_of_somebody_else_is_not_there(cast: Cast, as_user: Sign, who: str) -> None:
    item, person = draft(cast.author, NOW), getattr(cast, who)
    answer = as_user(person).post(of(item), typed(person, item, title="不是我的"))
    missing = as_user(person).post("/items/999999/autosave/", typed(person))
    assert answer.status_code == 404
    assert answer.content == missing.content
    item.refresh_from_db()
    assert item.title != "不是我的"


def test_who_files_nothing_makes_no_draft(cast: Cast, as_user: Sign) -> None:
    assert as_user(cast.auditor).post(NEW, typed(cast.auditor)).status_code == 403
    assert not Item.objects.exists()


def test_another_key_is_another_item(cast: Cast, as_user: Sign) -> None:
    client = as_user(cast.author)
    for _ in range(2):
        client.post(NEW, typed(cast.author, form_key=str(uuid4())))
    assert Item.objects.count() == 2
