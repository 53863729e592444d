"""Reading an item, its versions and files; discarding a draft; who may do which."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import AuditEntry
from reviews.enums import Action
from submissions.models import Attachment, Item
from submissions.services.drafts import attach, save_draft
from submissions.uploads import check_upload
from tests.conftest import Cast, City, draft, filed, issued, make_person, shanghai, step
from tests.submissions.builders import PDF, form_data, picture, upload

pytestmark = pytest.mark.usefixtures("clean_files")
NOW = shanghai("2026-04-10")


def url(name: str, *args: int) -> str:
    return reverse(f"submissions:{name}", args=args)


def with_file(item: Item, name: str = "附件.pdf", content: bytes = PDF) -> Attachment:
    return attach(item=item, upload=check_upload(upload(name, content)), by=item.submitter, now=NOW)


def test_an_item_shows_its_text_facts_files_and_versions(cast: Cast, as_user):
    item = draft(cast.author, NOW)
    with_file(item)
    step(item, Action.SUBMIT, cast.author, NOW)
    page = as_user(cast.colleague).get(url("item-detail", item.pk)).content.decode()
    for shown in (item.title, item.body, item.number, "附件.pdf", "单位审核人", "第1版", "在综合科负责人处"):
        assert shown in page


def test_shares_are_shown_when_they_differ(cast: Cast, as_user):
    client = as_user(cast.author)
    client.post(url("item-create"), form_data(authors=[("甲作者", "2"), ("李记者", "1")]))
    page = client.get(url("item-detail", Item.objects.get().pk)).content.decode()
    assert "甲作者（2/3）、李记者（1/3）" in page


def test_others_read_what_was_filed_while_the_writer_revises_it(cast: Cast, as_user):
    item = filed(cast.author, NOW, title="报上去的标题")
    step(item, Action.RETURN, cast.section_head, NOW, "请改标题")
    save_draft(item=item, by=cast.author, fields={"title": "还没改好"}, authors=None, now=NOW)
    writer = as_user(cast.author).get(url("item-detail", item.pk)).content.decode()
    reader = as_user(cast.section_head).get(url("item-detail", item.pk)).content.decode()
    assert "还没改好" in writer
    assert "还没改好" not in reader
    assert "报上去的标题" in reader


def test_a_version_stays_as_it_was_filed(cast: Cast, as_user):
    item = filed(cast.author, NOW, title="第一稿")
    step(item, Action.RETURN, cast.section_head, NOW, "改")
    save_draft(item=item, by=cast.author, fields={"title": "第二稿"}, authors=None, now=NOW)
    step(item, Action.SUBMIT, cast.author, NOW)
    client = as_user(cast.colleague)
    first = client.get(url("version-detail", item.pk, 1)).content.decode()
    assert "第一稿" in first
    assert item.versions.get(number=1).sha256 in first
    assert "第二稿" in client.get(url("version-detail", item.pk, 2)).content.decode()
    assert client.get(url("version-detail", item.pk, 3)).status_code == 404


def test_a_page_takes_the_same_queries_for_one_author_and_file_and_for_many(
    cast: Cast, as_user, django_assert_num_queries
):
    client = as_user(cast.author)
    client.post(url("item-create"), form_data(uploads=[upload("一.pdf")]))
    item = Item.objects.get()
    page = url("item-detail", item.pk)
    client.get(page)
    with CaptureQueriesContext(connection) as few:
        client.get(page)
    expected = len(few)
    client.post(
        url("item-edit", item.pk),
        form_data(
            item,
            authors=[(f"作者{n}", "1") for n in range(9)],
            uploads=[upload(f"{n}.jpg", picture("JPEG", 20 * n)) for n in range(9)],
        ),
    )
    assert (item.authorships.count(), item.attachments.count()) == (9, 10)
    client.get(page)
    with django_assert_num_queries(expected):
        client.get(page)


def test_a_file_is_handed_out_as_a_download_and_never_shown_in_the_site(cast: Cast, as_user):
    item = draft(cast.author, NOW)
    file = with_file(item, "附 件\"';.pdf")
    answer = as_user(cast.author).get(url("attachment-download", file.pk))
    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Disposition"].startswith("attachment")
    assert "filename*=utf-8''" in answer["Content-Disposition"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox"
    assert "no-store" in answer["Cache-Control"]


def test_a_file_obeys_the_rule_of_its_item(cast: Cast, foreign_cast: Cast, as_user):
    item = draft(cast.author, NOW)
    file = with_file(item)
    download = url("attachment-download", file.pk)
    for other in (cast.colleague, cast.section_head, cast.other_author, foreign_cast.admin):
        assert as_user(other).get(download).status_code == 404
    step(item, Action.SUBMIT, cast.author, NOW)
    for other, status in ((cast.colleague, 200), (cast.section_head, 200), (cast.other_author, 404)):
        assert as_user(other).get(download).status_code == status


def test_a_file_not_yet_filed_is_its_writers_alone(cast: Cast, as_user):
    item = filed(cast.author, NOW)
    step(item, Action.RETURN, cast.section_head, NOW, "补附件")
    download = url("attachment-download", with_file(item).pk)
    assert as_user(cast.author).get(download).status_code == 200
    assert as_user(cast.section_head).get(download).status_code == 404


def test_a_file_lost_on_disk_is_not_found(cast: Cast, as_user):
    file = with_file(draft(cast.author, NOW))
    file.file.storage.delete(str(file.file))
    assert as_user(cast.author).get(url("attachment-download", file.pk)).status_code == 404


def test_only_writers_take_files_out_and_only_by_post(cast: Cast, as_user):
    item = draft(cast.author, NOW)
    file = with_file(item)
    step(item, Action.SUBMIT, cast.author, NOW)
    remove = url("attachment-remove", file.pk)
    assert as_user(cast.author).get(remove).status_code == 405
    assert as_user(cast.colleague).post(remove).status_code == 403
    assert as_user(cast.author).post(remove).status_code == 409, "it is with the reviewers"
    assert item.attachments.filter(removed_at=None).exists()


def test_a_draft_is_discarded_after_a_question_with_its_files(
    cast: Cast, as_user, django_capture_on_commit_callbacks
):
    item = draft(cast.author, NOW)
    file = with_file(item)
    client = as_user(cast.author)
    assert item.title in client.get(url("item-discard", item.pk)).content.decode()
    assert Item.objects.exists(), "asking deletes nothing"
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(url("item-discard", item.pk))
    assert answer["Location"] == url("item-list")
    assert not Item.objects.exists()
    assert not file.file.storage.exists(str(file.file))
    assert AuditEntry.objects.get(action="item.discard").actor == cast.author


def test_a_filed_item_and_somebody_elses_draft_are_not_discarded(cast: Cast, as_user):
    item = filed(cast.author, NOW)
    assert as_user(cast.author).post(url("item-discard", item.pk)).status_code == 403
    assert as_user(cast.colleague).post(url("item-discard", item.pk)).status_code == 403
    hidden = draft(cast.author, NOW)
    assert as_user(cast.colleague).post(url("item-discard", hidden.pk)).status_code == 404
    assert Item.objects.count() == 2


def test_those_who_do_not_file_are_told_so(cast: Cast, city: City, as_user):
    nobody = make_person(city.county, "nobody", "无角色")
    for person in (nobody, cast.auditor):
        client = as_user(person)
        assert client.get(url("item-create")).status_code == 403
        assert client.post(url("item-create"), form_data()).status_code == 403
        assert url("item-create") not in client.get(url("item-list")).content.decode()
    assert not Item.objects.exists()


def test_reading_an_item_does_not_allow_to_edit_it(cast: Cast, as_user):
    item = filed(cast.author, NOW)
    step(item, Action.WITHDRAW, cast.author, NOW)
    for reader in (cast.colleague, cast.section_head):
        client = as_user(reader)
        assert client.get(url("item-detail", item.pk)).status_code == 200
        assert client.get(url("item-edit", item.pk)).status_code == 403
        assert client.post(url("item-edit", item.pk), form_data(item, title="别人改的")).status_code == 403
    item.refresh_from_db()
    assert item.title != "别人改的"


@pytest.mark.parametrize("page", ["item-detail", "item-edit", "item-discard", "attachment-download"])
def test_foreign_and_absent_are_the_same_404(cast: Cast, foreign_cast: Cast, as_user, page: str):
    item = filed(cast.author, NOW)
    file = Attachment.objects.create(
        item=item, name="a.pdf", size=1, sha256="", uploaded_by=cast.author, uploaded_at=NOW
    )
    client = as_user(foreign_cast.author)

    def answer(pk: int) -> str:
        found = client.get(url(page, pk))
        assert found.status_code == 404
        return re.sub(r'(csrfmiddlewaretoken" value=")\w+', r"\1", found.content.decode())

    assert answer(file.pk if page == "attachment-download" else item.pk) == answer(10**9) == answer(10**30)


def test_no_get_changes_anything(cast: Cast, as_user):
    item = issued(cast.author, cast, NOW)
    client = as_user(cast.author)
    before = Item.objects.values().get(), AuditEntry.objects.count()
    for name in ("item-detail", "item-edit", "item-discard"):
        client.get(url(name, item.pk))
    client.get(url("item-list"))
    client.get(url("item-create"))
    assert (Item.objects.values().get(), AuditEntry.objects.count()) == before


def test_visitors_are_sent_to_the_login(client, cast: Cast):
    item = filed(cast.author, NOW)
    for page in (url("item-list"), url("item-detail", item.pk), url("item-export"), url("round-list")):
        assert client.get(page)["Location"].startswith("/accounts/login/")
