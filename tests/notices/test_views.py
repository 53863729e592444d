"""The pages of notices: unread first, one group a subject, one's own alone."""

from __future__ import annotations

from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from notices.enums import Kind
from notices.models import Notice, Preference
from notices.services import set_preferences
from tests.conftest import Cast, shanghai
from tests.notices.builders import LATER, NOW, told

LIST, SETTINGS = "/notices/", "/notices/settings/"


def groups(answer: Any) -> list[list[str]]:
    """The keys of what the list shows, a list for each group."""
    return [
        [notice.key for notice in (group.newest, *group.older)]
        for section in answer.context["sections"]
        for group in section.groups
    ]


def test_notices_of_one_subject_are_one_group_with_the_newest_on_top(cast: Cast, as_user) -> None:
    told(cast.author, key="old", now=shanghai("2026-04-08"))
    told(cast.author, key="new", now=NOW)
    told(cast.author, key="other", subject="item:18", now=shanghai("2026-04-09"))
    answer = as_user(cast.author).get(LIST)
    assert groups(answer) == [["new", "old"], ["other"]]
    assert "还有 1 条" in answer.content.decode()


def test_what_is_unread_comes_first_however_old(cast: Cast, as_user) -> None:
    told(cast.author, key="read", subject="item:1", now=LATER)
    Notice.objects.update(read_at=LATER)
    told(cast.author, key="unread", subject="item:2", now=NOW)
    answer = as_user(cast.author).get(LIST)
    assert groups(answer) == [["unread"], ["read"]]
    assert [section.waiting for section in answer.context["sections"]] == [True, False]


def test_sections_are_days_in_china(cast: Cast, as_user) -> None:
    told(cast.author, subject="item:1", key="1", now=shanghai("2026-04-10", "00:10"))
    told(cast.author, subject="item:2", key="2", now=shanghai("2026-04-09", "23:50"))
    sections = as_user(cast.author).get(LIST).context["sections"]
    assert [str(section.day) for section in sections] == ["2026-04-10", "2026-04-09"]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, {"a", "b", "c"}),
        ({"state": "unread"}, {"a", "b"}),
        ({"kind": "due"}, {"b"}),
        ({"state": "unread", "kind": "moved"}, set()),
        ({"state": "nonsense", "kind": "nonsense"}, {"a", "b", "c"}),
    ],
)
def test_notices_are_narrowed_down(cast: Cast, as_user, asked: dict[str, str], found: set[str]) -> None:
    told(cast.author, key="c", subject="item:3", kind=Kind.MOVED)
    Notice.objects.update(read_at=NOW)
    told(cast.author, key="a", subject="item:1")
    told(cast.author, key="b", subject="item:2", kind=Kind.DUE)
    assert {key for group in groups(as_user(cast.author).get(LIST, asked)) for key in group} == found


def test_nobody_sees_or_opens_what_another_was_told(cast: Cast, as_user) -> None:
    told(cast.author)
    client, notice = as_user(cast.colleague), Notice.objects.get()
    assert groups(client.get(LIST)) == []
    assert client.get(reverse("notices:notice-open", args=[notice.pk])).status_code == 404
    client.post(reverse("notices:notice-read-all"), {"up_to": notice.pk})
    assert Notice.objects.unread().exists()


def test_opening_leads_to_the_page_and_takes_the_subject_as_read(cast: Cast, as_user) -> None:
    told(cast.author, key="1")
    told(cast.author, key="2")
    told(cast.author, key="other", subject="item:18")
    notice = Notice.objects.get(key="2")
    answer = as_user(cast.author).get(reverse("notices:notice-open", args=[notice.pk]))
    assert (answer.status_code, answer["Location"]) == (302, "/review/items/17/")
    assert Notice.objects.unread().get().key == "other"


@pytest.mark.parametrize("headers", [{"Sec-Purpose": "prefetch"}, {"Sec-Purpose": "prefetch;prerender"}])
def test_what_a_browser_fetches_ahead_stays_unread(cast: Cast, as_user, headers: dict[str, str]) -> None:
    told(cast.author)
    page = reverse("notices:notice-open", args=[Notice.objects.get().pk])
    as_user(cast.author).get(page, headers=headers)
    as_user(cast.author).head(page)
    assert Notice.objects.unread().exists()


@pytest.mark.parametrize("link", ["https://evil.example/", "//evil.example", "/\\evil.example"])
def test_a_link_that_leads_away_is_not_followed(cast: Cast, as_user, link: str) -> None:
    told(cast.author)
    Notice.objects.update(link=link)
    answer = as_user(cast.author).get(reverse("notices:notice-open", args=[Notice.objects.get().pk]))
    assert answer["Location"] == LIST


