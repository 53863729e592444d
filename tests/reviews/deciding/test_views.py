"""The inbox and the pages on which reviewers decide, as people use them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from accounts.models import User
from accounts.services.roles import grant_role
from reviews.chain import ROADS
from reviews.enums import Action
from submissions.enums import Route, Status
from tests.conftest import LONG_AGO, Cast, City, draft, filed, issued, make_person, step
from tests.reviews.builders import IMPORTANT, NOW, decider, important, item_at, refiled
from tests.reviews.pages import decide, said, text_of
from tests.submissions.builders import form_data

Sign = Callable[[User], Client]


# The inbox and the list of what one has decided


def test_a_reviewer_finds_what_waits_with_days_unit_level_and_route(cast: Cast, as_user: Sign) -> None:
    item = filed(cast.author, timezone.now(), urgent=True, **important(Route.IMPORTANT))
    page = text_of(as_user(cast.section_head).get(reverse("reviews:inbox")))
    for shown in (str(item), "加急", "青山县", "一审", "重要稿件", "第1天", str(item.number)):
        assert shown in page
    assert reverse("reviews:item-decide", args=[item.pk]) in page


def test_an_empty_inbox_says_so(cast: Cast, as_user: Sign) -> None:
    assert "目前没有待您审核的稿件" in text_of(as_user(cast.section_head).get(reverse("reviews:inbox")))


@pytest.mark.parametrize("page", ["reviews:inbox", "reviews:decision-list"])
@pytest.mark.parametrize("person", ["author", "admin", "county_admin", "auditor"])
def test_the_lists_of_reviewers_are_closed_to_others(
    cast: Cast, as_user: Sign, page: str, person: str
) -> None:
    assert as_user(getattr(cast, person)).get(reverse(page)).status_code == 403


def test_one_finds_ones_own_decisions_by_words_and_kind(cast: Cast, as_user: Sign) -> None:
    step(filed(cast.author, NOW, title="旗县整改见成效"), Action.PASS, cast.section_head, NOW)
    step(
        filed(cast.author, NOW, title="巡察进驻动员会", body="今日召开。"),
        Action.RETURN,
        cast.section_head,
        NOW,
        "请核实",
    )
    client = as_user(cast.section_head)
    everything = text_of(client.get(reverse("reviews:decision-list")))
    assert "旗县整改见成效" in everything
    assert "巡察进驻动员会" in everything
    assert "巡察进驻动员会" not in text_of(client.get(reverse("reviews:decision-list"), {"q": "整改"}))
    assert "旗县整改见成效" not in text_of(client.get(reverse("reviews:decision-list"), {"action": "return"}))
    assert "旗县整改见成效" not in text_of(
        as_user(cast.principal_leader).get(reverse("reviews:decision-list"))
    )


@pytest.mark.parametrize("page", ["reviews:inbox", "reviews:decision-list"])
def test_the_lists_take_as_many_queries_for_thirty_rows_as_for_one(
    cast: Cast, as_user: Sign, page: str
) -> None:
    client = as_user(cast.section_head)

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            client.get(reverse(page))
        return len(captured)

    def one_more() -> None:
        filed(cast.author, NOW)
        step(filed(cast.author, NOW), Action.PASS, cast.section_head, NOW)

    one_more()
    first = queries()
    for _ in range(29):
        one_more()
    assert queries() == first


def test_the_inbox_has_pages(cast: Cast, as_user: Sign) -> None:
    for number in range(21):
        filed(cast.author, NOW, title=f"稿件{number:02d}")
    client = as_user(cast.section_head)
    assert "稿件20" not in text_of(client.get(reverse("reviews:inbox")))
    assert "稿件20" in text_of(client.get(reverse("reviews:inbox"), {"page": 2}))


# The decision page


def test_the_page_shows_everything_a_decision_needs(cast: Cast, as_user: Sign) -> None:
    item = item_at(cast, Status.SUPERVISING_REVIEW, IMPORTANT)
    page = text_of(as_user(cast.supervising_leader).get(reverse("reviews:item-decide", args=[item.pk])))
    for shown in (
        item.title,
        item.body,
        "全市重点工作",
        "单位审核人",
        "甲作者",
        "丁科长",
        "第1版",
        "不涉密",
        "主要领导",
    ):
        assert shown in page
    assert "您通过后送主要领导" in page


@pytest.mark.parametrize(
    ("status", "button"), [(Status.SECTION_REVIEW, "pass"), (Status.PRINCIPAL_REVIEW, "issue")]
)
def test_the_last_level_signs_where_the_others_pass(
    cast: Cast, as_user: Sign, status: Status, button: str
) -> None:
    item = item_at(cast, status)
    page = text_of(as_user(decider(cast, status)).get(reverse("reviews:item-decide", args=[item.pk])))
    assert f'value="{button}"' in page
    assert 'value="return"' in page


def test_the_page_says_when_ones_approval_already_issues(cast: Cast, as_user: Sign) -> None:
    item = step(filed(cast.principal_leader, NOW), Action.PASS, cast.section_head, NOW)
    page = text_of(as_user(cast.supervising_leader).get(reverse("reviews:item-decide", args=[item.pk])))
    assert "您通过后即签发" in page


def test_a_reviewer_sees_what_changed_since_their_own_signature(cast: Cast, as_user: Sign) -> None:
    item = item_at(cast, Status.SECTION_RETURN)
    item = refiled(item, cast.author, body="青山县委巡察办压实责任，推动整改取得实效。")
    page = as_user(cast.section_head).get(reverse("reviews:item-decide", args=[item.pk]))
    assert "与您审核过的第1版的差别" in text_of(page)
    assert "<del>落地见</del><ins>取得实</ins>" in text_of(page)


def test_somebody_who_never_signed_is_offered_the_change_to_the_version_before(
    cast: Cast, as_user: Sign
) -> None:
    item = refiled(item_at(cast, Status.SECTION_RETURN), cast.author, title="青山县大力推进巡察整改")
    item = step(item, Action.PASS, cast.section_head, NOW)
    page = text_of(as_user(cast.supervising_leader).get(reverse("reviews:item-decide", args=[item.pk])))
    assert "与第1版的差别" in page
    assert "<del>扎实</del><ins>大力</ins>" in page


def test_any_earlier_version_can_be_compared(cast: Cast, as_user: Sign) -> None:
    item = item_at(cast, Status.SECTION_RETURN)
    item = refiled(item, cast.author, body="第二稿。")
    item = step(item, Action.RETURN, cast.section_head, NOW, "再改")
    item = refiled(item, cast.author, body="第三稿。")
    url = reverse("reviews:item-decide", args=[item.pk])
    client = as_user(cast.section_head)
    assert "与您审核过的第2版的差别" in text_of(client.get(url))
    assert "与第1版的差别" in text_of(client.get(url, {"base": "1"}))
    for nonsense in ("3", "99", "x", "-1", "٣"):
        assert "与您审核过的第2版的差别" in text_of(client.get(url, {"base": nonsense}))


def test_the_page_takes_the_same_queries_however_long_the_history(cast: Cast, as_user: Sign) -> None:
    item = filed(cast.author, NOW)
    client = as_user(cast.section_head)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(reverse("reviews:item-decide", args=[item.pk])).status_code == 200
        return len(captured)

    for round_ in range(2):
        item = step(item, Action.RETURN, cast.section_head, NOW, "再改")
        item = refiled(item, cast.author, body=f"第{round_}稿。")
    few = queries()
    for round_ in range(2, 8):
        item = step(item, Action.RETURN, cast.section_head, NOW, "再改")
        item = refiled(item, cast.author, body=f"第{round_}稿。")
    assert queries() == few


# Deciding


def test_after_a_decision_comes_the_next_item_and_a_word_on_where_the_last_went(
    cast: Cast, as_user: Sign
) -> None:
    first, second, third = (filed(cast.author, NOW, title=f"第{name}篇") for name in "一二三")
    client = as_user(cast.section_head)
    answer = decide(client, second, "pass")
    assert answer.url == reverse("reviews:item-decide", args=[third.pk])
    assert said(answer) == ["《第二篇》已通过，送分管领导审核。"]
    answer = decide(client, third, "return", "请核实")
    assert answer.url == reverse("reviews:item-decide", args=[first.pk])
    assert decide(client, first, "pass").url == reverse("reviews:inbox")


def test_the_word_names_the_levels_that_were_passed_over(cast: Cast, as_user: Sign) -> None:
    cast.supervising_leader.grants.all().delete()
    answer = decide(as_user(cast.section_head), filed(cast.author, NOW), "pass")
    assert said(answer) == [
        "《青山县扎实推进巡察整改》已通过，送主要领导审核；分管领导没有其他同志可以审核，记为回避。"
    ]


def test_the_word_says_so_when_the_item_was_issued(cast: Cast, as_user: Sign) -> None:
    answer = decide(as_user(cast.principal_leader), item_at(cast, Status.PRINCIPAL_REVIEW), "issue")
    assert said(answer) == ["《青山县扎实推进巡察整改》已签发。"]
    own = step(filed(cast.principal_leader, NOW), Action.PASS, cast.section_head, NOW)
    assert "已通过并签发" in said(decide(as_user(cast.supervising_leader), own, "pass"))[0]


def test_a_return_without_a_reason_is_answered_on_the_same_page(cast: Cast, as_user: Sign) -> None:
    item = filed(cast.author, NOW)
    answer = decide(as_user(cast.section_head), item, "return", "  ")
    assert answer.status_code == 422
    assert "请写明需要修改什么" in text_of(answer)
    assert not item.decisions.signed().exists()


def test_a_comment_that_is_too_long_is_kept_on_the_page(cast: Cast, as_user: Sign) -> None:
    answer = decide(as_user(cast.section_head), filed(cast.author, NOW), "pass", "长" * 2001)
    assert answer.status_code == 422
    assert "长" * 2001 in text_of(answer)


@pytest.mark.parametrize(
    "wrong", [{"action": "recuse"}, {"action": "submit"}, {"version": "x"}, {"source": "nowhere"}]
)
def test_forms_made_by_hand_change_nothing(cast: Cast, as_user: Sign, wrong: dict[str, str]) -> None:
    item = filed(cast.author, NOW)
    data = {"source": item.status, "version": item.version, "action": "pass", "comment": ""} | wrong
    answer = as_user(cast.section_head).post(reverse("reviews:item-decide", args=[item.pk]), data)
    assert answer.status_code == 422
    assert item.decisions.count() == 1


def test_signing_where_one_may_only_pass_is_refused(cast: Cast, as_user: Sign) -> None:
    item = filed(cast.author, NOW)
    answer = decide(as_user(cast.section_head), item, "issue")
    assert answer.status_code == 403
    assert "不能进行这一步" in text_of(answer)
    assert item.decisions.count() == 1


# Who gets to see and press what


@pytest.mark.parametrize("person", ["author", "colleague", "admin", "county_admin", "auditor"])
def test_the_decision_page_is_closed_to_those_who_review_nothing(
    cast: Cast, as_user: Sign, person: str
) -> None:
    item, client = filed(cast.author, NOW), as_user(getattr(cast, person))
    url = reverse("reviews:item-decide", args=[item.pk])
    assert client.get(url).status_code in {403, 404}
    assert decide(client, item, "pass").status_code in {403, 404}
    assert item.decisions.count() == 1


ON_THE_ROAD = [level.waiting for level in ROADS[IMPORTANT]]


@pytest.mark.parametrize("status", ON_THE_ROAD)
def test_each_level_is_closed_to_the_reviewers_of_the_others(cast: Cast, as_user: Sign, status: str) -> None:
    item = item_at(cast, status, IMPORTANT)
    for other in set(ON_THE_ROAD) - {status}:
        client = as_user(decider(cast, other))
        answer = client.get(reverse("reviews:item-decide", args=[item.pk]))
        assert answer.status_code == 403
        assert "不由您办理" in text_of(answer)
        assert reverse("submissions:item-detail", args=[item.pk]) in text_of(answer)
        assert decide(client, item, "return", "不是我的").status_code == 403


@pytest.mark.parametrize("name", ["item-decide", "item-submit", "item-withdraw"])
def test_an_item_of_another_office_does_not_exist_here(
    cast: Cast, foreign_cast: Cast, as_user: Sign, name: str
) -> None:
    item = filed(cast.author, NOW)
    client = as_user(foreign_cast.section_head)
    there, nowhere = (client.post(reverse(f"reviews:{name}", args=[pk])) for pk in (item.pk, item.pk + 999))
    assert (there.status_code, nowhere.status_code) == (404, 404)
    assert len(there.content) == len(nowhere.content)


def test_somebody_elses_draft_does_not_exist_for_reviewers(cast: Cast, as_user: Sign) -> None:
    item = draft(cast.author, NOW)
    assert as_user(cast.section_head).get(reverse("reviews:item-decide", args=[item.pk])).status_code == 404


@pytest.mark.parametrize(
    ("case", "reason"),
    [
        ("author", "您是本稿的报送人或作者"),
        ("signer", "您已在另一级审核过本稿"),
        ("issued", "稿件目前不在审核中"),
    ],
)
def test_the_refusal_says_why(cast: Cast, city: City, as_user: Sign, case: str, reason: str) -> None:
    make_person(city.office, "deputy", "副领导", Role.SUPERVISING_LEADER, Role.SECTION_HEAD)
    grant_role(user=cast.section_head, role=Role.SUPERVISING_LEADER, unit=city.office, since=LONG_AGO)
    item = {
        "author": lambda: filed(cast.section_head, NOW),
        "signer": lambda: step(filed(cast.author, NOW), Action.PASS, cast.section_head, NOW),
        "issued": lambda: issued(cast.author, cast, NOW),
    }[case]()
    person = User.objects.get(pk=cast.section_head.pk)
    answer = as_user(person).get(reverse("reviews:item-decide", args=[item.pk]))
    assert answer.status_code == 403
    assert reason in text_of(answer)


def test_a_role_taken_away_between_page_and_button_counts_at_once(cast: Cast, as_user: Sign) -> None:
    item = filed(cast.author, NOW)
    client = as_user(cast.section_head)
    assert client.get(reverse("reviews:item-decide", args=[item.pk])).status_code == 200
    cast.section_head.grants.all().delete()
    assert decide(client, item, "pass").status_code in {403, 404}
    assert item.decisions.count() == 1


def test_an_account_switched_off_between_page_and_button_decides_nothing(cast: Cast, as_user: Sign) -> None:
    item = filed(cast.author, NOW)
    client = as_user(cast.section_head)
    User.objects.filter(pk=cast.section_head.pk).update(is_active=False)
    assert decide(client, item, "pass").status_code == 302
    assert item.decisions.count() == 1


@pytest.mark.parametrize("name", ["item-submit-new", "item-submit"])
def test_filing_is_never_done_by_following_a_link(cast: Cast, as_user: Sign, name: str) -> None:
    item = draft(cast.author, NOW)
    args = [] if name.endswith("new") else [item.pk]
    assert as_user(cast.author).get(reverse(f"reviews:{name}", args=args)).status_code == 405


@pytest.mark.parametrize("name", ["item-decide", "item-submit", "item-withdraw"])
def test_no_step_is_taken_without_the_token_of_the_page(cast: Cast, name: str) -> None:
    item = draft(cast.author, NOW) if name == "item-submit" else filed(cast.author, NOW)
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.section_head if name == "item-decide" else cast.author)
    data = form_data(item) | {"source": item.status, "version": item.version, "action": "pass"}
    before = item.decisions.count()
    assert client.post(reverse(f"reviews:{name}", args=[item.pk]), data).status_code == 403
    assert item.decisions.count() == before


# The points of a level


def test_who_approves_has_ticked_every_point_of_the_level(cast: Cast, as_user: Sign) -> None:
    item = filed(cast.author, NOW)
    answer = decide(as_user(cast.section_head), item, "pass", checked=["facts"])
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "人名、职务及顺序" in page
    item.refresh_from_db()
    assert item.status == Status.SECTION_REVIEW


def test_who_returns_need_not_tick_anything(cast: Cast, as_user: Sign) -> None:
    item = filed(cast.author, NOW)
    assert decide(as_user(cast.section_head), item, "return", "请补充数字", checked=[]).status_code == 302


def test_what_was_ticked_is_part_of_the_record(cast: Cast, as_user: Sign) -> None:
    item = filed(cast.author, NOW)
    decide(as_user(cast.section_head), item, "pass")
    assert item.decisions.get(by=cast.section_head).checked == ["facts", "names", "wording"]
    page = as_user(cast.author).get(reverse("submissions:item-detail", args=[item.pk])).content.decode()
    assert "已核对：事实、数字、时间、地点" in page


def test_each_level_has_points_of_its_own(cast: Cast, as_user: Sign) -> None:
    item = filed(cast.author, NOW)
    decide(as_user(cast.section_head), item, "pass")
    item.refresh_from_db()
    page = as_user(cast.supervising_leader).get(reverse("reviews:item-decide", args=[item.pk]))
    assert "政策口径" in page.content.decode()
    assert "事实、数字" not in page.content.decode().partition("<form")[2].rpartition("decision-bar")[2]


def test_a_point_of_another_level_is_refused(cast: Cast, as_user: Sign) -> None:
    item = filed(cast.author, NOW)
    assert decide(as_user(cast.section_head), item, "pass", checked=["policy", "effect"]).status_code == 422
