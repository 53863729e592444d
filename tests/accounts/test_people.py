"""The pages of accounts and roles: who reaches which account, and what is shown."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from accounts.models import AuditEntry, User
from accounts.services.roles import grant_role
from tests.conftest import LONG_AGO, Cast, City


def without_token(page: bytes) -> str:
    """The page less the CSRF token, which is masked anew in every answer."""
    return re.sub(r'(csrfmiddlewaretoken" value=")\w+', r"\1", page.decode())


def test_a_county_administrator_sees_the_own_county_only(cast: Cast, as_user) -> None:
    page = as_user(cast.county_admin).get(reverse("accounts:user-list"))
    assert {person.unit for person in page.context["page"]} == {cast.county_admin.unit}


@pytest.mark.parametrize("name", ["user-edit", "user-reset-password", "user-deactivate", "user-reactivate"])
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


def test_the_administrator_is_told_of_levels_that_nobody_holds(cast: Cast, as_user) -> None:
    client = as_user(cast.admin)
    assert client.get(reverse("accounts:user-list")).context["warnings"] == []
    cast.group_member.grants.all().delete()
    (warning,) = client.get(reverse("accounts:user-list")).context["warnings"]
    assert "领导小组成员" in warning


def test_a_level_whose_only_holder_is_deactivated_is_not_held(cast: Cast, as_user) -> None:
    User.objects.filter(pk=cast.section_head.pk).update(is_active=False)
    (warning,) = as_user(cast.admin).get(reverse("accounts:user-list")).context["warnings"]
    assert "综合科负责人" in warning


def test_the_administrator_is_told_of_a_person_who_holds_several_levels(
    cast: Cast, city: City, as_user
) -> None:
    grant_role(user=cast.section_head, role=Role.GROUP_MEMBER, unit=city.office, since=LONG_AGO)
    (warning,) = as_user(cast.admin).get(reverse("accounts:user-list")).context["warnings"]
    assert "丁科长" in warning
    assert "综合科负责人、领导小组成员" in warning


def test_a_county_administrator_is_not_told_about_the_office(cast: Cast, as_user) -> None:
    cast.group_member.grants.all().delete()
    assert as_user(cast.county_admin).get(reverse("accounts:user-list")).context["warnings"] == []


@pytest.mark.parametrize("typed", ["AUTHOR", "ａｕｔｈｏｒ", "author"])
def test_an_account_name_is_taken_in_whatever_letters_it_is_typed(
    cast: Cast, city: City, as_user, typed: str
) -> None:
    data = {"username": typed, "display_name": "冒名", "unit": city.county.pk}
    assert as_user(cast.admin).post(reverse("accounts:user-create"), data).status_code == 422
    assert not User.objects.filter(display_name="冒名").exists()


def test_an_account_is_opened_with_its_first_role(cast: Cast, city: City, as_user) -> None:
    data = {"username": "xinren", "display_name": "新人", "unit": city.county.pk, "role": Role.AUTHOR}
    as_user(cast.county_admin).post(reverse("accounts:user-create"), data)
    grant = User.objects.get(username="xinren").grants.get()
    assert (grant.role, grant.unit) == (Role.AUTHOR, city.county)


def test_a_county_administrator_is_offered_the_author_role_alone(cast: Cast, city: City, as_user) -> None:
    client = as_user(cast.county_admin)
    form = client.get(reverse("accounts:user-create")).context["form"]
    assert [value for value, _label in form.fields["role"].choices] == ["", Role.AUTHOR]
    data = {"username": "x1", "display_name": "新人", "unit": city.county.pk, "role": Role.OFFICE_ADMIN}
    assert client.post(reverse("accounts:user-create"), data).status_code == 422
    assert not User.objects.filter(username="x1").exists()


def test_a_first_role_that_cannot_be_held_there_opens_no_account(cast: Cast, city: City, as_user) -> None:
    data = {"username": "x1", "display_name": "新人", "unit": city.section.pk, "role": Role.COUNTY_ADMIN}
    assert as_user(cast.admin).post(reverse("accounts:user-create"), data).status_code == 422
    assert not User.objects.filter(username="x1").exists()


def test_a_role_ends_with_the_day_that_was_given(cast: Cast, as_user) -> None:
    grant = cast.author.grants.get()
    page = reverse("accounts:grant-end", args=[grant.pk])
    client, today = as_user(cast.admin), timezone.localdate()
    assert client.get(page).status_code == 200
    assert client.post(page, {"until": today - timedelta(days=1)}).status_code == 422
    assert client.post(page, {"until": today + timedelta(days=7)}).status_code == 302
    grant.refresh_from_db()
    assert grant.until == today + timedelta(days=7)


@pytest.mark.parametrize("name", ["user-reset-password", "user-deactivate", "user-reactivate"])
@pytest.mark.parametrize("whose", ["admin", "county_admin"])
def test_nobody_resets_or_deactivates_their_own_account(cast: Cast, as_user, name: str, whose: str) -> None:
    person = getattr(cast, whose)
    client, page = as_user(person), reverse(f"accounts:{name}", args=[person.pk])
    before = person.password
    assert client.get(page).status_code == client.post(page).status_code == 403
    person.refresh_from_db()
    assert person.is_active
    assert person.password == before


@pytest.mark.parametrize("name", ["user-edit", "user-reset-password", "user-deactivate"])
def test_a_county_administrator_does_not_take_over_an_account_with_a_higher_role(
    cast: Cast, city: City, as_user, name: str
) -> None:
    grant_role(user=cast.colleague, role=Role.GROUP_MEMBER, unit=city.office, since=LONG_AGO)
    before = cast.colleague.password
    page = reverse(f"accounts:{name}", args=[cast.colleague.pk])
    assert as_user(cast.county_admin).post(page, {"display_name": "x"}).status_code == 403
    cast.colleague.refresh_from_db()
    assert (cast.colleague.password, cast.colleague.is_active) == (before, True)


def test_deactivating_twice_leaves_an_account_deactivated(cast: Cast, as_user) -> None:
    client, page = as_user(cast.admin), reverse("accounts:user-deactivate", args=[cast.author.pk])
    client.post(page)
    client.post(page)
    cast.author.refresh_from_db()
    assert not cast.author.is_active
