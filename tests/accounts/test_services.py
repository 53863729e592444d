"""Who may change units, people and roles, and what is left behind."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from accounts.enums import Role, UnitKind
from accounts.models import AuditEntry, RoleGrant, Unit, User
from accounts.services.people import change_person, create_person, reset_password, set_active
from accounts.services.roles import appoint, end_role, grant_role
from accounts.services.units import change_unit, create_unit, open_unit
from tests.conftest import LONG_AGO, Cast, City, make_person, shanghai

NOW = shanghai("2026-04-10")
TODAY = date(2026, 4, 10)


def test_a_unit_knows_its_office_and_its_place_in_the_tree(city: City) -> None:
    below = create_unit(
        parent=city.county, kind=UnitKind.DEPARTMENT, code="d1", name="信息中心", active_from=LONG_AGO
    )
    assert below.office == city.office
    assert below.path == f"{city.county.path}{below.pk}/"
    assert set(Unit.objects.under(city.county)) == {city.county, below}
    assert city.county.contains(below)
    assert not below.contains(city.county)


def test_only_an_office_stands_at_the_top(db: None) -> None:
    with pytest.raises(ValidationError):
        create_unit(parent=None, kind=UnitKind.COUNTY, code="x", name="无上级县", active_from=LONG_AGO)


def test_a_county_cannot_stand_below_a_section(city: City) -> None:
    with pytest.raises(ValidationError):
        create_unit(parent=city.section, kind=UnitKind.COUNTY, code="x", name="错位县", active_from=LONG_AGO)


def test_office_wide_roles_are_held_for_the_office_whatever_unit_is_named(city: City) -> None:
    person = make_person(city.section, "p", "某人")
    grant = grant_role(user=person, role=Role.SECTION_HEAD, unit=city.section, since=LONG_AGO)
    assert grant.unit == city.office


def test_a_person_of_another_office_gets_no_role_here(city: City, foreign_cast: Cast) -> None:
    with pytest.raises(ValidationError):
        grant_role(user=foreign_cast.author, role=Role.AUTHOR, unit=city.county, since=LONG_AGO)


@pytest.mark.parametrize("other", [Role.SECTION_HEAD, Role.OFFICE_ADMIN, Role.AUTHOR])
def test_an_auditor_holds_nothing_else(city: City, cast: Cast, other: Role) -> None:
    with pytest.raises(ValidationError):
        grant_role(user=cast.auditor, role=other, unit=city.office, since=LONG_AGO)


def test_a_reviewer_does_not_administer(city: City, cast: Cast) -> None:
    with pytest.raises(ValidationError):
        grant_role(user=cast.section_head, role=Role.OFFICE_ADMIN, unit=city.office, since=LONG_AGO)


def test_nobody_changes_their_own_roles(city: City, cast: Cast) -> None:
    with pytest.raises(PermissionDenied):
        appoint(
            person=cast.admin,
            role=Role.AUTHOR,
            unit=city.section,
            since=TODAY,
            until=None,
            by=cast.admin,
            now=NOW,
        )
    assert not cast.admin.grants.filter(role=Role.AUTHOR).exists()


@pytest.mark.parametrize("role", [Role.SECTION_HEAD, Role.OFFICE_ADMIN, Role.COUNTY_ADMIN, Role.AUDITOR])
def test_a_county_administrator_names_authors_and_nobody_else(city: City, cast: Cast, role: Role) -> None:
    with pytest.raises(PermissionDenied):
        appoint(
            person=cast.author,
            role=role,
            unit=city.county,
            since=TODAY,
            until=None,
            by=cast.county_admin,
            now=NOW,
        )


def test_a_county_administrator_does_not_reach_the_next_county(city: City, cast: Cast) -> None:
    with pytest.raises(PermissionDenied):
        create_person(
            by=cast.county_admin, unit=city.other_county, now=NOW, username="n", display_name="新人"
        )
    with pytest.raises(PermissionDenied):
        reset_password(person=cast.other_author, by=cast.county_admin, now=NOW)
    assert not User.objects.filter(username="n").exists()


def test_a_role_given_by_an_administrator_is_in_the_audit_trail(city: City, cast: Cast) -> None:
    grant = appoint(
        person=cast.author,
        role=Role.SECTION_HEAD,
        unit=city.office,
        since=TODAY,
        until=None,
        by=cast.admin,
        now=NOW,
    )
    entry = AuditEntry.objects.get(action="role.grant")
    assert (entry.actor, entry.target_id, entry.office) == (cast.admin, str(grant.pk), city.office)


def test_a_role_ended_now_no_longer_holds_today(cast: Cast) -> None:
    now = timezone.now()
    grant = cast.author.grants.get()
    end_role(grant=grant, until=None, by=cast.admin, now=now)
    assert not RoleGrant.objects.on(timezone.localdate(now)).filter(user=cast.author).exists()
    assert RoleGrant.objects.filter(user=cast.author).exists()


def test_moving_a_person_ends_the_roles_of_the_former_unit(city: City, cast: Cast) -> None:
    ended = change_person(person=cast.author, by=cast.admin, unit=city.other_county, now=timezone.now())
    assert [grant.role for grant in ended] == [Role.AUTHOR]


def test_a_new_password_signs_the_person_out_and_must_be_changed(cast: Cast, as_user) -> None:
    client = as_user(cast.author)
    password = reset_password(person=cast.author, by=cast.admin, now=NOW)
    cast.author.refresh_from_db()
    assert cast.author.check_password(password)
    assert cast.author.must_change_password
    assert client.get("/").status_code == 302


def test_a_deactivated_account_loses_access_with_the_next_request(cast: Cast, as_user) -> None:
    client = as_user(cast.author)
    assert client.get("/").status_code == 200
    set_active(person=cast.author, active=False, by=cast.admin, now=NOW)
    assert client.get("/").status_code == 302


def test_a_unit_with_living_units_below_it_is_not_closed(city: City, cast: Cast) -> None:
    open_unit(
        parent=city.county,
        by=cast.admin,
        now=NOW,
        kind=UnitKind.DEPARTMENT,
        code="d1",
        name="信息中心",
        active_from=LONG_AGO,
    )
    with pytest.raises(ValidationError):
        change_unit(unit=city.county, by=cast.admin, now=NOW, active_to=TODAY + timedelta(days=30))
    city.county.refresh_from_db()
    assert city.county.active_to is None
