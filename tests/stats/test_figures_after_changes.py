"""What a change of units, groups, outlets and schemes does to figures: owed at once, and right afterwards."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db import transaction

from accounts.enums import UnitKind
from accounts.models import Unit
from accounts.services.units import change_unit, open_unit
from adoptions.outlets.services import edit_outlet, facts_of, stamp
from bulletins.models import Bulletin
from scoring.periods.month import Month
from scoring.services.versions import add_scheme
from stats.models import TallyRow
from stats.services.months import count_month
from submissions.models import StaleMonth
from tests.conftest import LONG_AGO
from tests.scoring.builders import scheme_data
from tests.stats.world import AFTER, adopted, drafted, more_counties

MONTHS = ["2026-01", "2026-02", "2026-03"]
WORTH = {"central": 50, "province": 20, "city": 10, "county": 5}
RULES = [{"level": level, "points": points} for level, points in WORTH.items()]
BASE = {"points": 6, "window": "quarter"}


@pytest.fixture
def draft(cast, city, outlets) -> Bulletin:
    """The first quarter: nine counties with a base of 6, of which one had 10, 20 and 10 points adopted."""
    more_counties(city.office, 7)
    add_scheme(
        office=city.office,
        rules=scheme_data(rules=RULES, base=BASE, several_outlets="sum"),
        effective_from=LONG_AGO,
        now=AFTER,
    )
    adopted(cast, outlets["city"], "2026-01-11", title="甲")
    adopted(cast, outlets["province"], "2026-02-11", title="乙")
    adopted(cast, outlets["city"], "2026-03-11", title="丙")
    recount(city.office)
    return drafted(city.office)


def recount(office: Unit) -> None:
    for month in MONTHS:
        count_month(office=office, month=Month.parse(month), now=AFTER)
    StaleMonth.objects.all().delete()


def owed() -> list[str]:
    return sorted(str(Month.of(debt.month)) for debt in StaleMonth.objects.all())


def counties(bulletin: Bulletin) -> dict[str, tuple[int | None, Any]]:
    """Rank and points of the counties as printed, by name."""
    (group,) = [group for group in bulletin.content.groups if group.kind == "county"]
    return {row.name: (row.rank, row.points) for row in group.rows}


def done(change: Callable[[], object], draft: Bulletin, months: list[str] | None = None) -> Bulletin:
    """The change made, its debts found in the same transaction, and the draft made again after them.

    What is taken back owes nothing.
    """
    with transaction.atomic():
        change()
        assert owed() == (MONTHS if months is None else months)
        transaction.set_rollback(True)
    assert (owed(), list(Bulletin.objects.outdated())) == ([], [])
    change()
    again = drafted(draft.office)
    assert set(owed()) <= {"2026-04"}, "no bulletin of the quarter looks at the month that runs"
    assert not Bulletin.objects.outdated().exists()
    return again


def test_before_any_change(draft) -> None:
    assert counties(draft)["青山县"] == (1, 46)
    assert len(counties(draft)) == 9


def test_a_county_that_was_closed_has_no_base_and_the_others_are_eight(cast, city, draft) -> None:
    """Adopted after its end it is still listed, without the base; without an adoption it is gone."""
    last_day = date(2025, 12, 31)
    again = done(lambda: change_unit(unit=city.county, by=cast.admin, now=AFTER, active_to=last_day), draft)
    assert counties(again)["青山县"] == (1, 40)
    change_unit(unit=city.other_county, by=cast.admin, now=AFTER, active_to=last_day)
    assert set(counties(drafted(city.office))) == set(counties(draft)) - {"白水县"}
    rows = TallyRow.objects.filter(tally__month=date(2026, 1, 1), unit__kind=UnitKind.COUNTY)
    assert (rows.count(), rows.filter(unit=city.other_county).exists()) == (8, False)


def test_a_county_that_opens_in_the_middle_has_its_base_from_then_on(cast, city, draft) -> None:
    def change() -> object:
        return open_unit(
            parent=city.office, kind=UnitKind.COUNTY, code="n-1", name="新县", active_from=date(2026, 3, 1),
            by=cast.admin, now=AFTER,
        )  # fmt: skip

    again = done(change, draft)
    assert counties(again)["新县"] == (2, 6)
    assert TallyRow.objects.filter(unit__name="新县").count() == 1


def test_a_county_that_turns_out_to_be_younger_has_its_base_later(cast, city, draft) -> None:
    change = {"active_from": date(2026, 2, 10)}
    again = done(lambda: change_unit(unit=city.other_county, by=cast.admin, now=AFTER, **change), draft)
    assert counties(again)["白水县"] == (2, 6)
    months = TallyRow.objects.filter(unit=city.other_county).values_list("tally__month", "points")
    assert [(month.month, points) for month, points in months.order_by("tally__month")] == [(2, 6), (3, 0)]


def test_units_that_move_in_the_list_move_in_the_table_and_keep_their_points(cast, city, draft) -> None:
    again = done(lambda: change_unit(unit=city.other_county, by=cast.admin, now=AFTER, position=99), draft)
    assert list(counties(draft))[1] == list(counties(again))[-1] == "白水县"
    assert counties(again) == counties(draft)


def test_a_renamed_county_is_printed_by_its_new_name(cast, city, draft) -> None:
    again = done(lambda: change_unit(unit=city.county, by=cast.admin, now=AFTER, name="青山新区"), draft)
    assert counties(again)["青山新区"] == (1, 46)


def test_an_outlet_of_another_level_earns_what_that_earns(cast, city, outlets, draft) -> None:
    paper = outlets["city"]

    def change() -> object:
        paper.refresh_from_db()
        facts = replace(facts_of(paper), level="central")
        return edit_outlet(outlet=paper, facts=facts, seen=stamp(paper), by=cast.admin, now=AFTER)

    again = done(change, draft, [*MONTHS, "2026-04"])
    assert counties(again)["青山县"] == (1, 126)
    assert {row.name: row.level for row in again.content.outlets}[paper.name] == "central"


def test_a_scheme_with_other_groups_ranks_from_its_month_on(city, draft) -> None:
    groups = [{"name": "甲组", "units": ["青山县", "白水县"]}]
    rules = scheme_data(rules=RULES, base=BASE, several_outlets="sum", groups=groups)

    def change() -> object:
        return add_scheme(office=city.office, rules=rules, effective_from=date(2026, 2, 10), now=AFTER)

    again = done(change, draft, ["2026-02", "2026-03"])
    printed = {group.kind: {row.name: row.rank for row in group.rows} for group in again.content.groups}
    assert printed["甲组"] == {"青山县": 1, "白水县": 2}
    assert (len(printed["county"]), set(printed["county"].values())) == (7, {1})
    ranks = TallyRow.objects.filter(unit=city.other_county).order_by("tally__month")
    assert list(ranks.values_list("rank", flat=True)) == [2, 2, 2]


def test_a_scheme_that_costs_more_from_the_middle_on_moves_only_what_follows(city, draft) -> None:
    rules = scheme_data(rules=[{"level": "city", "points": 3}], base=BASE, several_outlets="sum")

    def change() -> object:
        return add_scheme(office=city.office, rules=rules, effective_from=date(2026, 2, 10), now=AFTER)

    again = done(change, draft, ["2026-02", "2026-03"])
    assert counties(again)["青山县"] == (1, 6 + 10 + 0 + 3)
