"""Rules R24–R29 and R31 of docs/scoring.md."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.engine.sharing import split
from scoring.figures.facts import FilingFact
from scoring.figures.lines import Note
from scoring.periods.period import Period
from scoring.schemes.timetable import Timetable
from tests.scoring.builders import adoption, always, figures, scheme


def test_r24_a_later_adoption_counts_only_what_exceeds_the_best_before():
    row = figures(
        adoption(1, (1, 5), "city"), adoption(2, (1, 9), "county"), adoption(3, (2, 3), "province")
    )[1]
    assert [(line.points, line.deducted, line.note) for line in row.lines] == [
        (10, 0, Note.COUNTED),
        (0, 5, Note.NOT_HIGHEST),
        (10, 10, Note.EXCESS),
    ]
    assert [line.compared_with for line in row.lines] == [None, 1, 1]
    assert row.points == 20


def test_r24_of_one_day_the_best_counts_in_full():
    row = figures(adoption(1, (1, 5), "city"), adoption(2, (1, 5), "central"))[1]
    assert {line.adoption_id: line.points for line in row.lines} == {1: 0, 2: 50}


def test_r24_of_equal_scores_the_first_is_the_one_compared_with():
    row = figures(adoption(7, (1, 5)), adoption(8, (1, 6)), adoption(9, (1, 7)))[1]
    assert [(line.points, line.compared_with) for line in row.lines] == [(10, None), (0, 7), (0, 7)]


@pytest.mark.parametrize("outlets", [("甲报", "乙网"), ("乙网", "甲报"), ("甲报", "甲报")])
@pytest.mark.parametrize("entry", [(1, 2), (2, 1)])
def test_r110_of_one_day_score_and_level_the_unit_decides_and_not_a_name_or_the_entry(outlets, entry):
    rows = figures(
        adoption(entry[0], (1, 5), outlet_name=outlets[0], shares=[(1, 1)]),
        adoption(entry[1], (1, 5), outlet_name=outlets[1], shares=[(2, 1)]),
    )
    assert [rows[unit].points for unit in (1, 2)] == [10, 0]


@pytest.mark.parametrize("policy", ["highest", "first"])
def test_r110_of_one_day_and_score_the_higher_level_goes_first(policy):
    """The central one is Kailu's, though it was entered last and Naiman is the first unit."""
    timetable = always(several_outlets=policy, rules=[{"points": 10}])
    rows = figures(
        adoption(1, (1, 5), "city", shares=[(1, 1)]),
        adoption(2, (1, 5), "central", shares=[(2, 1)]),
        timetable=timetable,
    )
    assert [rows[unit].points for unit in (1, 2)] == [0, 10]


def test_r110_what_is_left_below_a_cap_goes_to_the_higher_level_first():
    timetable = always(
        several_outlets="sum", rules=[{"points": 10}], limits=[{"of": "item", "max": 15}]
    )  # fmt: skip
    rows = figures(
        adoption(1, (1, 5), "county", shares=[(1, 1)]),
        adoption(2, (1, 5), "province", shares=[(2, 1)]),
        timetable=timetable,
    )
    assert [rows[unit].points for unit in (1, 2)] == [5, 10]


def test_r24_what_an_older_scheme_gave_is_deducted_with_the_decimals_of_the_new():
    fine, coarse = ({"rules": [{"points": points}]} for points in ("3.33", "5"))
    timetable = Timetable.of(
        [(date(2026, 1, 1), scheme(**fine)), (date(2026, 7, 1), scheme(**coarse, rounding={"places": 0}))]
    )
    first, second = figures(adoption(1, (6, 30)), adoption(2, (7, 1)), timetable=timetable)[1].lines
    assert (first.points, second.deducted, second.points) == (Decimal("3.33"), 3, 2)


def test_r24_an_adoption_before_the_period_still_lowers_what_counts_in_it():
    row = figures(
        adoption(1, (1, 5), "city"), adoption(2, (2, 5), "province"), period=Period.parse("2026-02")
    )[1]
    assert row.points == 10


def test_r24_other_items_are_not_affected():
    row = figures(adoption(1, (1, 5), "city"), adoption(2, (1, 6), "city", item=2))[1]
    assert row.points == 20


def test_r25_under_sum_every_adoption_counts_in_full():
    row = figures(
        adoption(1, (1, 5), "city"),
        adoption(2, (1, 9), "county"),
        adoption(3, (2, 3), "province"),
        timetable=always(several_outlets="sum"),
    )[1]
    assert row.points == 35
    assert {line.note for line in row.lines} == {Note.COUNTED}


def test_r26_lines_are_told_by_day_and_then_by_outlet():
    row = figures(
        adoption(1, (1, 6), outlet_name="A"),
        adoption(2, (1, 5), outlet_name="C", item=2),
        adoption(3, (1, 5), outlet_name="B", item=3),
    )[1]
    assert [line.adoption_id for line in row.lines] == [3, 2, 1]


