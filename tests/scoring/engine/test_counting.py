"""Rules R20–R23, R32 and R33 of docs/scoring.md; what holds for any facts is in test_counting_properties."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from scoring.engine.counting import add_up, count
from scoring.figures.counts import UnitCount
from scoring.figures.facts import CreditFact, FilingFact, IssueFact
from scoring.periods.period import Period
from scoring.schemes.words import LEVELS
from tests.scoring.builders import KAILU, KULUN, NAIMAN, UNITS, adoption, always, figures


def test_fault_4_a_unit_that_filed_nothing_has_a_row():
    """R20: comparable systems begin with what was filed and leave silent units out of the table."""
    rows = figures(adoption(1, (1, 5)), filings=[FilingFact(1, 1, date(2026, 1, 2))])
    assert list(rows) == [1, 2, 3]
    assert rows[2] == UnitCount(KAILU, 0, 0, dict.fromkeys(LEVELS, 0), 0, Decimal(0), ())


def test_r20_units_stand_in_their_order_whatever_the_order_given():
    assert list(figures(units=UNITS[::-1])) == [1, 2, 3]


def test_r20_units_that_are_not_asked_for_have_no_row():
    assert list(figures(adoption(1, (1, 5)), units=[KAILU])) == [2]


def test_r21_filings_and_issues_belong_to_the_period_of_their_own_date():
    days_filed = [(1, 31), (1, 31), (2, 1)]
    filings = [FilingFact(item, 1, date(2026, *day)) for item, day in enumerate(days_filed)]
    issues = [IssueFact(1, 1, date(2026, 2, 1))]
    january = figures(period=Period.parse("2026-01"), filings=filings, issues=issues)[1]
    february = figures(period=Period.parse("2026-02"), filings=filings, issues=issues)[1]
    assert (january.filed, january.issued) == (2, 0)
    assert (february.filed, february.issued) == (1, 1)


def test_r22_each_adoption_counts_at_its_level_even_when_it_earns_nothing():
    row = figures(
        adoption(1, (1, 5), "city"),
        adoption(2, (1, 6), "city", mode="repost"),
        adoption(3, (1, 7), "central"),
    )[1]
    assert row.adopted == {"central": 1, "province": 0, "city": 2, "county": 0}
    assert row.adopted_total == 3


def test_r22_an_adoption_counts_once_for_every_unit_credited():
    rows = figures(adoption(1, (1, 5), shares=[(1, 1), (2, 1), (1, 2)]))
    assert (rows[1].adopted_total, rows[2].adopted_total, rows[3].adopted_total) == (1, 1, 0)
    assert rows[1].lines[0].share == "3/4"


def test_r22_an_adoption_credited_to_nobody_is_refused():
    with pytest.raises(ValueError, match="credited to nobody"):
        adoption(1, (1, 5), shares=[])


def test_r22_a_share_below_one_part_is_refused():
    with pytest.raises(ValueError, match="positive"):
        CreditFact(1, 0)


def test_r22_an_unknown_level_is_refused_and_not_lost():
    with pytest.raises(ValueError, match="level"):
        adoption(1, (1, 5), "galaxy")


def test_r23_an_item_counts_when_it_is_first_adopted():
    adoptions = [
        adoption(1, (1, 5), "city"),
        adoption(2, (1, 9), "province"),
        adoption(3, (2, 3), "central"),
        adoption(4, (2, 8), "city", item=2),
    ]
    january = figures(*adoptions, period=Period.parse("2026-01"))[1]
    february = figures(*adoptions, period=Period.parse("2026-02"))[1]
    assert (january.adopted_total, january.items_adopted) == (2, 1)
    assert (february.adopted_total, february.items_adopted) == (2, 1)


def test_r23_the_first_adoption_is_the_first_of_that_unit():
    rows = figures(adoption(1, (1, 5)), adoption(2, (2, 5), shares=[(2, 1)]), period=Period.parse("2026-02"))
    assert (rows[1].items_adopted, rows[2].items_adopted) == (0, 1)


@pytest.mark.parametrize(
    ("filed", "adopted", "text"),
    [(3, 2, "66.7%"), (8, 1, "12.5%"), (2, 3, "150.0%"), (0, 1, "—"), (2, 0, "0.0%")],
)
def test_r33_the_adoption_rate_is_items_adopted_for_items_filed(filed, adopted, text):
    row = figures(
        *(adoption(item, (1, 5), item=item) for item in range(adopted)),
        filings=[FilingFact(item, 1, date(2026, 1, 2)) for item in range(filed)],
    )[1]
    assert row.adoption_rate_text() == text
    assert (row.adoption_rate() is None) == (filed == 0)


def test_r32_a_unit_that_closed_in_between_keeps_its_row():
    january = count(
        period=Period.parse("2026-01"),
        units=UNITS,
        filings=[FilingFact(1, 3, date(2026, 1, 2))],
        issues=[],
        adoptions=[],
        timetable=always(),
    )
    renamed = replace(KAILU, name="开鲁新区")
    february = count(
        period=Period.parse("2026-02"),
        units=[NAIMAN, renamed],
        filings=[],
        issues=[],
        adoptions=[],
        timetable=always(),
    )
    total = add_up([january, february])
    assert [row.unit for row in total] == [NAIMAN, renamed, KULUN]
    assert total[2].filed == 1
