"""A held lock, a database that is away, a full disk: waited for, then told, and what was typed stays."""

from __future__ import annotations

import errno
import html
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html.parser import HTMLParser
from typing import Any

import psycopg2.errors
import pytest
from django.contrib.messages import get_messages
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection, transaction
from django.db.models import QuerySet
from django.test import Client
from django.urls import reverse

from accounts.models import Unit, User
from bulletins.models import Bulletin
from bulletins.services.drafting import draft_bulletin
from kit import commands
from reviews.checklists import CHECKLISTS
from reviews.models import Decision, Opened
from scoring.periods.period import Period
from stats.models import Tally
from submissions.enums import Status
from submissions.models import Item, StaleMonth
from submissions.services import drafts
from tests.conftest import Cast, City, draft, filed, shanghai
from tests.reviews.builders import NOW
from tests.submissions.builders import form_data, upload

Sign = Callable[[User], Client]
TEXT = "第一行：整改“回头看”\n第二行 <b>不是</b> HTML"


@contextmanager
def held(rows: QuerySet[Any], *, seconds: float = 60) -> Iterator[None]:
    """Somebody else holds these rows, until the block ends or so many seconds are over."""
    begun, done = threading.Event(), threading.Event()

    def hold() -> None:
        with transaction.atomic():
            list(rows.select_for_update())
            begun.set()
            done.wait(seconds)
        connection.close()

    holder = threading.Thread(target=hold)
    holder.start()
    try:
        assert begun.wait(10)
        yield
    finally:
        done.set()
        holder.join()


class Fields(HTMLParser):
    """What the form of a page about trouble sends."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.action, self.box = "", ""
        self.pairs: list[tuple[str, str]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.action = named["action"]
        elif tag == "input":
            self.pairs.append((named["name"], named.get("value", "")))
        elif tag == "textarea":
            self.box = named["name"]

    def handle_data(self, data: str) -> None:
        if self.box:
            self.pairs.append((self.box, data.removeprefix("\n")))
            self.box = ""


@pytest.mark.django_db(transaction=True)
def test_a_lock_that_is_given_back_in_time_is_waited_for(cast: Cast, as_user: Sign) -> None:
    """Longer than one wait of the database, shorter than a person's patience."""
    item = draft(cast.author, NOW)
    client = as_user(cast.author)
    with held(Item.objects.filter(pk=item.pk), seconds=4):
        answer = client.post(
            reverse("submissions:item-edit", args=[item.pk]),
            form_data(item, title="等到了", uploads=[upload("佐证.pdf")]),
        )
    assert answer.status_code == 302
    item.refresh_from_db()
    assert item.title == "等到了"
    assert item.attachments.count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_a_lock_that_stays_is_told_and_the_text_can_be_sent_again(
    cast: Cast, as_user: Sign, headers: dict[str, str]
) -> None:
    item = draft(cast.author, NOW)
    url = reverse("submissions:item-edit", args=[item.pk])
    data = form_data(item, title="没有存下", body=TEXT, uploads=[upload("佐证.pdf")])
    client = as_user(cast.author)
    with held(Item.objects.filter(pk=item.pk)):
        answer = client.post(url, data, headers=headers)
    page = answer.content.decode()
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert "请过几秒再试" in page
    assert "选过的文件没有留下" in page
    sent = Fields(page)
    assert sent.action == url
    typed = {name: str(value) for name, value in data.items() if name != "uploads"}
    assert {name: value for name, value in sent.pairs if name != "csrfmiddlewaretoken"} == typed
    assert client.post(sent.action, dict(sent.pairs)).status_code == 302
    item.refresh_from_db()
    assert (item.title, item.body) == ("没有存下", TEXT)


