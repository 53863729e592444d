"""Rules R50–R57 of docs/scoring.md: what is counted for whom, and the life of tallies and bulletins."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
import time_machine

from accounts.enums import Role, UnitKind
from accounts.services.units import create_unit
from adoptions.entries.services import revoke_entry
from adoptions.enums import EventKind
from adoptions.events.services import EventFacts, register_event
from bulletins.services.drafting import draft_bulletin
from publicity import tasks
from scoring.models import SchemeVersion
from scoring.periods.month import Month
from scoring.periods.period import Period
from scoring.schemes.reading import SchemeError, shipped
from scoring.services.versions import SchemeExists, add_scheme, create_default_scheme
from stats import tallies
from stats.facts.loading import load_facts
from stats.models import Tally, TallyRow
from stats.services.months import close_month
from submissions.models import StaleMonth
from tests.conftest import LONG_AGO, filed, issued, make_person, shanghai
from tests.stats.world import AFTER, QUARTER, adopted, counted, drafted

LATER = shanghai("2026-04-09")


@pytest.fixture(autouse=True)
def _scheme(city) -> None:
    create_default_scheme(office=city.office, effective_from=LONG_AGO, now=AFTER)


def dearer(city: int) -> dict[str, object]:
    """The shipped scheme with another price for city outlets."""
    rules = shipped("demo")
    rules["adoption"]["rules"] = [{"level": "city", "points": str(city)}]
    return rules


def test_r50_a_county_and_its_department_share_one_adoption_of_the_county(cast, city, outlets) -> None:
    department = create_unit(
        parent=city.county, kind=UnitKind.DEPARTMENT, code="a-1", name="县农业局", active_from=LONG_AGO
    )
    adopted(cast, outlets["city"], "2026-02-11", city.county, department, city.other_county)
    rows = counted(city.office, "2026-02")
    assert (rows["青山县"].city, rows["白水县"].city) == (1, 1)
    assert (rows["青山县"].points, rows["白水县"].points) == (Decimal("6.67"), Decimal("3.33"))


def test_r50_the_office_itself_is_listed_without_a_rank(cast, city) -> None:
    filed(make_person(city.office, "own", "本级作者", Role.AUTHOR), shanghai("2026-02-10"))
    groups = {group.kind: group for group in drafted(city.office).content.groups}
    (row,) = groups[UnitKind.OFFICE].rows
    assert (row.name, row.filed, row.rank) == (city.office.name, 1, None)


def test_r51_the_late_adoption_of_a_closed_unit_is_not_lost(cast, city, outlets) -> None:
    item = issued(cast.author, cast, shanghai("2026-01-10"))
    adopted(cast, outlets["city"], "2026-02-11", item=item)
    city.county.active_to = date(2026, 1, 31)
    city.county.save()
    assert counted(city.office, "2026-02")["青山县"].points == 10
    assert "青山县" not in counted(city.office, "2026-03")


def test_r51_a_closed_unit_is_listed_with_what_comes_to_nothing(cast, city, outlets) -> None:
    """Late in February, made up for by the floor, and then closed as of January."""
    rules = {
        "name": "保底",
        "adoption": {"rules": [{"points": "10"}]},
        "penalties": [{"event": "late", "points": "1"}],
        "limits": [{"of": "total", "window": "month", "min": "0"}],
    }
    add_scheme(office=city.office, rules=rules, effective_from=date(2026, 1, 1), now=AFTER)
    late = EventFacts(date=date(2026, 2, 27))
    register_event(kind=EventKind.LATE, subject=city.county, facts=late, by=cast.admin, now=AFTER)
    city.county.active_to = date(2026, 1, 31)
    city.county.save()
    for month in ("2026-01", "2026-02", "2026-03"):
        counted(city.office, month)
    for period, listed in (("2026-02", True), ("2026-02..2026-03", True), ("2026-03", False)):
        span = Period.parse(period)
        stored = {row.unit.id for row in tallies.load(city.office, span).counts(span)}
        fresh = {row.unit.id for row in load_facts(city.office, span, as_of=AFTER.date()).counts(span)}
        assert stored == fresh
        assert (city.county.pk in stored) is listed


def test_r52_revoking_the_first_adoption_gives_the_second_its_points_in_its_own_month(
    cast, city, outlets
) -> None:
    first = adopted(cast, outlets["city"], "2026-01-11")
    adopted(cast, outlets["province"], "2026-03-11", item=first.item)
    with time_machine.travel(AFTER, tick=False):
        tasks.reconcile()
        march = TallyRow.objects.filter(unit=city.county, tally__month=date(2026, 3, 1))
        assert march.get().points == 10
        revoke_entry(entry=first, reason="登记错误", revision=first.revision, by=cast.admin, now=AFTER)
        tasks.reconcile()
    assert march.get().points == 20
    assert TallyRow.objects.get(unit=city.county, tally__month=date(2026, 1, 1)).points == 0


def test_r53_a_late_fact_moves_a_closed_month_but_not_the_time_of_closing(cast, city, outlets) -> None:
    month = Month.parse("2026-03")
    closed = close_month(office=city.office, month=month, now=AFTER)
    adopted(cast, outlets["city"], "2026-03-20")
    close_month(office=city.office, month=month, now=LATER)
    assert not TallyRow.objects.filter(tally=closed, city=1).exists()
    assert counted(city.office, "2026-03")["青山县"].city == 1
    assert Tally.objects.get(pk=closed.pk).closed_at == closed.closed_at


def test_r53_a_month_in_which_nothing_happened_is_closed_with_every_unit(city) -> None:
    tally = close_month(office=city.office, month=Month.parse("2026-03"), now=AFTER)
    names = {row.unit.name for row in tally.rows.all()}
    assert names == {"青山县", "白水县", "综合科", "第一巡察组"}


def test_r54_quarters_of_an_old_ledger_are_drafted_only_when_asked_for(cast, city) -> None:
    filed(cast.author, shanghai("2020-02-10"))
    with time_machine.travel(AFTER, tick=False):
        tasks.reconcile()
    drafts = [str(bulletin.period) for bulletin in city.office.bulletins.order_by("first_day")]
    assert drafts == ["2025Q2", "2025Q3", "2025Q4", "2026Q1"]
    assert str(drafted(city.office, Period.parse("2020Q1")).period) == "2020Q1"


def test_r54_a_bulletin_drafted_twice_is_one_and_unchanged(cast, city, outlets) -> None:
    adopted(cast, outlets["city"], "2026-02-11")
    first = drafted(city.office)
    again = draft_bulletin(office=city.office, period=QUARTER, now=LATER)
    assert (again.pk, again.sha256, again.cutoff) == (first.pk, first.sha256, first.cutoff)


def test_r57_a_new_version_holds_from_its_day_in_the_middle_of_a_quarter(cast, city, outlets) -> None:
    adopted(cast, outlets["city"], "2026-02-14", title="前一天")
    adopted(cast, outlets["city"], "2026-02-15", title="当天")
    assert counted(city.office, "2026-02")["青山县"].points == 20
    add_scheme(
        office=city.office, rules=dearer(12), effective_from=date(2026, 2, 15), by=cast.admin, now=AFTER
    )
    assert StaleMonth.objects.filter(office=city.office, month=date(2026, 2, 1)).exists()
    document = drafted(city.office).content
    (row,) = (row for group in document.groups for row in group.rows if row.name == "青山县")
    assert row.points == 22
    assert [scheme.version for scheme in document.schemes] == [1, 2]


def test_r57_versions_are_never_changed(city) -> None:
    with pytest.raises(SchemeExists):
        add_scheme(office=city.office, rules=dearer(12), effective_from=LONG_AGO, now=AFTER)
    with pytest.raises(SchemeError):
        add_scheme(office=city.office, rules={"name": "缺项"}, effective_from=date(2026, 1, 1), now=AFTER)
    create_default_scheme(office=city.office, effective_from=date(2026, 1, 1), now=AFTER)
    assert SchemeVersion.objects.of_office(city.office).get().rules == shipped("demo")
