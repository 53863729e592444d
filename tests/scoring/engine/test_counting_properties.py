"""What holds for any facts and any scheme: rules R24, R27, R30–R32, R38, R47 and R66 of docs/scoring.md."""

from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.engine.counting import add_up, count
from scoring.engine.pricing import PriceList, worked
from scoring.engine.reach import reach
from scoring.figures.facts import IssueFact, UnitFact
from scoring.figures.lines import LineKind, Note
from scoring.periods.period import Period
from scoring.schemes.reading import parse_scheme, shipped, shipped_names
from scoring.schemes.timetable import Timetable
from tests.scoring.any_facts import (
    FIRST_DAY,
    LAST_DAY,
    adoption_lists,
    courses,
    facts,
    limits,
    month_spans,
    scheme_settings,
    spans,
    thorough,
    timetables,
)
from tests.scoring.builders import NAIMAN, UNITS, figures, scheme

EVERYTHING = Period.days(FIRST_DAY, LAST_DAY)
ALL_UNITS = [*UNITS, UnitFact(4, "扎鲁特旗", "扎鲁特", "team", 4, active_from=date(2026, 2, 28))]


def counted(given_facts, timetable, period, units=ALL_UNITS, **more):
    """The rows of a period."""
    return count(period=period, units=units, issues=[], timetable=timetable, **given_facts, **more)


def without_targets(rows):
    """Targets belong to one period and do not add up."""
    return tuple(replace(row, targets=()) for row in rows)


@thorough
@given(facts, timetables, month_spans)
def test_r32_months_add_up_to_any_period_under_any_scheme(given_facts, timetable, span):
    issues = [
        IssueFact(filing.item_id, filing.unit_id, filing.date + timedelta(20))
        for filing in given_facts["filings"]
    ]
    asked = {"units": ALL_UNITS, "issues": issues, "timetable": timetable, **given_facts}
    by_month = [count(period=Period.of(month), **asked) for month in span.months]
    assert without_targets(add_up(by_month)) == without_targets(count(period=span, **asked))


@pytest.mark.parametrize("name", shipped_names())
@settings(thorough, max_examples=15)
@given(facts)
def test_r32_twelve_months_add_up_to_the_year_of_every_shipped_scheme(name, given_facts):
    shipped_scheme = parse_scheme(shipped(name))
    timetable = Timetable.of([(FIRST_DAY, shipped_scheme)])
    year = Period.parse("2026", shipped_scheme.year_start_month)
    by_month = [counted(given_facts, timetable, Period.of(month)) for month in year.months]
    assert without_targets(add_up(by_month)) == without_targets(counted(given_facts, timetable, year))


@thorough
@given(facts, timetables, spans, st.integers(1, 199))
def test_r32_any_cut_of_any_days_adds_up(given_facts, timetable, span, offset):
    first_part_ends = min(span.start + timedelta(offset), span.last_day)
    parts = [Period.days(span.start, first_part_ends)]
    if first_part_ends < span.last_day:
        parts.append(Period.days(first_part_ends + timedelta(1), span.last_day))
    by_part = [counted(given_facts, timetable, part) for part in parts]
    assert without_targets(add_up(by_part)) == without_targets(counted(given_facts, timetable, span))


@thorough
@given(facts, timetables, spans)
def test_r47_facts_before_the_reach_change_nothing(given_facts, timetable, span):
    start = reach(timetable, span)
    of_items = [*given_facts["adoptions"], *given_facts["events"]]
    recent = [fact for fact in of_items if start <= fact.date < span.end]
    items = {fact.item_id for fact in recent} - {None}
    needed = {
        "adoptions": [fact for fact in given_facts["adoptions"] if fact.item_id in items],
        "events": [fact for fact in given_facts["events"] if fact in recent or fact.item_id in items],
        "filings": [fact for fact in given_facts["filings"] if start <= fact.date < span.end],
        "adjustments": [fact for fact in given_facts["adjustments"] if start <= fact.date < span.end],
    }
    assert counted(needed, timetable, span) == counted(given_facts, timetable, span)