@pytest.mark.parametrize(
    ("fields", "settings", "note"),
    [
        ({"mode": "repost"}, {}, Note.MODE_EARNS_NOTHING),
        ({}, {"rules": []}, Note.UNLISTED),
        ({}, {"rules": [{"level": "city", "points": 0}]}, Note.WORTH_NOTHING),
        ({}, {"rules": [{"points": "0.001"}]}, Note.ROUNDED_AWAY),
    ],
)
def test_r26_a_line_without_points_says_why(fields, settings, note):
    (line,) = figures(adoption(1, (1, 5), **fields), timetable=always(**settings))[1].lines
    assert (line.points, line.note) == (0, note)


def test_r26_a_share_too_small_for_a_point_says_so():
    timetable = always(rules=[{"points": "0.01"}])
    rows = figures(adoption(1, (1, 5), shares=[(1, 1), (2, 3)]), timetable=timetable)
    assert (rows[1].lines[0].points, rows[1].lines[0].note) == (0, Note.ROUNDED_AWAY)
    assert (rows[2].lines[0].points, rows[2].lines[0].note) == (Decimal("0.01"), Note.COUNTED)


def test_r14_before_the_first_scheme_nothing_is_earned_and_the_line_says_so():
    timetable = Timetable.of([(date(2026, 1, 6), scheme())])
    (line,) = figures(adoption(1, (1, 5)), timetable=timetable)[1].lines
    assert (line.points, line.note, line.scheme_from) == (0, Note.NO_SCHEME, None)


def test_r14_each_adoption_is_scored_by_the_scheme_of_its_day():
    later = scheme(rules=[{"level": "city", "points": 12}])
    timetable = Timetable.of([(date(2026, 1, 1), scheme()), (date(2026, 7, 1), later)])
    row = figures(adoption(1, (6, 30)), adoption(2, (7, 1), item=2), timetable=timetable)[1]
    assert [line.points for line in row.lines] == [10, 12]
    assert [line.scheme_from for line in row.lines] == [date(2026, 1, 1), date(2026, 7, 1)]


@pytest.mark.parametrize(
    ("points", "parts", "expected"),
    [
        ("10", {1: 1, 2: 1}, "5.00 5.00"),
        ("10", {1: 1, 2: 1, 3: 1}, "3.34 3.33 3.33"),
        ("20", {1: 3, 2: 1}, "15.00 5.00"),
        ("0.05", {1: 1, 2: 2, 3: 3}, "0.01 0.02 0.02"),
        ("0.02", {1: 1, 2: 3}, "0.00 0.02"),
    ],
)
def test_r27_points_are_split_by_share(points, parts, expected):
    assert " ".join(map(str, split(Decimal(points), parts, 2).values())) == expected


@pytest.mark.parametrize("named", [(1, 2, 3), (3, 2, 1), (2, 3, 1)])
def test_r27_the_odd_cent_goes_to_the_unit_named_first(named):
    rows = figures(adoption(1, (1, 5), shares=[(unit, 1) for unit in named]))
    assert [rows[unit].points for unit in named] == [Decimal("3.34"), Decimal("3.33"), Decimal("3.33")]


def test_r27_what_is_taken_back_is_divided_as_it_was_given():
    parts = {1: 1, 2: 1, 3: 1}
    given, taken = (split(Decimal(text), parts, 2) for text in ("0.05", "-0.05"))
    assert taken == {unit: -points for unit, points in given.items()}


@given(
    st.integers(0, 10**8),
    st.dictionaries(st.integers(1, 50), st.integers(1, 1000), min_size=1, max_size=8),
    st.integers(0, 4),
)
def test_r27_splitting_never_creates_or_loses_points(steps, parts, places):
    points = Decimal(steps).scaleb(-places)
    shares = split(points, parts, places)
    assert sum(shares.values()) == points
    step, total = Decimal(1).scaleb(-places), sum(parts.values())
    assert all(abs(share * total - points * parts[unit]) < step * total for unit, share in shares.items())


def test_r27_a_unit_that_is_not_ranked_keeps_its_share():
    rows = figures(adoption(1, (1, 5), shares=[(1, 1), (99, 1)]))
    assert rows[1].points == 5
    assert sum(row.points for row in rows.values()) == 5


def test_r28_under_full_every_unit_gets_all_points():
    rows = figures(adoption(1, (1, 5), shares=[(1, 1), (2, 1)]), timetable=always(several_units="full"))
    assert (rows[1].points, rows[2].points, rows[3].points) == (10, 10, 0)
    assert rows[1].lines[0].share == "1"


def test_r29_every_filing_earns_points_by_the_scheme_of_its_day():
    timetable = Timetable.of(
        [
            (date(2026, 1, 1), scheme(filing=[{"kind": "per_item", "points": "0.5"}])),
            (date(2026, 2, 1), scheme(filing=[])),
        ]
    )
    filings = [FilingFact(1, 1, date(2026, 1, 31), "稿件1"), FilingFact(2, 1, date(2026, 2, 1))]
    row = figures(filings=filings, timetable=timetable)[1]
    assert (row.points, row.adopted_total) == (Decimal("0.5"), 0)
    (line,) = row.lines
    assert (line.rule, line.note, line.item_id, line.item_title) == ("filing[0]", Note.FILED, 1, "稿件1")
