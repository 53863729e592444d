"""From the tables to the facts that are counted: to whom something belongs, and who is listed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from accounts.enums import Role, UnitKind
from accounts.services.units import create_unit
from adoptions.entries.services import edit_entry
from adoptions.events.services import EventFacts, register_event
from adoptions.outlets.services import edit_outlet, facts_of, stamp
from adoptions.services import AdoptionFacts, Share
from scoring.periods.period import Period
from scoring.schemes.reading import shipped
from scoring.services.versions import add_scheme, create_default_scheme
from stats.facts.loading import Totals, load_facts, ranking_units
from tests.conftest import LONG_AGO, filed, issued, make_person, shanghai
from tests.stats.world import AFTER, adopted, counted

FEBRUARY = Period.parse("2026-02")


@pytest.fixture(autouse=True)
def _scheme(city) -> None:
    create_default_scheme(office=city.office, effective_from=LONG_AGO, now=AFTER)


def load(office, period=FEBRUARY):
    return load_facts(office, period, as_of=AFTER.date())


def below(parent, name, **dates):
    return create_unit(
        parent=parent,
        kind=UnitKind.DEPARTMENT,
        code=f"{parent.code}-d",
        name=name,
        **({"active_from": LONG_AGO} | dates),
    )


def test_what_a_department_of_a_county_files_is_the_countys(cast, city, outlets) -> None:
    department = below(city.county, "县财政局")
    writer = make_person(department, "finance", "财政作者", Role.AUTHOR)
    filed(writer, shanghai("2026-02-10"))
    adopted(cast, outlets["city"], "2026-02-11", department)
    rows = counted(city.office, "2026-02")
    assert "县财政局" not in rows
    assert (rows["青山县"].filed, rows["青山县"].city, rows["青山县"].points) == (2, 1, 10)


def test_an_adoption_of_two_units_is_one_for_each_and_one_for_the_office(cast, city, outlets) -> None:
    adopted(cast, outlets["city"], "2026-02-11", city.county, city.other_county)
    rows = counted(city.office, "2026-02")
    assert (rows["青山县"].points, rows["白水县"].points) == (5, 5)
    assert load(city.office).totals(FEBRUARY) == Totals(filed=1, issued=1, adopted=1)


def test_what_the_office_itself_files_has_a_row_only_when_there_is_something(cast, city) -> None:
    assert city.office.name not in counted(city.office, "2026-02")
    filed(make_person(city.office, "own", "本级作者", Role.AUTHOR), shanghai("2026-02-10"))
    assert counted(city.office, "2026-02")[city.office.name].filed == 1


def test_a_unit_is_listed_while_it_exists(city) -> None:
    below(city.office, "已撤销的部门", active_to=date(2026, 1, 31))
    assert "已撤销的部门" in counted(city.office, "2026-01")
    assert "已撤销的部门" not in counted(city.office, "2026-02")


def test_another_offices_facts_are_not_counted(cast, foreign_cast, city) -> None:
    filed(foreign_cast.author, shanghai("2026-02-10"))
    assert sum(row.filed for row in counted(city.office, "2026-02").values()) == 0


def test_everything_that_a_scheme_can_ask_for_is_read(cast, city, outlets) -> None:
    item = issued(cast.author, cast, shanghai("2026-02-10"), genre="analysis", body="巡察整改" * 25)
    adopted(cast, outlets["city"], "2026-02-11", item=item, position="front_lead", length=1200)
    (adoption,) = load(city.office).adoptions
    assert (adoption.genre, adoption.position, adoption.length) == ("analysis", "front_lead", 1200)
    (filing,) = load(city.office).filings
    assert (filing.genre, filing.length) == ("analysis", None)
    rules = shipped("demo") | {"filing": [{"kind": "per_item", "points": "1", "min_length": 100}]}
    add_scheme(office=city.office, rules=rules, effective_from=date(2026, 1, 1), now=AFTER)
    (filing,) = load(city.office).filings
    assert filing.length == 100
    assert counted(city.office, "2026-02")["青山县"].points == 21


def test_units_know_their_code_and_their_time_and_the_office_is_not_assessed(city) -> None:
    units = {unit.id: unit for unit in ranking_units(city.office).units}
    county = units[city.county.pk]
    assert (county.code, county.active_from, county.assessed) == (city.county.code, LONG_AGO, True)
    assert not units[city.office.pk].assessed


def test_only_what_the_windows_need_is_read_from_before_the_period(cast, city, outlets) -> None:
    """Of an item that is adopted again everything before, however old; of the others nothing."""
    first = adopted(cast, outlets["county"], "2025-03-01", title="一年前的稿件")
    adopted(cast, outlets["city"], "2025-03-02", title="再也没有采用")
    adopted(cast, outlets["city"], "2026-02-11", item=first.item)
    found = load(city.office)
    assert sorted(fact.date for fact in found.adoptions) == [date(2025, 3, 1), date(2026, 2, 11)]
    assert found.filings == ()
    rules = shipped("demo") | {"limits": [{"of": "total", "window": "quarter", "max": "60"}]}
    add_scheme(office=city.office, rules=rules, effective_from=date(2025, 1, 1), now=AFTER)
    filed(cast.author, shanghai("2026-01-05"), title="同一季度")
    assert [fact.item_title for fact in load(city.office).filings] == ["同一季度"]


def test_facts_are_read_in_as_many_queries_however_many(
    cast, city, outlets, django_assert_num_queries
) -> None:
    adopted(cast, outlets["city"], "2026-02-11", title="第一件")
    with django_assert_num_queries(8):
        load(city.office)
    for place in range(6):
        adopted(cast, outlets["city"], "2026-02-12", title=f"又一件{place}")
    with django_assert_num_queries(8):
        load(city.office)


@pytest.mark.parametrize("names", [("甲报", "乙报"), ("乙报", "甲报")])
@pytest.mark.parametrize("central_first", [True, False])
def test_r110_of_adoptions_of_one_day_an_event_goes_to_the_units_of_the_higher_level(
    cast, city, outlets, names, central_first
) -> None:
    for level, name in zip(("central", "city"), names, strict=True):
        paper = outlets[level]
        facts = replace(facts_of(paper), name=name)
        edit_outlet(outlet=paper, facts=facts, seen=stamp(paper), by=cast.admin, now=AFTER)
    item = issued(cast.author, cast, shanghai("2026-02-10"))
    entries = [("central", city.other_county), ("city", city.county)]
    for level, unit in entries if central_first else entries[::-1]:
        adopted(cast, outlets[level], "2026-02-11", unit, item=item)
    told = EventFacts(date=date(2026, 2, 20), level="city")
    register_event(kind="instruction", subject=item, facts=told, by=cast.admin, now=AFTER)
    (event,) = load(city.office).events
    assert [credit.unit_id for credit in event.credits] == [city.other_county.pk]


def test_r27_the_units_of_an_adoption_stand_in_the_order_in_which_they_were_entered(
    cast, city, outlets
) -> None:
    """Whoever enters them in another order says who signs first: that is a correction, and counts."""
    entry = adopted(cast, outlets["city"], "2026-02-11", city.other_county, city.county)
    assert [part.unit_id for part in load(city.office).adoptions[0].credits] == [
        city.other_county.pk,
        city.county.pk,
    ]
    facts = AdoptionFacts(
        outlet=entry.outlet,
        date=entry.date,
        credits=[Share(city.county), Share(city.other_county)],
        link=entry.link,
    )
    edit_entry(entry=entry, facts=facts, reason="署名先后", revision=entry.revision, by=cast.admin, now=AFTER)
    assert [part.unit_id for part in load(city.office).adoptions[0].credits] == [
        city.county.pk,
        city.other_county.pk,
    ]
