"""Returns with points, sending back to an earlier level, and signatures that no longer stand."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from reviews.chain import LEVELS, IllegalStep
from reviews.enums import Action, Reason
from reviews.models import Decision, ReturnPoint
from reviews.querysets import inbox
from reviews.returns.answering import field_of
from reviews.returns.points import Point, in_short
from reviews.returns.returned import open_points, unanswered
from reviews.signatures import is_void, void_note
from reviews.steps.services import NobodyCanDecide, NotReady, ReasonMissing, take_step
from submissions.enums import Status
from submissions.models import Item
from tests.conftest import Cast, step
from tests.reviews.builders import IMPORTANT, NOW, item_at, refiled, revised

FIGURES = Point(Reason.FACTS, "核对办结件数")
TITLE = Point(Reason.TITLE)


def returned(item: Item, by: Any, *points: Point, comment: str = "", to: str | None = None) -> Decision:
    item.refresh_from_db()
    return take_step(
        item=item,
        action=Action.SEND_BACK if to else Action.RETURN,
        by=by,
        source=item.status,
        version=item.version,
        comment=comment,
        points=points,
        to=to,
        now=NOW,
    )


def sent_back(cast: Cast, to: Status = Status.SECTION_REVIEW) -> Item:
    """An item that the principal leader sent back."""
    item = item_at(cast, Status.PRINCIPAL_REVIEW)
    returned(item, cast.principal_leader, FIGURES, to=to)
    item.refresh_from_db()
    return item


# Points


def test_points_alone_are_reason_enough_to_return(cast: Cast) -> None:
    item = item_at(cast, Status.PRINCIPAL_REVIEW)
    decision = returned(item, cast.principal_leader, FIGURES, TITLE)
    assert decision.comment == ""
    kept = decision.points.order_by("position").values_list("reason", "text", "answered_in")
    assert list(kept) == [("facts", "核对办结件数", None), ("title", "", None)]


def test_a_return_without_points_and_without_words_is_refused(cast: Cast) -> None:
    with pytest.raises(ReasonMissing):
        returned(item_at(cast, Status.PRINCIPAL_REVIEW), cast.principal_leader, comment=" \n")
    assert not ReturnPoint.objects.exists()


def test_an_item_is_filed_again_only_when_every_point_is_ticked_or_answered(cast: Cast) -> None:
    item = item_at(cast, Status.SECTION_REVIEW)
    returned(item, cast.section_head, FIGURES, TITLE)
    item = revised(item, cast.author, body="改好了。")
    first, second = open_points(item)
    ReturnPoint.objects.filter(pk=first.pk).update(done=True)
    with pytest.raises(NotReady) as refused:
        step(item, Action.SUBMIT, cast.author, NOW)
    assert set(refused.value.problems) == {field_of(second)}
    assert item.versions.count() == 1
    ReturnPoint.objects.filter(pk=second.pk).update(answer="标题按惯例，不改")
    item = step(item, Action.SUBMIT, cast.author, NOW)
    assert item.status == Status.SECTION_REVIEW
    answered = ReturnPoint.objects.values_list("answered_in__number", flat=True)
    assert list(answered) == [2, 2]
    assert open_points(item) == []


def test_only_the_points_of_the_last_return_are_open(cast: Cast) -> None:
    item = item_at(cast, Status.SECTION_REVIEW)
    returned(item, cast.section_head, FIGURES)
    ReturnPoint.objects.update(done=True)
    item = refiled(item, cast.author, body="改好了。")
    returned(item, cast.section_head, TITLE)
    item.refresh_from_db()
    assert [point.reason for point in open_points(item)] == [Reason.TITLE]


def test_a_blank_answer_is_none() -> None:
    said = [ReturnPoint(done=True), ReturnPoint(answer="不改"), ReturnPoint(answer="  ")]
    assert unanswered(said) == said[2:]


def test_points_are_told_in_short() -> None:
    assert in_short([FIGURES, TITLE]) == "事实需要核实：核对办结件数；标题"


# Sending back


def test_a_level_sends_an_item_back_to_any_level_before_it(cast: Cast) -> None:
    for to in (Status.SECTION_REVIEW, Status.SUPERVISING_REVIEW):
        item = sent_back(cast, to)
        assert item.status == to
        assert item.version == 1


def test_an_item_sent_back_is_decided_on_again_by_whoever_signed_there_and_passes_every_level(
    cast: Cast,
) -> None:
    item = sent_back(cast)
    assert list(inbox(cast.section_head)) == [item]
    item = step(item, Action.PASS, cast.section_head, NOW)
    assert item.status == Status.SUPERVISING_REVIEW
    item = step(item, Action.PASS, cast.supervising_leader, NOW)
    assert step(item, Action.ISSUE, cast.principal_leader, NOW).status == Status.ISSUED


def test_an_item_is_not_sent_forward_nor_to_where_it_stands(cast: Cast) -> None:
    item = item_at(cast, Status.SUPERVISING_REVIEW, IMPORTANT)
    for to in (Status.SUPERVISING_REVIEW, Status.PRINCIPAL_REVIEW, Status.UNIT_REVIEW, Status.ISSUED):
        with pytest.raises(IllegalStep):
            returned(item, cast.supervising_leader, FIGURES, to=to)


def test_an_item_is_not_sent_back_to_where_nobody_may_decide(cast: Cast) -> None:
    item = item_at(cast, Status.PRINCIPAL_REVIEW)
    cast.section_head.grants.all().delete()
    with pytest.raises(NobodyCanDecide) as refused:
        returned(item, cast.principal_leader, FIGURES, to=Status.SECTION_REVIEW)
    assert refused.value.roles == [LEVELS[Status.SECTION_REVIEW].role]


def test_only_the_level_that_has_the_item_sends_it_back(cast: Cast) -> None:
    item = item_at(cast, Status.PRINCIPAL_REVIEW)
    for other in (cast.section_head, cast.supervising_leader, cast.author, cast.admin):
        with pytest.raises(PermissionDenied):
            returned(item, other, FIGURES, to=Status.SECTION_REVIEW)


def test_sending_back_needs_a_reason(cast: Cast) -> None:
    item = item_at(cast, Status.PRINCIPAL_REVIEW)
    with pytest.raises(ReasonMissing):
        returned(item, cast.principal_leader, to=Status.SECTION_REVIEW)


# Signatures


def test_a_signature_stands_until_the_text_is_changed(cast: Cast) -> None:
    item = item_at(cast, Status.PRINCIPAL_RETURN)
    signed = item.decisions.get(by=cast.section_head)
    item = refiled(item, cast.author, body="改好了。")
    current = item.versions.get(number=2)
    assert is_void(signed, current)
    assert void_note(signed, current) == "已签第1版；正文其后有改动，此签不作数。"


def test_filing_the_same_text_again_leaves_the_signatures_standing(cast: Cast) -> None:
    item = step(item_at(cast, Status.PRINCIPAL_RETURN), Action.SUBMIT, cast.author, NOW)
    current = item.versions.get(number=2)
    assert not any(is_void(decision, current) for decision in item.decisions.all())


def test_a_return_is_no_signature_that_could_be_void(cast: Cast) -> None:
    item = refiled(item_at(cast, Status.SECTION_RETURN), cast.author, body="改好了。")
    current = item.versions.get(number=2)
    assert not any(is_void(decision, current) for decision in item.decisions.all())


# Pages


def points_data(*points: tuple[str, str]) -> dict[str, str]:
    data = {"points-TOTAL_FORMS": str(max(3, len(points))), "points-INITIAL_FORMS": "0"}
    for number, (reason, text) in enumerate(points):
        data |= {f"points-{number}-reason": reason, f"points-{number}-text": text}
    return data


def decide(client: Any, item: Item, action: str, **said: str) -> Any:
    page = reverse("reviews:item-decide", args=[item.pk])
    seen = {"source": item.status, "version": str(item.version), "action": action, "comment": ""}
    return client.post(page, seen | said)


def test_a_reviewer_writes_points_and_the_next_reading_shows_the_answers(cast: Cast, as_user) -> None:
    item = item_at(cast, Status.PRINCIPAL_REVIEW)
    client = as_user(cast.principal_leader)
    asked = points_data(("facts", "核对办结件数"), ("", "删去最后一段"))
    assert decide(client, item, "return", **asked).status_code == 302
    item.refresh_from_db()
    assert item.status == Status.PRINCIPAL_RETURN
    assert [(p.reason, p.text) for p in open_points(item)] == [
        ("facts", "核对办结件数"),
        ("other", "删去最后一段"),
    ]
    ReturnPoint.objects.filter(text="核对办结件数").update(done=True, answer="已改为12件")
    ReturnPoint.objects.filter(text="删去最后一段").update(answer="此段为领导要求")
    item = refiled(item, cast.author, body="改好了。")
    page = client.get(reverse("reviews:item-decide", args=[item.pk])).content.decode()
    for shown in ("核对办结件数", "已改为12件", "此段为领导要求", "此签不作数"):
        assert shown in page


def test_choosing_a_level_sends_the_item_back_there(cast: Cast, as_user) -> None:
    item = item_at(cast, Status.PRINCIPAL_REVIEW)
    client = as_user(cast.principal_leader)
    page = client.get(reverse("reviews:item-decide", args=[item.pk])).content.decode()
    assert "综合科负责人：丁科长" in page
    answer = decide(client, item, "return", to="section_review", **points_data(("policy", "口径请再核")))
    assert answer.status_code == 302
    item.refresh_from_db()
    assert item.status == Status.SECTION_REVIEW
    assert item.decisions.filter(action=Action.SEND_BACK, by=cast.principal_leader).count() == 1


def test_the_first_level_returns_to_the_writers_alone(cast: Cast, as_user) -> None:
    item = item_at(cast, Status.SECTION_REVIEW)
    page = as_user(cast.section_head).get(reverse("reviews:item-decide", args=[item.pk])).content.decode()
    assert 'name="to"' not in page
    assert "报送人：甲作者" in page


def test_who_wrote_points_does_not_pass_the_item_by_mistake(cast: Cast, as_user) -> None:
    item = item_at(cast, Status.SECTION_REVIEW)
    answer = decide(as_user(cast.section_head), item, "pass", **points_data(("facts", "核对")))
    assert answer.status_code == 422
    assert "您写了修改要求" in answer.content.decode()
    item.refresh_from_db()
    assert item.status == Status.SECTION_REVIEW


@pytest.mark.parametrize("row", [("nonsense", "核对"), ("facts", "长" * 501)])
def test_a_point_that_cannot_be_is_refused_and_kept_on_the_page(cast: Cast, as_user, row) -> None:
    item = item_at(cast, Status.SECTION_REVIEW)
    answer = decide(as_user(cast.section_head), item, "return", **points_data(row))
    assert answer.status_code == 422
    assert row[1] in answer.content.decode()


def test_sending_back_to_a_level_that_has_emptied_is_explained(cast: Cast, as_user) -> None:
    item = item_at(cast, Status.PRINCIPAL_REVIEW)
    cast.section_head.grants.all().delete()
    answer = decide(
        as_user(cast.principal_leader), item, "return", to="section_review", **points_data(("facts", "核对"))
    )
    assert answer.status_code == 403
    assert "稿件留在原处" in answer.content.decode()


def test_two_versions_are_compared_by_whoever_sees_the_item(cast: Cast, foreign_cast: Cast, as_user) -> None:
    item = refiled(item_at(cast, Status.SECTION_RETURN), cast.author, body="改好了。")
    page = reverse("reviews:version-compare", args=[item.pk, 1, 2])
    assert "<ins>" in as_user(cast.section_head).get(page).content.decode()
    assert as_user(foreign_cast.section_head).get(page).status_code == 404
    for wrong in ((2, 1), (1, 1), (1, 3)):
        page = reverse("reviews:version-compare", args=[item.pk, *wrong])
        assert as_user(cast.section_head).get(page).status_code == 404
