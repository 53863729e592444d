"""The view of who had a part in an item agrees with the code that it cannot import."""

from __future__ import annotations

from datetime import timedelta

import pytest

from accounts.models import StandIn
from reviews.enums import SIGNING, Action
from reviews.involvement import SECRECY, WRITER
from reviews.models import Decision, SecrecyReview
from reviews.undoing.services import undo_step
from submissions.enums import Status
from submissions.models import Item
from submissions.services.drafts import Author, save_draft
from tests.conftest import Cast, filed, step
from tests.reviews.builders import NOW, item_at


def parts(item: Item) -> set[tuple[str, str]]:
    """Who is involved in the item, by user name, and how."""
    return set(item.involved.values_list("user__username", "level"))


@pytest.mark.parametrize("action", Action.values)
def test_exactly_who_signs_is_involved_at_the_level(cast: Cast, action: str) -> None:
    item = filed(cast.author, NOW)
    Decision.objects.create(
        item=item,
        version=item.versions.get(),
        action=action,
        source=Status.SECTION_REVIEW,
        target=Status.SECTION_REVIEW,
        by=None if action == Action.RECUSE else cast.section_head,
        acting_for=None if action == Action.RECUSE else cast.supervising_leader,
        at=NOW,
    )
    signed = {("section", Status.SECTION_REVIEW), ("supervising", Status.SECTION_REVIEW)}
    assert parts(item) == {("author", WRITER)} | (signed if action in SIGNING else set())


def test_what_was_undone_involves_nobody(cast: Cast) -> None:
    StandIn.objects.create(
        absent=cast.section_head,
        stand_in=cast.colleague,
        since=NOW,
        until=NOW + timedelta(days=1),
        given_by=cast.section_head,
        given_at=NOW,
    )
    item = step(filed(cast.other_author, NOW), Action.PASS, cast.colleague, NOW)
    signed = {("colleague", Status.SECTION_REVIEW), ("section", Status.SECTION_REVIEW)}
    assert parts(item) == {("other", WRITER)} | signed
    undo_step(decision=item.decisions.get(action=Action.PASS), by=cast.colleague, now=NOW)
    assert parts(item) == {("other", WRITER)}


def test_who_is_no_author_any_more_stays_a_writer(cast: Cast) -> None:
    both = [Author("甲作者", 1, cast.author), Author("乙同事", 1, cast.colleague), Author("外人", 1)]
    item = filed(cast.author, NOW, authors=both)
    step(item, Action.RETURN, cast.section_head, NOW, "请核实")
    save_draft(item=item, by=cast.author, fields={}, authors=both[:1], now=NOW)
    assert {("author", WRITER), ("colleague", WRITER)} <= parts(item)


def test_who_reviewed_it_for_secrets_is_involved(cast: Cast) -> None:
    item = item_at(cast, Status.SECTION_REVIEW)
    SecrecyReview.objects.create(
        item=item, version=item.versions.get(), answers={}, clear=True, by=cast.admin, at=NOW
    )
    assert ("admin", SECRECY) in parts(item)
