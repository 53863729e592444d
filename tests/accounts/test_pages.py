"""The pages of people, units, one's own account and the audit trail."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.enums import Role
from accounts.models import AuditEntry, Unit, User
from tests.conftest import PASSWORD, Cast, City, make_person

ADMIN_PAGES = ["accounts:user-list", "accounts:user-create", "accounts:unit-list", "administration"]
LOGIN = "/accounts/login/"


def without_token(page: bytes) -> str:
    """The page less the CSRF token, which is masked anew in every answer."""
    return re.sub(r'(csrfmiddlewaretoken" value=")\w+', r"\1", page.decode())


@pytest.mark.parametrize("name", [*ADMIN_PAGES, "accounts:audit-list", "accounts:profile", "desk"])
def test_visitors_are_asked_to_log_in(db: None, client: Client, name: str) -> None:
    answer = client.get(reverse(name))
    assert answer.status_code == 302
    assert answer["Location"].startswith(LOGIN)


@pytest.mark.parametrize("name", ADMIN_PAGES)
@pytest.mark.parametrize("who", ["author", "section_head", "principal_leader", "auditor"])
def test_only_administrators_manage_people_and_units(cast: Cast, as_user, name: str, who: str) -> None:
    assert as_user(getattr(cast, who)).get(reverse(name)).status_code == 403


@pytest.mark.parametrize("name", ADMIN_PAGES)
@pytest.mark.parametrize("who", ["admin", "county_admin"])
def test_administrators_do(cast: Cast, as_user, name: str, who: str) -> None:
    assert as_user(getattr(cast, who)).get(reverse(name)).status_code == 200


@pytest.mark.parametrize("who", ["author", "admin", "county_admin", "principal_leader"])
def test_the_audit_trail_is_the_auditors_alone(cast: Cast, as_user, who: str) -> None:
    assert as_user(getattr(cast, who)).get(reverse("accounts:audit-list")).status_code == 403


def test_reading_the_audit_trail_is_recorded(cast: Cast, as_user) -> None:
    answer = as_user(cast.auditor).get(reverse("accounts:audit-list"), {"q": "青山"})
    assert answer.status_code == 200
    entry = AuditEntry.objects.get(action="audit.read")
    assert entry.actor == cast.auditor
    assert "q=" in entry.detail["query"]


def test_the_audit_trail_of_another_office_does_not_show(cast: Cast, foreign_cast: Cast, as_user) -> None:
    Client().post(LOGIN, {"username": "foreign_author", "password": PASSWORD})
    assert AuditEntry.objects.filter(action="login").exists()
    page = as_user(cast.auditor).get(reverse("accounts:audit-list"), {"action": "login"})
    assert page.context["page"].paginator.count == 0


def test_a_county_administrator_sees_the_own_county_only(cast: Cast, as_user) -> None:
    page = as_user(cast.county_admin).get(reverse("accounts:user-list"))
    assert {person.unit for person in page.context["page"]} == {cast.county_admin.unit}


@pytest.mark.parametrize("name", ["user-edit", "user-reset-password", "user-deactivate"])
def test_an_account_of_another_office_does_not_exist(
    cast: Cast, foreign_cast: Cast, as_user, name: str
) -> None:
    client = as_user(cast.admin)
    foreign = client.get(reverse(f"accounts:{name}", args=[foreign_cast.author.pk]))
    absent = client.get(reverse(f"accounts:{name}", args=[10**9]))
    assert foreign.status_code == absent.status_code == 404
    assert without_token(foreign.content) == without_token(absent.content)


def test_an_account_is_opened_with_a_first_password_shown_once(cast: Cast, city: City, as_user) -> None:
    client = as_user(cast.admin)
    data = {"username": "xinren", "display_name": "新人", "unit": city.county.pk, "post": "", "phone": ""}
    answer = client.post(reverse("accounts:user-create"), data)
    person = User.objects.get(username="xinren")
    password = answer.context["password"]
    assert person.check_password(password)
    assert password not in client.get(reverse("accounts:user-edit", args=[person.pk])).content.decode()
    assert password not in str(AuditEntry.objects.values_list("detail", flat=True))


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


def test_a_role_is_given_and_ended_on_the_persons_page(cast: Cast, city: City, as_user) -> None:
    client = as_user(cast.admin)
    data = {"role": Role.SECTION_HEAD, "unit": city.county.pk, "since": "2026-01-01", "until": ""}
    client.post(reverse("accounts:grant-create", args=[cast.colleague.pk]), data)
    grant = cast.colleague.grants.get(role=Role.SECTION_HEAD)
    assert grant.unit == city.office
    client.post(reverse("accounts:grant-end", args=[grant.pk]))
    grant.refresh_from_db()
    assert grant.until is not None


def test_a_role_that_does_not_go_together_is_refused_with_a_message(cast: Cast, city: City, as_user) -> None:
    data = {"role": Role.AUDITOR, "unit": city.office.pk, "since": "2026-01-01", "until": ""}
    answer = as_user(cast.admin).post(reverse("accounts:grant-create", args=[cast.author.pk]), data)
    assert answer.status_code == 422
    assert "不能同时担任" in answer.content.decode()


def test_the_administrator_is_told_of_roles_that_nobody_holds(cast: Cast, as_user) -> None:
    cast.group_member.grants.all().delete()
    page = as_user(cast.admin).get(reverse("accounts:user-list"))
    assert page.context["missing_roles"] == ["领导小组成员"]


def test_a_unit_is_opened_changed_and_closed(cast: Cast, city: City, as_user) -> None:
    client = as_user(cast.admin)
    data = {
        "kind": "county",
        "code": "150599",
        "name": "新设县",
        "short_name": "新设县",
        "region_code": "150599",
        "active_from": "2026-01-01",
        "active_to": "",
        "position": "9",
    }
    assert client.post(reverse("accounts:unit-create", args=[city.office.pk]), data).status_code == 302
    unit = Unit.objects.get(code="150599")
    changed = data | {"name": "改名县", "active_to": "2026-12-31", "code": "hacked"}
    assert client.post(reverse("accounts:unit-edit", args=[unit.pk]), changed).status_code == 302
    unit.refresh_from_db()
    assert (unit.name, unit.code, unit.active_to) == ("改名县", "150599", date(2026, 12, 31))


def test_a_taken_code_is_refused_with_a_message(cast: Cast, city: City, as_user) -> None:
    data = {
        "kind": "county",
        "code": city.county.code,
        "name": "新设县",
        "short_name": "新设县",
        "active_from": "2026-01-01",
        "position": "9",
    }
    answer = as_user(cast.admin).post(reverse("accounts:unit-create", args=[city.office.pk]), data)
    assert answer.status_code == 422
    assert Unit.objects.filter(name="新设县").count() == 0


def test_a_person_changes_their_own_telephone_and_nothing_else(cast: Cast, as_user) -> None:
    client = as_user(cast.author)
    client.post(reverse("accounts:profile"), {"phone": "0475-000000", "display_name": "改名", "post": "主任"})
    cast.author.refresh_from_db()
    assert (cast.author.phone, cast.author.display_name, cast.author.post) == ("0475-000000", "甲作者", "")


@pytest.mark.parametrize("name", ["accounts:user-list", "accounts:unit-list"])
def test_lists_take_the_same_number_of_queries_whatever_their_length(
    cast: Cast, city: City, as_user, name: str, django_assert_num_queries
) -> None:
    client = as_user(cast.admin)
    client.get(reverse(name))
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(reverse(name))
    for number in range(30):
        make_person(city.county, f"p{number}", f"某{number}", Role.AUTHOR)
    with django_assert_num_queries(len(few)):
        client.get(reverse(name))
