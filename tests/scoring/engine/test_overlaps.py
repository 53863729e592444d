"""Totals of any units: what several have together counts once, whoever shares and whenever (rule R89)."""

from __future__ import annotations

from collections import Counter
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from scoring.engine.counting import add_up, count
from scoring.figures.counts import Together
from scoring.figures.facts import AdoptionFact
from scoring.periods.period import Period
from scoring.schemes.words import LEVELS
from tests.scoring import any_facts
from tests.scoring.any_facts import thorough
from tests.scoring.builders import KAILU, KULUN, NAIMAN, UNITS, adoption, always, figures, filed

JANUARY, FEBRUARY, QUARTER = map(Period.parse, ("2026-01", "2026-02", "2026Q1"))
JOINT = ((1, 1), (2, 1))


def together(rows, *units) -> Together:
    """What these units come to."""
    ids = {unit.id for unit in units or UNITS}
    return Together.of([row for row in rows if row.unit.id in ids], lambda unit: unit.id in ids)


def distinct(adoptions: list[AdoptionFact], period: Period, ids: set[int]) -> tuple[dict[str, int], int]:
    """Counted from the facts: adoptions credited to one of the units, and items first adopted from one."""
    theirs = [fact for fact in adoptions if fact.parts.keys() & ids]
    levels = Counter(fact.level for fact in theirs if period.contains(fact.date))
    first: dict[int, date] = {}
    for fact in theirs:
        first[fact.item_id] = min(fact.date, first.get(fact.item_id, fact.date))
    return {level: levels[level] for level in LEVELS}, sum(map(period.contains, first.values()))


def test_r89_a_joint_item_is_one_in_the_total_and_one_in_each_row() -> None:
    """The example of rule R89: two counties, one item of each, and one of both in two outlets."""
    facts = [
        adoption(1, (1, 5), item=1),
        adoption(2, (1, 6), item=2, shares=((2, 1),)),
        adoption(3, (1, 7), item=3, shares=JOINT),
        adoption(4, (1, 8), "province", item=3, shares=JOINT),
    ]
    filings = [*filed(3, unit=1), *filed(1, unit=2, first=4)]
    rows = figures(*facts, filings=filings, period=JANUARY, timetable=always(several_outlets="sum"))
    naiman, kailu = rows[1], rows[2]
    assert [(row.filed, row.items_adopted, row.adopted_total) for row in (naiman, kailu)] == [
        (3, 2, 3),
        (1, 2, 3),
    ]
    assert (naiman.adoption_rate_text(), kailu.adoption_rate_text()) == ("66.7%", "200.0%")
    total = together(rows.values(), NAIMAN, KAILU)
    assert (total.filed, total.items_adopted, total.adopted_total) == (4, 3, 4)
    assert total.adopted == {"central": 0, "province": 1, "city": 3, "county": 0}
    assert total.points == naiman.points + kailu.points == 50


def test_r89_an_item_is_the_groups_in_the_month_of_its_first_adoption_by_any_of_them() -> None:
    """The second example: first one county alone, a month later the other; each row has it in its month."""
    facts = [adoption(1, (1, 5)), adoption(2, (2, 6), "province", shares=((2, 1),))]
    january, february, quarter = (
        figures(*facts, period=period).values() for period in (JANUARY, FEBRUARY, QUARTER)
    )
    assert [row.items_adopted for row in february] == [0, 1, 0]
    assert [together(rows).items_adopted for rows in (january, february, quarter)] == [1, 0, 1]
    assert together(february, KAILU).items_adopted == 1
    assert together(february).adopted_total == 1


def test_a_unit_without_a_row_takes_what_it_had_first_out_of_the_total() -> None:
    """Closed before the period: its item of January is not adopted anew in February."""
    facts = [adoption(1, (1, 5)), adoption(2, (2, 6), "province", shares=((2, 1),))]
    rows = [row for row in figures(*facts, period=FEBRUARY).values() if row.unit != NAIMAN]
    assert together(rows).items_adopted == 0
    assert together(rows, KAILU, KULUN).items_adopted == 1


groupings = st.lists(st.integers(0, 2), min_size=3, max_size=3)


@thorough
@given(adoptions=any_facts.adoption_lists, groups=groupings, span=any_facts.spans)
def test_r89_every_total_is_the_number_of_distinct_facts(adoptions, groups, span) -> None:
    """Of any units in any groups, over any days: adoptions by level, and items by their first adoption."""
    rows = count(
        period=span, units=UNITS, filings=[], issues=[], adoptions=adoptions, timetable=always(), as_of=None
    )
    for group in {*groups, None}:
        units = [unit for unit, place in zip(UNITS, groups, strict=True) if group in (None, place)]
        total = together(rows, *units)
        assert (total.adopted, total.items_adopted) == distinct(adoptions, span, {unit.id for unit in units})


@thorough
@given(adoptions=any_facts.adoption_lists, groups=groupings, span=any_facts.month_spans)
def test_r89_the_totals_of_months_add_up_to_those_of_any_period(adoptions, groups, span) -> None:
    """Also of groups that are formed afterwards: what is stored by month does not know them."""
    asked = {"units": UNITS, "filings": [], "issues": [], "adoptions": adoptions, "timetable": always()}
    months = [count(period=Period.of(month), **asked) for month in span.months]
    for group in set(groups):
        units = [unit for unit, place in zip(UNITS, groups, strict=True) if place == group]
        whole = together(add_up(months), *units)
        assert whole.items_adopted == sum(together(rows, *units).items_adopted for rows in months)
        assert whole.adopted_total == sum(together(rows, *units).adopted_total for rows in months)
        assert whole == together(count(period=span, **asked), *units)
