"""A returned item's points in the writer's form: seen at once, ticked and answered with the text."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from reviews.enums import Action, Reason
from reviews.models import Decision, ReturnPoint
from submissions.models import Item
from tests.conftest import Cast, filed, shanghai, step
from tests.submissions.builders import form_data

pytestmark = pytest.mark.usefixtures("clean_files")
NOW = shanghai("2026-04-10")


def returned(cast: Cast) -> tuple[Item, list[ReturnPoint]]:
    """An item that the section head sent back with two points."""
    item = step(filed(cast.author, NOW), Action.RETURN, cast.section_head, NOW, "请按下列意见修改")
    decision = Decision.objects.get(action=Action.RETURN)
    decision.points.all().delete()
    asked = [(Reason.FACTS, "第二段的数字请核实"), (Reason.TITLE, "标题过长")]
    return item, [
        ReturnPoint.objects.create(decision=decision, position=place, reason=reason, text=text)
        for place, (reason, text) in enumerate(asked, 1)
    ]


def edit(item: Item) -> str:
    return reverse("submissions:item-edit", args=[item.pk])


def answers(*points: tuple[ReturnPoint, bool, str]) -> dict[str, str]:
    """What the browser sends of these points."""
    posted = {f"point-{point.pk}": answer for point, _done, answer in points}
    return posted | {f"point-{point.pk}-done": "on" for point, done, _answer in points if done}


def test_the_form_says_who_returned_the_item_when_at_which_level_and_why(cast: Cast, as_user):
    item, points = returned(cast)
    page = as_user(cast.author).get(edit(item)).content.decode()
    shown = ["丁科长", "2026-04-10 10:00", "一审", "请按下列意见修改", "第二段的数字请核实", "标题过长"]
    for words in shown:
        assert words in page
    for point in points:
        assert f'name="point-{point.pk}"' in page
        assert f'name="point-{point.pk}-done"' in page


def test_a_draft_that_never_went_out_has_no_points(cast: Cast, as_user):
    page = as_user(cast.author).get(reverse("submissions:item-create")).content.decode()
    assert "return-points" not in page


def test_answers_are_stored_with_the_text(cast: Cast, as_user):
    item, (facts, title) = returned(cast)
    data = form_data(item, title="改好的标题") | answers((facts, True, "已核对台账"), (title, False, ""))
    assert as_user(cast.author).post(edit(item), data).status_code == 302
    facts.refresh_from_db()
    title.refresh_from_db()
    assert (facts.done, facts.answer) == (True, "已核对台账")
    assert (title.done, title.answer) == (False, "")
    page = as_user(cast.author).get(edit(item)).content.decode()
    assert "已核对台账" in page
    assert re.search(rf'name="point-{facts.pk}-done"[^>]* checked', page)


def test_a_tick_can_be_taken_back(cast: Cast, as_user):
    item, (facts, _title) = returned(cast)
    client = as_user(cast.author)
    client.post(edit(item), form_data(item) | answers((facts, True, "改了")))
    item.refresh_from_db()
    client.post(edit(item), form_data(item) | answers((facts, False, "还没有")))
    facts.refresh_from_db()
    assert (facts.done, facts.answer) == (False, "还没有")


def test_a_form_without_the_points_leaves_them_as_they_are(cast: Cast, as_user):
    item, (facts, _title) = returned(cast)
    ReturnPoint.objects.filter(pk=facts.pk).update(done=True, answer="已改")
    as_user(cast.author).post(edit(item), form_data(item))
    facts.refresh_from_db()
    assert (facts.done, facts.answer) == (True, "已改")


def test_points_of_another_item_or_of_an_earlier_return_are_not_touched(cast: Cast, as_user):
    _other, (theirs, _second) = returned(cast)
    Item.objects.filter(pk=_other.pk).update(status="section_review")
    item = step(filed(cast.author, NOW), Action.RETURN, cast.section_head, NOW, "请修改")
    as_user(cast.author).post(edit(item), form_data(item) | answers((theirs, True, "混进来的")))
    theirs.refresh_from_db()
    assert (theirs.done, theirs.answer) == (False, "")


def test_nobody_but_the_writers_answers(cast: Cast, as_user):
    item, (facts, _title) = returned(cast)
    data = form_data(item) | answers((facts, True, "代答"))
    assert as_user(cast.colleague).post(edit(item), data).status_code == 403
    assert as_user(cast.other_author).post(edit(item), data).status_code == 404
    facts.refresh_from_db()
    assert not facts.done


def test_an_answer_is_kept_to_its_length_and_shown_as_text(cast: Cast, as_user):
    item, (facts, _title) = returned(cast)
    hostile = "<script>alert(1)</script>" + "长" * 400
    as_user(cast.author).post(edit(item), form_data(item) | answers((facts, False, hostile)))
    facts.refresh_from_db()
    assert len(facts.answer) == 300
    assert "<script>alert" not in as_user(cast.author).get(edit(item)).content.decode()


def test_what_was_typed_is_shown_again_when_the_text_could_not_be_saved(cast: Cast, as_user):
    item, (facts, _title) = returned(cast)
    data = form_data(item, read="2026-04-01T00:00:00+08:00", title="另一标题")
    page = as_user(cast.author).post(edit(item), data | answers((facts, True, "我的回答")))
    assert page.status_code == 409
    assert "我的回答" in page.content.decode()
    facts.refresh_from_db()
    assert not facts.done


def test_an_item_is_not_filed_again_while_a_point_is_neither_done_nor_answered(cast: Cast, as_user):
    item, (facts, title) = returned(cast)
    client, submit = as_user(cast.author), reverse("reviews:item-submit", args=[item.pk])
    refused = client.post(submit, form_data(item) | answers((facts, True, "已核对"), (title, False, " ")))
    assert refused.status_code == 422
    page = refused.content.decode()
    assert f'<a href="#point-{title.pk}">第2条' in page
    assert f'id="point-{title.pk}-error"' in page
    assert f'id="point-{facts.pk}-error"' not in page
    assert "已核对" in page  # kept, though nothing was filed
    item.refresh_from_db()
    assert item.status == "section_return"
    filed_again = client.post(
        submit, form_data(item) | answers((facts, True, "已核对"), (title, False, "不改：原题"))
    )
    assert filed_again.status_code == 302
    title.refresh_from_db()
    assert title.answered_in is not None
    assert title.answered_in.number == 2


def test_answers_are_no_longer_changed_once_they_are_filed(cast: Cast, as_user):
    item, (facts, title) = returned(cast)
    data = form_data(item) | answers((facts, True, "已核对"), (title, True, ""))
    client = as_user(cast.author)
    client.post(reverse("reviews:item-submit", args=[item.pk]), data)
    again = client.post(edit(item), form_data(item) | answers((facts, False, "改口"), (title, False, "")))
    assert again.status_code in {302, 409}
    facts.refresh_from_db()
    assert (facts.done, facts.answer) == (True, "已核对")


# Two writers at once


def of_two_writers(cast: Cast) -> tuple[Item, list[ReturnPoint]]:
    item, points = returned(cast)
    for place, person in enumerate((cast.author, cast.colleague)):
        item.authorships.update_or_create(
            position=place, defaults={"user": person, "name": person.display_name, "share": 1}
        )
    return item, points


def form_of_both(item: Item) -> dict[str, str]:
    return form_data(item, authors=(("甲作者", "1"), ("乙同事", "1")))


def test_the_second_of_two_writers_is_told_and_sees_both_answers(cast: Cast, as_user):
    item, (facts, title) = of_two_writers(cast)
    form = form_of_both(item)
    first = as_user(cast.author).post(
        edit(item), form | answers((facts, True, "甲：已核对"), (title, False, ""))
    )
    assert first.status_code == 302
    client = as_user(cast.colleague)
    mine = answers((facts, False, "乙：数字无误"), (title, True, "乙：已改短"))
    second = client.post(edit(item), form | mine)
    assert second.status_code == 409
    page = second.content.decode()
    assert "或由其他作者保存" in page
    assert f'name="point-{facts.pk}" value="乙：数字无误"' in page
    assert "已保存的另一答复：已改，甲：已核对" in page
    assert page.count("已保存的另一答复") == 1, "nobody else answered the other point"
    assert 'value="乙：已改短"' in page
    facts.refresh_from_db()
    title.refresh_from_db()
    assert (facts.done, facts.answer, title.done) == (True, "甲：已核对", False), "nothing of it is stored"

    item.refresh_from_db()
    assert client.post(edit(item), form_of_both(item) | mine).status_code == 302
    facts.refresh_from_db()
    assert (facts.done, facts.answer) == (False, "乙：数字无误"), "having seen both, the second may decide"


def test_a_point_left_blank_does_not_wipe_out_the_answer_of_the_other(cast: Cast, as_user):
    item, (facts, title) = of_two_writers(cast)
    form = form_of_both(item)
    as_user(cast.author).post(edit(item), form | answers((facts, True, "甲：已核对"), (title, False, "")))
    second = as_user(cast.colleague).post(
        edit(item), form | answers((facts, False, ""), (title, True, "乙：已改短"))
    )
    assert second.status_code == 409
    page = second.content.decode()
    assert f'name="point-{facts.pk}" value="甲：已核对"' in page
    assert re.search(rf'name="point-{facts.pk}-done"[^>]* checked', page)
    assert 'value="乙：已改短"' in page
    assert "已保存的另一答复" not in page


def test_who_answers_the_same_is_not_held_up(cast: Cast, as_user):
    item, (facts, title) = of_two_writers(cast)
    data = form_of_both(item) | answers((facts, True, "已核对"), (title, True, ""))
    for person in (cast.author, cast.colleague):
        assert as_user(person).post(edit(item), data).status_code == 302


def test_a_filing_with_other_answers_is_held_up_too(cast: Cast, as_user):
    item, (facts, title) = of_two_writers(cast)
    form = form_of_both(item)
    as_user(cast.author).post(edit(item), form | answers((facts, True, "甲"), (title, True, "")))
    refused = as_user(cast.colleague).post(
        reverse("reviews:item-submit", args=[item.pk]),
        form | answers((facts, True, "乙"), (title, True, "")),
    )
    assert refused.status_code == 409
    item.refresh_from_db()
    assert item.status == "section_return"


def test_answers_that_save_themselves_follow_each_other_and_stop_for_somebody_else(cast: Cast, as_user):
    item, (facts, title) = of_two_writers(cast)
    url = reverse("submissions:item-autosave", args=[item.pk])
    form, read = form_of_both(item), item.changed_at.isoformat()
    client = as_user(cast.author)
    for typed in ("已", "已核", "已核对"):
        data = form | answers((facts, False, typed), (title, False, "")) | {"writer": cast.author.pk}
        answer = client.post(url, data | {"read": read})
        assert answer.status_code == 200
        read = answer.json()["read"]
    late = form | answers((facts, False, "乙"), (title, False, "")) | {"writer": cast.colleague.pk}
    refused = as_user(cast.colleague).post(url, late)
    assert (refused.status_code, refused.json()["reason"]) == (409, "superseded")
    facts.refresh_from_db()
    assert facts.answer == "已核对"
