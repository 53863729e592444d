"""Signing in, the first password, and what people change about themselves."""

from __future__ import annotations

import pytest
from django.db.models import ProtectedError
from django.test import Client
from django.urls import reverse

from accounts.models import AuditEntry, User
from tests.conftest import PASSWORD, Cast

ADMIN_PAGES = [
    "accounts:user-list",
    "accounts:user-export",
    "accounts:user-create",
    "accounts:unit-list",
    "administration",
]
LOGIN = "/accounts/login/"


@pytest.mark.parametrize("name", [*ADMIN_PAGES, "accounts:audit-list", "accounts:profile", "desk"])
def test_visitors_are_asked_to_log_in(db: None, client: Client, name: str) -> None:
    answer = client.get(reverse(name))
    assert answer.status_code == 302
    assert answer["Location"].startswith(LOGIN)


def test_a_first_password_opens_nothing_but_the_page_that_changes_it(cast: Cast, as_user) -> None:
    cast.author.must_change_password = True
    cast.author.save()
    client = as_user(cast.author)
    change = reverse("accounts:password-change")
    assert client.get("/")["Location"] == change
    weak = {"old_password": PASSWORD, "new_password1": "12345678", "new_password2": "12345678"}
    assert client.post(change, weak).status_code == 422
    strong = {
        "old_password": PASSWORD,
        "new_password1": "Wolke-am-Berg-77",
        "new_password2": "Wolke-am-Berg-77",
    }
    assert client.post(change, strong).status_code == 302
    assert client.get("/").status_code == 200


def test_logging_in_and_failing_to_are_recorded(cast: Cast, client: Client) -> None:
    assert client.post(LOGIN, {"username": "author", "password": "wrong"}).status_code == 422
    assert client.post(LOGIN, {"username": "author", "password": PASSWORD}).status_code == 302
    assert client.post(reverse("accounts:logout")).status_code == 302
    actions = list(AuditEntry.objects.order_by("pk").values_list("action", flat=True))
    assert actions == ["login.failed", "login", "logout"]


def test_an_unknown_account_is_answered_like_a_wrong_password(cast: Cast, client: Client) -> None:
    wrong = client.post(LOGIN, {"username": "author", "password": "wrong"})
    unknown = client.post(LOGIN, {"username": "nobody", "password": "wrong"})
    assert wrong.status_code == unknown.status_code == 422
    assert wrong.context["form"].non_field_errors() == unknown.context["form"].non_field_errors()


def test_a_person_changes_their_own_telephone_and_nothing_else(cast: Cast, as_user) -> None:
    client = as_user(cast.author)
    client.post(reverse("accounts:profile"), {"phone": "0475-000000", "display_name": "改名", "post": "主任"})
    cast.author.refresh_from_db()
    assert (cast.author.phone, cast.author.display_name, cast.author.post) == ("0475-000000", "甲作者", "")


def test_a_first_password_is_not_kept_as_ones_own(cast: Cast, as_user) -> None:
    same = {"old_password": PASSWORD, "new_password1": PASSWORD, "new_password2": PASSWORD}
    assert as_user(cast.author).post(reverse("accounts:password-change"), same).status_code == 422


@pytest.mark.parametrize("name", ["accounts:unit-list", "accounts:user-list", "accounts:profile", "desk"])
def test_a_first_password_reaches_no_page(cast: Cast, as_user, name: str) -> None:
    User.objects.filter(pk=cast.admin.pk).update(must_change_password=True)
    client = as_user(cast.admin)
    assert client.get(reverse(name))["Location"] == reverse("accounts:password-change")
    part = client.get(reverse(name), headers={"HX-Request": "true"})
    assert part["HX-Redirect"] == reverse("accounts:password-change")


@pytest.mark.parametrize(
    "target", ["//evil.example/", "https://evil.example/", "/\\evil.example", "javascript:"]
)
def test_logging_in_leads_nowhere_else(cast: Cast, client: Client, target: str) -> None:
    answer = client.post(LOGIN, {"username": "author", "password": PASSWORD, "next": target})
    assert answer["Location"] == reverse("desk")


def test_a_deactivated_account_is_answered_like_a_wrong_password(cast: Cast, client: Client) -> None:
    wrong = client.post(LOGIN, {"username": "author", "password": "wrong"})
    User.objects.filter(pk=cast.author.pk).update(is_active=False)
    inactive = client.post(LOGIN, {"username": "author", "password": PASSWORD})
    assert inactive.status_code == 422
    assert inactive.context["form"].non_field_errors() == wrong.context["form"].non_field_errors()


@pytest.mark.parametrize(
    ("phone", "status"), [("0475-8231234", 302), ("+86 (475) 8", 302), ("abc", 422), ("12", 422)]
)
def test_a_telephone_number_looks_like_one(cast: Cast, as_user, phone: str, status: int) -> None:
    assert as_user(cast.author).post(reverse("accounts:profile"), {"phone": phone}).status_code == status


def test_nobody_with_a_past_is_deleted(cast: Cast) -> None:
    with pytest.raises(ProtectedError):
        cast.author.delete()
