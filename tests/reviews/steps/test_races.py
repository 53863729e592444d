"""Two people at one moment, on real connections: one wins, the other is told, nothing is doubled."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from accounts.models import AuditEntry, User
from reviews.checklists import CHECKLISTS
from reviews.enums import Action
from reviews.models import Decision, Opened, ReturnPoint
from reviews.steps.services import take_step
from submissions.enums import Status
from submissions.models import Item, NumberSeries, Version
from submissions.services.drafts import Author
from tests.conftest import Cast, City, draft, filed, make_person, step
from tests.reviews.builders import NOW
from tests.submissions.builders import form_data

pytestmark = pytest.mark.django_db(transaction=True)

Press = Callable[[], HttpResponse]
ROUNDS = 3


def at_once(*presses: Press) -> list[HttpResponse]:
    """Press all buttons at one moment, each in a thread with a connection of its own."""
    barrier = threading.Barrier(len(presses))

    def press(button: Press) -> HttpResponse:
        try:
            barrier.wait(timeout=10)
            return button()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(presses)) as pool:
        return [future.result(timeout=30) for future in [pool.submit(press, button) for button in presses]]


def button(person: User, name: str, item: Item | None, data: dict[str, object]) -> Press:
    """A press of one button by somebody who is signed in already."""
    return post(person, reverse(f"reviews:{name}", args=[item.pk] if item else []), data)


def post(person: User, url: str, data: dict[str, object]) -> Press:
    client = Client()
    client.force_login(person)
    return lambda: client.post(url, data)  # type: ignore[return-value]


def seen(item: Item, **more: object) -> dict[str, object]:
    """What the page of the item sends: the state read, every point ticked, and `more`."""
    checked = list(CHECKLISTS.get(item.status, ()))
    return {"source": item.status, "version": item.version, "checked": checked, **more}


def codes(answers: list[HttpResponse]) -> list[int]:
    return sorted(answer.status_code for answer in answers)


@pytest.mark.parametrize("_round", range(ROUNDS))
@pytest.mark.parametrize(("one", "other"), [("pass", "pass"), ("pass", "return")])
def test_of_two_leaders_at_once_one_wins_and_the_other_is_told(
    cast: Cast, city: City, one: str, other: str, _round: int
) -> None:
    deputy = make_person(city.section, "deputy", "副科长", Role.SECTION_HEAD)
    item = filed(cast.author, NOW)
    answers = at_once(
        button(cast.section_head, "item-decide", item, seen(item, action=one, comment="甲意见")),
        button(deputy, "item-decide", item, seen(item, action=other, comment="乙意见")),
    )
    assert codes(answers) == [302, 409]
    decision = Decision.objects.signed().get()
    entry = AuditEntry.objects.get(action__in=["item.pass", "item.return"])
    assert entry.actor == decision.by
    item.refresh_from_db()
    assert item.status == decision.target
    beaten = next(answer for answer in answers if answer.status_code == 409)
    assert decision.by is not None
    assert decision.by.display_name in beaten.content.decode()


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_approval_and_withdrawal_at_once_leave_one_of_the_two(cast: Cast, _round: int) -> None:
    item = filed(cast.author, NOW)
    answers = at_once(
        button(cast.section_head, "item-decide", item, seen(item, action="pass")),
        button(cast.author, "item-withdraw", item, seen(item)),
    )
    assert codes(answers) == [302, 409]
    item.refresh_from_db()
    assert item.decisions.count() == 2
    assert item.status == item.decisions.order_by("-pk")[0].target
    assert AuditEntry.objects.filter(action__in=["item.pass", "item.withdraw"]).count() == 1


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_the_same_decision_pressed_twice_at_once_is_recorded_once(cast: Cast, _round: int) -> None:
    item = filed(cast.author, NOW)
    press = button(cast.section_head, "item-decide", item, seen(item, action="pass"))
    assert codes(at_once(press, press)) == [302, 302]
    assert Decision.objects.signed().count() == 1


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_a_draft_filed_twice_at_once_is_filed_once(cast: Cast, _round: int) -> None:
    item = draft(cast.author, NOW)
    press = button(cast.author, "item-submit", item, form_data(item))
    assert codes(at_once(press, press)) == [302, 302]
    item.refresh_from_db()
    assert (item.status, item.version) == (Status.SECTION_REVIEW, 1)
    assert Version.objects.count() == 1
    assert AuditEntry.objects.filter(action="item.submit").count() == 1
    assert NumberSeries.objects.get().last == 1


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_a_new_form_sent_five_times_at_once_makes_and_files_one_item(cast: Cast, _round: int) -> None:
    press = button(cast.author, "item-submit-new", None, form_data())
    assert codes(at_once(*[press] * 5)) == [302] * 5
    item = Item.objects.get()
    assert (item.status, item.version, item.decisions.count()) == (Status.SECTION_REVIEW, 1, 1)


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_of_two_writers_who_answer_a_point_at_once_one_is_stored_and_the_other_is_told(
    cast: Cast, _round: int
) -> None:
    both = [Author(person.display_name, 1, person) for person in (cast.author, cast.colleague)]
    item = step(filed(cast.author, NOW, authors=both), Action.RETURN, cast.section_head, NOW, "请修改")
    decision = Decision.objects.get(action=Action.RETURN)
    decision.points.all().delete()
    point = ReturnPoint.objects.create(decision=decision, position=1, reason="facts", text="核对数字")
    form = form_data(item, authors=[(author.name, "1") for author in both])
    said = {
        person: form | {f"point-{point.pk}": person.display_name} for person in (cast.author, cast.colleague)
    }
    url = reverse("submissions:item-edit", args=[item.pk])
    answers = at_once(*(post(person, url, data) for person, data in said.items()))
    assert codes(answers) == [302, 409]
    point.refresh_from_db()
    kept, told = (both[0], both[1]) if answers[0].status_code == 302 else (both[1], both[0])
    assert point.answer == kept.name
    beaten = next(answer for answer in answers if answer.status_code == 409).content.decode()
    assert f'value="{told.name}"' in beaten
    assert f"已保存的另一答复：{kept.name}" in beaten


def test_two_items_filed_at_once_get_two_numbers(cast: Cast) -> None:
    presses = [
        button(person, "item-submit-new", None, form_data()) for person in (cast.author, cast.colleague)
    ]
    assert codes(at_once(*presses)) == [302, 302]
    assert Item.objects.values("number").distinct().count() == 2


@pytest.mark.parametrize("name", ["item-decide", "item-withdraw", "item-submit"])
def test_a_row_held_by_somebody_else_is_answered_while_they_hold_it(cast: Cast, name: str) -> None:
    item = draft(cast.author, NOW) if name == "item-submit" else filed(cast.author, NOW)
    data = (
        form_data(item, title="没有存下")
        if name == "item-submit"
        else seen(item, action="return", comment="请核实")
    )
    person = cast.section_head if name == "item-decide" else cast.author
    press = button(person, name, item, data)
    before = item.decisions.count()
    held, done = threading.Event(), threading.Event()

    def hold() -> None:
        with transaction.atomic():
            Item.objects.select_for_update().get(pk=item.pk)
            held.set()
            done.wait(20)
        connection.close()

    holder = threading.Thread(target=hold)
    holder.start()
    try:
        assert held.wait(10)
        answer = press()
    finally:
        done.set()
        holder.join()
    assert answer.status_code == 503
    assert "请过几秒再试" in answer.content.decode()
    assert next(text for text in ("没有存下", "请核实", "") if text in str(data)) in answer.content.decode()
    assert item.decisions.count() == before
    assert press().status_code == 302, "and afterwards it works"


# The broker


PRESS = """
import sys, django
django.setup()
from django.test import Client
from accounts.models import User
client = Client()
client.force_login(User.objects.get(username=sys.argv[1]))
client.get(sys.argv[2])
print(client.post(sys.argv[2], "&".join(sys.argv[3:]), "application/x-www-form-urlencoded").status_code)
"""


def press_elsewhere(redis: str, person: User, item: Item, **data: object) -> int:
    """The status of the answer to a button pressed in a process of its own, whose broker is `redis`.

    Without timeouts of its own the process would wait for a silent broker for ever; a minute ends that.
    """
    database = urlsplit(os.environ["DATABASE_URL"])._replace(path="/" + connection.settings_dict["NAME"])
    environment = os.environ | {
        "DATABASE_URL": database.geturl(),
        "REDIS_URL": redis,
        "DJANGO_SETTINGS_MODULE": "publicity.settings",
    }
    pairs = [
        f"{name}={each}"
        for name, value in seen(item, **data).items()
        for each in (value if isinstance(value, list) else [value])
    ]
    url = reverse("reviews:item-decide", args=[item.pk])
    command = [sys.executable, "-c", PRESS, person.username, url, *pairs]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=True)
    return int(done.stdout.split()[-1])


@pytest.fixture
def silent_socket(tmp_path: Path) -> Iterator[str]:
    """The address of a server that takes connections and never answers."""
    path = f"/tmp/silent-{os.getpid()}.sock"  # noqa: S108 (a socket's path has 107 bytes)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(path)
        server.listen()
        yield f"unix://{path}"
    Path(path).unlink()


def principal_item(cast: Cast) -> Item:
    item = filed(cast.author, NOW)
    for person in (cast.section_head, cast.supervising_leader):
        client = Client()
        client.force_login(person)
        client.post(reverse("reviews:item-decide", args=[item.pk]), seen(item, action="pass"))
        item.refresh_from_db()
    return item


def test_a_broker_that_is_down_does_not_keep_an_item_from_being_issued(cast: Cast) -> None:
    item = principal_item(cast)
    assert press_elsewhere("unix:///nowhere/redis.sock", cast.principal_leader, item, action="issue") == 302
    item.refresh_from_db()
    assert item.status == Status.ISSUED


def test_a_broker_that_never_answers_does_not_hold_a_leader_up(cast: Cast, silent_socket: str) -> None:
    item = principal_item(cast)
    assert press_elsewhere(silent_socket, cast.principal_leader, item, action="issue") == 302
    item.refresh_from_db()
    assert item.status == Status.ISSUED


# Taking back, and approving together


def passed(cast: Cast, now: datetime) -> Decision:
    item = filed(cast.author, now)
    return take_step(
        item=item,
        action=Action.PASS,
        by=cast.section_head,
        source=item.status,
        version=item.version,
        now=now,
    )


def undo_button(person: User, decision: Decision) -> Press:
    client = Client()
    client.force_login(person)
    url = reverse("reviews:step-undo")
    return lambda: client.post(url, {"decision": decision.pk})  # type: ignore[return-value]


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_a_decision_taken_back_twice_at_once_is_taken_back_once(cast: Cast, _round: int) -> None:
    decision = passed(cast, timezone.now())
    press = undo_button(cast.section_head, decision)
    assert codes(at_once(press, press)) == [302, 409]
    assert Decision.objects.filter(action=Action.UNDO).count() == 1
    assert AuditEntry.objects.filter(action="item.undo").count() == 1


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_of_taking_back_and_the_next_levels_decision_one_wins(cast: Cast, _round: int) -> None:
    decision = passed(cast, timezone.now())
    item = Item.objects.get()
    answers = at_once(
        undo_button(cast.section_head, decision),
        button(cast.supervising_leader, "item-decide", item, seen(item, action="pass")),
    )
    # Whoever comes second is told: 409 for both, or 403 when the level's page is no longer theirs.
    assert codes(answers)[0] == 302
    assert codes(answers)[1] in {403, 409}
    item.refresh_from_db()
    undone = Decision.objects.filter(action=Action.UNDO).exists()
    assert item.status == (Status.SECTION_REVIEW if undone else Status.PRINCIPAL_REVIEW)


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_two_batches_of_the_same_items_at_once_sign_each_once(cast: Cast, city: City, _round: int) -> None:
    deputy = make_person(city.section, "deputy", "副科长", Role.SECTION_HEAD)
    items = [filed(cast.author, timezone.now()) for _ in range(3)]
    query = "&".join(f"item={item.pk}" for item in items)
    data = {
        "seen": [f"{item.pk}:{item.status}:{item.version}" for item in items],
        f"checked-{Status.SECTION_REVIEW}": list(CHECKLISTS[Status.SECTION_REVIEW]),
    }

    def batch(person: User) -> Press:
        for item in items:
            Opened.objects.create(item=item, version=1, user=person, at=timezone.now())
        client = Client()
        client.force_login(person)
        url = f"{reverse('reviews:batch-confirm')}?{query}"
        return lambda: client.post(url, data)  # type: ignore[return-value]

    assert codes(at_once(batch(cast.section_head), batch(deputy))) == [302, 302]
    assert Decision.objects.signed().count() == 3
    assert set(Item.objects.values_list("status", flat=True)) == {Status.SUPERVISING_REVIEW}


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_two_items_merged_into_each_other_at_once_leave_one(cast: Cast, city: City, _round: int) -> None:
    deputy = make_person(city.section, "deputy", "副科长", Role.SECTION_HEAD)
    one, other = filed(cast.author, timezone.now()), filed(cast.other_author, timezone.now())
    answers = at_once(
        button(cast.section_head, "item-merge", one, seen(one, into=f"{other.pk}:1")),
        button(deputy, "item-merge", other, seen(other, into=f"{one.pk}:1")),
    )
    assert codes(answers)[0] == 302
    assert codes(answers)[1] in {403, 409, 422}
    assert Item.objects.filter(status=Status.MERGED).count() == 1
