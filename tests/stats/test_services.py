"""Rules R50–R57 of docs/scoring.md: what is counted for whom, and the life of tallies and bulletins."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.core.exceptions import PermissionDenied

from accounts.enums import Role, UnitKind
from accounts.services import create_unit, grant_role
from adoptions.services import revoke_adoption
from stats import tasks
from stats.bulletins import digest
from stats.enums import BulletinStatus
from stats.models import SchemeVersion, Tally, TallyRow
from stats.periods import Month, Period
from stats.schemes import SchemeError, shipped
from stats.services import (
    BulletinMoved,
    FiguresPending,
    PeriodNotOver,
    SchemeExists,
    add_scheme,
    check_bulletin,
    close_month,
    create_default_scheme,
    draft_bulletin,
    issue_bulletin,
    reopen_bulletin,
)
from submissions.models import StaleMonth
from tests.conftest import LONG_AGO, filed, issued, make_person, shanghai
from tests.stats.world import AFTER, QUARTER, adopted, checked, counted, drafted, put_out

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


def test_r52_revoking_the_first_adoption_gives_the_second_its_points_in_its_own_month(
    cast, city, outlets
) -> None:
    first = adopted(cast, outlets["city"], "2026-01-11")
    adopted(cast, outlets["province"], "2026-03-11", item=first.item)
    with time_machine.travel(AFTER, tick=False):
        tasks.reconcile()
        march = TallyRow.objects.filter(unit=city.county, tally__month=date(2026, 3, 1))
        assert march.get().points == 10
        revoke_adoption(adoption=first, reason="登记错误", revision=first.revision, by=cast.admin, now=AFTER)
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


def test_r55_whoever_checked_does_not_issue(cast, city) -> None:
    bulletin = checked(city.office, cast.admin)
    with pytest.raises(PermissionDenied):
        issue_bulletin(bulletin=bulletin, by=cast.admin, sha256=bulletin.sha256, now=AFTER)
    second = make_person(city.office, "second", "第二管理员")
    grant_role(user=second, role=Role.OFFICE_ADMIN, unit=city.office, since=LONG_AGO)
    assert issue_bulletin(bulletin=bulletin, by=second, sha256=bulletin.sha256, now=AFTER).number == 1


@pytest.mark.parametrize("who", ["author", "section_head", "supervising_leader", "county_admin", "auditor"])
def test_r55_nobody_else_checks_or_issues(who, cast, city) -> None:
    person = getattr(cast, who)
    draft = drafted(city.office)
    with pytest.raises(PermissionDenied):
        check_bulletin(bulletin=draft, by=person, sha256=draft.sha256, now=AFTER)
    ready = checked(city.office, cast.admin)
    with pytest.raises(PermissionDenied):
        issue_bulletin(bulletin=ready, by=person, sha256=ready.sha256, now=AFTER)
    with pytest.raises(PermissionDenied):
        reopen_bulletin(bulletin=ready, by=person, now=AFTER)


def test_r55_an_administrator_of_another_office_has_no_say(foreign_cast, city) -> None:
    draft = drafted(city.office)
    with pytest.raises(PermissionDenied):
        check_bulletin(bulletin=draft, by=foreign_cast.admin, sha256=draft.sha256, now=AFTER)


def test_r55_figures_that_wait_to_be_counted_are_not_checked(cast, city, outlets) -> None:
    draft = drafted(city.office)
    adopted(cast, outlets["city"], "2026-02-11")
    with pytest.raises(FiguresPending):
        check_bulletin(bulletin=draft, by=cast.admin, sha256=draft.sha256, now=AFTER)
    anew = drafted(city.office)
    with pytest.raises(BulletinMoved):
        check_bulletin(bulletin=anew, by=cast.admin, sha256=draft.sha256, now=AFTER)
    assert (
        check_bulletin(bulletin=anew, by=cast.admin, sha256=anew.sha256, now=AFTER).checked_by == cast.admin
    )


def test_r55_a_period_that_runs_is_not_checked(cast, city) -> None:
    running = drafted(city.office, Period.parse("2026-04"))
    with pytest.raises(PeriodNotOver):
        check_bulletin(bulletin=running, by=cast.admin, sha256=running.sha256, now=AFTER)


def test_r55_a_checked_bulletin_stands_still_until_it_is_made_a_draft_again(cast, city, outlets) -> None:
    bulletin = checked(city.office, cast.admin)
    adopted(cast, outlets["city"], "2026-02-11")
    assert drafted(city.office).sha256 == bulletin.sha256
    reopened = reopen_bulletin(bulletin=bulletin, by=cast.admin, now=LATER)
    assert (reopened.status, reopened.checked_by, len(reopened.content.adoptions)) == (
        BulletinStatus.DRAFT,
        None,
        1,
    )


def test_r55_numbers_begin_anew_with_the_year_of_issue(cast, city) -> None:
    with_number = [put_out(cast, Period.parse(text)) for text in ("2025-12", "2026-01")]
    assert [(bulletin.year, bulletin.number) for bulletin in with_number] == [(2026, 1), (2026, 2)]
    later = checked(city.office, cast.admin, Period.parse("2026-02"))
    new_year = shanghai("2027-01-01", "00:00")
    issue_bulletin(bulletin=later, by=cast.principal_leader, sha256=later.sha256, now=new_year)
    later.refresh_from_db()
    assert (later.year, later.number) == (2027, 1)


def test_r56_an_issued_bulletin_keeps_its_rows_its_hash_and_its_status(cast, city, outlets) -> None:
    first = adopted(cast, outlets["city"], "2026-02-11")
    bulletin = put_out(cast)
    frozen = bulletin.document
    revoke_adoption(adoption=first, reason="登记错误", revision=first.revision, by=cast.admin, now=LATER)
    city.county.name = "改名县"
    city.county.save()
    assert draft_bulletin(office=city.office, period=QUARTER, now=LATER).document == frozen
    for step in (
        lambda: check_bulletin(bulletin=bulletin, by=cast.admin, sha256=bulletin.sha256, now=LATER),
        lambda: reopen_bulletin(bulletin=bulletin, by=cast.admin, now=LATER),
        lambda: issue_bulletin(
            bulletin=bulletin, by=cast.principal_leader, sha256=bulletin.sha256, now=LATER
        ),
    ):
        with pytest.raises(BulletinMoved):
            step()
    bulletin.refresh_from_db()
    assert digest(bulletin.document) == bulletin.sha256
    assert bulletin.content.to_json() == frozen


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