@pytest.mark.django_db(transaction=True)
def test_whoever_is_held_the_answer_is_no_error(city: City, cast: Cast, as_user: Sign) -> None:
    """Rows of units, of people, of months: writers of any app meet them."""
    item = filed(cast.author, NOW)
    pressed: list[tuple[QuerySet[Any], User, str, int]] = [
        (Unit.objects.filter(pk=city.county.pk), cast.admin, "accounts:unit-edit", city.county.pk),
        (User.objects.filter(pk=cast.colleague.pk), cast.admin, "accounts:user-edit", cast.colleague.pk),
        (Item.objects.filter(pk=item.pk), cast.author, "reviews:item-withdraw", item.pk),
    ]
    fields = {
        "name": "换了名的县", "short_name": "新县", "code": "150500-a", "kind": "county", "position": "1",
        "active_from": "2015-01-01", "display_name": "乙同事改名", "unit": city.county.pk,
        "source": item.status, "version": item.version,
    }  # fmt: skip
    for rows, person, name, pk in pressed:
        client, url = as_user(person), reverse(name, args=[pk])
        with held(rows):
            answer = client.post(url, fields)
        assert answer.status_code == 503, url
        assert "换了名的县" in answer.content.decode()
        assert client.post(url, fields).status_code == 302, url


@pytest.mark.django_db(transaction=True)
def test_of_a_batch_only_what_is_held_stays(cast: Cast, as_user: Sign) -> None:
    first, second = filed(cast.author, NOW), filed(cast.other_author, NOW)
    for item in (first, second):
        Opened.objects.create(item=item, version=1, user=cast.section_head, at=NOW)
    url = f"{reverse('reviews:batch-confirm')}?item={first.pk}&item={second.pk}"
    data = {
        "seen": [f"{item.pk}:{item.status}:{item.version}" for item in (first, second)],
        f"checked-{Status.SECTION_REVIEW}": list(CHECKLISTS[Status.SECTION_REVIEW]),
    }
    with held(Item.objects.filter(pk=first.pk)):
        answer = as_user(cast.section_head).post(url, data)
    assert answer.status_code == 302
    assert [decision.item for decision in Decision.objects.signed()] == [second]


def wrapped(cause: Exception) -> Exception:
    """As Django raises what psycopg2 raised."""
    error = OperationalError(str(cause))
    error.__cause__ = cause
    return error


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[Exception]]:
    """Has saving a draft fail with these errors, one after the other, and then succeed."""

    def fail(*errors: Exception) -> list[Exception]:
        left, real = list(errors), drafts.save_draft

        def save(**said: Any) -> Item:
            item = real(**said)
            if left:
                raise left.pop(0)
            return item

        monkeypatch.setattr("submissions.drafting.save_draft", save)
        return left

    return fail


def server_says(state: str) -> Exception:
    """An error of the server with this SQLSTATE, in the class that psycopg2 has for it."""
    kind = psycopg2.errors.lookup(state)
    return wrapped(type(kind.__name__, (kind,), {"pgcode": state})("told by the server"))


@pytest.mark.parametrize("state", ["55P03", "40P01", "40001"])
def test_what_passes_is_done_again_and_once(
    cast: Cast, as_user: Sign, failing: Callable[..., list[Exception]], state: str
) -> None:
    left = failing(server_says(state), server_says(state))
    data = form_data(title="一次就够", uploads=[upload("佐证.pdf")])
    answer = as_user(cast.author).post(reverse("submissions:item-create"), data)
    assert answer.status_code == 302
    assert left == []
    item = Item.objects.get()
    assert (item.title, item.attachments.count()) == ("一次就够", 1)
    assert [str(message) for message in get_messages(answer.wsgi_request)] == ["草稿已保存，尚未提交。"]


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (server_says("53100"), 507),
        (server_says("53300"), 503),
        (server_says("57P01"), 503),
        (server_says("57014"), 503),
        (server_says("08006"), 503),
        (wrapped(psycopg2.OperationalError("could not connect: Connection refused")), 503),
    ],
)
def test_what_does_not_pass_is_told_at_once_with_the_text(
    cast: Cast, as_user: Sign, failing: Callable[..., list[Exception]], error: Exception, status: int
) -> None:
    item = draft(cast.author, NOW)
    left = failing(error, error)
    url = reverse("submissions:item-autosave", args=[item.pk])
    answer = as_user(cast.author).post(url, form_data(item, body=TEXT, writer=cast.author.pk))
    assert answer.status_code == status
    assert len(left) == 1, "not tried again"
    assert html.escape(TEXT, quote=False).split("\n")[1] in answer.content.decode()
    item.refresh_from_db()
    assert item.body != TEXT


