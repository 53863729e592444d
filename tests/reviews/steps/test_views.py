"""The pages of filing and withdrawing, as people use them, and what is said to the slower of two."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from accounts.enums import Role
from accounts.models import AuditEntry, User
from reviews.enums import Action
from submissions.enums import Status
from submissions.models import Item
from tests.conftest import Cast, City, draft, filed, make_person, step
from tests.reviews.builders import NOW, item_at, refiled
from tests.reviews.pages import decide, said, text_of, withdraw
from tests.submissions.builders import form_data

Sign = Callable[[User], Client]


# Somebody was faster


def test_the_slower_of_two_is_told_who_did_what_and_keeps_their_words(
    cast: Cast, city: City, as_user: Sign
) -> None:
    deputy = make_person(city.section, "deputy", "副科长", Role.SECTION_HEAD)
    item = filed(cast.author, NOW)
    assert decide(as_user(cast.section_head), item, "pass", "同意").status_code == 302
    answer = decide(as_user(deputy), item, "return", "第三段的数字请再核对")
    assert answer.status_code == 409
    for shown in (
        "丁科长",
        "通过",
        "第三段的数字请再核对",
        reverse("submissions:item-detail", args=[item.pk]),
    ):
        assert shown in text_of(answer)
    assert item.decisions.signed().count() == 1


def test_pressing_the_same_button_twice_records_it_once(cast: Cast, as_user: Sign) -> None:
    item = filed(cast.author, NOW)
    client = as_user(cast.section_head)
    assert decide(client, item, "pass").status_code == 302
    answer = decide(client, item, "pass")
    assert answer["Location"] == reverse("submissions:item-detail", args=[item.pk])
    assert "此项已经记录" in said(answer)[-1]
    assert item.decisions.signed().count() == 1
    assert AuditEntry.objects.filter(action="item.pass").count() == 1


def test_pressing_the_other_button_afterwards_changes_nothing(cast: Cast, as_user: Sign) -> None:
    item = filed(cast.author, NOW)
    client = as_user(cast.section_head)
    decide(client, item, "pass")
    answer = decide(client, item, "return", "反悔了")
    assert answer.status_code == 409
    assert "您在此之后已对这篇稿件作过其他办理" in text_of(answer)
    assert "反悔了" in text_of(answer)


def test_a_decision_on_a_text_that_has_changed_is_answered_with_the_change(
    cast: Cast, city: City, as_user: Sign
) -> None:
    deputy = make_person(city.section, "deputy", "副科长", Role.SECTION_HEAD)
    read = filed(cast.author, NOW)
    seen = {"source": read.status, "version": read.version}
    step(read, Action.RETURN, deputy, NOW, "请核实")
    item = refiled(read, cast.author, body="青山县委巡察办压实责任，推动整改取得实效。")
    answer = decide(as_user(cast.section_head), item, "pass", "写得好", **seen)
    assert answer.status_code == 409
    page = text_of(answer)
    assert "<del>落地见</del><ins>取得实</ins>" in page
    assert "写得好" in page
    assert reverse("reviews:item-decide", args=[item.pk]) in page
    assert not item.decisions.signed().filter(version__number=2).exists()


# Filing


def test_a_new_item_is_saved_and_filed_at_one_press(cast: Cast, as_user: Sign) -> None:
    answer = as_user(cast.author).post(reverse("reviews:item-submit-new"), form_data())
    item = Item.objects.get()
    assert answer["Location"] == reverse("submissions:item-detail", args=[item.pk])
    assert (item.status, item.version, item.submitter) == (Status.SECTION_REVIEW, 1, cast.author)
    assert str(item.number) in said(answer)[0]


def test_filing_takes_the_text_on_the_page_not_the_one_saved_before(cast: Cast, as_user: Sign) -> None:
    item = draft(cast.author, NOW)
    as_user(cast.author).post(
        reverse("reviews:item-submit", args=[item.pk]), form_data(item, title="最后一刻改的标题")
    )
    assert item.versions.get().content["title"] == "最后一刻改的标题"


def test_what_is_missing_is_said_and_what_was_typed_is_kept(cast: Cast, as_user: Sign) -> None:
    data = form_data(title="只有标题", body="", checker="", declared_unclassified=None)
    answer = as_user(cast.author).post(reverse("reviews:item-submit-new"), data)
    assert answer.status_code == 422
    item = Item.objects.get()
    assert (item.status, item.title, item.number) == (Status.DRAFT, "只有标题", None)
    for shown in ("只有标题", "请填写正文", "单位审核人"):
        assert shown in text_of(answer)
    assert not item.decisions.exists()


def test_the_form_sent_twice_files_one_item(cast: Cast, as_user: Sign) -> None:
    data = form_data()
    client = as_user(cast.author)
    first, second = (client.post(reverse("reviews:item-submit-new"), data) for _ in range(2))
    item = Item.objects.get()
    assert first["Location"] == second["Location"] == reverse("submissions:item-detail", args=[item.pk])
    assert item.versions.count() == 1
    assert item.decisions.count() == 1


def test_an_office_where_nobody_could_decide_says_whom_to_ask(cast: Cast, as_user: Sign) -> None:
    for person in (cast.section_head, cast.supervising_leader, cast.principal_leader):
        person.grants.all().delete()
    answer = as_user(cast.author).post(reverse("reviews:item-submit-new"), form_data())
    assert answer.status_code == 422
    page = text_of(answer)
    for shown in ("综合科负责人", "分管领导", "主要领导", "辛管理", "青山县扎实推进巡察整改"):
        assert shown in page
    item = Item.objects.get()
    assert (item.status, item.version, item.number) == (Status.DRAFT, 0, None)
    assert not AuditEntry.objects.filter(action="item.submit").exists()


def test_a_returned_item_is_filed_again_from_its_form(cast: Cast, as_user: Sign) -> None:
    item = item_at(cast, Status.SUPERVISING_RETURN)
    as_user(cast.author).post(
        reverse("reviews:item-submit", args=[item.pk]), form_data(item, body="核实过了。")
    )
    item.refresh_from_db()
    assert (item.status, item.version) == (Status.SUPERVISING_REVIEW, 2)


def test_a_signer_named_as_author_is_refused_at_the_authors(cast: Cast, as_user: Sign) -> None:
    item = item_at(cast, Status.SUPERVISING_RETURN)
    data = form_data(item, authors=(("甲作者", "1"), ("丁科长", "1")))
    answer = as_user(cast.author).post(reverse("reviews:item-submit", args=[item.pk]), data)
    assert answer.status_code == 422
    assert "丁科长 已审核过这篇稿件，不能列为作者" in text_of(answer)


@pytest.mark.parametrize("person", ["colleague", "section_head", "county_admin"])
def test_others_do_not_file_an_item(cast: Cast, as_user: Sign, person: str) -> None:
    item = item_at(cast, Status.SECTION_RETURN)
    answer = as_user(getattr(cast, person)).post(
        reverse("reviews:item-submit", args=[item.pk]), form_data(item)
    )
    assert answer.status_code == 403
    item.refresh_from_db()
    assert item.version == 1


def test_an_auditor_files_nothing(cast: Cast, as_user: Sign) -> None:
    assert as_user(cast.auditor).post(reverse("reviews:item-submit-new"), form_data()).status_code == 403
    assert not Item.objects.exists()


def test_leaders_write_too_and_are_told_where_their_item_went(cast: Cast, as_user: Sign) -> None:
    answer = as_user(cast.section_head).post(
        reverse("reviews:item-submit-new"), form_data(authors=(("丁科长", "1"),))
    )
    item = Item.objects.get()
    assert item.status == Status.SUPERVISING_REVIEW
    assert "等待分管领导审核" in said(answer)[0]


# Withdrawing


def test_an_item_is_withdrawn_after_a_question(cast: Cast, as_user: Sign) -> None:
    item = filed(cast.author, NOW)
    client = as_user(cast.author)
    page = client.get(reverse("reviews:item-withdraw", args=[item.pk]))
    assert f"撤回《{item.title}》" in text_of(page)
    item.refresh_from_db()
    assert item.status == Status.SECTION_REVIEW
    assert withdraw(client, item).url == reverse("submissions:item-detail", args=[item.pk])
    item.refresh_from_db()
    assert item.status == Status.WITHDRAWN


def test_withdrawing_twice_is_recorded_once(cast: Cast, as_user: Sign) -> None:
    item = filed(cast.author, NOW)
    client = as_user(cast.author)
    withdraw(client, item)
    assert withdraw(client, item).status_code == 302
    assert item.decisions.filter(action=Action.WITHDRAW).count() == 1


def test_after_a_decision_the_page_says_whom_to_ask_instead(cast: Cast, as_user: Sign) -> None:
    item = item_at(cast, Status.SUPERVISING_REVIEW)
    client = as_user(cast.author)
    for answer in (client.get(reverse("reviews:item-withdraw", args=[item.pk])), withdraw(client, item)):
        assert answer.status_code == 403
        assert "请分管领导退回" in text_of(answer)


def test_a_reviewer_who_was_faster_than_the_withdrawal_is_named(cast: Cast, as_user: Sign) -> None:
    item = filed(cast.author, NOW)
    read = Item.objects.get(pk=item.pk)
    step(item, Action.PASS, cast.section_head, NOW)
    answer = withdraw(as_user(cast.author), read)
    assert answer.status_code == 409
    assert "丁科长" in text_of(answer)


def test_others_do_not_withdraw_an_item(cast: Cast, as_user: Sign) -> None:
    item = filed(cast.author, NOW)
    for person in (cast.colleague, cast.section_head, cast.county_admin):
        assert as_user(person).get(reverse("reviews:item-withdraw", args=[item.pk])).status_code == 403
        assert withdraw(as_user(person), item).status_code == 403