@thorough
@given(facts, timetables, st.randoms(use_true_random=False))
def test_r31_the_order_of_entry_never_changes_a_score(given_facts, timetable, random: Random):
    entered = dict(given_facts)
    for kind in ("adoptions", "events"):
        numbers = [fact.id for fact in given_facts[kind]]
        random.shuffle(numbers)
        pairs = zip(given_facts[kind], numbers, strict=True)
        entered[kind] = [replace(fact, id=number) for fact, number in pairs]
        random.shuffle(entered[kind])
    before, after = (counted(each, timetable, EVERYTHING) for each in (given_facts, entered))
    for old, new in zip(before, after, strict=True):
        assert old.points == new.points
        assert (old.adopted, old.items_adopted, old.flags) == (new.adopted, new.items_adopted, new.flags)


@thorough
@given(facts, timetables, spans, st.randoms(use_true_random=False))
def test_r31_recounting_gives_the_same_lines_whatever_the_order_of_reading(
    given_facts, timetable, span, random: Random
):
    read = {kind: random.sample(each, len(each)) for kind, each in given_facts.items()}
    units = random.sample(ALL_UNITS, len(ALL_UNITS))
    assert counted(read, timetable, span, units) == counted(given_facts, timetable, span)


@thorough
@given(facts, timetables, st.permutations("子丑寅卯"), st.permutations(["甲报", "乙网", "丙台"]))
def test_r110_no_name_moves_a_point(given_facts, timetable, unit_names, outlet_names):
    """Units and outlets change their names; the first unit is one that a scheme may name."""
    called = dict(zip(["甲报", "乙网", "丙台"], outlet_names, strict=True))
    renamed = [replace(fact, outlet_name=called[fact.outlet_name]) for fact in given_facts["adoptions"]]
    pairs = zip(ALL_UNITS, unit_names, strict=True)
    units = [replace(unit, name=name) if unit is not NAIMAN else unit for unit, name in pairs]
    before = counted(given_facts, timetable, EVERYTHING)
    after = counted(given_facts | {"adoptions": renamed}, timetable, EVERYTHING, units)
    assert told(before) == told(after)


def told(rows):
    """What every line of every unit comes to, by what they are and not by what they are called."""
    return {(line.unit_id, line.key): line.points for row in rows for line in row.lines}


@thorough
@given(facts, timetables, spans)
def test_r31_what_happens_after_the_period_does_not_change_it(given_facts, timetable, span):
    known = {kind: [fact for fact in each if fact.date < span.end] for kind, each in given_facts.items()}
    assert counted(known, timetable, span) == counted(given_facts, timetable, span)


@thorough
@given(facts, timetables, spans)
def test_r30_every_point_is_in_exactly_one_line(given_facts, timetable, span):
    rows = counted(given_facts, timetable, span)
    for row in rows:
        assert row.points == sum(line.points for line in row.lines)
        assert all(line.unit_id == row.unit.id and span.contains(line.date) for line in row.lines)
        keys = [line.key for line in row.lines]
        assert len(keys) == len(set(keys))
    expected = {
        (fact.id, credit.unit_id)
        for fact in given_facts["adoptions"]
        for credit in fact.credits
        if span.contains(fact.date)
    }
    adopted = {
        (line.adoption_id, row.unit.id) for row in rows for line in row.lines if line.adoption_id is not None
    }
    assert adopted == expected


@thorough
@given(facts, timetables)
def test_r30_every_line_can_be_worked_out_again(given_facts, timetable):
    for row in counted(given_facts, timetable, EVERYTHING):
        for line in row.lines:
            in_force = timetable.scheme_on(line.date)
            if line.kind in (LineKind.LIMIT, LineKind.ADJUSTMENT) or in_force is None:
                assert line.points == line.earned
                continue
            assert line.earned == in_force.rounded(worked(line.base, line.steps)) - line.deducted
            if line.note is not Note.VOIDS_ITEM:
                numerator, _, denominator = line.share.partition("/")
                exact = line.earned * Decimal(numerator) / Decimal(denominator or 1)
                assert abs(line.points - exact) < Decimal(1).scaleb(-in_force.places)


@thorough
@given(facts, scheme_settings)
def test_r27_what_is_split_among_units_is_neither_more_nor_less(given_facts, chosen):
    divided = scheme(**chosen | {"several_units": {"policy": "split"}, "groups": []})
    rows = counted(given_facts, Timetable.of([(FIRST_DAY, divided)]), EVERYTHING)
    earned: dict[str, Decimal] = {}
    points: defaultdict[str, Decimal] = defaultdict(Decimal)
    for row in rows:
        for line in row.lines:
            # What is no item's, each unit has in full (R37, R101).
            if line.kind in (LineKind.ADOPTION, LineKind.BONUS) and line.item_id is not None:
                earned[line.key] = line.earned
                points[line.key] += line.points
    assert dict(points) == earned