def test_a_full_disk_is_told_as_such(cast: Cast, as_user: Sign, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(**_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("submissions.views.items.discard_draft", fail)
    url = reverse("submissions:item-discard", args=[draft(cast.author, NOW).pk])
    answer = as_user(cast.author).post(url, {"why": "写了 理由"})
    assert answer.status_code == 507
    assert "磁盘满了" in answer.content.decode()
    assert "写了 理由" in answer.content.decode()


def test_a_mistake_of_the_program_is_not_called_trouble(
    cast: Cast, as_user: Sign, failing: Callable[..., list[Exception]]
) -> None:
    failing(server_says("54000"))
    with pytest.raises(OperationalError):
        as_user(cast.author).post(reverse("submissions:item-create"), form_data())


def test_a_database_that_is_away_when_the_session_is_read_keeps_the_text_too(
    cast: Cast, as_user: Sign, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = as_user(cast.author)

    def refuse(*_: object, **__: object) -> None:
        raise wrapped(psycopg2.OperationalError("Connection refused"))

    monkeypatch.setattr(SessionStore, "load", refuse)
    for data in ({"title": "写了很久"}, {"title": "写了很久", "old_password": "秘 密"}):
        answer = client.post(reverse("submissions:item-create"), data)
        assert answer.status_code == 503
        assert ("写了很久" in answer.content.decode()) == ("old_password" not in data)
        assert "秘 密" not in answer.content.decode()


def test_what_another_site_sent_is_not_offered_to_be_sent_again(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.author)

    def refuse(*_: object, **__: object) -> None:
        raise wrapped(psycopg2.OperationalError("Connection refused"))

    monkeypatch.setattr(SessionStore, "load", refuse)
    answer = client.post(
        reverse("submissions:item-create"),
        {"title": "别处来的 字"},
        headers={"Origin": "https://elsewhere.example"},
    )
    assert answer.status_code == 503
    assert "别处来的 字" not in answer.content.decode()


@pytest.mark.django_db(transaction=True)
def test_a_recount_waits_for_its_office(city: City, capsys: pytest.CaptureFixture[str]) -> None:
    with held(Unit.objects.filter(pk=city.office.pk), seconds=4):
        call_command("recount", office=city.office.code, first="2026-03", last="2026-03")
    assert "2026-03" in capsys.readouterr().out


@pytest.mark.django_db(transaction=True)
def test_a_command_says_when_it_waited_in_vain(city: City, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commands, "LONG_PATIENCE", 0)
    with held(Unit.objects.filter(pk=city.office.pk)), pytest.raises(CommandError, match="再运行"):
        call_command("load_scheme", "s23", office=city.office.code, day="2026-01-01")


@pytest.mark.django_db(transaction=True)
def test_a_bulletin_counts_and_keeps_its_months_before_its_own_transaction(city: City, cast: Cast) -> None:
    """So nobody waits for all of them, and what was counted is kept when drafting itself has to wait."""
    for month in ("2026-01", "2026-02", "2026-03"):
        filed(cast.author, shanghai(f"{month}-10"))
    assert StaleMonth.objects.count() == 3
    begun, done = threading.Event(), threading.Event()

    def hold() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {Bulletin._meta.db_table} IN SHARE MODE")
            begun.set()
            done.wait(30)
        connection.close()

    holder = threading.Thread(target=hold)
    holder.start()
    try:
        assert begun.wait(10)
        with pytest.raises(OperationalError):
            draft_bulletin(
                office=city.office, period=Period.parse("2026Q1"), by=cast.admin, now=shanghai("2026-04-02")
            )
    finally:
        done.set()
        holder.join()
    assert not StaleMonth.objects.exists()
    assert Tally.objects.count() == 3
    assert not Bulletin.objects.exists()
