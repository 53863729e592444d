"""Rules R93 and R94 of docs/scoring.md: a renaming moves no figure, whatever is renamed and however often."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise
from random import Random
from typing import Any

import pytest

from accounts.models import Unit
from accounts.services.units import add_unit_alias, change_unit, open_unit
from adoptions.models import Outlet
from adoptions.outlets.services import (
    OutletFacts,
    add_outlet_alias,
    create_outlet,
    edit_outlet,
    facts_of,
    stamp,
)
from scoring.models import SchemeVersion
from scoring.periods.period import Period
from scoring.schemes.names import regrouped
from scoring.schemes.reading import parse_scheme
from scoring.schemes.timetable import Timetable
from scoring.services.versions import add_scheme
from scoring.timetables import timetable_of
from stats.facts.loading import load_facts
from stats.reports import Terms, tables
from tests.conftest import LONG_AGO, Cast, City, filed, shanghai
from tests.scoring.builders import scheme_data
from tests.stats.world import AFTER, adopted, more_counties

YEAR = Period.parse("2026")
DAYS = ("2026-01-08", "2026-01-20", "2026-02-11", "2026-02-25", "2026-03-04", "2026-03-18")


def rules(**settings: Any) -> dict[str, Any]:
    """A scheme that names units, groups and outlets wherever it can."""
    data: dict[str, Any] = scheme_data(
        rules=[
            {"level": "city", "points": "4"},
            {"level": "province", "points": "7"},
            {"outlet": "示例市日报", "points": "5"},
            {"outlet": "示例县融媒", "group": "重点县", "points": "2.5"},
            {"outlet_group": "要报", "points": "11"},
            {"level": "county", "points": "1"},
        ],
        modifiers=[
            {"outlet": "示例市日报", "group": "重点县", "factor": "1.2"},
            {"outlet_group": "要报", "add": "0.5"},
        ],
        groups=[{"name": "重点县", "units": ["青山县", "多出第0县"]}, {"name": "其他", "units": ["白水县"]}],
        outlet_groups={"要报": ["示例中央日报", "还没登记的报"]},
        filing=[{"kind": "per_item", "points": "0.3", "group": "重点县"}],
        penalties=[{"event": "shortfall", "window": "month", "metric": "points", "factor": "0.1"}],
        targets=[
            {"metric": "points", "window": "month", "value": "9", "unit": "青山县"},
            {"metric": "points", "window": "month", "value": "3", "group": "重点县"},
            {"metric": "points", "window": "month", "value": "2", "unit": "第一巡察组"},
        ],
        **settings,
    )
    return data


@pytest.fixture
def year(city: City, cast: Cast, outlets: dict[str, Outlet]) -> list[Unit]:
    """The units that are ranked, with adoptions in every outlet; the scheme changes in the middle."""
    extra = more_counties(city.office, 2)
    units = [city.county, city.other_county, city.team, *extra]
    add_scheme(office=city.office, rules=rules(), effective_from=LONG_AGO, now=AFTER)
    later = rules(rounding={"places": 1})
    add_scheme(office=city.office, rules=later, effective_from=date(2026, 2, 15), now=AFTER)
    random = Random(7)  # noqa: S311
    for day in DAYS:
        for outlet in outlets.values():
            adopted(cast, outlet, day, random.choice(units), title=f"{day} {outlet.name}")
    for day in DAYS[::2]:
        filed(cast.other_author, shanghai(day))
    return units


def figures(office: Unit) -> Any:
    """Everything that is counted over the year, quarters and months: by ids, without names."""
    facts = load_facts(office, YEAR, as_of=date(2027, 1, 1))
    told = []
    for period in (*map(Period.parse, ("2026-01", "2026-02", "2026-03", "2026Q1")), YEAR):
        for count in sorted(facts.counts(period), key=lambda count: count.unit.id):
            lines = sorted((line.date, line.kind, line.points, line.adoption_id or 0) for line in count.lines)
            targets = list(count.targets)
            told.append((period, count.unit.id, count.points, count.filed, lines, targets))
    whole = load_facts(office, Period.parse("2025-01-01..2026-12-31"), as_of=date(2027, 1, 1))
    groups = tables(whole, YEAR, Terms.of(whole.timetable, YEAR))
    return told, [(group.kind, [replace(row, name="") for row in group.rows]) for group in groups]


def called(holder: Unit | Outlet, name: str, cast: Cast) -> None:
    """Rename a unit or an outlet, as an administrator does."""
    holder.refresh_from_db()
    if isinstance(holder, Unit):
        change_unit(unit=holder, by=cast.admin, now=AFTER, name=name)
    else:
        facts = replace(facts_of(holder), name=name)
        edit_outlet(outlet=holder, facts=facts, seen=stamp(holder), by=cast.admin, now=AFTER)
    holder.refresh_from_db()


def swapped(one: Any, other: Any, cast: Cast) -> None:
    first, second = one.name, other.name
    called(one, "暂名", cast)
    called(other, first, cast)
    called(one, second, cast)


def test_r93_the_schemes_of_this_test_name_what_they_may(city: City, year: list[Unit]) -> None:
    counted = {row[1]: row[2] for row in figures(city.office)[0] if row[0] == YEAR}
    assert len({points for points in counted.values() if points}) > 3
    assert {name for version in SchemeVersion.objects.all() for name in version.meant["units"]} == {
        "青山县", "多出第0县", "白水县", "第一巡察组"
    }  # fmt: skip


@pytest.mark.parametrize("seed", range(4))
def test_r93_no_figure_moves_whatever_is_renamed(
    seed: int, city: City, cast: Cast, year: list[Unit], outlets: dict[str, Outlet]
) -> None:
    random, before = Random(seed), figures(city.office)  # noqa: S311
    everything: list[Any] = [*year, *outlets.values()]
    former = [thing.name for thing in everything]
    for turn in range(10):
        kind: list[Any] = random.choice((year, list(outlets.values())))
        one, other = random.sample(kind, 2)
        free = [name for name in former if name not in {thing.name for thing in kind}]
        if turn % 3 == 0:
            swapped(one, other, cast)
        elif turn % 3 == 1 and free:
            called(one, random.choice(free), cast)
        else:
            called(one, f"新名{seed}{turn}", cast)
        assert figures(city.office) == before


def test_r93_an_old_name_given_to_a_new_unit_is_the_new_ones(
    city: City, cast: Cast, year: list[Unit]
) -> None:
    before = figures(city.office)
    called(city.county, "新城区", cast)
    new = open_unit(
        parent=city.office, by=cast.admin, now=AFTER, kind="county", code="n1", name="青山县",
        active_from=AFTER.date(),
    )  # fmt: skip
    own = [row for row in figures(city.office)[0] if row[1] != new.pk]
    assert own == before[0]
    group = timetable_of(city.office).entries[0].scheme.groups[0]
    assert set(group.units) == {"新城区", "多出第0县"}
    called(new, "青山新县", cast)
    called(city.county, "青山县", cast)
    assert [row for row in figures(city.office)[0] if row[1] != new.pk] == before[0]


def test_r93_an_outlet_that_shares_its_name_with_an_earlier_one_keeps_its_price(
    city: City, cast: Cast, year: list[Unit], outlets: dict[str, Outlet]
) -> None:
    old = outlets["city"]
    ended = replace(facts_of(old), active_to=date(2026, 3, 31))
    edit_outlet(outlet=old, facts=ended, seen=stamp(old), by=cast.admin, now=AFTER)
    facts = OutletFacts(old.name, "city", "newspaper", date(2026, 4, 1))
    new = create_outlet(office=city.office, facts=facts, by=cast.admin, now=AFTER)
    adopted(cast, new, "2026-04-09", city.county, title="新的")
    before = figures(city.office)
    called(new, "示例新报", cast)
    assert figures(city.office) == before
    called(old, "示例旧报", cast)
    assert figures(city.office) == before


def test_r93_a_name_of_nobody_belongs_to_who_bears_it_first(
    city: City, cast: Cast, year: list[Unit], outlets: dict[str, Outlet]
) -> None:
    facts = OutletFacts("还没登记的报", "city", "newspaper", LONG_AGO)
    outlet = create_outlet(office=city.office, facts=facts, by=cast.admin, now=AFTER)
    adopted(cast, outlet, "2026-03-09", city.county, title="新的")
    before = figures(city.office)
    called(outlet, "登记了的报", cast)
    assert figures(city.office) == before
    assert "登记了的报" in timetable_of(city.office).entries[0].scheme.outlet_groups["要报"]
    called(outlets["city"], "还没登记的报", cast)
    assert figures(city.office) == before


def test_r94_an_alias_in_a_new_scheme_is_its_bearer(city: City, cast: Cast, year: list[Unit]) -> None:
    day = {"since": None, "until": None}
    add_unit_alias(unit=city.team, name="一组", by=cast.admin, now=AFTER, **day)
    outlet = Outlet.objects.get(name="示例市日报")
    add_outlet_alias(outlet=outlet, name="市报", by=cast.admin, now=AFTER, **day)
    data = rules()
    data["groups"].append({"name": "组", "units": ["一组"]})
    data["adoption"]["rules"].append({"outlet": "市报", "points": "9"})
    data["adoption"]["rules"] = [
        rule for rule in data["adoption"]["rules"] if rule.get("outlet") != outlet.name
    ]
    version = add_scheme(office=city.office, rules=data, effective_from=date(2026, 4, 1), now=AFTER)
    scheme = timetable_of(city.office).entries[-1].scheme
    assert scheme.groups[-1].units == ("第一巡察组",)
    assert [rule.points for rule in scheme.adoption_rules if rule.match.outlet == outlet.name] == [9]
    assert version.rules == data


def test_r93_what_a_renaming_leaves_is_read_in_one_number_of_queries(
    city: City, cast: Cast, year: list[Unit], outlets: dict[str, Outlet], django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(3):
        timetable_of(city.office)
    for one, other in pairwise(outlets.values()):
        swapped(one, other, cast)
    with django_assert_num_queries(3):
        timetable_of(city.office)


def test_r93_a_group_that_is_renamed_in_a_draft_moves_no_figure(city: City, year: list[Unit]) -> None:
    before, after = rules(), rules()
    after["groups"][0]["name"], after["groups"][1]["name"] = "一类", "二类"
    after["outlet_groups"] = {"大报": after["outlet_groups"]["要报"]}

    def counted(data: dict[str, Any]) -> list[tuple[int, Any, int]]:
        schemes = Timetable.of([(LONG_AGO, parse_scheme(data))])
        facts = load_facts(city.office, YEAR, as_of=date(2027, 1, 1), schemes=schemes)
        return [(count.unit.id, count.points, len(count.targets)) for count in facts.counts(YEAR)]

    assert counted(regrouped(before, after)) == counted(before)
