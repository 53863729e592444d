"""Names in ledgers: present, former, ended, of several, of another office."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from accounts.models import Unit
from accounts.services.units import add_unit_alias, change_unit, end_unit_alias
from adoptions.importing.writing import Outcome
from adoptions.models import Adoption, Outlet
from adoptions.outlets.services import add_outlet_alias, edit_outlet, end_outlet_alias, facts_of, stamp
from tests.adoptions.builders import book, row, run_import
from tests.conftest import Cast, City, shanghai

pytestmark = pytest.mark.usefixtures("outlets")

#: Rows of these ledgers are of March 2026.
NOW = shanghai("2026-06-01")
ALWAYS: dict[str, Any] = {"since": None, "until": None}


def imported(cast: Cast, **cells: Any) -> Outcome:
    return run_import(book([row("甲", **cells)]), cast, accept_partial=True)


def reason(outcome: Outcome) -> str:
    (fate,) = outcome.fates
    return "".join(said for _cell, said in fate.reasons)


def call(outlet: Outlet, name: str, cast: Cast) -> None:
    facts = replace(facts_of(outlet), name=name)
    edit_outlet(outlet=outlet, facts=facts, seen=stamp(outlet), by=cast.admin, now=NOW)


def test_former_names_of_unit_and_outlet_are_understood(
    city: City, cast: Cast, outlets: dict[str, Outlet]
) -> None:
    change_unit(unit=city.county, by=cast.admin, now=NOW, name="新名县", short_name="新名")
    call(outlets["city"], "示例新报", cast)
    assert imported(cast, 报送单位="青山县", 采用媒体="《示例市日报》").accepted == 1
    adoption = Adoption.objects.get()
    assert (adoption.outlet, adoption.credits.get().unit) == (outlets["city"], city.county)


def test_several_units_of_a_cell_may_each_have_an_alias(city: City, cast: Cast) -> None:
    for unit, name in ((city.county, "山县"), (city.other_county, "水县")):
        add_unit_alias(unit=unit, name=name, by=cast.admin, now=NOW, **ALWAYS)
    assert imported(cast, 报送单位="山县、水县").accepted == 1
    assert Adoption.objects.get().credits.count() == 2


def test_an_ended_alias_fits_the_rows_of_its_days_and_no_others(
    city: City, cast: Cast, outlets: dict[str, Outlet]
) -> None:
    unit = add_unit_alias(unit=city.county, name="山县", by=cast.admin, now=NOW, **ALWAYS)
    outlet = add_outlet_alias(outlet=outlets["city"], name="市报", by=cast.admin, now=NOW, **ALWAYS)
    for last, accepted in ((date(2026, 3, 31), 1), (date(2026, 2, 28), 0)):
        end_unit_alias(alias=unit, until=last, by=cast.admin, now=NOW)
        outcome = imported(cast, 报送单位="山县", 标题=f"稿{last}")
        assert outcome.accepted == accepted
    assert "写现名" in reason(outcome)
    assert "青山县" in reason(outcome)
    end_outlet_alias(alias=outlet, until=date(2026, 2, 28), by=cast.admin, now=NOW)
    outcome = imported(cast, 采用媒体="市报")
    assert outcome.refused == 1
    assert "示例市日报" in reason(outcome)


def test_a_name_that_fits_two_is_asked(city: City, cast: Cast, outlets: dict[str, Outlet]) -> None:
    def rename(unit: Unit, name: str) -> None:
        change_unit(unit=unit, by=cast.admin, now=NOW, name=name, short_name=name)

    rename(city.county, "暂名")
    rename(city.other_county, "青山县")
    outcome = imported(cast, 报送单位="青山县")
    assert outcome.refused == 1
    assert city.county.code in reason(outcome)
    assert city.other_county.code in reason(outcome)
    assert outcome.fates[0].unknown == []
    assert imported(cast, 报送单位=city.county.code).accepted == 1
    call(outlets["city"], "暂名报", cast)
    call(outlets["county"], "示例市日报", cast)
    outcome = imported(cast, 标题="乙", 报送单位=city.county.code, 采用媒体="示例市日报")
    assert outcome.refused == 1
    assert "示例市日报" in reason(outcome)
    assert outcome.fates[0].unknown == []


def test_an_alias_of_another_office_never_fits(city: City, cast: Cast, foreign_cast: Cast) -> None:
    theirs = foreign_cast.county_admin.unit
    add_unit_alias(unit=theirs, name="山县", by=foreign_cast.admin, now=NOW, **ALWAYS)
    outcome = imported(cast, 报送单位="山县")
    assert outcome.refused == 1
    assert outcome.fates[0].unknown == [("unit", "山县")]
