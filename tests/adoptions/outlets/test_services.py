"""Keeping the list of outlets."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from adoptions.models import Adoption, Outlet
from adoptions.outlets.services import OutletChanged, OutletFacts, create_outlet, edit_outlet, stamp
from tests.adoptions.builders import NOW, adopt, settle, stale
from tests.conftest import Cast, City, issued, shanghai

Outlets = dict[str, Outlet]


def outlet_facts(**fields: Any) -> OutletFacts:
    known: dict[str, Any] = {
        "name": "新报",
        "level": "city",
        "carrier": "newspaper",
        "active_from": date(2020, 1, 1),
    }
    return OutletFacts(**known | fields)


def test_an_outlet_belongs_to_the_office_of_its_administrator(
    city: City, cast: Cast, foreign_cast: Cast
) -> None:
    assert (
        create_outlet(office=city.office, facts=outlet_facts(), by=cast.admin, now=NOW).office == city.office
    )
    for person in (foreign_cast.admin, cast.author):
        with pytest.raises(PermissionDenied):
            create_outlet(office=city.office, facts=outlet_facts(name="另报"), by=person, now=NOW)


def test_a_name_tells_outlets_of_one_time_apart(city: City, cast: Cast) -> None:
    def create(**fields: Any) -> Outlet:
        return create_outlet(office=city.office, facts=outlet_facts(**fields), by=cast.admin, now=NOW)

    create(active_to=date(2022, 12, 31))
    with pytest.raises(ValidationError):
        create(active_from=date(2022, 12, 31))
    create(active_from=date(2023, 1, 1), level="province")
    with pytest.raises(ValidationError):
        create(name="倒报", active_to=date(2019, 12, 31))


def test_changing_an_outlets_level_counts_its_months_again(
    adoption: Adoption, cast: Cast, outlets: Outlets
) -> None:
    settle()
    outlet = outlets["city"]
    changed = outlet_facts(name=outlet.name, level="province", active_from=outlet.active_from)
    edit_outlet(outlet=outlet, facts=changed, seen=stamp(outlet), by=cast.admin, now=NOW)
    assert stale() == {"2026-04", "2026-05", "2026-06", "2026-07", "2026-08"}


def test_an_outlet_does_not_end_before_its_adoptions(
    adoption: Adoption, cast: Cast, outlets: Outlets
) -> None:
    outlet = outlets["city"]
    ended = outlet_facts(name=outlet.name, active_from=outlet.active_from, active_to=date(2026, 4, 9))
    with pytest.raises(ValidationError):
        edit_outlet(outlet=outlet, facts=ended, seen=stamp(outlet), by=cast.admin, now=NOW)


def test_the_second_of_two_who_edit_an_outlet_learns_of_the_first(cast: Cast, outlets: Outlets) -> None:
    outlet = outlets["county"]
    seen = stamp(outlet)
    for name, refused in [("第一", False), ("第二", True)]:
        changed = outlet_facts(name=name, active_from=outlet.active_from)

        def edit(changed: OutletFacts = changed) -> Outlet:
            return edit_outlet(outlet=outlet, facts=changed, seen=seen, by=cast.admin, now=NOW)

        if refused:
            with pytest.raises(OutletChanged):
                edit()
        else:
            edit()
    outlet.refresh_from_db()
    assert outlet.name == "第一"


def test_issued_items_of_another_office_stay_out_of_reach(
    cast: Cast, foreign_cast: Cast, outlets: Outlets
) -> None:
    theirs = issued(foreign_cast.author, foreign_cast, shanghai("2026-03-02"))
    with pytest.raises(PermissionDenied):
        adopt(theirs, outlets["city"], "2026-04-10", cast)
