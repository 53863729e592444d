"""Former and other names of units and outlets: left behind by a renaming, entered and ended by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.enums import UnitKind
from accounts.models import AuditEntry, Unit, UnitAlias
from accounts.names import NameBook
from accounts.services.units import add_unit_alias, change_unit, create_unit, end_unit_alias, open_unit
from adoptions.models import Outlet, OutletAlias
from adoptions.outlets.services import (
    OutletFacts,
    add_outlet_alias,
    create_outlet,
    edit_outlet,
    end_outlet_alias,
    facts_of,
    stamp,
)
from scoring.services.versions import add_scheme
from tests.conftest import LONG_AGO, Cast, City, shanghai
from tests.scoring.builders import scheme_data

NOW = shanghai("2026-06-01")
TODAY, YESTERDAY = date(2026, 6, 1), date(2026, 5, 31)


def renamed(unit: Unit, name: str, cast: Cast, **fields: Any) -> Unit:
    return change_unit(unit=unit, by=cast.admin, now=NOW, name=name, **fields)


def alias(unit: Unit, name: str, cast: Cast, since: str = "", until: str = "") -> Any:
    first, last = (date.fromisoformat(day) if day else None for day in (since, until))
    return add_unit_alias(unit=unit, name=name, since=first, until=last, by=cast.admin, now=NOW)


def aliases(unit: Unit) -> list[tuple[str, date | None]]:
    return list(unit.aliases.order_by("pk").values_list("name", "until"))


def bearers(city: City, name: str, day: date) -> set[str]:
    units = Unit.objects.filter(office=city.office).prefetch_related("aliases")
    return {unit.name for unit in NameBook(units).bearers(name, [day])}


def test_a_renaming_leaves_the_old_name_and_the_old_short_name(city: City, cast: Cast) -> None:
    renamed(city.county, "新名县", cast, short_name="新名")
    assert aliases(city.county) == [("青山县", None)]
    renamed(city.county, "又名县", cast, short_name="又名")
    assert aliases(city.county) == [("青山县", None), ("新名县", None), ("新名", None)]
    assert bearers(city, "新名", TODAY) == {"又名县"}


def test_who_is_renamed_back_has_no_alias_of_the_present_name(city: City, cast: Cast) -> None:
    renamed(city.county, "新名县", cast)
    renamed(city.county, "青山县", cast)
    assert aliases(city.county) == [("新名县", None)]


def test_two_that_swap_names_are_told_apart_from_that_day_on(city: City, cast: Cast) -> None:
    one, other = city.county, city.other_county
    renamed(one, "暂名", cast, short_name="暂名")
    renamed(other, "青山县", cast, short_name="青山县")
    renamed(one, "白水县", cast, short_name="白水县")
    assert aliases(one) == [("青山县", YESTERDAY), ("暂名", None)]
    assert bearers(city, "青山县", TODAY) == {"青山县"}
    assert bearers(city, "青山县", YESTERDAY) == {"青山县", "白水县"}
    ended = AuditEntry.objects.filter(action="alias.end")
    assert {entry.detail["name"] for entry in ended} == {"青山县", "白水县"}


def test_a_new_unit_takes_a_former_name_from_its_first_day_on(city: City, cast: Cast) -> None:
    renamed(city.county, "新名县", cast, short_name="新名")
    new = {"kind": UnitKind.COUNTY, "code": "n1", "name": "青山县"}
    with pytest.raises(ValidationError, match="青山县"):
        open_unit(parent=city.office, by=cast.admin, now=NOW, active_from=YESTERDAY, **new)
    open_unit(parent=city.office, by=cast.admin, now=NOW, active_from=TODAY, **new)
    assert bearers(city, "青山县", YESTERDAY) == {"新名县"}
    assert bearers(city, "青山县", TODAY) == {"青山县"}


def test_a_name_entered_by_hand_is_unique_on_each_day(city: City, cast: Cast) -> None:
    alias(city.county, "山县", cast, until="2026-05-31")
    for unit, name, since in (
        (city.other_county, "山县", "2026-05-31"),
        (city.other_county, "青山县", ""),
        (city.other_county, " 青 山 县", ""),
        (city.other_county, city.team.code, ""),
        (city.county, "青山县", ""),
        (city.county, "山县", ""),
    ):
        with pytest.raises(ValidationError) as refused:
            alias(unit, name, cast, since=since)
        assert list(refused.value.message_dict) == ["name"]
    alias(city.other_county, "山县", cast, since="2026-06-01")
    with pytest.raises(ValidationError):
        renamed(city.team, "山县", cast)
    with pytest.raises(ValidationError):
        alias(city.county, "反县", cast, since="2026-06-02", until="2026-06-01")


def test_an_ended_alias_is_understood_no_longer_and_frees_the_name(city: City, cast: Cast) -> None:
    made = alias(city.county, "山县", cast)
    end_unit_alias(alias=made, until=YESTERDAY, by=cast.admin, now=NOW)
    assert bearers(city, "山县", TODAY) == set()
    assert bearers(city, "山县", YESTERDAY) == {"青山县"}
    alias(city.other_county, "山县", cast, since="2026-06-01")
    with pytest.raises(ValidationError):
        end_unit_alias(alias=made, until=TODAY, by=cast.admin, now=NOW)
    actions = AuditEntry.objects.filter(action__startswith="alias.").order_by("pk")
    assert [entry.action for entry in actions] == ["alias.add", "alias.end", "alias.add"]


def test_another_office_neither_sees_nor_hinders(
    city: City, cast: Cast, foreign_cast: Cast, as_user: Any
) -> None:
    made = alias(city.county, "山县", cast)
    theirs = foreign_cast.county_admin.unit
    add_unit_alias(unit=theirs, name="山县", since=None, until=None, by=foreign_cast.admin, now=NOW)
    assert bearers(city, "山县", TODAY) == {"青山县"}
    for call in (
        lambda: alias(city.county, "另名", foreign_cast),
        lambda: end_unit_alias(alias=made, until=TODAY, by=foreign_cast.admin, now=NOW),
        lambda: alias(city.county, "另名", replace(cast, admin=cast.author)),
    ):
        with pytest.raises(PermissionDenied):
            call()
    client = as_user(foreign_cast.admin)
    ended = client.post(reverse("accounts:unit-alias-end", args=[made.pk]), {"until": "2026-06-01"})
    added = client.post(reverse("accounts:unit-alias-add", args=[city.county.pk]), {"name": "另名"})
    assert (ended.status_code, added.status_code) == (404, 404)


def test_equal_names_below_different_counties_stay_possible(city: City, cast: Cast) -> None:
    offices = [
        create_unit(parent=parent, kind=UnitKind.SECTION, code=f"s{at}", name="办公室", active_from=LONG_AGO)
        for at, parent in enumerate((city.county, city.other_county))
    ]
    renamed(offices[0], "秘书科", cast)
    assert bearers(city, "办公室", TODAY) == {"秘书科", "办公室"}
    renamed(offices[1], "文秘科", cast)
    assert aliases(offices[1]) == [("办公室", None)]


def test_the_page_shows_enters_and_ends_them_and_says_which_scheme_names_the_unit(
    city: City, cast: Cast, as_user: Any
) -> None:
    client, page = as_user(cast.admin), reverse("accounts:unit-edit", args=[city.county.pk])
    assert "点名了此单位" not in client.get(page).text
    rules = scheme_data(groups=[{"name": "甲组", "units": ["青山县"]}])
    add_scheme(office=city.office, rules=rules, effective_from=LONG_AGO, now=NOW)
    assert "计分办法第1版点名了此单位：改名后仍按原单位执行" in client.get(page).text
    add = reverse("accounts:unit-alias-add", args=[city.county.pk])
    assert client.post(add, {"name": "山县", "since": "2020-01-01"}).status_code == 302
    assert "山县" in client.get(page).text
    refused = client.post(add, {"name": "白水县"})
    assert refused.status_code == 422
    assert "“白水县”在这些日子里是“白水县”的名称" in refused.text
    made = UnitAlias.objects.get()
    end = reverse("accounts:unit-alias-end", args=[made.pk])
    assert "最后一天" in client.post(end, {"until": "2019-12-31"}, follow=True).text
    assert client.post(end, {"until": "2026-05-31"}, follow=True).status_code == 200
    made.refresh_from_db()
    assert made.until == YESTERDAY
    assert as_user(cast.author).post(add, {"name": "别名"}).status_code in {403, 404}


def test_the_lists_show_former_names_in_a_constant_number_of_queries(
    city: City, cast: Cast, as_user: Any, outlets: dict[str, Outlet]
) -> None:
    client = as_user(cast.admin)
    counts = []
    pages = [reverse("accounts:unit-list"), reverse("adoptions:outlet-list")]
    for turn in range(2):
        with CaptureQueriesContext(connection) as asked:
            units, media = (client.get(page).text for page in pages)
        counts.append(len(asked))
        assert ("山县0" in units, "某报0" in media) == (bool(turn), bool(turn))
        for at, unit in enumerate((city.county, city.other_county, city.team, city.section)):
            alias(unit, f"山县{at}{turn * '又'}", cast)
        for at, outlet in enumerate(outlets.values()):
            name = f"某报{at}{turn * '又'}"
            add_outlet_alias(outlet=outlet, name=name, since=None, until=None, by=cast.admin, now=NOW)
    assert counts[0] == counts[1]


def test_outlets_have_them_alike(city: City, cast: Cast, outlets: dict[str, Outlet], as_user: Any) -> None:
    outlet = outlets["city"]
    facts = replace(facts_of(outlet), name="示例新报")
    edit_outlet(outlet=outlet, facts=facts, seen=stamp(outlet), by=cast.admin, now=NOW)
    assert list(OutletAlias.objects.values_list("name", "until")) == [("示例市日报", None)]
    with pytest.raises(ValidationError):
        add_outlet_alias(
            outlet=outlets["county"], name="《示例新报》", since=None, until=None, by=cast.admin, now=NOW
        )
    new = OutletFacts("示例市日报", "city", "newspaper", TODAY)
    create_outlet(office=city.office, facts=new, by=cast.admin, now=NOW)
    made = OutletAlias.objects.get()
    assert made.until == YESTERDAY
    client = as_user(cast.admin)
    page = client.get(reverse("adoptions:outlet-edit", args=[outlet.pk])).text
    assert "示例市日报" in page
    found = client.get(reverse("adoptions:outlet-list"), {"q": "示例市日报"}).text
    assert "示例新报" in found
    add = reverse("adoptions:outlet-alias-add", args=[outlet.pk])
    assert client.post(add, {"name": "市报"}).status_code == 302
    assert client.post(add, {"name": "示例县融媒"}).status_code == 422
    end = reverse("adoptions:outlet-alias-end", args=[OutletAlias.objects.get(name="市报").pk])
    assert client.post(end, {"until": "2026-05-31"}).status_code == 302
    end_outlet_alias(alias=made, until=YESTERDAY - timedelta(days=1), by=cast.admin, now=NOW)
    assert OutletAlias.objects.filter(until__isnull=True).count() == 0


def test_an_outlet_is_not_renamed_to_what_another_was_called(
    city: City, cast: Cast, outlets: dict[str, Outlet]
) -> None:
    old = outlets["county"]
    ended = replace(facts_of(old), active_to=YESTERDAY)
    edit_outlet(outlet=old, facts=ended, seen=stamp(old), by=cast.admin, now=NOW)
    new = OutletFacts("新融媒", "county", "app", TODAY)
    outlet = create_outlet(office=city.office, facts=new, by=cast.admin, now=NOW)
    with pytest.raises(ValidationError, match="另行登记"):
        edit_outlet(
            outlet=outlet, facts=replace(new, name=old.name), seen=stamp(outlet), by=cast.admin, now=NOW
        )


def test_a_list_is_narrowed_by_a_former_name_too(city: City, cast: Cast, as_user: Any) -> None:
    renamed(city.county, "新名县", cast, short_name="新名")
    client, page = as_user(cast.admin), reverse("submissions:item-list")
    found = client.get(page, {"unit": "青山县"})
    assert found.context["form"].errors == {}
    assert "unit" in client.get(page, {"unit": "无名县"}).context["form"].errors
