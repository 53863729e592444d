"""Several items approved in one go: only opened ones, each on its own, each told what became of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from reviews.checklists import CHECKLISTS
from reviews.enums import Action
from reviews.models import Decision, Opened
from reviews.steps.services import take_step
from submissions.enums import Status
from submissions.models import Item
from tests.conftest import Cast, filed, step
from tests.reviews.builders import refiled
from tests.reviews.pages import text_of

Sign = Callable[[User], Client]


def read(client: Client, *items: Item) -> None:
    """Open the decision page of each item."""
    for item in items:
        assert client.get(reverse("reviews:item-decide", args=[item.pk])).status_code == 200


def address(items: Iterable[Item]) -> str:
    query = "&".join(f"item={item.pk}" for item in items)
    return f"{reverse('reviews:batch-confirm')}?{query}"


def approve(client: Client, *items: Item, checked: bool = True, **more: Any):
    """Confirm the batch as its page was when the items were read."""
    data: dict[str, Any] = {"seen": [f"{item.pk}:{item.status}:{item.version}" for item in items]} | more
    if checked:
        for item in items:
            data[f"checked-{item.status}"] = list(CHECKLISTS[item.status])
    return client.post(address(items), data, follow=True)


@pytest.fixture
def three(cast: Cast) -> list[Item]:
    return [filed(cast.author, timezone.now(), title=f"第{name}篇稿件") for name in "一二三"]


def test_items_are_chosen_once_they_have_been_opened(cast: Cast, three: list[Item], as_user: Sign) -> None:
    client = as_user(cast.section_head)
    before = text_of(client.get(reverse("reviews:inbox")))
    assert 'name="item"' not in before
    assert before.count("请先打开看") == 3
    read(client, three[0])
    after = text_of(client.get(reverse("reviews:inbox")))
    assert f'name="item" value="{three[0].pk}"' in after
    assert after.count("请先打开看") == 2
    assert Opened.objects.get().user == cast.section_head


def test_a_new_version_has_to_be_opened_anew(cast: Cast, three: list[Item], as_user: Sign) -> None:
    client = as_user(cast.section_head)
    read(client, three[0])
    item = step(three[0], Action.RETURN, cast.section_head, timezone.now(), "请核实")
    refiled(item, cast.author, timezone.now(), body="改过的正文。")
    assert 'name="item"' not in text_of(client.get(reverse("reviews:inbox")))


def test_the_page_to_confirm_names_titles_units_versions_and_what_comes_next(
    cast: Cast, three: list[Item], as_user: Sign
) -> None:
    client = as_user(cast.section_head)
    read(client, *three[:2])
    page = text_of(client.get(address(three)))
    for shown in ("第一篇稿件", "第二篇稿件", "青山县", "第1版", "您通过后送分管领导", "一审"):
        assert shown in page
    assert "您还没有打开过现在的文本" in page
    assert f"{three[2].pk}:section_review:1" not in page


def test_all_go_on_with_one_tick_of_the_list_and_each_is_signed(
    cast: Cast, three: list[Item], as_user: Sign
) -> None:
    client = as_user(cast.section_head)
    read(client, *three)
    assert approve(client, *three, checked=False).status_code == 422
    assert not Decision.objects.signed().exists()
    answer = approve(client, *three, comment="同意")
    assert answer.redirect_chain[0][0].startswith(reverse("reviews:batch-result"))
    page = text_of(answer)
    assert "已通过3篇" in page
    assert page.count("撤销</button>") == 0 or "全部撤销" in page
    decisions = Decision.objects.signed().order_by("pk")
    assert [decision.item for decision in decisions] == three
    assert {decision.comment for decision in decisions} == {"同意"}
    assert all(decision.checked == list(CHECKLISTS[Status.SECTION_REVIEW]) for decision in decisions)


def test_what_cannot_go_on_keeps_nothing_else(cast: Cast, three: list[Item], as_user: Sign) -> None:
    """One unopened, one decided on meanwhile, one as it was."""
    client = as_user(cast.section_head)
    read(client, three[1], three[2])
    take_step(
        item=three[1],
        action=Action.RETURN,
        by=cast.section_head,
        source=three[1].status,
        version=1,
        comment="请核实",
        now=timezone.now(),
    )
    page = text_of(approve(client, *three))
    assert "已通过1篇。2篇未办理" in page
    assert "您还没有打开过现在的文本" in page
    assert "不在您名下待审" in page
    assert Decision.objects.get(action=Action.PASS).item == three[2]


def test_nobody_approves_in_a_batch_what_they_could_not_approve_alone(
    cast: Cast, three: list[Item], as_user: Sign
) -> None:
    leader = as_user(cast.supervising_leader)
    for item in three:
        Opened.objects.create(item=item, version=1, user=cast.supervising_leader, at=timezone.now())
    assert "3篇未办理" in text_of(approve(leader, *three))
    assert as_user(cast.author).get(address(three)).status_code == 403
    assert as_user(cast.admin).post(address(three), {}).status_code == 403
    assert not Decision.objects.signed().exists()


def test_a_batch_pressed_twice_signs_once(cast: Cast, three: list[Item], as_user: Sign) -> None:
    client = as_user(cast.section_head)
    read(client, *three)
    approve(client, *three)
    assert "3篇未办理" in text_of(approve(client, *three))
    assert Decision.objects.signed().count() == 3


def test_all_of_a_batch_are_taken_back_at_once(cast: Cast, three: list[Item], as_user: Sign) -> None:
    client = as_user(cast.section_head)
    read(client, *three)
    approve(client, *three)
    done = [decision.pk for decision in Decision.objects.signed()]
    answer = client.post(reverse("reviews:step-undo"), {"decision": done}, follow=True)
    assert "已撤销" in text_of(answer)
    assert set(Item.objects.values_list("status", flat=True)) == {Status.SECTION_REVIEW}
    assert not Decision.objects.signed().exists()


def test_nothing_ticked_leads_back_to_the_list(cast: Cast, as_user: Sign) -> None:
    client = as_user(cast.section_head)
    assert client.get(reverse("reviews:batch-confirm"))["Location"] == reverse("reviews:inbox")
    for nonsense in ("x", "٣", "999"):
        assert client.get(reverse("reviews:batch-confirm"), {"item": nonsense}).status_code == 302


def test_the_result_shows_nothing_of_others(cast: Cast, foreign_cast: Cast, as_user: Sign) -> None:
    item = step(
        filed(cast.author, timezone.now(), title="内部题目"), Action.PASS, cast.section_head, timezone.now()
    )
    decision = item.decisions.signed().get()
    address_ = reverse("reviews:batch-result")
    query: dict[str, str | int] = {"done": decision.pk, "not": f"{item.pk}-moved"}
    assert "内部题目" not in text_of(as_user(foreign_cast.section_head).get(address_, query))
    assert as_user(cast.section_head).get(address_, {"not": "x-y", "done": "z"}).status_code == 200


def test_the_inbox_asks_as_much_for_thirty_items_as_for_one(cast: Cast, as_user: Sign) -> None:
    client = as_user(cast.section_head)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse("reviews:inbox"))
        return len(captured)

    read(client, filed(cast.author, timezone.now()))
    first = queries()
    for _ in range(29):
        filed(cast.author, timezone.now())
    for item in Item.objects.all():
        Opened.objects.get_or_create(
            item=item, version=1, user=cast.section_head, defaults={"at": timezone.now()}
        )
    assert queries() == first
