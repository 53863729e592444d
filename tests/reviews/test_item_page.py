"""What an item's own page shows of its review."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from reviews.enums import Action
from reviews.models import Decision
from submissions.enums import Status
from submissions.services.drafts import Author
from tests.conftest import Cast, filed, step
from tests.reviews.builders import NOW, item_at, refiled, revised
from tests.reviews.pages import text_of

Sign = Callable[[User], Client]


def test_the_items_page_tells_the_whole_review(cast: Cast, as_user: Sign) -> None:
    cast.supervising_leader.grants.all().delete()
    item = refiled(item_at(cast, Status.SECTION_RETURN), cast.author, body="改好了。")
    item = step(item, Action.PASS, cast.section_head, NOW, "同意上报")
    page = text_of(as_user(cast.author).get(reverse("submissions:item-detail", args=[item.pk])))
    for shown in (
        "审核记录",
        "退回修改",
        "请核实数字",
        "修改后重新提交",
        "同意上报",
        "回避",
        "第2版 · 送主要领导",
    ):
        assert shown in page


@pytest.mark.parametrize(
    ("person", "status", "links"),
    [
        ("author", Status.DRAFT, {"submissions:item-edit"}),
        ("author", Status.SECTION_REVIEW, {"reviews:item-withdraw"}),
        ("author", Status.SUPERVISING_REVIEW, set()),
        ("author", Status.SECTION_RETURN, {"submissions:item-edit"}),
        ("author", Status.ISSUED, set()),
        ("colleague", Status.SECTION_REVIEW, set()),
        ("section_head", Status.SECTION_REVIEW, {"reviews:item-decide"}),
        ("section_head", Status.SUPERVISING_REVIEW, set()),
        ("admin", Status.SECTION_REVIEW, set()),
    ],
)
def test_the_items_page_links_to_what_one_may_do_and_to_nothing_else(
    cast: Cast, as_user: Sign, person: str, status: Status, links: set[str]
) -> None:
    item = item_at(cast, status)
    page = text_of(as_user(getattr(cast, person)).get(reverse("submissions:item-detail", args=[item.pk])))
    possible = {"submissions:item-edit", "reviews:item-withdraw", "reviews:item-decide"}
    assert {name for name in possible if f'href="{reverse(name, args=[item.pk])}"' in page} == links


def test_an_item_that_waits_for_nobody_says_so_on_its_page(cast: Cast, as_user: Sign) -> None:
    item = filed(cast.author, NOW)
    url = reverse("submissions:item-detail", args=[item.pk])
    assert "目前没有可以审核这篇稿件的" not in text_of(as_user(cast.author).get(url))
    cast.section_head.grants.all().delete()
    assert "目前没有可以审核这篇稿件的综合科负责人" in text_of(as_user(cast.author).get(url))


def test_hostile_words_are_shown_as_words(cast: Cast, as_user: Sign) -> None:
    evil = '<script>alert("x")</script>'
    authors = [Author(evil, 1, None)]
    item = filed(cast.author, NOW, title=evil, body=evil, authors=authors)
    item = step(item, Action.RETURN, cast.section_head, NOW, evil)
    revised(item, cast.author, body=f"{evil}改")
    item = step(item, Action.SUBMIT, cast.author, NOW)
    page = as_user(cast.section_head).get(reverse("reviews:item-decide", args=[item.pk])).content.decode()
    assert "<script>alert" not in page
    assert Decision.objects.filter(comment=evil).exists()