@thorough
@given(facts, scheme_settings, limits)
def test_r66_r38_a_cap_never_raises(given_facts, chosen, cap):
    if cap.get("max") is None:
        cap |= {"max": "10.5"}
    capped = chosen | {"limits": [*chosen["limits"], cap | {"min": None}], "year_start_month": 11}
    free = chosen | {"year_start_month": 11}
    # Only whole windows can be compared: what a cap took may come back inside one.
    whole = Period.parse("2025-11..2026-12")
    before, after = (
        counted(given_facts, Timetable.of([(FIRST_DAY, scheme(**each))]), whole) for each in (free, capped)
    )
    for uncapped, limited in zip(before, after, strict=True):
        assert limited.points <= uncapped.points


@settings(thorough, max_examples=200)
@given(courses)
def test_r38_nothing_earns_more_than_it_is_worth_nor_lifts_an_item_above_the_cap_of_the_day(course):
    adoptions, events, timetable = course
    for row in figures(*adoptions, *events, timetable=timetable, units=ALL_UNITS).values():
        reached = Decimal(0)
        for day, lines in groupby(row.lines, key=lambda line: line.date):
            earned = [
                line for line in lines if line.kind in (LineKind.ADOPTION, LineKind.BONUS) and line.share
            ]
            assert all(line.earned >= 0 and line.deducted >= 0 for line in earned)
            assert all(0 <= line.points <= line.earned for line in earned)
            gained = sum(line.earned for line in earned)
            reached += gained
            in_force = timetable.scheme_on(day)
            if gained and in_force.item_maximum is not None:
                assert reached <= in_force.item_maximum


@settings(thorough, max_examples=200)
@given(courses, st.integers(0, 11))
def test_r32_r31_an_item_of_many_schemes_adds_up_wherever_one_cuts_in_any_order(course, offset):
    adoptions, events, timetable = course
    cut = date(2026, 1, 1) + timedelta(offset)
    parts = [Period.days(date(2026, 1, 1), cut), Period.days(cut + timedelta(1), date(2026, 1, 31))]
    facts = [*adoptions, *events]
    by_part = [figures(*facts, timetable=timetable, units=ALL_UNITS, period=part) for part in parts]
    whole = figures(*facts[::-1], timetable=timetable, units=ALL_UNITS, period=Period.parse("2026-01"))
    for unit, row in whole.items():
        assert row.lines == tuple(line for rows in by_part for line in rows[unit].lines)


@thorough
@given(facts, scheme_settings)
def test_r66_a_floor_and_a_cap_hold_in_every_window(given_facts, chosen):
    bounded = chosen | {"limits": [{"of": "total", "window": "quarter", "max": "10.5", "min": "-3"}]}
    timetable = Timetable.of([(FIRST_DAY, scheme(**bounded))])
    for quarter in ("2026Q1", "2026Q2", "2026Q4"):
        for row in counted(given_facts | {"adjustments": []}, timetable, Period.parse(quarter)):
            assert -3 <= row.points <= Decimal("10.5")


@thorough
@given(adoption_lists)
def test_r24_an_item_earns_its_highest_score_over_all_time(adoptions):
    plain = scheme()
    timetable = Timetable.of([(FIRST_DAY, plain)])
    rows = figures(*adoptions, timetable=timetable, period=EVERYTHING, units=ALL_UNITS)
    prices = PriceList(plain)
    best: dict[int, Decimal] = {}
    for fact in adoptions:
        best[fact.item_id] = max(best.get(fact.item_id, Decimal(0)), prices.price(fact).points)
    earned: dict[int, Decimal] = dict.fromkeys(best, Decimal(0))
    for row in rows.values():
        for line in row.lines:
            earned[line.item_id] += line.points
    assert earned == best


@thorough
@given(facts, timetables, st.dates(FIRST_DAY, LAST_DAY))
def test_r68_open_windows_only_leave_something_out(given_facts, timetable, as_of):
    """R68: what is already told on a day is still told when everything is known."""
    span = Period.days(FIRST_DAY, as_of)
    early, late = (
        counted(given_facts, timetable, span, [NAIMAN], as_of=day) for day in (as_of + timedelta(1), None)
    )
    assert early == late
