"""Findings stand on the form, hold filing up where they must, and travel with the filed version."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document

from accounts.models import AuditEntry
from submissions.enums import Status
from submissions.models import Item, OfficeWord
from submissions.services.checking import digest_of_secrets, findings_in_file, findings_of
from tests.conftest import Cast, draft, filed, shanghai
from tests.submissions.builders import docx, form_data, upload

NOW = shanghai("2026-04-10")
CHECK, WORDS, EDIT = (
    reverse("submissions:item-check"),
    reverse("submissions:word-list"),
    reverse("submissions:word-edit"),
)
SECRET = "4月10日，青山县委巡察办开展回访。联系人手机13847501234。"
WORD = {"wrong": "大调研月", "right": "调研季", "severity": "block", "note": "本市统一提法"}


def submit(item: Item) -> str:
    return reverse("reviews:item-submit", args=[item.pk])


def word_file(text: str) -> bytes:
    document, file = Document(), io.BytesIO()
    document.add_paragraph(text)
    document.save(file)
    return file.getvalue()


# While writing


def test_a_text_is_checked_without_being_stored(cast: Cast, as_user) -> None:
    page = as_user(cast.author).post(CHECK, form_data(body=SECRET + "布署工作")).content.decode()
    for shown in ("手机号", "138****34", "布署", "部署"):
        assert shown in page
    assert not Item.objects.exists()


def test_a_clean_text_is_answered_with_nothing(cast: Cast, as_user) -> None:
    body = "4月10日，青山县委巡察办召开会议。" * 12
    assert as_user(cast.author).post(CHECK, form_data(body=body)).content.decode().strip() == ""


def test_who_does_not_file_does_not_check(cast: Cast, as_user) -> None:
    assert as_user(cast.auditor).post(CHECK, form_data()).status_code == 403
    assert as_user(cast.author).get(CHECK).status_code == 405


def test_findings_stand_on_the_form_of_a_saved_draft(cast: Cast, as_user) -> None:
    item = draft(cast.author, NOW, body=SECRET)
    page = as_user(cast.author).get(reverse("submissions:item-edit", args=[item.pk])).content.decode()
    assert "138****34" in page
    assert 'name="secrecy_statement"' in page


# Filing


def test_a_word_that_must_be_corrected_holds_filing_up_and_the_text_is_kept(cast: Cast, as_user) -> None:
    item = draft(cast.author, NOW)
    answer = as_user(cast.author).post(submit(item), form_data(item, body="青山县委布署整改。"))
    assert answer.status_code == 422
    assert "布署 → 部署" in answer.content.decode()
    item.refresh_from_db()
    assert (item.status, item.body) == (Status.DRAFT, "青山县委布署整改。")


def test_a_secret_is_filed_only_with_the_statement_of_a_named_person(cast: Cast, as_user) -> None:
    item, client = draft(cast.author, NOW), as_user(cast.author)
    first = client.post(submit(item), form_data(item, body=SECRET))
    assert first.status_code == 422
    item.refresh_from_db()
    answer: dict[str, Any] = {
        "secrecy_stated_by": "单位审核人",
        "secrecy_statement": "系对外公开的巡察组值班手机",
        "secrecy_stated_for": digest_of_secrets(findings_of(item)),
    }
    nameless = client.post(submit(item), form_data(item, body=SECRET, **answer | {"secrecy_stated_by": ""}))
    assert nameless.status_code == 422
    item.refresh_from_db()
    assert client.post(submit(item), form_data(item, body=SECRET, **answer)).status_code == 302
    version = item.versions.get()
    assert version.content["secrecy_stated_by"] == "单位审核人"
    assert version.findings[0]["reason"] == "mobile_number"
    assert "13847501234" not in str(version.findings)


def test_a_statement_does_not_cover_a_place_found_later(cast: Cast, as_user) -> None:
    item, client = draft(cast.author, NOW, body=SECRET), as_user(cast.author)
    answer: dict[str, Any] = {
        "secrecy_stated_by": "单位审核人",
        "secrecy_statement": "系公开电话",
        "secrecy_stated_for": digest_of_secrets(findings_of(item)),
    }
    later = client.post(submit(item), form_data(item, body=SECRET + "\n秘密★1年", **answer))
    assert later.status_code == 422
    assert "与此前不同" in later.content.decode()
    item.refresh_from_db()
    assert item.status == Status.DRAFT


def test_a_statement_is_left_behind_when_the_secret_is_taken_out(cast: Cast, as_user) -> None:
    item = draft(cast.author, NOW, body=SECRET, secrecy_stated_by="甲", secrecy_statement="公开电话")
    assert as_user(cast.author).post(submit(item), form_data(item)).status_code == 302
    assert item.versions.get().content["secrecy_statement"] == ""


def test_a_secret_in_an_attached_word_file_is_found(cast: Cast, as_user) -> None:
    item = draft(cast.author, NOW)
    files = {"uploads": upload("情况.docx", word_file("机密★3年"))}
    answer = as_user(cast.author).post(submit(item), form_data(item) | files)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "情况.docx" in page
    assert "机密★3年" in page


def test_a_file_that_was_not_checked_whole_is_answered_for_and_named_to_the_reviewer(
    cast: Cast, as_user
) -> None:
    item, client = draft(cast.author, NOW), as_user(cast.author)
    odd = docx(**{"word/embeddings/oleObject1.bin": b"\xd0\xcf\x11\xe0" + bytes(600)})
    first = client.post(submit(item), form_data(item) | {"uploads": upload("情况.docx", odd)})
    assert first.status_code == 422
    assert "没有查全" in first.content.decode()
    item.refresh_from_db()
    answer: dict[str, Any] = {
        "secrecy_stated_by": "单位审核人",
        "secrecy_statement": "嵌入的是空表，已看过",
        "secrecy_stated_for": digest_of_secrets(findings_of(item)),
    }
    assert client.post(submit(item), form_data(item, **answer)).status_code == 302
    page = as_user(cast.section_head).get(reverse("reviews:item-decide", args=[item.pk])).content.decode()
    for shown in ("没有查全", "word/embeddings/oleObject1.bin", "嵌入的是空表"):
        assert shown in page


def test_a_statement_for_one_unread_part_does_not_cover_another(cast: Cast) -> None:
    def digest(part: str) -> str:
        content = io.BytesIO(docx(**{part: b"\x01\x02" * 50}))
        return digest_of_secrets(findings_in_file(content, "情况.docx", "docx"))

    assert digest("word/a.bin") != digest("word/b.bin")


@pytest.mark.usefixtures("clean_files")
def test_files_whose_words_nobody_checks_say_so(cast: Cast, as_user) -> None:
    item, client = draft(cast.author, NOW), as_user(cast.author)
    edit = reverse("submissions:item-edit", args=[item.pk])
    client.post(edit, form_data(item, uploads=[upload("说明.docx", word_file("正文"))]))
    assert "系统不检查" not in client.get(edit).content.decode()
    item.refresh_from_db()
    client.post(edit, form_data(item, uploads=[upload("佐证.pdf")]))
    assert client.get(edit).content.decode().count("系统不检查") == 1
    detail = reverse("submissions:item-detail", args=[item.pk])
    assert client.get(detail).content.decode().count("系统不检查") == 1


def test_reviewers_see_what_was_found_and_who_answers(cast: Cast, as_user) -> None:
    item = draft(cast.author, NOW, body=SECRET)
    wanted = digest_of_secrets(findings_of(item))
    answer: dict[str, Any] = {
        "secrecy_stated_by": "单位审核人",
        "secrecy_statement": "系公开电话",
        "secrecy_stated_for": wanted,
    }
    as_user(cast.author).post(submit(item), form_data(item, body=SECRET, **answer))
    page = as_user(cast.section_head).get(reverse("reviews:item-decide", args=[item.pk])).content.decode()
    for shown in ("138****34", "系公开电话", "单位审核人"):
        assert shown in page


def test_hints_hold_nothing_up(cast: Cast) -> None:
    item = filed(cast.author, NOW, body="截止目前，全县已完成整改。")
    assert [finding["severity"] for finding in item.versions.get().findings] == ["hint", "hint"]


# The dictionary


def test_a_word_of_the_office_counts_and_is_audited(cast: Cast, as_user) -> None:
    assert as_user(cast.admin).post(EDIT, WORD)["Location"] == WORDS
    page = as_user(cast.author).post(CHECK, form_data(body="开展大调研月活动")).content.decode()
    assert "调研季" in page
    assert AuditEntry.objects.filter(action="word.save").count() == 1


def test_an_own_entry_takes_the_place_of_the_shipped_one_until_it_is_taken_off(cast: Cast, as_user) -> None:
    client = as_user(cast.admin)
    client.post(EDIT, {"wrong": "布署", "right": "部署", "severity": "off", "note": ""})
    text = form_data(body="布署工作")
    assert "布署" not in client.post(CHECK, text).content.decode()
    client.post(reverse("submissions:word-remove", args=[OfficeWord.objects.get().pk]))
    assert "布署" in client.post(CHECK, text).content.decode()


def test_a_word_of_one_office_says_nothing_in_another(cast: Cast, foreign_cast: Cast, as_user) -> None:
    as_user(cast.admin).post(EDIT, WORD)
    word = OfficeWord.objects.get()
    page = as_user(foreign_cast.author).post(CHECK, form_data(body="开展大调研月活动")).content.decode()
    assert "调研季" not in page
    assert "大调研月" not in as_user(foreign_cast.admin).get(WORDS).content.decode()
    remove = reverse("submissions:word-remove", args=[word.pk])
    assert as_user(foreign_cast.admin).post(remove).status_code == 404


@pytest.mark.parametrize("change", [{"wrong": ""}, {"right": ""}, {"right": "大调研月"}, {"severity": "x"}])
def test_a_word_that_helps_nobody_is_refused(cast: Cast, as_user, change) -> None:
    assert as_user(cast.admin).post(EDIT, WORD | change).status_code == 422
    assert not OfficeWord.objects.exists()


def test_only_the_administrator_keeps_the_dictionary(cast: Cast, as_user) -> None:
    for other in (cast.author, cast.county_admin, cast.section_head, cast.auditor):
        assert as_user(other).get(WORDS).status_code == 403
        assert as_user(other).post(EDIT, WORD).status_code == 403


def test_the_dictionary_is_searched(cast: Cast, as_user) -> None:
    client = as_user(cast.admin)
    client.post(EDIT, WORD)
    page = client.get(WORDS, {"q": "调研"}).content.decode()
    assert "大调研月" in page
    assert "布署" not in page


def test_the_dictionary_takes_the_same_queries_for_one_word_and_for_many(
    cast: Cast, as_user, django_assert_num_queries
) -> None:
    client = as_user(cast.admin)
    client.post(EDIT, WORD)
    client.get(WORDS)  # shows the message, too
    with CaptureQueriesContext(connection) as few:
        client.get(WORDS)
    expected = len(few)
    for number in range(29):
        client.post(EDIT, WORD | {"wrong": f"大调研{number}月"})
    client.get(WORDS)
    with django_assert_num_queries(expected):
        client.get(WORDS)
