"""Who opens the administrators' pages, and what their lists answer."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from accounts.enums import Role
from accounts.services.people import set_active
from tests.conftest import Cast, City, make_person, shanghai

ADMIN_PAGES = [
    "accounts:user-list",
    "accounts:user-export",
    "accounts:user-create",
    "accounts:unit-list",
    "accounts:unit-export",
    "administration",
]


def read(answer) -> Worksheet:
    """The first sheet of a workbook that was answered."""
    return load_workbook(BytesIO(b"".join(answer.streaming_content))).worksheets[0]


@pytest.mark.parametrize("name", ADMIN_PAGES)
@pytest.mark.parametrize("who", ["author", "section_head", "principal_leader", "auditor"])
def test_only_administrators_manage_people_and_units(cast: Cast, as_user, name: str, who: str) -> None:
    assert as_user(getattr(cast, who)).get(reverse(name)).status_code == 403


@pytest.mark.parametrize("name", ADMIN_PAGES)
@pytest.mark.parametrize("who", ["admin", "county_admin"])
def test_administrators_do(cast: Cast, as_user, name: str, who: str) -> None:
    assert as_user(getattr(cast, who)).get(reverse(name)).status_code == 200


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


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"q": "甲作"}, {"author"}),
        ({"q": "countyadm"}, {"countyadmin"}),
        ({"role": Role.AUDITOR}, {"auditor"}),
        ({"state": "inactive"}, {"colleague"}),
    ],
)
def test_people_are_searched(cast: Cast, as_user, asked: dict[str, str], found: set[str]) -> None:
    set_active(person=cast.colleague, active=False, by=cast.admin, now=shanghai("2026-04-10"))
    page = as_user(cast.admin).get(reverse("accounts:user-list"), asked).context["page"]
    assert {person.username for person in page} == found


def test_people_are_narrowed_to_a_unit_and_what_is_below_it(cast: Cast, city: City, as_user) -> None:
    page = as_user(cast.admin).get(reverse("accounts:user-list"), {"unit": city.county.pk}).context["page"]
    assert {person.username for person in page} == {"author", "colleague", "countyadmin"}


def test_a_county_administrator_cannot_ask_for_another_unit(cast: Cast, city: City, as_user) -> None:
    answer = as_user(cast.county_admin).get(reverse("accounts:user-list"), {"unit": city.other_county.pk})
    assert "丙外县" not in answer.content.decode()


def test_people_are_sorted_by_a_column(cast: Cast, as_user) -> None:
    page = as_user(cast.admin).get(reverse("accounts:user-list"), {"o": "-account"}).context["page"]
    names = [person.username for person in page]
    assert names == sorted(names, reverse=True)


def test_people_are_exported_as_shown(cast: Cast, as_user) -> None:
    cast.author.post = "=1+1"
    cast.author.save()
    sheet = read(as_user(cast.admin).get(reverse("accounts:user-export"), {"q": "author"}))
    (row,) = sheet.iter_rows(min_row=3)
    assert (row[1].value, row[3].value, row[3].data_type) == ("author", "=1+1", "s")


def test_the_state_of_an_account_is_said_alike_on_the_page_and_in_excel(cast: Cast, as_user) -> None:
    cast.author.must_change_password = True
    cast.author.save()
    set_active(person=cast.colleague, active=False, by=cast.admin, now=shanghai("2026-04-10"))
    client, asked = (
        as_user(cast.admin),
        {"state": "all", "unit": cast.author.unit_id, "c": ["account", "state"]},
    )
    said = {"author": "初始密码", "colleague": "已停用", "countyadmin": "在用"}
    rows = read(client.get(reverse("accounts:user-export"), asked)).iter_rows(min_row=3, values_only=True)
    assert {account: state for _name, account, state in rows} == said
    page = client.get(reverse("accounts:user-list"), asked).content.decode()
    assert all(f">{state}</span>" in page for state in said.values())


def test_a_county_administrator_exports_the_own_county_only(cast: Cast, as_user) -> None:
    sheet = read(as_user(cast.county_admin).get(reverse("accounts:user-export")))
    assert {row[2] for row in sheet.iter_rows(min_row=3, values_only=True)} == {"青山县"}
