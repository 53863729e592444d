"""Saving what a writer types: nothing is lost, nothing is doubled, nobody is overwritten."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from reviews.enums import Action
from submissions.enums import Status
from submissions.models import Item
from tests.conftest import Cast, City, draft, filed, shanghai, step
from tests.submissions.builders import JPG, PDF, form_data, upload

pytestmark = pytest.mark.usefixtures("clean_files")
NOW = shanghai("2026-04-10")
NEW = "/items/new/"


def edit(item: Item) -> str:
    return reverse("submissions:item-edit", args=[item.pk])


def test_a_new_form_becomes_a_draft_with_everything_that_was_typed(cast: Cast, city: City, as_user):
    data = form_data(
        authors=[("甲作者", "2"), ("新华社李四", "1")],
        route="important",
        route_reason="涉及全市部署",
        urgent="on",
        uploads=[upload("附件.pdf")],
        unit=city.county.pk,
    )
    answer = as_user(cast.author).post(NEW, data)
    item = Item.objects.get()
    assert answer.status_code == 302
    assert answer["Location"] == edit(item)
    assert (item.title, item.body) == (data["title"], data["body"])
    assert (item.route, item.route_reason, item.urgent) == ("important", "涉及全市部署", True)
    assert (item.status, item.submitter, item.unit, item.office) == (
        Status.DRAFT,
        cast.author,
        city.county,
        city.office,
    )
    authors = [(a.name, a.share, a.user) for a in item.authorships.order_by("position")]
    assert authors == [("甲作者", 2, cast.author), ("新华社李四", 1, None)]
    assert [file.name for file in item.attachments.all()] == ["附件.pdf"]


def test_the_form_shows_again_what_was_stored(cast: Cast, as_user):
    client = as_user(cast.author)
    client.post(NEW, form_data(authors=[("甲作者", "3")], checker="王审核", urgent="on"))
    page = client.get(edit(Item.objects.get())).content.decode()
    assert 'value="青山县扎实推进巡察整改"' in page
    assert "青山县委巡察办压实责任" in page
    assert 'value="王审核"' in page
    assert 'name="authors-0-share" value="3"' in page
    for name in ("route", "urgent", "declared_unclassified"):
        assert re.search(f'<input[^>]*checked[^>]*name="{name}"|<input[^>]*name="{name}"[^>]*checked', page)


def test_an_incomplete_draft_is_saved_without_complaint(cast: Cast, as_user):
    data = form_data(body="", checker="", declared_unclassified=None, authors=[("", "")])
    assert as_user(cast.author).post(NEW, data).status_code == 302
    assert Item.objects.get().authorships.count() == 0


def test_an_empty_form_makes_no_item(cast: Cast, as_user):
    answer = as_user(cast.author).post(NEW, form_data(title=" ", body="\r\n"))
    assert answer.status_code == 422
    assert not Item.objects.exists()


def test_one_wrong_field_keeps_nothing_else_from_being_saved(cast: Cast, as_user):
    item = draft(cast.author, NOW, title="旧标题")
    answer = as_user(cast.author).post(
        edit(item), form_data(item, title="长" * 121, body="新的正文", checker="李审核")
    )
    page = answer.content.decode()
    item.refresh_from_db()
    assert answer.status_code == 422
    assert (item.title, item.body, item.checker) == ("旧标题", "新的正文", "李审核")
    assert "长" * 121 in page, "what was typed is still in the form"
    assert 'href="#id_title"' in page, "the summary leads to the field"


def test_a_refused_file_keeps_neither_the_text_nor_the_good_files_out(cast: Cast, as_user):
    files = [upload("好.pdf"), upload("坏.exe", b"MZ"), upload("图.jpg", JPG)]
    answer = as_user(cast.author).post(NEW, form_data(uploads=files))
    item = Item.objects.get()
    assert answer.status_code == 422
    assert "坏.exe" in answer.content.decode()
    assert item.title == "青山县扎实推进巡察整改"
    assert sorted(file.name for file in item.attachments.all()) == ["图.jpg", "好.pdf"]


def test_the_form_that_comes_back_from_a_failure_goes_on_with_the_same_item(cast: Cast, as_user):
    client, data = as_user(cast.author), form_data(uploads=[upload("坏.exe", b"MZ")])
    page = client.post(NEW, data).content.decode()
    item = Item.objects.get()
    assert f'action="{edit(item)}"' in page
    assert client.post(edit(item), form_data(item, title="改过的标题")).status_code == 302
    assert Item.objects.get().title == "改过的标题"


def test_fields_a_request_does_not_carry_stay_as_they_are(cast: Cast, as_user):
    item = draft(cast.author, NOW, title="标题", checker="王审核")
    data = form_data(item, title="新标题", checker=None, body=None)
    as_user(cast.author).post(edit(item), data)
    item.refresh_from_db()
    assert (item.title, item.checker) == ("新标题", "王审核")
    assert item.body.startswith("青山县委巡察办")


@pytest.mark.parametrize(
    "field", ["status", "number", "submitter", "office", "version", "issued_at", "origin"]
)
def test_facts_that_are_not_the_writers_cannot_be_sent_along(cast: Cast, as_user, field: str):
    item = draft(cast.author, NOW)
    before = Item.objects.filter(pk=item.pk).values(field).get()
    as_user(cast.author).post(edit(item), form_data(item, title="新标题") | {field: cast.colleague.pk})
    assert Item.objects.filter(pk=item.pk).values(field).get() == before


def test_the_same_form_sent_again_finds_its_item(cast: Cast, as_user):
    client, data = as_user(cast.author), form_data()
    first, second = client.post(NEW, data), client.post(NEW, data)
    assert first["Location"] == second["Location"]
    assert Item.objects.count() == 1


def test_going_back_to_the_blank_form_and_changing_the_text_goes_on_with_the_item(cast: Cast, as_user):
    client, data = as_user(cast.author), form_data()
    client.post(NEW, data)
    client.post(NEW, data | {"title": "第二稿"})
    assert Item.objects.get().title == "第二稿"


def test_a_form_key_of_somebody_else_makes_an_item_of_ones_own(cast: Cast, as_user):
    key = str(uuid4())
    as_user(cast.author).post(NEW, form_data(form_key=key))
    assert as_user(cast.other_author).post(NEW, form_data(form_key=key)).status_code == 302
    assert set(Item.objects.values_list("submitter", flat=True)) == {cast.author.pk, cast.other_author.pk}


@pytest.mark.parametrize("key", ["", "不是钥匙", "x" * 5000])
def test_a_broken_form_key_does_not_lose_the_text(cast: Cast, as_user, key: str):
    assert as_user(cast.author).post(NEW, form_data(form_key=key, read=key)).status_code == 302
    assert Item.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_ten_clicks_at_once_make_one_item(cast: Cast, as_user):
    data, together = form_data(), Barrier(10)
    clients = [as_user(cast.author) for _ in range(10)]

    def click(client: Client) -> tuple[int, str]:
        together.wait()
        try:
            answer = client.post(NEW, data)
            return answer.status_code, answer.get("Location", "")
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as pool:
        answers = list(pool.map(click, clients))
    assert answers == [(302, edit(Item.objects.get()))] * 10


@pytest.mark.django_db(transaction=True)
def test_filing_clicked_five_times_at_once_files_once(cast: Cast, as_user):
    data, together = form_data(), Barrier(5)
    clients = [as_user(cast.author) for _ in range(5)]

    def click(client: Client) -> tuple[int, str]:
        together.wait()
        try:
            answer = client.post(reverse("reviews:item-submit-new"), data)
            return answer.status_code, answer.get("Location", "")
        finally:
            connection.close()

    with ThreadPoolExecutor(5) as pool:
        answers = list(pool.map(click, clients))
    item = Item.objects.get()
    assert (item.status, item.versions.count()) == (Status.SECTION_REVIEW, 1)
    assert answers == [(302, reverse("submissions:item-detail", args=[item.pk]))] * 5


def test_text_saved_by_a_co_author_meanwhile_is_not_overwritten_unseen(cast: Cast, as_user):
    item = draft(cast.author, NOW, authors=[])
    mine = form_data(item, title="我的标题", body="我写的正文")
    theirs = form_data(item, title="他的标题")
    as_user(cast.author).post(edit(item), theirs)
    answer = as_user(cast.author).post(edit(item), mine)
    page = answer.content.decode()
    item.refresh_from_db()
    assert answer.status_code == 409
    assert item.title == "他的标题"
    assert "我写的正文" in page, "what was typed is in the form"
    assert "他的标题" in page, "what stands is shown"
    again = mine | {"read": item.changed_at.isoformat()}
    assert again["read"] in page, "saving the page that came back replaces the text knowingly"
    as_user(cast.author).post(edit(item), again)
    assert Item.objects.get().title == "我的标题"


def test_an_old_page_with_the_text_that_stands_is_no_conflict(cast: Cast, as_user):
    item = draft(cast.author, NOW)
    data = form_data(item, title="新标题")
    client = as_user(cast.author)
    assert client.post(edit(item), data).status_code == 302
    assert client.post(edit(item), data).status_code == 302


def test_an_item_filed_meanwhile_is_shown_with_what_was_typed_and_stays_as_filed(cast: Cast, as_user):
    item = draft(cast.author, NOW)
    data = form_data(item, title="来不及的标题", body="来不及的正文")
    step(item, Action.SUBMIT, cast.author, NOW)
    answer = as_user(cast.author).post(edit(item), data)
    item.refresh_from_db()
    assert answer.status_code == 409
    assert "来不及的正文" in answer.content.decode()
    assert item.title == "青山县扎实推进巡察整改"


def test_opening_the_form_of_a_filed_item_says_what_to_do(cast: Cast, as_user):
    item = filed(cast.author, NOW)
    answer = as_user(cast.author).get(edit(item))
    assert answer.status_code == 409
    assert reverse("submissions:item-detail", args=[item.pk]) in answer.content.decode()


def test_a_form_sent_again_after_filing_leads_to_the_item(cast: Cast, as_user):
    client, data = as_user(cast.author), form_data()
    url = reverse("reviews:item-submit-new")
    first, second = client.post(url, data), client.post(url, data)
    item = Item.objects.get()
    assert first["Location"] == second["Location"] == reverse("submissions:item-detail", args=[item.pk])
    assert (item.version, item.status) == (1, Status.SECTION_REVIEW)


def test_a_refused_filing_keeps_the_text_and_says_at_each_field_what_is_missing(cast: Cast, as_user):
    data = form_data(body="写了一半", checker="", declared_unclassified=None, authors=[("", "1")])
    answer = as_user(cast.author).post(reverse("reviews:item-submit-new"), data)
    page, item = answer.content.decode(), Item.objects.get()
    assert answer.status_code == 422
    assert (item.status, item.body) == (Status.DRAFT, "写了一半")
    for anchor in ("id_checker", "authors", "id_declared_unclassified"):
        assert f'href="#{anchor}"' in page
        assert f'id="{anchor}"' in page


def test_what_filing_has_settled_cannot_be_changed_by_the_writer(cast: Cast, city: City, as_user):
    item = filed(cast.author, NOW)
    step(item, Action.RETURN, cast.section_head, NOW, "请核实数字")
    data = form_data(item, unit=city.other_county.pk, route="important", route_reason="理由", title="改后")
    assert as_user(cast.author).post(edit(item), data).status_code == 302
    item.refresh_from_db()
    assert (item.unit, item.route, item.title) == (city.county, "ordinary", "改后")


def test_a_unit_outside_ones_own_is_refused(cast: Cast, city: City, as_user):
    answer = as_user(cast.author).post(NEW, form_data(unit=city.other_county.pk))
    assert answer.status_code == 422
    assert Item.objects.get().unit == city.county


def test_a_leader_files_for_the_own_unit_alone(cast: Cast, city: City, as_user):
    page = as_user(cast.principal_leader).get(NEW).content.decode()
    assert city.office.name in page
    assert f">{city.county}</option>" not in page


def test_removing_a_file_saves_the_text_first(cast: Cast, as_user):
    client = as_user(cast.author)
    client.post(NEW, form_data(uploads=[upload("附件.pdf")]))
    item = Item.objects.get()
    file = item.attachments.get()
    path = file.file.path
    url = reverse("submissions:attachment-remove", args=[file.pk])
    with open(path, "rb") as stored:
        assert stored.read() == PDF
    answer = client.post(url, form_data(item, title="边删边改"))
    item.refresh_from_db()
    assert answer["Location"] == edit(item)
    assert item.title == "边删边改"
    assert not item.attachments.exists()


@pytest.mark.django_db(transaction=True)
def test_a_file_that_was_never_filed_leaves_the_disk_and_a_filed_one_stays(cast: Cast, as_user):
    client = as_user(cast.author)
    client.post(NEW, form_data(uploads=[upload("已报.pdf")]))
    item = Item.objects.get()
    kept = item.attachments.get()
    step(item, Action.SUBMIT, cast.author, NOW)
    step(item, Action.RETURN, cast.section_head, NOW, "换附件")
    client.post(edit(item), form_data(item, uploads=[upload("未报.jpg", JPG)]))
    dropped = item.attachments.exclude(pk=kept.pk).get()
    for file in (kept, dropped):
        assert client.post(reverse("submissions:attachment-remove", args=[file.pk])).status_code == 302
    kept.refresh_from_db()
    assert kept.removed_at is not None
    assert kept.file.storage.exists(str(kept.file.name))
    assert not item.attachments.filter(pk=dropped.pk).exists()
    assert not dropped.file.storage.exists(str(dropped.file.name))


def test_a_disk_that_refuses_a_file_keeps_the_text(cast: Cast, as_user, settings, tmp_path):
    blocked = tmp_path / "items"
    blocked.write_text("a file where the folder should be")
    settings.MEDIA_ROOT = tmp_path
    answer = as_user(cast.author).post(NEW, form_data(uploads=[upload("附件.pdf")]))
    item = Item.objects.get()
    assert answer.status_code == 422
    assert item.title
    assert not item.attachments.exists()


def test_the_same_file_chosen_twice_is_kept_once(cast: Cast, as_user):
    as_user(cast.author).post(NEW, form_data(uploads=[upload("一.pdf"), upload("二.pdf")]))
    assert Item.objects.get().attachments.count() == 1


@pytest.mark.parametrize("hostile", ["\x00", "标题\x08", "\x1b[31m"])
@pytest.mark.parametrize("field", ["title", "body", "authors-0-name", "checker"])
def test_control_characters_are_refused_with_400(cast: Cast, as_user, field: str, hostile: str):
    assert as_user(cast.author).post(NEW, form_data() | {field: hostile}).status_code == 400
    assert not Item.objects.exists()


@pytest.mark.parametrize(
    "text",
    [
        "𬱖𰻝",
        "ᠮᠣᠩᠭᠣᠯ᠎ᠠ",
        "👩‍👩‍👧‍👦🇨🇳",
        "<script>alert(1)</script>",
        "{{ 7*7 }}{% debug %}",
        "=cmd|' /C calc'!A0",
        "'; DROP TABLE submissions_item; --",
        "%s%n\\",
        "á" * 120,
    ],
)
def test_any_text_is_stored_as_given_and_shown_escaped(cast: Cast, as_user, text: str):
    client = as_user(cast.author)
    assert client.post(NEW, form_data(title=text, body=text)).status_code == 302
    item = Item.objects.get()
    assert (item.title, item.body) == (text, text)
    page = client.get(reverse("submissions:item-detail", args=[item.pk]))
    assert page.status_code == 200
    assert "<script>alert" not in page.content.decode()


def test_text_is_stored_composed_and_without_unseen_characters(cast: Cast, as_user):
    body = "　　第一段\r\n　　cafe\u0301\u202e\r\n\r\n"
    as_user(cast.author).post(NEW, form_data(title="\u200b e\u0301 \u202e题", body=body))
    item = Item.objects.get()
    assert item.title == "é 题"
    assert item.body == "　　第一段\n　　café"
