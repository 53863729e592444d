"""What the desk shows of figures."""

from __future__ import annotations

from datetime import date

from bulletins.services.life import sign_bulletin
from bulletins.services.objections import raise_objection
from bulletins.waiting import bulletins_waiting
from scoring.periods.month import Month
from scoring.services.versions import create_default_scheme
from stats.desk import last_closed_month, months_being_counted, unit_standing
from stats.services.months import close_month
from tests.conftest import LONG_AGO
from tests.stats.world import AFTER, adopted, checked, counted, drafted, open_to_objections

FEBRUARY = Month.parse("2026-02")


def test_a_units_people_see_the_place_of_the_ranking_unit_above_them(cast, city, outlets) -> None:
    create_default_scheme(office=city.office, effective_from=LONG_AGO, now=AFTER)
    adopted(cast, outlets["city"], "2026-02-11")
    counted(city.office, "2026-02")
    first, last = unit_standing(city.county, FEBRUARY), unit_standing(city.other_county, FEBRUARY)
    assert first
    assert last
    assert (first.rank, first.among, first.points_text, first.adopted) == (1, 2, "10", 1)
    assert (last.rank, last.adopted) == (2, 0)
    assert first.url == "/stats/month/2026-02/"
    assert unit_standing(city.office, FEBRUARY) is None


def steps(person, day="2026-04-02") -> list[str]:
    return [waiting.step for waiting in bulletins_waiting(person, date.fromisoformat(day))]


def test_each_step_of_a_bulletin_waits_for_whoever_may_take_it(cast, city) -> None:
    drafted(city.office)
    assert len(steps(cast.admin)) == 1
    assert steps(cast.principal_leader) == steps(cast.author) == steps(cast.section_head) == []
    open_to_objections(city.office, cast.admin, "2026-04-05")
    assert [len(steps(person)) for person in (cast.author, cast.section_head)] == [1, 1]
    assert steps(cast.supervising_leader) == steps(cast.principal_leader) == []
    later = "2026-04-06"
    assert steps(cast.author, later) == []
    assert len(steps(cast.admin, later)) == len(steps(cast.supervising_leader, later)) == 1


def test_a_checked_bulletin_waits_for_the_leader_and_a_signed_one_for_the_administrator(cast, city) -> None:
    bulletin = checked(city.office, cast.admin)
    assert [len(steps(person)) for person in (cast.principal_leader, cast.admin)] == [1, 0]
    sign_bulletin(bulletin=bulletin, by=cast.principal_leader, sha256=bulletin.sha256, now=AFTER)
    assert len(steps(cast.admin)) == len(steps(cast.principal_leader)) == 1
    assert steps(cast.supervising_leader) == []


def test_objections_without_an_answer_come_first(cast, city) -> None:
    bulletin = open_to_objections(city.office, cast.admin, "2026-04-05")
    raise_objection(
        bulletin=bulletin, unit=city.county, line_key="", reason="漏列一件", by=cast.author, now=AFTER
    )
    assert "1" in steps(cast.admin)[0]
    assert "1" in steps(cast.admin, "2026-04-06")[0]
    assert steps(cast.supervising_leader, "2026-04-06") == []


def test_the_last_closed_month_and_the_months_that_wait_are_told(cast, city, outlets) -> None:
    assert last_closed_month(city.office) is None
    close_month(office=city.office, month=FEBRUARY, now=AFTER)
    assert last_closed_month(city.office) == FEBRUARY
    adopted(cast, outlets["city"], "2026-03-11")
    assert months_being_counted(city.office) == 1
