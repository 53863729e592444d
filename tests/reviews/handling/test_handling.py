"""What a reviewer does beside deciding: changing the text, handing on, merging."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from accounts.enums import Role
from accounts.models import User
from adoptions.forms import CreditFormSet
from notices.models import Notice
from reviews.enums import Action
from reviews.handling.assigning import assign
from reviews.handling.editing import edit_text
from reviews.handling.merging import merge
from reviews.models import Decision
from reviews.querysets import inbox
from reviews.rules import may_decide
from reviews.steps.moving import Overtaken, TextChanged
from submissions.enums import Status
from submissions.models import Item
from submissions.services.drafts import Author
from tests.conftest import Cast, City, filed, issued, make_person, step
from tests.reviews.builders import NOW, item_at
from tests.reviews.pages import text_of

Sign = Callable[[User], Client]
LATER = NOW + timedelta(hours=1)


def edited(item: Item, by: User, **text: Any) -> Decision | None:
    fields: dict[str, Any] = {"title": item.title, "body": item.body} | text
    return edit_text(item=item, by=by, source=item.status, version=item.version, now=LATER, **fields)


# Changing the text


def test_a_reviewers_change_is_a_version_in_their_name(cast: Cast) -> None:
    item = item_at(cast, Status.SUPERVISING_REVIEW)
    arrived = item.status_since
    decision = edited(item, cast.supervising_leader, title="改过的题目", comment="题目更准")
    item.refresh_from_db()
    assert (item.title, item.version, item.status) == ("改过的题目", 2, Status.SUPERVISING_REVIEW)
    assert item.status_since == arrived, "the clock runs on"
    version = item.versions.get(number=2)
    assert (version.made_by, version.content["title"]) == (cast.supervising_leader, "改过的题目")
    assert item.versions.get(number=1).content["title"] == "青山县扎实推进巡察整改"
    assert decision is not None
    assert (decision.action, decision.comment) == (Action.EDIT, "题目更准")
    told = dict(Notice.objects.filter(created_at=LATER).values_list("recipient__username", "kind"))
    assert told == {"author": "changed", "section": "changed"}
    assert not item.writers.filter(user=cast.supervising_leader).exists()
    assert may_decide(cast.supervising_leader, item, LATER), "who edits may still decide"


def test_saving_nothing_changes_nothing(cast: Cast) -> None:
    item = item_at(cast, Status.SUPERVISING_REVIEW)
    assert edited(item, cast.supervising_leader) is None
    assert edited(item, cast.supervising_leader, title=f" {item.title} ") is None
    assert edited(item, cast.supervising_leader, html=item.html, body=None) is None
    item.refresh_from_db()
    assert item.version == 1
    assert not item.decisions.filter(action=Action.EDIT).exists()
    assert not Notice.objects.filter(created_at=LATER).exists()


@pytest.mark.parametrize("person", ["author", "section_head", "principal_leader", "admin"])
def test_nobody_else_changes_the_text(cast: Cast, person: str) -> None:
    item = item_at(cast, Status.SUPERVISING_REVIEW)
    with pytest.raises(PermissionDenied):
        edited(item, getattr(cast, person), title="别人的题目")


def test_a_change_of_a_text_that_has_moved_on_is_refused(cast: Cast) -> None:
    item = item_at(cast, Status.SUPERVISING_REVIEW)
    edited(item, cast.supervising_leader, title="第二版")
    with pytest.raises(TextChanged):
        edited(item, cast.supervising_leader, title="第三版")
    item.refresh_from_db()
    stale = Item.objects.get(pk=item.pk)
    step(item, Action.PASS, cast.supervising_leader, LATER)
    with pytest.raises(Overtaken):
        edited(stale, cast.supervising_leader, title="第三版")


def test_without_the_editor_the_words_count(cast: Cast, as_user: Sign) -> None:
    item = item_at(cast, Status.SECTION_REVIEW)
    client = as_user(cast.section_head)
    page = reverse("reviews:item-edit", args=[item.pk])
    (field,) = re.findall('<input[^>]*name="html"[^>]*>', client.get(page).content.decode())
    assert " value=" not in field, "only the editor's script fills it"
    assert "data-html=" in field
    client.post(page, {"source": item.status, "version": 1, "title": item.title, "body": "全新的正文。"})
    item.refresh_from_db()
    assert (item.body, item.version) == ("全新的正文。", 2)


def test_the_page_saves_and_shows_what_is_different(cast: Cast, as_user: Sign) -> None:
    item = item_at(cast, Status.SECTION_REVIEW)
    client = as_user(cast.section_head)
    page = reverse("reviews:item-edit", args=[item.pk])
    shown = text_of(client.get(page))
    assert item.body in shown
    data = {"source": item.status, "version": 1, "title": item.title, "body": item.body + "成效明显。"}
    answer = client.post(page, data | {"html": ""}, follow=True)
    assert answer.redirect_chain[-1][0] == reverse("reviews:version-compare", args=[item.pk, 1, 2])
    assert "<ins>成效明显。</ins>" in text_of(answer)
    item.refresh_from_db()
    same = {"source": item.status, "version": 2, "title": item.title, "body": item.body, "html": item.html}
    answer = client.post(page, same, follow=True)
    assert "文字没有改动" in text_of(answer)
    assert client.post(page, same | {"title": " "}).status_code == 422
    assert client.post(page, same | {"version": 1, "title": "旧页面"}).status_code == 409
    assert as_user(cast.author).get(page).status_code == 403
    assert as_user(cast.supervising_leader).get(page).status_code == 403


# Handing on


@pytest.fixture
def second(city: City) -> User:
    return make_person(city.section, "second", "卯副科", Role.SECTION_HEAD)


def waiting(person: User) -> set[int]:
    return set(inbox(User.objects.get(pk=person.pk)).values_list("pk", flat=True))


def handed(item: Item, person: User, by: User) -> None:
    assign(
        item=item, person=person, by=by, source=item.status, version=item.version, comment="请看", now=LATER
    )


def test_an_item_handed_on_waits_for_that_person_alone(cast: Cast, second: User) -> None:
    item, other = filed(cast.author, NOW), filed(cast.author, NOW)
    handed(item, second, cast.section_head)
    assert waiting(second) == {item.pk, other.pk}
    assert waiting(cast.section_head) == {other.pk}
    notice = Notice.objects.get(kind="stand_in")
    assert (notice.recipient, "请看" in notice.text) == (second, True)
    item = step(item, Action.PASS, second, LATER)
    assert item.pk in waiting(cast.supervising_leader), "the next level is nobody's in particular"


def test_it_comes_back_to_all_when_the_assignee_cannot_decide_any_more(cast: Cast, second: User) -> None:
    item = filed(cast.author, NOW)
    handed(item, second, cast.section_head)
    second.grants.all().delete()
    assert item.pk in waiting(cast.section_head)


def test_only_deciders_and_the_administrator_hand_on_and_only_to_deciders(cast: Cast, second: User) -> None:
    item = filed(cast.author, NOW)
    for person in (cast.author, cast.supervising_leader, cast.county_admin):
        with pytest.raises(PermissionDenied):
            handed(item, second, person)
    for person in (cast.author, cast.supervising_leader):
        with pytest.raises(ValidationError):
            handed(item, person, cast.admin)
    handed(item, second, cast.admin)


def test_the_page_hands_on(cast: Cast, second: User, as_user: Sign) -> None:
    item = filed(cast.author, NOW)
    page = reverse("reviews:item-assign", args=[item.pk])
    client = as_user(cast.section_head)
    assert "卯副科" in text_of(client.get(page))
    data = {"source": item.status, "version": 1, "person": second.pk, "comment": "您熟悉情况"}
    answer = client.post(page, data, follow=True)
    assert "已转交卯副科" in text_of(answer)
    assert "已转交他人1篇" in text_of(client.get(reverse("reviews:inbox")))
    assert "已转交他人" not in text_of(as_user(second).get(reverse("reviews:inbox")))
    assert "您熟悉情况" in text_of(answer)
    assert client.post(page, data | {"person": cast.author.pk}).status_code == 422
    assert as_user(cast.author).get(page).status_code == 403


# Merging


def pair(cast: Cast) -> tuple[Item, Item]:
    whole = filed(cast.author, NOW, title="县里的稿件")
    part = filed(cast.other_author, NOW, title="外县的稿件")
    return part, whole


def merged(part: Item, whole: Item, by: User) -> Decision:
    seen = [(item.status, item.version) for item in (part, whole)]
    return merge(item=part, into=whole, by=by, seen=seen[0], seen_into=seen[1], now=LATER)


def test_two_items_become_one_with_the_credit_of_both(cast: Cast) -> None:
    part, whole = pair(cast)
    merged(part, whole, cast.section_head)
    part.refresh_from_db()
    whole.refresh_from_db()
    assert (part.status, part.merged_into) == (Status.MERGED, whole)
    assert Item.objects.filed().filter(pk=part.pk).exists(), "it counts as filed"
    version = whole.versions.get(number=2)
    assert version.made_by == cast.section_head
    assert version.content["authors"] == [["甲作者", 1], ["丙外县", 1]]
    assert version.content["body"] == whole.versions.get(number=1).content["body"]
    assert whole.status == Status.SECTION_REVIEW
    assert Item.objects.visible_to(cast.other_author).filter(pk=whole.pk).exists()
    told = Notice.objects.filter(key__startswith="merge:").get()
    assert told.recipient == cast.other_author
    assert not may_decide(cast.other_author, whole, LATER)
    assert may_decide(cast.section_head, whole, LATER)


def test_the_units_of_both_are_offered_for_credit(cast: Cast, city: City) -> None:
    part, whole = pair(cast)
    merged(part, whole, cast.section_head)
    whole.refresh_from_db()
    forms = CreditFormSet(user=cast.admin, item=whole)
    assert [form.initial.get("unit") for form in forms][:2] == [city.county.pk, city.other_county.pk]
    alone = issued(cast.author, cast, NOW)
    assert next(iter(CreditFormSet(user=cast.admin, item=alone))).initial["unit"] == city.county.pk


def test_whoever_wrote_both_has_the_parts_of_both(cast: Cast) -> None:
    both = [Author("甲作者", 2, cast.author), Author("外人", 1)]
    whole = filed(cast.author, NOW)
    part = filed(cast.author, NOW, authors=both)
    merged(part, whole, cast.section_head)
    assert list(whole.authorships.order_by("position").values_list("name", "share")) == [
        ("甲作者", 3),
        ("外人", 1),
    ]


def test_items_at_different_levels_or_of_oneself_are_not_merged(cast: Cast) -> None:
    part, whole = pair(cast)
    step(whole, Action.PASS, cast.section_head, NOW)
    with pytest.raises(ValidationError):
        merged(part, whole, cast.section_head)
    with pytest.raises(ValidationError):
        merged(part, part, cast.section_head)


def test_only_who_decides_on_both_merges(cast: Cast) -> None:
    part, whole = pair(cast)
    own = filed(cast.section_head, NOW)
    for person in (cast.author, cast.supervising_leader, cast.admin):
        with pytest.raises(PermissionDenied):
            merged(part, whole, person)
    assert own.status != part.status


def test_a_signer_of_one_who_wrote_the_other_stops_the_merge(cast: Cast) -> None:
    whole = step(filed(cast.author, NOW), Action.PASS, cast.section_head, NOW)
    part = filed(cast.section_head, NOW)
    assert part.status == whole.status == Status.SUPERVISING_REVIEW
    with pytest.raises(ValidationError, match="丁科长"):
        merged(part, whole, cast.supervising_leader)


def test_a_merged_item_goes_nowhere(cast: Cast) -> None:
    part, whole = pair(cast)
    merged(part, whole, cast.section_head)
    part.refresh_from_db()
    assert not may_decide(cast.section_head, part, LATER)
    assert part.pk not in waiting(cast.section_head)


def test_the_page_merges_and_both_pages_say_so(cast: Cast, as_user: Sign) -> None:
    part, whole = pair(cast)
    client = as_user(cast.section_head)
    page = reverse("reviews:item-merge", args=[part.pk])
    assert "县里的稿件" in text_of(client.get(page))
    data = {"source": part.status, "version": 1, "into": f"{whole.pk}:1"}
    answer = client.post(page, data, follow=True)
    assert answer.redirect_chain[-1][0] == reverse("reviews:item-edit", args=[whole.pk])
    assert "外县的稿件" in text_of(answer)
    detail = text_of(as_user(cast.other_author).get(reverse("submissions:item-detail", args=[part.pk])))
    assert "已并入《县里的稿件》" in detail
    assert "已并入本稿" in text_of(client.get(reverse("submissions:item-detail", args=[whole.pk])))
    assert client.post(page, data).status_code == 403, "twice is once"
