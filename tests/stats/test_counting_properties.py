"""What holds for any facts: rules R24 and R30–R32 of docs/scoring.md."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from stats.counting import AdoptionFact, CreditFact, FilingFact, IssueFact, Note, UnitFact, add_up, count
from stats.periods import Month, Period
from stats.schemes import LEVELS, MODES, Timetable
from tests.stats.builders import UNITS, always, figures, scheme

# Few days, so that adoptions of one day and last days of months are common.
days = st.sampled_from([date(2025, 11, 1), date(2026, 1, 1), date(2026, 12, 31)]) | st.dates(
    date(2026, 2, 27), date(2026, 3, 2)
)
credit_lists = st.lists(st.builds(CreditFact, st.integers(1, 4), st.integers(1, 3)), min_size=1, max_size=3)
adoption_lists = st.lists(
    st.builds(
        AdoptionFact,
        id=st.just(0),
        item_id=st.integers(1, 4),
        item_title=st.just("稿件"),
        outlet_name=st.sampled_from(["甲报", "乙网", "丙台"]),
        level=st.sampled_from(LEVELS),
        carrier=st.just("website"),
        mode=st.sampled_from(MODES),
        date=days,
        credits=credit_lists.map(tuple),
    ),
    max_size=12,
).map(lambda facts: [replace(fact, id=number) for number, fact in enumerate(facts, start=1)])
filing_lists = st.lists(st.tuples(st.integers(1, 3), days), max_size=6).map(
    lambda pairs: [FilingFact(item, unit, day) for item, (unit, day) in enumerate(pairs)]
)
scheme_settings = st.fixed_dictionaries(
    {
        "several_outlets": st.sampled_from(["highest", "sum"]),
        "several_units": st.sampled_from(["split", "full"]),
        "filing_points": st.sampled_from(["0", "0.5"]),
        "mode_factors": st.sampled_from([{"merged": "0.333", "repost": "0"}, {"brief": "1.5"}]),
        "rounding": st.fixed_dictionaries({"places": st.integers(0, 3)}),
    }
)
timetables = st.dictionaries(days, scheme_settings, min_size=1, max_size=3).map(
    lambda dated: Timetable.of((day, scheme(**settings)) for day, settings in dated.items())
)
spans = st.builds(
    lambda first, length: Period(Month(2025, 11).plus(first), Month(2025, 11).plus(first + length)),
    st.integers(0, 6),
    st.integers(0, 7),
)


@given(adoption_lists, filing_lists, timetables, spans)
def test_r32_months_add_up_to_any_period(adoptions, filings, timetable, span):
    issues = [IssueFact(filing.item_id, filing.unit_id, filing.date + timedelta(20)) for filing in filings]
    facts = {
        "units": UNITS,
        "filings": filings,
        "issues": issues,
        "adoptions": adoptions,
        "timetable": timetable,
    }
    by_month = [count(period=Period.of(month), **facts) for month in span.months]
    assert add_up(by_month) == count(period=span, **facts)


@given(adoption_lists, timetables, st.randoms(use_true_random=False))
def test_r31_the_order_of_entry_never_changes_a_score(adoptions, timetable, random: Random):
    numbers = [fact.id for fact in adoptions]
    random.shuffle(numbers)
    entered = [replace(fact, id=number) for fact, number in zip(adoptions, numbers, strict=True)]
    random.shuffle(entered)
    before, after = figures(*adoptions, timetable=timetable), figures(*entered, timetable=timetable)
    for unit in UNITS:
        assert before[unit.id].points == after[unit.id].points
        assert before[unit.id].adopted == after[unit.id].adopted
        assert before[unit.id].items_adopted == after[unit.id].items_adopted


@given(adoption_lists, timetables, st.randoms(use_true_random=False))
def test_r31_the_order_of_reading_changes_nothing_at_all(adoptions, timetable, random: Random):
    shuffled = [
        replace(fact, credits=tuple(random.sample(fact.credits, len(fact.credits)))) for fact in adoptions
    ]
    random.shuffle(shuffled)
    assert figures(*adoptions, timetable=timetable) == figures(*shuffled, timetable=timetable)


@given(adoption_lists, timetables, spans)
def test_r31_what_happens_after_the_period_does_not_change_it(adoptions, timetable, span):
    known = [fact for fact in adoptions if fact.date < span.end]
    assert figures(*known, timetable=timetable, period=span) == figures(
        *adoptions, timetable=timetable, period=span
    )


@given(adoption_lists, filing_lists, timetables, spans)
def test_r30_every_point_is_in_exactly_one_line(adoptions, filings, timetable, span):
    rows = figures(*adoptions, filings=filings, timetable=timetable, period=span)
    for row in rows.values():
        assert row.points == sum(line.points for line in row.lines)
        assert all(line.unit_id == row.unit.id and span.contains(line.date) for line in row.lines)
        reasons = [(line.adoption_id, line.item_id, line.rule == "filing_points") for line in row.lines]
        assert len(reasons) == len(set(reasons))
    expected = {
        (fact.id, credit.unit_id)
        for fact in adoptions
        for credit in fact.credits
        if span.contains(fact.date) and credit.unit_id in rows
    }
    lines = [line for row in rows.values() for line in row.lines if line.adoption_id is not None]
    assert {(line.adoption_id, line.unit_id) for line in lines} == expected


@given(adoption_lists, timetables)
def test_r30_every_line_can_be_worked_out_again(adoptions, timetable):
    for row in figures(*adoptions, timetable=timetable, period=Period.parse("2025-11..2026-12")).values():
        for line in row.lines:
            in_force = timetable.scheme_on(line.date)
            if in_force is None:
                assert line.points == 0
                continue
            numerator, _, denominator = line.share.partition("/")
            earned = in_force.rounded(line.base * line.factor) - line.deducted
            exact = earned * int(numerator) / int(denominator or 1)
            assert abs(line.points - exact) < Decimal(1).scaleb(-in_force.places)
            assert (line.points == 0) == (line.note not in (Note.COUNTED, Note.EXCESS))


@given(adoption_lists)
def test_r24_an_item_earns_its_highest_score_over_all_time(adoptions):
    units = [UnitFact(number, "", "", "county", number) for number in (1, 2, 3, 4)]
    timetable = always()
    rows = figures(*adoptions, timetable=timetable, period=Period.parse("2025-11..2026-12"), units=units)
    best: dict[int, Decimal] = {}
    for fact in adoptions:
        price = scheme().price(
            level=fact.level, carrier=fact.carrier, outlet=fact.outlet_name, mode=fact.mode
        )
        best[fact.item_id] = max(best.get(fact.item_id, Decimal(0)), price.points)
    earned: dict[int, Decimal] = dict.fromkeys(best, Decimal(0))
    for row in rows.values():
        for line in row.lines:
            earned[line.item_id] += line.points
    assert earned == best
