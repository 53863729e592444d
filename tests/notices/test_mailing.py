"""E-mails against a real SMTP server: once each, no word of the text, nothing lost while it is away."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from accounts.models import User
from notices import mailing, tasks
from notices.enums import Kind
from notices.models import Notice
from notices.services import set_preferences
from publicity.settings import mail_server
from tests.conftest import Cast, shanghai
from tests.notices.builders import NOW, told
from tests.notices.postoffice import Post
from tests.test_reconciling import in_threads


def test_a_mail_names_the_kind_and_the_number_and_not_a_word_of_the_item(post: Post, reader: User) -> None:
    told(reader)
    assert mailing.deliver(NOW) == 1
    (mail,) = post.taken
    text = mail.get_content()
    notice = Notice.objects.get()
    assert mail["To"] == "head@example.org"
    assert mail["Message-ID"] == f"<notice-{notice.pk}@xuncha.example>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert "待我审核" in mail["Subject"]
    assert "A-2026-0017" in text
    assert f"https://xuncha.example/notices/{notice.pk}/" in text
    assert "青山县" not in str(mail["Subject"]) + text
    assert len(re.findall("https?://", text)) == 1
    assert (notice.mail_owed, notice.mailed_at) == (False, NOW)


def test_nothing_is_sent_twice(post: Post, reader: User) -> None:
    told(reader)
    mailing.deliver(NOW)
    told(reader)
    assert mailing.deliver(NOW) == 0
    assert len(post.taken) == 1


def test_only_who_wants_mails_of_this_kind_and_has_an_address_gets_one(
    post: Post, reader: User, cast: Cast
) -> None:
    set_preferences(user=cast.author, choices={Kind.ARRIVED: (True, True)})
    told(reader, cast.author, cast.colleague)
    told(reader, kind=Kind.DUE, key="due")
    assert mailing.deliver(NOW) == 1


def test_a_person_who_wants_mails_alone_has_the_notice_among_what_is_read(post: Post, reader: User) -> None:
    set_preferences(user=reader, choices={Kind.ARRIVED: (False, True)})
    told(reader)
    assert mailing.deliver(NOW) == 1
    assert not Notice.objects.of(reader).unread().exists()


@pytest.mark.parametrize("change", [{"email": ""}, {"is_active": False}])
def test_who_gave_up_the_address_or_the_account_meanwhile_gets_none(
    post: Post, reader: User, change: dict[str, Any]
) -> None:
    told(reader)
    User.objects.filter(pk=reader.pk).update(**change)
    assert mailing.deliver(NOW) == 0
    assert not Notice.objects.filter(mail_owed=True).exists()


def test_a_server_that_is_away_loses_nothing(post: Post, reader: User, settings: Any) -> None:
    right = settings.MAILERS
    settings.MAILERS = {"default": mail_server("smtp://127.0.0.1:1")}
    told(reader)
    assert mailing.deliver(NOW) == 0
    settings.MAILERS = right
    assert mailing.deliver(NOW) == 1


@pytest.mark.parametrize(
    ("command", "answer"),
    [("MAIL", "451 later"), ("RCPT", "450 mailbox busy"), ("DATA", "452 disk full"), ("MAIL", "421 closing")],
)
def test_what_the_server_refuses_for_now_is_sent_later(
    post: Post, reader: User, command: str, answer: str
) -> None:
    told(reader)
    post.answers[command] = answer
    assert mailing.deliver(NOW) == 0
    assert Notice.objects.get().mailed_at is None
    post.answers.clear()
    assert mailing.deliver(NOW) == 1
    assert len(post.taken) == 1


@pytest.mark.parametrize(("command", "answer"), [("RCPT", "550 no such mailbox"), ("DATA", "554 refused")])
def test_what_the_server_will_never_take_is_given_up(
    post: Post, reader: User, command: str, answer: str
) -> None:
    told(reader)
    post.answers[command] = answer
    mailing.deliver(NOW)
    post.answers.clear()
    assert mailing.deliver(NOW) == 0
    assert Notice.objects.get().mailed_at is None


def test_one_address_that_is_refused_does_not_keep_the_others(post: Post, reader: User, cast: Cast) -> None:
    cast.author.email = "没有@example.org"
    cast.author.save()
    set_preferences(user=cast.author, choices={Kind.ARRIVED: (True, True)})
    told(cast.author)
    told(reader)
    assert mailing.deliver(NOW) == 1
    assert not Notice.objects.filter(mail_owed=True).exists()


def test_a_mail_whose_fate_is_unknown_is_not_sent_again(post: Post, reader: User) -> None:
    """The server took the text and hung up before it said so."""
    told(reader)
    post.answers["DATA"] = None
    assert mailing.deliver(NOW) == 0
    post.answers.clear()
    assert mailing.deliver(NOW) == 0
    assert Notice.objects.get().mailed_at == NOW


def test_a_worker_that_dies_after_its_claim_does_not_leave_a_mail_for_another(
    post: Post, reader: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    told(reader)

    def die(notice: Notice) -> None:
        raise SystemExit

    monkeypatch.setattr(mailing, "compose", die)
    with pytest.raises(SystemExit):
        mailing.deliver(NOW)
    monkeypatch.undo()
    assert mailing.deliver(NOW) == 0
    assert Notice.objects.unread().exists()


@pytest.mark.django_db(transaction=True)
def test_four_workers_at_once_send_each_mail_once(post: Post, reader: User) -> None:
    for number in range(12):
        told(reader, key=f"key {number}", now=NOW)
    in_threads(*[lambda: mailing.deliver(NOW)] * 4)
    assert len(post.taken) == 12
    assert len({mail["Message-ID"] for mail in post.taken}) == 12


def test_after_three_days_a_mail_is_no_news_any_more(post: Post, reader: User) -> None:
    told(reader)
    assert mailing.deliver(shanghai("2026-04-13", "10:01")) == 0


def test_an_installation_without_mail_owes_none(settings: Any, reader: User) -> None:
    settings.MAIL_IS_ON = False
    told(reader)
    assert not Notice.objects.get().mail_owed
    tasks.deliver(unknown="keyword")


@pytest.mark.parametrize(
    ("url", "options"),
    [
        ("smtp://mail.example", {"port": None, "use_tls": False, "use_ssl": False}),
        (
            "smtp+tls://me%40x:p%2Fw@mail.example:587",
            {"username": "me@x", "password": "p/w", "use_tls": True},
        ),
        ("smtps://mail.example:465", {"port": 465, "use_ssl": True}),
    ],
)
def test_the_server_is_named_by_an_address(url: str, options: dict[str, Any]) -> None:
    assert options.items() <= mail_server(url)["OPTIONS"].items()


@pytest.mark.parametrize("url", ["mail.example", "http://mail.example", "smtp://"])
def test_another_address_stops_the_start(url: str) -> None:
    with pytest.raises(ImproperlyConfigured):
        mail_server(url)
