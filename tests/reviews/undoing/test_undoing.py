"""A decision taken back within five minutes, and when it cannot be."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.enums import Role
from accounts.models import AuditEntry, User
from adoptions.models import Adoption, Outlet
from notices.models import Notice
from reviews.enums import Action
from reviews.models import Decision
from reviews.rules import may_decide, may_withdraw
from reviews.steps.services import take_step
from reviews.undoing.services import CannotUndo, undo_step
from submissions.enums import Status
from submissions.models import Item, StaleMonth
from tests.conftest import Cast, City, filed, issued, make_person, step
from tests.reviews.builders import NOW, item_at, revised

Sign = Callable[[User], Client]
SOON = NOW + timedelta(minutes=4)


def last(item: Item) -> Decision:
    """What was decided on it last by a person."""
    decision = item.decisions.signed().order_by("-pk").first()
    assert decision is not None
    return decision


def test_an_approval_taken_back_leaves_the_item_as_it_was(cast: Cast) -> None:
    before = item_at(cast, Status.SECTION_REVIEW)
    arrived = before.status_since
    item = step(before, Action.PASS, cast.section_head, NOW + timedelta(minutes=1))
    decision = last(item)
    undo_step(decision=decision, by=cast.section_head, now=SOON)
    item.refresh_from_db()
    assert (item.status, item.version, item.status_since) == (Status.SECTION_REVIEW, 1, arrived)
    undo = item.decisions.get(action=Action.UNDO)
    assert (undo.undoes, undo.source, undo.target) == (
        decision,
        Status.SUPERVISING_REVIEW,
        Status.SECTION_REVIEW,
    )
    assert not item.decisions.signed().exists()
    assert AuditEntry.objects.filter(action="item.undo").count() == 1
    assert may_decide(cast.section_head, item, SOON)
    assert may_withdraw(cast.author, item), "nobody has decided on it"
    item = step(item, Action.PASS, cast.section_head, SOON)
    assert item.status == Status.SUPERVISING_REVIEW


def test_who_took_back_may_decide_at_another_level(cast: Cast, city: City) -> None:
    """What is undone answers for nothing, at no level."""
    two = make_person(city.office, "two", "午两级", Role.SECTION_HEAD, Role.SUPERVISING_LEADER)
    item = step(filed(cast.author, NOW), Action.PASS, two, NOW)
    undo_step(decision=last(item), by=two, now=SOON)
    item = step(item, Action.PASS, cast.section_head, SOON)
    assert may_decide(two, item, SOON)


def test_levels_passed_over_in_the_same_moment_come_back_too(cast: Cast) -> None:
    item = filed(cast.supervising_leader, NOW)
    item = step(item, Action.PASS, cast.section_head, NOW)
    assert item.status == Status.PRINCIPAL_REVIEW
    undo_step(decision=last(item), by=cast.section_head, now=SOON)
    item.refresh_from_db()
    assert item.status == Status.SECTION_REVIEW
    assert item.decisions.filter(action=Action.UNDO).count() == 2
    assert not Decision.objects.filter(action=Action.RECUSE, undone_by__isnull=True).exists()


def test_an_issued_item_comes_back_and_its_months_are_counted_again(cast: Cast) -> None:
    item = issued(cast.author, cast, NOW)
    StaleMonth.objects.all().delete()
    undo_step(decision=last(item), by=cast.principal_leader, now=SOON)
    item.refresh_from_db()
    assert (item.status, item.issued_at) == (Status.PRINCIPAL_REVIEW, None)
    assert StaleMonth.objects.filter(month="2026-04-01").exists()


def test_an_adopted_item_stays_issued(cast: Cast, outlets: dict[str, Outlet]) -> None:
    item = issued(cast.author, cast, NOW)
    Adoption.objects.create(
        item=item,
        outlet=outlets["city"],
        date=NOW.date(),
        registered_by=cast.admin,
        registered_at=NOW,
    )
    with pytest.raises(CannotUndo, match="采用"):
        undo_step(decision=last(item), by=cast.principal_leader, now=SOON)
    item.refresh_from_db()
    assert item.status == Status.ISSUED


def test_after_five_minutes_it_stands(cast: Cast) -> None:
    item = step(filed(cast.author, NOW), Action.PASS, cast.section_head, NOW)
    with pytest.raises(CannotUndo, match="5分钟"):
        undo_step(decision=last(item), by=cast.section_head, now=NOW + timedelta(minutes=5, seconds=1))
    undo_step(decision=last(item), by=cast.section_head, now=NOW + timedelta(minutes=5))


def test_nobody_takes_back_what_somebody_else_decided(cast: Cast) -> None:
    item = step(filed(cast.author, NOW), Action.PASS, cast.section_head, NOW)
    for person in (cast.supervising_leader, cast.admin, cast.author):
        with pytest.raises(PermissionDenied):
            undo_step(decision=last(item), by=person, now=SOON)


def test_twice_is_once(cast: Cast) -> None:
    item = step(filed(cast.author, NOW), Action.PASS, cast.section_head, NOW)
    decision = last(item)
    undo_step(decision=decision, by=cast.section_head, now=SOON)
    with pytest.raises(CannotUndo, match="已经撤销"):
        undo_step(decision=decision, by=cast.section_head, now=SOON)


def test_what_the_next_level_has_decided_on_stands(cast: Cast) -> None:
    item = step(filed(cast.author, NOW), Action.PASS, cast.section_head, NOW)
    first = last(item)
    step(item, Action.PASS, cast.supervising_leader, NOW)
    with pytest.raises(CannotUndo, match="已有人"):
        undo_step(decision=first, by=cast.section_head, now=SOON)


def test_what_was_decided_on_beyond_an_empty_level_stands(cast: Cast) -> None:
    item = step(filed(cast.supervising_leader, NOW), Action.PASS, cast.section_head, NOW)
    first = last(item)
    assert item.status == Status.PRINCIPAL_REVIEW
    step(item, Action.RETURN, cast.principal_leader, NOW, "请核实")
    with pytest.raises(CannotUndo, match="已有人"):
        undo_step(decision=first, by=cast.section_head, now=SOON)


def test_a_return_stands_once_its_writers_have_begun_to_revise(cast: Cast) -> None:
    item = step(filed(cast.author, NOW), Action.RETURN, cast.section_head, NOW, "请核实")
    decision = last(item)
    revised(item, cast.author, title="改了题目")
    with pytest.raises(CannotUndo, match="已有人"):
        undo_step(decision=decision, by=cast.section_head, now=SOON)


def test_a_return_nobody_has_worked_on_comes_back(cast: Cast) -> None:
    item = step(filed(cast.author, NOW), Action.RETURN, cast.section_head, NOW, "请核实")
    undo_step(decision=last(item), by=cast.section_head, now=SOON)
    item.refresh_from_db()
    assert item.status == Status.SECTION_REVIEW


def test_filing_and_undoing_are_not_undone(cast: Cast) -> None:
    item = step(filed(cast.author, NOW), Action.PASS, cast.section_head, NOW)
    submit = item.decisions.get(action=Action.SUBMIT)
    with pytest.raises(CannotUndo):
        undo_step(decision=submit, by=cast.author, now=SOON)
    undo_step(decision=last(item), by=cast.section_head, now=SOON)
    with pytest.raises(CannotUndo):
        undo_step(decision=item.decisions.get(action=Action.UNDO), by=cast.section_head, now=SOON)


def test_whoever_was_told_is_told_of_it(cast: Cast) -> None:
    item = step(filed(cast.author, NOW), Action.PASS, cast.section_head, NOW)
    decision = last(item)
    undo_step(decision=decision, by=cast.section_head, now=SOON)
    told = Notice.objects.filter(key=f"undo:{decision.pk}")
    assert {notice.recipient for notice in told} == {cast.author, cast.supervising_leader}


# The buttons


def test_the_message_after_deciding_has_the_button_that_takes_it_back(cast: Cast, as_user: Sign) -> None:
    with time_machine.travel(NOW, tick=False):
        item = filed(cast.author, NOW)
        client = as_user(cast.section_head)
        take_step(item=item, action=Action.PASS, by=cast.section_head, source=item.status, version=1, now=NOW)
        decision = last(item)
        assert "撤销" in client.get(reverse("reviews:decision-list")).content.decode()
        answer = client.post(reverse("reviews:step-undo"), {"decision": decision.pk}, follow=True)
        assert answer.redirect_chain == [(reverse("reviews:item-decide", args=[item.pk]), 302)]
        assert "已撤销" in answer.content.decode()
        again = client.post(reverse("reviews:step-undo"), {"decision": decision.pk})
        assert again.status_code == 409
        assert "已经撤销" in again.content.decode()
        assert (
            as_user(cast.admin).post(reverse("reviews:step-undo"), {"decision": decision.pk}).status_code
            == 403
        )
        assert client.post(reverse("reviews:step-undo"), {"decision": "x"}).status_code == 404
        assert client.get(reverse("reviews:step-undo")).status_code == 405
    late = NOW + timedelta(minutes=6)
    with time_machine.travel(late, tick=False):
        assert (
            "撤销</button>"
            not in as_user(cast.section_head).get(reverse("reviews:decision-list")).content.decode()
        )


def test_the_lists_ask_as_much_for_ten_fresh_decisions_as_for_one(cast: Cast, as_user: Sign) -> None:
    client = as_user(cast.section_head)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert "撤销</button>" not in client.get(reverse("reviews:inbox")).content.decode()
            assert (
                client.get(reverse("reviews:decision-list")).content.decode().count('name="decision"')
                == count
            )
        return len(captured)

    with time_machine.travel(NOW, tick=False):
        counts = []
        for count in (1, 10):
            while Decision.objects.signed().count() < count:
                step(filed(cast.author, NOW), Action.PASS, cast.section_head, NOW)
            counts.append(queries())
    assert counts[0] == counts[1]