def test_visitors_log_in_first_and_come_out_at_the_notice(cast: Cast, client) -> None:
    told(cast.author)
    page = reverse("notices:notice-open", args=[Notice.objects.get().pk])
    answer = client.get(page)
    assert answer["Location"] == f"/accounts/login/?next={page}"
    assert Notice.objects.unread().exists()


def test_all_that_was_shown_is_marked_as_read(cast: Cast, as_user) -> None:
    told(cast.author)
    client = as_user(cast.author)
    up_to = client.get(LIST).context["up_to"]
    told(cast.author, key="meanwhile")
    assert client.post(reverse("notices:notice-read-all"), {"up_to": up_to}).status_code == 302
    assert Notice.objects.unread().get().key == "meanwhile"


@pytest.mark.parametrize("up_to", ["", "x", "-1", "９", "9" * 40])
def test_a_made_up_mark_changes_nothing(cast: Cast, as_user, up_to: str) -> None:
    told(cast.author)
    assert as_user(cast.author).post(reverse("notices:notice-read-all"), {"up_to": up_to}).status_code == 302
    assert Notice.objects.unread().exists()


def test_marking_is_never_done_by_a_link(cast: Cast, as_user) -> None:
    assert as_user(cast.author).get(reverse("notices:notice-read-all")).status_code == 405


def test_the_bell_counts_what_is_unread_on_every_page(cast: Cast, as_user) -> None:
    told(cast.author, key="1")
    told(cast.author, key="2")
    told(cast.colleague, key="3")
    answer = as_user(cast.author).get("/accounts/profile/")
    assert answer.context["unread_notices"] == 2
    assert 'aria-label="通知，2 条未读"' in answer.content.decode()


def test_an_empty_list_says_what_will_come(cast: Cast, as_user) -> None:
    assert "您还没有通知" in as_user(cast.author).get(LIST).content.decode()


def test_the_list_takes_the_same_queries_at_one_and_at_thirty_notices(
    cast: Cast, as_user, django_assert_num_queries
) -> None:
    client = as_user(cast.author)
    told(cast.author)
    with CaptureQueriesContext(connection) as few:
        client.get(LIST)
    for number in range(30):
        told(cast.author, subject=f"item:{number}", key=f"one:{number}")
        told(cast.author, subject=f"item:{number}", key=f"two:{number}")
    with django_assert_num_queries(len(few)):
        answer = client.get(LIST)
    assert answer.context["page"].paginator.count == 30
    assert len(groups(client.get(LIST, {"page": 2}))) == 10


def test_today_is_called_today(cast: Cast, as_user) -> None:
    told(cast.author, now=NOW)
    with time_machine.travel(NOW, tick=False):
        assert "今天" in as_user(cast.author).get(LIST).content.decode()


def test_a_person_chooses_what_to_be_told_of(cast: Cast, as_user, settings) -> None:
    settings.MAIL_IS_ON = True
    cast.author.email = "author@example.org"
    cast.author.save()
    client = as_user(cast.author)
    assert client.post(SETTINGS, {"shown_arrived": "on", "mailed_digest": "on"}).status_code == 302
    held = {each.kind: (each.shown, each.mailed) for each in Preference.objects.filter(user=cast.author)}
    assert held["arrived"] == (True, False)
    assert held["digest"] == (False, True)
    assert set(held) == set(Kind)
    form = client.get(SETTINGS).context["form"]
    assert form["mailed_digest"].initial is True


def test_without_mail_or_address_the_choice_of_mails_stays_as_it_was(cast: Cast, as_user, settings) -> None:
    settings.MAIL_IS_ON = False
    set_preferences(user=cast.author, choices={Kind.DUE: (True, True)})
    client = as_user(cast.author)
    assert "没有配置邮件" in client.get(SETTINGS).content.decode()
    client.post(SETTINGS, {"shown_due": "on"})
    assert Preference.objects.get(user=cast.author, kind=Kind.DUE).mailed
    settings.MAIL_IS_ON = True
    assert "先填写邮箱" in client.get(SETTINGS).content.decode()
    client.post(SETTINGS, {"mailed_moved": "on"})
    assert not Preference.objects.get(user=cast.author, kind=Kind.MOVED).mailed


@pytest.mark.parametrize(
    ("email", "status"), [("li@example.org", 302), ("", 302), ("li", 422), ("a@b\r\nBcc: c@d.example", 422)]
)
def test_an_address_looks_like_one(cast: Cast, as_user, email: str, status: int) -> None:
    assert as_user(cast.author).post("/accounts/profile/", {"email": email}).status_code == status
