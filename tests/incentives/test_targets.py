"""Targets: who sets them, what was reached, the table as on screen and as a workbook."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from accounts.enums import Role
from accounts.models import AuditEntry, Unit, User
from adoptions.models import Outlet
from incentives.enums import Measure
from incentives.models import Target
from incentives.progress import my_targets, reached_by_people, reached_by_units, unit_targets, year_gone
from incentives.services import set_targets
from scoring.services.versions import create_default_scheme
from tests.conftest import LONG_AGO, Cast, City, draft, filed, issued, make_person, shanghai
from tests.stats.world import adopted, counted

NOW = shanghai("2026-04-10")
TODAY = date(2026, 4, 10)
LIST, EDIT = reverse("incentives:target-list"), reverse("incentives:target-edit")

pytestmark = pytest.mark.usefixtures("spring")


@pytest.fixture
def spring() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def scheme(city: City) -> None:
    create_default_scheme(office=city.office, effective_from=LONG_AGO, now=NOW)


def people_list(unit: Unit) -> str:
    return reverse("incentives:person-target-list", args=[unit.pk])


def people_edit(unit: Unit) -> str:
    return reverse("incentives:person-target-edit", args=[unit.pk])


def aim(
    cast: Cast, unit: Unit, measure: str, amount: int, *, person: User | None = None, year: int = 2026
) -> None:
    cells = {(unit, person, measure): Decimal(amount)}
    set_targets(office=cast.admin.office, year=year, cells=cells, by=cast.admin, now=NOW)


def amounts() -> dict[tuple[str, str, str], Decimal]:
    targets = Target.objects.select_related("unit", "person")
    return {(t.unit.name, t.person.display_name if t.person else "", t.measure): t.amount for t in targets}


def grid(unit: Unit, measure: str, value: str, seen: str = "", person: User | None = None) -> dict[str, str]:
    """What the browser sends of one cell."""
    name = f"person-{person.pk}-{measure}" if person else f"unit-{unit.pk}-{measure}"
    return {name: value, f"initial-{name}": seen}


# Setting


def test_the_office_sets_the_targets_of_its_units(cast: Cast, city: City, as_user):
    data = grid(city.county, "adopted", "30") | grid(city.team, "points", "12.5")
    answer = as_user(cast.admin).post(EDIT, data)
    assert answer.status_code == 302
    assert amounts() == {("青山县", "", "adopted"): 30, ("第一巡察组", "", "points"): Decimal("12.5")}


def test_a_blank_cell_takes_a_target_away_and_the_trail_says_what_it_was(cast: Cast, city: City, as_user):
    aim(cast, city.county, "adopted", 30)
    as_user(cast.admin).post(EDIT, grid(city.county, "adopted", "", seen="30"))
    assert amounts() == {}
    entry = AuditEntry.objects.filter(action="target.set").latest("pk")
    assert entry.detail["year"] == 2026
    assert entry.detail["采用"] == ["30", ""]


def test_a_cell_that_nobody_touched_keeps_what_somebody_else_has_set_meanwhile(
    cast: Cast, city: City, as_user
):
    aim(cast, city.county, "adopted", 40)  # set after the page of the next line was made
    as_user(cast.admin).post(
        EDIT, grid(city.county, "adopted", "30", seen="30") | grid(city.team, "filed", "5")
    )
    assert amounts() == {("青山县", "", "adopted"): 40, ("第一巡察组", "", "filed"): 5}


@pytest.mark.parametrize("typed", ["-1", "1e9", "三十", "1.5", "NaN", "9999999"])
def test_what_is_no_number_of_items_is_refused_at_its_cell(cast: Cast, city: City, as_user, typed: str):
    answer = as_user(cast.admin).post(EDIT, grid(city.county, "adopted", typed))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert f'href="#id_unit-{city.county.pk}-adopted"' in page
    assert f'value="{typed}"' in page
    assert amounts() == {}


def test_last_years_targets_are_filled_in_but_not_saved(cast: Cast, city: City, as_user):
    aim(cast, city.county, "adopted", 26, year=2025)
    aim(cast, city.team, "adopted", 7, year=2025)
    aim(cast, city.team, "adopted", 9)
    page = as_user(cast.admin).get(f"{EDIT}?copy=1").content.decode()
    assert f'name="unit-{city.county.pk}-adopted" value="26"' in page
    assert f'name="initial-unit-{city.county.pk}-adopted" value=""' in page
    assert f'name="unit-{city.team.pk}-adopted" value="9"' in page
    assert Target.objects.filter(year=2026).count() == 1
    as_user(cast.admin).post(EDIT, grid(city.county, "adopted", "26"))
    assert Target.objects.get(year=2026, unit=city.county).amount == 26


def test_only_administrators_of_the_office_set_the_targets_of_units(cast: Cast, city: City, as_user):
    for person in (cast.author, cast.county_admin, cast.section_head, cast.principal_leader, cast.auditor):
        assert as_user(person).get(EDIT).status_code == 403
        assert as_user(person).post(EDIT, grid(city.county, "adopted", "1")).status_code == 403
    assert amounts() == {}


def test_another_office_cannot_be_given_targets(cast: Cast, city: City, foreign_cast: Cast, as_user):
    theirs = foreign_cast.author.unit
    as_user(cast.admin).post(EDIT, grid(theirs, "adopted", "1"))
    assert amounts() == {}
    assert as_user(cast.admin).get(people_edit(theirs)).status_code == 404


def test_a_unit_sets_the_targets_of_its_own_people(cast: Cast, city: City, as_user):
    client = as_user(cast.county_admin)
    answer = client.post(people_edit(city.county), grid(city.county, "points", "50", person=cast.author))
    assert answer.status_code == 302
    assert amounts() == {("青山县", "甲作者", "points"): 50}
    assert client.get(people_edit(city.other_county)).status_code == 404
    as_user(cast.admin).post(people_edit(city.county), grid(city.county, "filed", "9", person=cast.colleague))
    assert ("青山县", "乙同事", "filed") in amounts()


def test_a_person_of_another_unit_is_not_in_the_table(cast: Cast, city: City, as_user):
    as_user(cast.county_admin).post(
        people_edit(city.county), grid(city.county, "points", "50", person=cast.other_author)
    )
    assert amounts() == {}


def test_only_who_answers_for_people_sees_their_targets(cast: Cast, city: City, as_user):
    for person in (cast.author, cast.colleague, cast.other_author, cast.auditor):
        assert as_user(person).get(people_list(city.county)).status_code == 404
    page = as_user(cast.section_head).get(people_list(city.county))
    assert "甲作者" in page.content.decode()
    assert as_user(cast.section_head).get(people_edit(city.county)).status_code == 403


# What was reached


def test_units_progress_is_what_the_months_counted(
    cast: Cast, city: City, outlets: dict[str, Outlet], scheme
):
    adopted(cast, outlets["central"], "2026-03-05")
    filed(cast.author, shanghai("2026-03-06"))
    counted(city.office, "2026-03")
    reached = reached_by_units(city.office, 2026)[city.county.pk]
    assert (reached["filed"], reached["issued"], reached["adopted"]) == (2, 1, 1)
    assert reached["points"] > 0
    aim(cast, city.county, "adopted", 4)
    (line,) = unit_targets(city.office, city.county.pk, 2026)
    assert (line.measure, line.rate, line.met) == (Measure.ADOPTED, Decimal("0.25"), False)
    assert line.text == "1/4，25.0%"


def test_a_unit_without_anything_has_reached_nothing(cast: Cast, city: City):
    aim(cast, city.other_county, "filed", 10)
    (line,) = unit_targets(city.office, city.other_county.pk, 2026)
    assert (line.reached, line.value, line.rate_text) == (0, 0, "0.0%")


def test_more_than_the_target_fills_the_bar_and_no_more(cast: Cast, city: City, scheme):
    for _number in range(3):
        filed(cast.author, shanghai("2026-03-06"))
    counted(city.office, "2026-03")
    aim(cast, city.county, "filed", 2)
    (line,) = unit_targets(city.office, city.county.pk, 2026)
    assert line.met
    assert line.value == line.most
    assert line.rate_text == "150.0%"


def test_an_item_counts_for_whoever_filed_or_wrote_it_once(
    cast: Cast, city: City, outlets: dict[str, Outlet], scheme
):
    item = adopted(cast, outlets["central"], "2026-03-05").item
    assert item.submitter == cast.author
    filed(cast.colleague, shanghai("2026-03-06"))
    draft(cast.author, NOW)
    filed(cast.author, shanghai("2025-12-31"))
    people = [cast.author, cast.colleague, cast.other_author]
    reached = reached_by_people(people, city.office, 2026, TODAY)
    mine, theirs, nobody = (reached[person.pk] for person in people)
    assert (mine["filed"], mine["issued"], mine["adopted"]) == (1, 1, 1)
    assert mine["points"] > 0
    assert (theirs["filed"], theirs.get("adopted"), theirs["points"]) == (1, None, 0)
    assert "filed" not in nobody


def test_my_target_is_my_own_or_else_my_units(cast: Cast, city: City, scheme):
    assert my_targets(cast.author, TODAY) == ([], False)
    aim(cast, city.county, "adopted", 30)
    lines, own = my_targets(cast.author, TODAY)
    assert ([line.target for line in lines], own) == ([30], False)
    aim(cast, city.county, "filed", 6, person=cast.author)
    lines, own = my_targets(cast.author, TODAY)
    assert ([(line.measure, line.target) for line in lines], own) == ([(Measure.FILED, 6)], True)
    assert my_targets(cast.colleague, TODAY)[1] is False
    assert my_targets(cast.principal_leader, TODAY) == ([], False)


def test_last_years_target_is_none_this_year(cast: Cast, city: City):
    aim(cast, city.county, "adopted", 30, year=2025)
    assert my_targets(cast.author, TODAY) == ([], False)


def test_how_much_of_a_year_has_passed():
    assert year_gone(2026, date(2026, 12, 31)) == 1
    assert year_gone(2025, TODAY) == 1
    assert year_gone(2027, TODAY) == 0
    assert year_gone(2026, date(2026, 1, 1)) == Decimal(1) / 365


# Pages


def test_the_table_shows_targets_with_what_was_reached(cast: Cast, city: City, as_user, scheme):
    filed(cast.author, shanghai("2026-03-06"))
    counted(city.office, "2026-03")
    aim(cast, city.county, "filed", 4)
    page = as_user(cast.admin).get(LIST).content.decode()
    assert "25.0%" in page
    assert EDIT in page
    assert people_list(city.county) in page
    author = as_user(cast.author).get(LIST).content.decode()
    assert "25.0%" in author
    assert "白水县" not in author
    assert EDIT not in author
    assert people_list(city.county) not in author


def test_a_units_page_shows_its_targets(cast: Cast, city: City, as_user, scheme):
    aim(cast, city.county, "filed", 4)
    page = as_user(cast.author).get(reverse("stats:unit", args=[city.county.pk]), {"period": "2026-03"})
    assert "2026年目标任务" in page.content.decode()
    before = as_user(cast.author).get(reverse("stats:unit", args=[city.county.pk]), {"period": "2025-03"})
    assert "2025年目标任务" not in before.content.decode()


def test_a_year_out_of_reach_is_not_found(cast: Cast, as_user):
    client = as_user(cast.admin)
    assert client.get(LIST, {"year": "2027"}).status_code == 200
    for year in ("2028", "1999", "x", "-1", "２０２６", "99999999999999999999", ""):
        assert client.get(LIST, {"year": year}).status_code == 404, year


def test_the_workbook_says_the_same_as_the_table(cast: Cast, city: City, as_user, scheme):
    filed(cast.author, shanghai("2026-03-06"))
    counted(city.office, "2026-03")
    aim(cast, city.county, "filed", 4)
    answer = as_user(cast.admin).get(reverse("incentives:target-export"))
    sheet = load_workbook(BytesIO(answer.content)).worksheets[0]
    rows = {row[1]: row for row in sheet.iter_rows(values_only=True)}
    assert rows["青山县"][2:5] == (4, 1, 0.25)
    assert rows["白水县"][2] in {None, "—"}
    own = as_user(cast.author).get(reverse("incentives:target-export"))
    names = [row[1] for row in load_workbook(BytesIO(own.content)).worksheets[0].iter_rows(values_only=True)]
    assert "青山县" in names
    assert "白水县" not in names


@pytest.mark.parametrize("page", ["units", "people"])
def test_as_many_queries_for_many_rows_as_for_one(cast: Cast, city: City, as_user, page: str, scheme):
    client = as_user(cast.admin)
    address = LIST if page == "units" else people_list(city.county)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    aim(cast, city.county, "filed", 4)
    issued(cast.author, cast, shanghai("2026-03-05"))
    asked()
    few = asked()
    for number in range(12):
        person = make_person(city.county, f"w{number}", f"写手{number}", Role.AUTHOR)
        aim(cast, city.county, "filed", 4, person=person)
        issued(person, cast, shanghai("2026-03-06"))
        if number < 3:
            unit = Unit.objects.get(pk=[city.team.pk, city.section.pk, city.other_county.pk][number])
            aim(cast, unit, "points", 4)
    assert asked() == few
