"""What the desk shows of figures."""

from __future__ import annotations

from stats.periods import Month
from stats.services import close_month, create_default_scheme
from stats.summaries import bulletins_waiting, last_closed_month, months_being_counted, unit_standing
from tests.conftest import LONG_AGO
from tests.stats.world import AFTER, adopted, checked, counted, drafted

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


def test_a_draft_waits_for_the_administrator_and_a_checked_one_for_somebody_else(cast, city) -> None:
    bulletin = drafted(city.office)
    assert bulletins_waiting(cast.admin) == [bulletin]
    assert bulletins_waiting(cast.principal_leader) == bulletins_waiting(cast.author) == []
    checked(city.office, cast.admin)
    assert bulletins_waiting(cast.principal_leader) == [bulletin]
    assert bulletins_waiting(cast.admin) == []


def test_the_last_closed_month_and_the_months_that_wait_are_told(cast, city, outlets) -> None:
    assert last_closed_month(city.office) is None
    close_month(office=city.office, month=FEBRUARY, now=AFTER)
    assert last_closed_month(city.office) == FEBRUARY
    adopted(cast, outlets["city"], "2026-03-11")
    assert months_being_counted(city.office) == 1
