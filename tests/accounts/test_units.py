"""The tree of units on its pages."""

from __future__ import annotations

from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone

from accounts.models import Unit
from tests.conftest import Cast, City


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


def test_a_county_administrator_opens_units_below_the_county_but_does_not_change_it(
    cast: Cast, city: City, as_user
) -> None:
    client = as_user(cast.county_admin)
    data = {
        "kind": "department",
        "code": "150500-a-1",
        "name": "信息股",
        "short_name": "信息股",
        "active_from": "2026-01-01",
        "position": "1",
    }
    assert client.post(reverse("accounts:unit-create", args=[city.county.pk]), data).status_code == 302
    below = Unit.objects.get(name="信息股")
    assert client.get(reverse("accounts:unit-edit", args=[below.pk])).status_code == 200
    assert client.get(reverse("accounts:unit-edit", args=[city.county.pk])).status_code == 403
    assert client.get(reverse("accounts:unit-edit", args=[city.other_county.pk])).status_code == 404
    assert client.get(reverse("accounts:unit-create", args=[city.office.pk])).status_code == 404


def test_closed_units_are_listed_only_when_asked_for(cast: Cast, city: City, as_user) -> None:
    Unit.objects.filter(pk=city.team.pk).update(active_to=timezone.localdate() - timedelta(days=1))
    client = as_user(cast.admin)
    assert city.team.name not in client.get(reverse("accounts:unit-list")).content.decode()
    assert city.team.name in client.get(reverse("accounts:unit-list"), {"closed": 1}).content.decode()


def test_closing_a_unit_reminds_of_the_people_in_it(cast: Cast, city: City, as_user) -> None:
    data = {
        "name": city.county.name,
        "short_name": "青山县",
        "active_from": "2015-01-01",
        "active_to": "2026-12-31",
        "position": "3",
    }
    page = reverse("accounts:unit-edit", args=[city.county.pk])
    answer = as_user(cast.admin).post(page, data, follow=True)
    assert "3" in str(list(answer.context["messages"])[-1])


def test_the_office_itself_is_renamed_but_not_closed(cast: Cast, city: City, as_user) -> None:
    data = {
        "name": "河源市委巡察办公室",
        "short_name": "河源市",
        "active_from": "2015-01-01",
        "active_to": "2026-12-31",
        "position": "0",
    }
    as_user(cast.admin).post(reverse("accounts:unit-edit", args=[city.office.pk]), data)
    city.office.refresh_from_db()
    assert (city.office.name, city.office.active_to) == ("河源市委巡察办公室", None)
