"""Rules R46, R47, R60, R61, R63–R69 and R99–R104 of docs/scoring.md: what looks at a window of time."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from scoring.engine.outcomes import reminders
from scoring.engine.reach import reach
from scoring.figures.facts import IssueFact
from scoring.figures.lines import Note
from scoring.periods.period import Period
from scoring.schemes.timetable import Timetable
from tests.scoring.builders import (
    KAILU,
    KULUN,
    NAIMAN,
    UNITS,
    YEAR,
    adoption,
    always,
    event,
    figures,
    filed,
    scheme,
)

JANUARY, QUARTER = Period.parse("2026-01"), Period.parse("2026Q1")


def corrections(row):
    """The lines that correct others: (day, points, note)."""
    return [
        ((line.date.month, line.date.day), line.points, line.note)
        for line in row.lines
        if line.kind == "limit"
    ]


@pytest.mark.parametrize(("number", "expected"), [(14, 0), (15, 50), (16, 50)])
def test_r60_a_threshold_pays_once_when_it_is_reached(number, expected):
    """The published scheme S14: 14 items filed earn nothing, 15 earn 50."""
    timetable = always(filing=[{"kind": "threshold", "items": 15, "points": 50, "window": "year"}])
    assert figures(filings=filed(number), timetable=timetable)[1].points == expected


def test_r60_the_points_of_a_threshold_fall_on_the_day_it_is_reached():
    timetable = always(filing=[{"kind": "threshold", "items": 3, "points": 50, "window": "year"}])
    filings = filed(2, (1, 5)) + filed(2, (2, 5), first=9) + filed(1, (3, 5), first=20)
    (line,) = figures(filings=filings, timetable=timetable)[1].lines
    assert (line.date, line.points, line.note) == (date(2026, 2, 5), 50, Note.THRESHOLD_REACHED)
    assert (line.reached, line.bound, line.window) == (4, 3, "2026-01..2026-12")


@pytest.mark.parametrize(
    ("remainder", "number", "expected"),
    [("whole", 3, 0), ("whole", 4, 1), ("whole", 11, 2), ("parts", 3, "0.75"), ("parts", 4, 1)],
)
def test_r60_so_many_items_earn_together(remainder, number, expected):
    rule = {"kind": "per_items", "items": 4, "points": 1, "window": "year", "remainder": remainder}
    assert figures(filings=filed(number), timetable=always(filing=[rule]))[1].points == Decimal(expected)


def test_r60_twelve_monthly_minima():
    """The published scheme S9: the minimum of every month earns 10, of all months 120."""
    timetable = always(filing=[{"kind": "threshold", "items": 8, "points": 10, "window": "month"}])
    filings = [fact for month in range(1, 13) for fact in filed(8, (month, 3), first=100 * month)]
    assert figures(filings=filings, timetable=timetable)[1].points == 120
    assert figures(filings=filings[1:], timetable=timetable)[1].points == 110


def test_r60_rules_may_ask_for_a_genre_a_length_or_a_group():
    rules = [
        {"kind": "per_item", "points": 1, "genre": "research"},
        {"kind": "per_item", "points": 2, "min_length": 1000},
        {"kind": "per_item", "points": 4, "group": "team"},
    ]
    filings = [
        *filed(1, genre="research", length=500),
        *filed(1, first=2, length=1500),
        *filed(1, first=3),
        *filed(1, first=4, unit=2),
    ]
    units = [NAIMAN, replace(KAILU, group="team")]
    rows = figures(filings=filings, timetable=always(filing=rules), units=units)
    assert (rows[1].points, rows[2].points) == (3, 4)


def test_r60_items_filed_under_an_older_scheme_count_but_earn_nothing_again():
    rule = {"kind": "per_items", "items": 2, "window": "year"}
    old, new = (scheme(filing=[rule | {"points": points}]) for points in (1, 5))
    timetable = Timetable.of([(date(2026, 1, 1), old), (date(2026, 7, 1), new)])
    filings = filed(3, (6, 30)) + filed(1, (7, 1), first=9)
    row = figures(filings=filings, timetable=timetable)[1]
    assert [line.points for line in row.lines] == [1, 5]


BASE = {"base": {"points": 6, "window": "quarter"}}


def test_r61_every_window_begins_with_the_base():
    row = figures(timetable=always(**BASE))[1]
    assert [(line.date.month, line.points) for line in row.lines] == [(1, 6), (4, 6), (7, 6), (10, 6)]


def test_r61_a_new_unit_has_it_from_its_first_day_and_a_closed_one_no_more():
    units = [
        replace(NAIMAN, active_from=date(2026, 5, 10)),
        replace(KAILU, active_to=date(2026, 3, 31)),
        replace(KULUN, assessed=False),
    ]
    rows = figures(timetable=always(**BASE), units=units)
    assert [line.date for line in rows[1].lines] == [date(2026, 5, 10), date(2026, 7, 1), date(2026, 10, 1)]
    assert [line.date for line in rows[2].lines] == [date(2026, 1, 1)]
    assert rows[3].lines == (), "the office itself is not assessed"


def base_days(*dated, unit=NAIMAN):
    """(day, points) of the base points of a year with these schemes."""
    timetable = Timetable.of([(date(2026, *day), scheme(base=base)) for day, base in dated])
    row = figures(timetable=timetable, units=[unit])[unit.id]
    return [((line.date.month, line.date.day), line.points) for line in row.lines]


SIX, EIGHT, TWO_A_MONTH = (
    {"points": points, "window": window} for points, window in ((6, "quarter"), (8, "quarter"), (2, "month"))
)


@pytest.mark.parametrize(
    ("dated", "expected"),
    [
        ([((2, 10), SIX)], [((2, 10), 6), ((4, 1), 6), ((7, 1), 6), ((10, 1), 6)]),
        ([((1, 1), None), ((5, 10), SIX)], [((5, 10), 6), ((7, 1), 6), ((10, 1), 6)]),
        ([((2, 10), SIX), ((5, 10), EIGHT)], [((2, 10), 6), ((4, 1), 6), ((7, 1), 8), ((10, 1), 8)]),
        ([((1, 1), SIX), ((2, 10), None), ((3, 10), EIGHT), ((6, 1), None)], [((1, 1), 6), ((4, 1), 8)]),
        ([((1, 1), SIX), ((11, 10), TWO_A_MONTH)],
         [((1, 1), 6), ((4, 1), 6), ((7, 1), 6), ((10, 1), 6), ((12, 1), 2)]),
        ([((1, 1), TWO_A_MONTH), ((2, 1), EIGHT)], [((1, 1), 2), ((4, 1), 8), ((7, 1), 8), ((10, 1), 8)]),
    ],
)  # fmt: skip
def test_r61_a_window_has_the_base_once_from_the_first_scheme_in_it_that_has_one(dated, expected):
    assert base_days(*dated) == expected


def test_r61_a_unit_of_the_middle_of_a_window_has_it_from_the_scheme_of_its_first_day():
    schemes = (((1, 1), SIX), ((5, 10), EIGHT), ((7, 1), None))
    for begins, expected in (((4, 20), 6), ((5, 20), 8)):
        unit = replace(NAIMAN, active_from=date(2026, *begins))
        assert base_days(*schemes, unit=unit) == [(begins, expected)]
    late = replace(NAIMAN, active_from=date(2026, 5, 20))
    assert base_days(((1, 1), None), ((5, 10), SIX), ((7, 1), None), unit=late) == [((5, 20), 6)]


@pytest.mark.parametrize("cut", [(2026, 5, 9), (2026, 5, 10), (2026, 5, 11), (2026, 6, 30)])
def test_r61_the_base_of_a_window_is_on_its_day_wherever_one_cuts(cut):
    timetable = Timetable.of([(date(2026, 1, 1), scheme()), (date(2026, 5, 10), scheme(**BASE))])
    cut = date(*cut)
    parts = [Period.days(date(2026, 4, 1), cut), Period.days(cut + timedelta(1), date(2026, 9, 30))]
    days = [line.date for part in parts for line in figures(timetable=timetable, period=part)[1].lines]
    assert days == [date(2026, 5, 10), date(2026, 7, 1)]


@pytest.mark.parametrize(("today", "days"), [((3, 31), 3), ((4, 1), 4), ((4, 24), 4), ((5, 2), 5)])
def test_r61_base_points_of_days_to_come_are_not_counted(today, days):
    timetable = always(base={"points": 6, "window": "month"})
    row = figures(timetable=timetable, as_of=date(2026, *today))[1]
    assert [line.date.month for line in row.lines] == list(range(1, days + 1))


@pytest.mark.parametrize(("number", "adopted", "expected"), [(10, 2, -1), (10, 3, 0), (0, 0, 0), (0, 1, 0)])
def test_r63_too_low_a_rate_costs_points_on_the_last_day(number, adopted, expected):
    rule = {"event": "low_rate", "below": "0.3", "window": "quarter", "points": 1}
    facts = [adoption(item, (1, 9), item=item) for item in range(1, adopted + 1)]
    timetable = always(penalties=[rule], rules=[])
    row = figures(*facts, filings=filed(number), timetable=timetable, period=QUARTER)[1]
    assert row.points == expected
    if expected:
        assert (row.lines[-1].date, row.lines[-1].note) == (date(2026, 3, 31), Note.LOW_RATE)
        assert row.lines[-1].reached == Decimal("0.2")


SHORTFALL = {"event": "shortfall", "metric": "points", "window": "month", "target": 20, "factor": 2}


def test_r64_what_is_missing_to_the_target_costs_its_multiple():
    """The published scheme S21: of 20 points 14 were reached, so 12 are deducted."""
    timetable = always(penalties=[SHORTFALL], rules=[{"points": 7}])
    rows = figures(
        adoption(1, (1, 5)), adoption(2, (1, 6), item=2), period=JANUARY, timetable=timetable, units=[NAIMAN]
    )
    assert rows[1].points == 14 - 12
    line = rows[1].lines[-1]
    assert (line.date, line.reached, line.bound, line.note) == (date(2026, 1, 31), 14, 20, Note.SHORTFALL)


@pytest.mark.parametrize(
    ("points", "penalties", "expected"),
    [(20, [], 20), (14, [{"event": "late", "points": 1}], 14 - 1 - 12)],
)
def test_r64_only_what_was_earned_is_compared_with_the_target(points, penalties, expected):
    timetable = always(penalties=[SHORTFALL, *penalties], rules=[{"points": points}])
    late = [event(9, (1, 7), "late")] if penalties else []
    row = figures(adoption(1, (1, 5)), *late, period=JANUARY, timetable=timetable)[1]
    assert row.points == expected


def test_r64_without_a_target_of_its_own_it_is_the_units():
    rule = {"event": "shortfall", "metric": "filed", "window": "month"}
    targets = [
        {"metric": "filed", "window": "month", "value": 4},
        {"metric": "filed", "window": "month", "value": 8, "group": "team"},
        {"metric": "filed", "window": "month", "value": 1, "unit": "库伦旗"},
        {"metric": "filed", "window": "year", "value": 99},
    ]
    units = [NAIMAN, replace(KAILU, group="team"), KULUN, replace(NAIMAN, id=4, active_from=date(2026, 1, 9))]
    rows = figures(
        filings=[fact for unit in (1, 2, 3) for fact in filed(1, unit=unit, first=10 * unit)],
        timetable=always(penalties=[rule], targets=targets),
        units=units,
        period=JANUARY,
    )
    assert [rows[unit].points for unit in (1, 2, 3, 4)] == [-3, -7, 0, 0]


NEGATIVE = {"penalties": [{"event": "negative", "points": 10, "voids": "month"}]}


def test_r65_from_the_finding_on_nothing_earned_in_the_window_counts():
    """The published scheme S21: a negative report makes the month's points 0 and costs 10."""
    facts = [
        adoption(1, (1, 5), "city"),
        event(2, (1, 6), "negative"),
        adoption(3, (1, 7), "province", item=2),
        adoption(4, (2, 1), "city", item=3),
    ]
    row = figures(*facts, timetable=always(**NEGATIVE), period=JANUARY)[1]
    assert corrections(row) == [((1, 6), -10, Note.VOIDS_WINDOW), ((1, 7), -20, Note.VOIDS_WINDOW)]
    assert row.points == -10
    assert figures(*facts, timetable=always(**NEGATIVE), period=Period.parse("2026-02"))[1].points == 10


def test_r65_what_is_deducted_in_a_void_window_stays_deducted():
    penalties = [*NEGATIVE["penalties"], {"event": "late", "points": 1}]
    facts = [
        event(1, (1, 3), "late"),
        adoption(2, (1, 5)),
        event(3, (1, 6), "negative"),
        event(4, (1, 9), "late"),
    ]
    assert figures(*facts, timetable=always(penalties=penalties))[1].points == -12


def test_r65_other_units_are_not_affected():
    facts = [adoption(1, (1, 5), shares=[(1, 1), (2, 1)]), event(2, (1, 6), "negative")]
    rows = figures(*facts, timetable=always(**NEGATIVE))
    assert (rows[1].points, rows[2].points) == (-10, 5)


RESEARCH = {"metric": "filed", "genre": "research", "window": "year", "target": 1}


def test_r99_one_research_report_a_year_one_off_for_each_missing():
    timetable = always(penalties=[{"event": "shortfall"} | RESEARCH | {"target": 2}])
    filings = filed(1, (3, 5), genre="research") + filed(5, (4, 5), first=9, genre="news")
    rows = figures(filings=filings, timetable=timetable)
    assert [rows[unit].points for unit in (1, 2)] == [-1, -2]
    line = rows[1].lines[-1]
    assert (line.date, line.reached, line.bound) == (date(2026, 12, 31), 1, 2)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"metric": "adopted"}, 4),
        ({"metric": "adopted", "genre": "research"}, 2),
        ({"metric": "adopted", "min_length": 1000}, 2),
        ({"metric": "city", "genre": "research"}, 1),
        ({"metric": "items_adopted", "genre": "research"}, 1),
        ({"metric": "items_adopted", "genre": "news"}, 2),
        ({"metric": "items_adopted", "genre": "research", "max_length": 999}, 1),
    ],
)
def test_r99_adoptions_may_be_counted_by_genre_and_length(asked, expected):
    facts = [
        adoption(1, (1, 5), "city", genre="research", length=1500),
        adoption(2, (1, 9), "county", genre="research", length=900),
        adoption(3, (2, 3), "city", genre="news", length=1500),
        adoption(4, (2, 4), "city", item=2, genre="news"),
    ]
    timetable = always(targets=[asked | {"window": "year", "value": 9}])
    (target,) = figures(*facts, timetable=timetable)[1].targets
    assert target.reached == expected


def test_r99_a_target_of_a_genre_is_none_for_all_items():
    targets = [
        {"metric": "filed", "window": "year", "value": 5},
        {"metric": "filed", "genre": "research", "window": "year", "value": 2},
    ]
    rules = [{"event": "shortfall", "metric": "filed", "window": "year", "genre": "research"}]
    rows = figures(filings=filed(3), timetable=always(targets=targets, penalties=rules))
    assert [(each.value, each.reached) for each in rows[1].targets] == [(5, 3), (2, 0)]
    assert rows[1].points == -2


def test_r99_a_consequence_may_look_at_a_genre():
    rule = {"metric": "filed", "genre": "research", "window": "year", "below": 1, "text": "没有调研文章"}
    rows = figures(filings=filed(1, genre="research"), timetable=always(consequences=[rule]))
    assert [len(rows[unit].flags) for unit in (1, 2)] == [0, 1]


@pytest.mark.parametrize(("counts", "reached", "expected"), [("whole", 2, 0), ("share", 1, -5)])
def test_r100_half_an_item_may_count_as_a_half(counts, reached, expected):
    rule = {"event": "shortfall", "metric": "adopted", "window": "year", "target": 2, "factor": 5}
    facts = [adoption(number, (1, number), item=number, shares=[(1, 1), (2, 1)]) for number in (1, 2)]
    settings = {"joint_counts": counts, "penalties": [rule], "rules": []}
    row = figures(*facts, timetable=always(**settings))[1]
    assert (row.points, row.adopted["city"]) == (expected, 2), "the table counts whole adoptions"
    targets = [{"metric": "adopted", "window": "year", "value": 2}]
    (target,) = figures(*facts, timetable=always(targets=targets, joint_counts=counts))[1].targets
    assert target.reached == reached


def test_r100_three_thirds_are_one_and_of_a_day_the_largest_share_of_an_item_counts():
    thirds = [(1, 1), (2, 1), (3, 1)]
    facts = [adoption(number, (number, 5), item=number, shares=thirds) for number in (1, 2, 3)]
    facts += [
        adoption(4, (4, 5), item=4, shares=[(1, 1), (2, 3)]),
        adoption(5, (4, 5), item=4, shares=[(1, 3), (2, 1)]),
        adoption(6, (5, 5), item=4, shares=[(1, 1)]),
    ]
    targets = [{"metric": "items_adopted", "window": window, "value": 1} for window in ("quarter", "year")]
    timetable = always(targets=targets, joint_counts="share")
    quarter, year = (figures(*facts, timetable=timetable, period=each)[1].targets for each in (QUARTER, YEAR))
    assert quarter[0].reached == 1
    assert year[1].reached == Decimal("1.75")
    january = figures(*facts, timetable=timetable, period=JANUARY)[1].targets
    assert january[0].reached == Decimal("0.3333")


MET_AND_MISSED = {
    "bonuses": [{"event": "target_met", "metric": "filed", "window": "quarter", "target": 3, "points": 2}],
    "penalties": [
        {"event": "target_missed", "metric": "filed", "window": "quarter", "target": 3, "points": 5}
    ],
}


@pytest.mark.parametrize(("number", "expected"), [(0, -5), (2, -5), (3, 2), (9, 2)])
def test_r101_a_target_met_or_missed_gives_or_costs_the_same_however_far(number, expected):
    row = figures(filings=filed(number), timetable=always(**MET_AND_MISSED), period=QUARTER)[1]
    assert row.points == expected
    (line,) = row.lines
    assert (line.date, line.reached, line.bound) == (date(2026, 3, 31), number, 3)
    assert line.kind == ("bonus" if expected > 0 else "penalty")


def test_r101_without_a_target_of_its_own_it_is_the_units_and_who_has_none_is_left_out():
    rules = [{"event": "target_met", "metric": "filed", "window": "quarter", "points": 2}]
    targets = [
        {"metric": "filed", "window": "quarter", "value": 1, "unit": "奈曼旗"},
        {"metric": "filed", "window": "quarter", "value": 2, "unit": "开鲁县"},
    ]
    filings = [fact for unit in (1, 2, 3) for fact in filed(1, unit=unit, first=10 * unit)]
    rows = figures(filings=filings, timetable=always(bonuses=rules, targets=targets), period=QUARTER)
    assert [rows[unit].points for unit in (1, 2, 3)] == [2, 0, 0]


def test_r101_what_a_target_gives_does_not_count_towards_a_target():
    monthly = {"event": "target_met", "metric": "points", "window": "month", "target": 10, "points": 5}
    yearly = {"event": "target_missed", "metric": "points", "window": "year", "target": 15, "points": 4}
    targets = [{"metric": "points", "window": "year", "value": 15}]
    timetable = always(bonuses=[monthly], penalties=[yearly], targets=targets)
    row = figures(adoption(1, (1, 5)), timetable=timetable)[1]
    assert row.points == 10 + 5 - 4
    assert [target.reached for target in row.targets] == [10]


def test_r101_the_bonus_is_one_of_the_bonuses_capped_and_void_with_them():
    timetable = always(**MET_AND_MISSED | {"limits": [{"of": "bonus", "window": "year", "max": 1}]})
    assert figures(filings=filed(3), timetable=timetable, period=QUARTER)[1].points == 1
    timetable = always(
        bonuses=MET_AND_MISSED["bonuses"], penalties=[{"event": "negative", "voids": "quarter"}]
    )
    negative = event(1, (3, 31), "negative")
    assert figures(negative, filings=filed(3), timetable=timetable, period=QUARTER)[1].points == 0


@pytest.mark.parametrize(("as_of", "lines"), [((3, 31), 0), ((4, 1), 1)])
def test_r101_it_waits_for_the_end_of_the_window(as_of, lines):
    day = date(2026, *as_of)
    row = figures(filings=filed(3), timetable=always(**MET_AND_MISSED), period=QUARTER, as_of=day)[1]
    assert len(row.lines) == lines


@pytest.mark.parametrize(
    ("period", "due"),
    [
        ("2026-01", []),
        ("2026-03", ["酌情"]),
        ("2026Q1", ["酌情"]),
        ("2026-06", ["酌情", "双达标"]),
        ("2026-11", []),
        ("2026-12", ["酌情", "双达标"]),
        ("2026-12-01..2026-12-30", []),
    ],
)
def test_r104_what_is_left_to_judgement_is_due_where_its_window_ends(period, due):
    told = [{"text": "酌情", "window": "quarter"}, {"text": "双达标", "window": "half"}]
    assert [one.text for one in reminders(always(reminders=told), Period.parse(period))] == due


def test_r104_the_scheme_of_the_last_day_reminds_and_points_stay_as_they_are():
    old, new = (scheme(reminders=[{"text": text, "window": "quarter"}]) for text in ("旧", "新"))
    timetable = Timetable.of([(date(2026, 1, 1), old), (date(2026, 2, 10), new)])
    assert [one.text for one in reminders(timetable, QUARTER)] == ["新"]
    assert figures(timetable=timetable)[1].lines == ()


MISSED_TWICE = {
    "penalties": [{"event": "commission_missed", "points": 5, "voids": "year", "times": 2}],
}


def test_r103_the_year_is_void_from_the_second_commission_missed_on():
    facts = [
        adoption(1, (1, 5)),
        event(2, (2, 3), "commission_missed"),
        adoption(3, (6, 1), "province", item=2),
        event(4, (9, 8), "commission_missed"),
        adoption(5, (10, 9), item=3),
    ]
    row = figures(*facts, timetable=always(**MISSED_TWICE))[1]
    assert corrections(row) == [((9, 8), -30, Note.VOIDS_WINDOW), ((10, 9), -10, Note.VOIDS_WINDOW)]
    assert row.points == -10
    assert figures(*facts, timetable=always(**MISSED_TWICE), period=Period.parse("2026H1"))[1].points == 25


def test_r103_an_entry_that_tells_of_two_counts_twice_and_another_year_begins_anew():
    once = [adoption(1, (1, 5)), event(2, (2, 3), "commission_missed")]
    twice = [adoption(1, (1, 5)), event(2, (2, 3), "commission_missed", count=2)]
    later = [*once, event(3, (12, 3), "commission_missed")]
    assert figures(*once, timetable=always(**MISSED_TWICE))[1].points == 10 - 5
    assert figures(*twice, timetable=always(**MISSED_TWICE))[1].points == -10
    from_december = always(**MISSED_TWICE, year_start_month=12)
    assert figures(*later, timetable=from_december)[1].points == 10 - 5 - 5


WEEKLY_CAP = {"limits": [{"of": "total", "window": "week", "max": 10}], "rules": [{"points": 7}]}


def test_r102_a_week_is_capped_as_a_whole_across_the_end_of_a_month():
    facts = [
        adoption(number, day, item=number) for number, day in enumerate([(3, 30), (4, 1), (4, 6)], start=1)
    ]
    by_month = [
        figures(*facts, timetable=always(**WEEKLY_CAP), period=Period.parse(month))[1]
        for month in ("2026-03", "2026-04")
    ]
    assert [row.points for row in by_month] == [7, 3 + 7]
    assert corrections(by_month[1]) == [((4, 1), -4, Note.CAPPED)]
    assert by_month[1].lines[1].window == "2026-03-30..2026-04-05"


def test_r102_a_week_begins_on_monday_and_what_its_end_costs_falls_on_sunday():
    settings = {
        "base": {"points": 1, "window": "week"},
        "penalties": [{"event": "shortfall", "metric": "filed", "window": "week", "target": 1}],
    }
    march, april = (
        figures(timetable=always(**settings), period=Period.parse(month))[1].lines
        for month in ("2026-03", "2026-04")
    )
    assert [(line.date.day, line.points) for line in march if line.points > 0] == [
        (2, 1), (9, 1), (16, 1), (23, 1), (30, 1)
    ]  # fmt: skip
    assert [line.date.day for line in march if line.points < 0] == [1, 8, 15, 22, 29]
    assert [line.date.day for line in april if line.points < 0] == [5, 12, 19, 26]


def test_r102_a_week_belongs_to_the_year_and_the_period_of_its_sunday():
    rule = {"event": "shortfall", "metric": "filed", "window": "week", "target": 1}
    timetable = always(
        penalties=[rule], targets=[{"metric": "filed", "window": "week", "value": 1}], rules=[]
    )
    (last, first) = (
        figures(filings=filed(1, (12, 27)), timetable=timetable, period=Period.parse(month))[1]
        for month in ("2026-12", "2027-01")
    )
    assert [line.date.day for line in last.lines] == [6, 13, 20]
    assert first.lines[0].date == date(2027, 1, 3)
    asked = ("2026-01", "2026-02", "2026-03", "2026Q1")
    found = [figures(timetable=timetable, period=Period.parse(text))[1].targets for text in asked]
    assert [target.value for (target,) in found] == [4, 4, 5, 13]
    assert figures(timetable=timetable, period=Period.parse("2026-03-02..2026-03-07"))[1].targets == ()


def test_r102_filing_of_a_week_is_counted_over_the_whole_week():
    timetable = always(filing=[{"kind": "threshold", "items": 2, "points": 3, "window": "week"}])
    filings = filed(1, (3, 31)) + filed(1, (4, 2), first=9)
    (line,) = figures(filings=filings, timetable=timetable, period=Period.parse("2026-04"))[1].lines
    assert (line.date, line.points, line.reached) == (date(2026, 4, 2), 3, 2)


QUARTERLY = {
    "base": {"points": 6, "window": "quarter"},
    "penalties": [{"event": "late", "points": 1}, {"event": "missing", "points": 1}],
    "limits": [{"of": "total", "window": "quarter", "min": 0}],
    "consequences": [{"metric": "points", "window": "quarter", "below": 6, "text": "不达标"}],
}


def test_r66_a_floor_holds_and_is_left_again():
    """The published scheme S12: a base of 6, 4 late and 3 missing come to 0 and not to −1."""
    facts = [event(1, (1, 20), "late", count=4), event(2, (2, 10), "missing", count=3), adoption(3, (3, 5))]
    row = figures(*facts, timetable=always(**QUARTERLY), period=QUARTER)[1]
    assert corrections(row) == [((2, 10), 1, Note.RAISED), ((3, 5), -1, Note.RELEASED)]
    assert row.points == 9
    until_february = figures(*facts, timetable=always(**QUARTERLY), period=Period.parse("2026-01..2026-02"))
    assert until_february[1].points == 0


def test_r66_a_cap_takes_back_what_is_too_much_on_the_day():
    timetable = always(limits=[{"of": "total", "window": "year", "max": 10}], rules=[{"points": 7}])
    facts = [adoption(number, (number, 5), item=number) for number in (1, 2, 3)]
    row = figures(*facts, timetable=timetable)[1]
    assert corrections(row) == [((2, 5), -4, Note.CAPPED), ((3, 5), -7, Note.CAPPED)]
    assert row.points == 10
    assert (row.lines[2].reached, row.lines[2].bound, row.lines[2].window) == (14, 10, "2026-01..2026-12")


def test_r66_kinds_are_limited_apart_and_narrow_windows_first():
    timetable = always(
        rules=[{"points": 8}],
        filing=[{"kind": "per_item", "points": 1}],
        penalties=[{"event": "late", "points": 1}],
        limits=[
            {"of": "adoption", "window": "year", "max": 15},
            {"of": "adoption", "window": "month", "max": 10},
            {"of": "filing", "window": "month", "max": 3},
            {"of": "penalty", "window": "year", "min": -2},
        ],
    )
    facts = [adoption(1, (1, 5)), adoption(2, (1, 6), item=2), adoption(3, (2, 5), item=3)]
    row = figures(*facts, event(9, (3, 1), "late", count=5), filings=filed(5), timetable=timetable)[1]
    assert row.points == 15 + 3 - 2
    assert sum(line.points for line in row.lines if line.rule == "limits[1]") == -6
    assert sum(line.points for line in row.lines if line.rule == "limits[0]") == -3


def test_r67_a_window_is_cut_where_the_scheme_changes():
    capped = scheme(rules=[{"points": 15}], limits=[{"of": "total", "window": "year", "max": 10}])
    timetable = Timetable.of([(date(2026, 1, 1), capped), (date(2026, 7, 1), capped)])
    facts = [adoption(1, (6, 30)), adoption(2, (7, 1), item=2)]
    assert figures(*facts, timetable=timetable)[1].points == 20
    assert figures(*facts, timetable=timetable, period=Period.parse("2026-06"))[1].points == 10


@pytest.mark.parametrize(("as_of", "expected"), [((1, 31), 14), ((2, 1), 2), (None, 2)])
def test_r68_what_is_measured_at_the_end_waits_for_it(as_of, expected):
    timetable = always(penalties=[SHORTFALL], rules=[{"points": 14}])
    day = date(2026, *as_of) if as_of else None
    row = figures(adoption(1, (1, 5)), timetable=timetable, period=JANUARY, as_of=day)[1]
    assert row.points == expected


def test_r68_a_consequence_waits_too():
    january = figures(timetable=always(**QUARTERLY), period=QUARTER, as_of=date(2026, 3, 31))
    assert january[1].flags == ()


def test_r69_a_target_counts_for_every_window_and_is_compared_with_what_was_reached():
    targets = [
        {"metric": "filed", "window": "month", "value": 2},
        {"metric": "points", "window": "year", "value": 100},
    ]
    facts = [
        adoption(1, (1, 5), "province"),
        adoption(2, (2, 5), "city", item=2),
        adoption(3, (3, 1), item=3),
    ]
    timetable = always(targets=targets)
    quarter = figures(*facts, filings=filed(3), timetable=timetable, period=QUARTER)[1].targets
    assert [(each.metric, each.value, each.reached, each.window) for each in quarter] == [
        ("filed", 6, 3, "2026Q1"),
        ("points", 100, 40, "2026-01..2026-12"),
    ]
    assert [each.completion for each in quarter] == [Decimal("0.5"), Decimal("0.4")]
    february = figures(*facts, filings=filed(3), timetable=timetable, period=Period.parse("2026-02"))[
        1
    ].targets
    assert [(each.value, each.reached) for each in february] == [(2, 0), (100, 30)]


def test_r69_windows_without_the_unit_have_no_target():
    """Two a month: a unit of 16 March to 10 June has four of them in the year, and none in the autumn."""
    unit = replace(NAIMAN, active_from=date(2026, 3, 16), active_to=date(2026, 6, 10))
    timetable = always(targets=[{"metric": "filed", "window": "month", "value": 2}])
    for period, expected in (("2026", 8), ("2026Q1", 2), ("2026Q2", 6), ("2026-06", 2), ("2026-07", None)):
        rows = figures(timetable=timetable, units=[unit], period=Period.parse(period))
        assert [each.value for each in rows[1].targets] == ([expected] if expected else [])


def test_r69_every_metric_can_be_a_target():
    metrics = [
        "filed",
        "issued",
        "adopted",
        "items_adopted",
        "central",
        "province",
        "city",
        "county",
        "points",
    ]
    targets = [{"metric": metric, "window": "month", "value": 1} for metric in metrics]
    row = figures(
        adoption(1, (1, 5)),
        adoption(2, (1, 6)),
        filings=filed(3),
        issues=[IssueFact(1, 1, date(2026, 1, 4))],
        timetable=always(targets=targets),
        period=JANUARY,
    )[1]
    assert [each.reached for each in row.targets] == [3, 1, 2, 1, 0, 0, 2, 0, 10]


def test_r46_a_quarter_below_the_standard_is_told():
    timetable = always(**QUARTERLY)
    rows = figures(event(1, (1, 20), "late"), timetable=timetable, period=Period.parse("2026H1"))
    assert [(flag.text, flag.window, flag.reached) for flag in rows[1].flags] == [("不达标", "2026Q1", 5)]
    assert [rows[unit.id].flags for unit in UNITS[1:]] == [(), ()]


def test_r46_a_quarter_is_told_when_it_ends_and_not_before():
    for month, told in [("2026-01", 0), ("2026-02", 0), ("2026-03", 1), ("2026-04", 0)]:
        row = figures(event(1, (1, 20), "late"), timetable=always(**QUARTERLY), period=Period.parse(month))[1]
        assert len(row.flags) == told


def test_r46_several_windows_in_a_row_are_told_from_the_last_on():
    rule = {"metric": "points", "window": "month", "below": 6, "times": 3, "text": "通报批评"}
    timetable = Timetable.of([(date(2026, 1, 1), scheme(consequences=[rule], rules=[{"points": 5}]))])
    facts = [adoption(number, (number, 5), item=number) for number in range(1, 6)]
    told = {
        month: [
            flag.text for flag in figures(*facts, timetable=timetable, period=Period.parse(month))[1].flags
        ]
        for month in ("2026-01", "2026-02", "2026-03", "2026-04")
    }
    assert told == {"2026-01": [], "2026-02": [], "2026-03": ["通报批评"], "2026-04": ["通报批评"]}


def test_r46_a_unit_that_did_not_exist_all_the_time_is_spared():
    units = [replace(NAIMAN, active_from=date(2026, 1, 2)), replace(KAILU, assessed=False), KULUN]
    rows = figures(timetable=always(consequences=QUARTERLY["consequences"]), units=units, period=QUARTER)
    assert [len(rows[unit].flags) for unit in (1, 2, 3)] == [0, 0, 1]


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({}, (2026, 3, 1)),
        ({"limits": [{"of": "item", "max": 9}]}, (2026, 3, 1)),
        ({"limits": [{"of": "total", "window": "week", "max": 9}]}, (2026, 2, 23)),
        ({"limits": [{"of": "total", "window": "quarter", "max": 9}]}, (2026, 1, 1)),
        ({"limits": [{"of": "total", "window": "year", "max": 9}]}, (2025, 12, 1)),
        (
            {"limits": [{"of": "total", "window": w, "max": 9} for w in ("year", "quarter")]},
            (2025, 10, 1),
        ),
        ({"base": {"points": 1, "window": "half"}}, (2026, 1, 1)),
        ({"filing": [{"kind": "threshold", "items": 2, "points": 1, "window": "quarter"}]}, (2026, 1, 1)),
        ({"filing": [{"kind": "per_item", "points": 1}]}, (2026, 3, 1)),
        (
            {"bonuses": [{"event": "target_met", "metric": "filed", "window": "half", "points": 1}]},
            (2026, 1, 1),
        ),
        ({"penalties": [{"event": "negative", "voids": "quarter"}]}, (2026, 1, 1)),
        ({"penalties": [{"event": "low_rate", "below": 1, "window": "half", "points": 1}]}, (2026, 1, 1)),
        ({"targets": [{"metric": "filed", "window": "year", "value": 1}]}, (2025, 12, 1)),
        (
            {
                "consequences": [
                    {"metric": "points", "window": "month", "below": 1, "times": 3, "text": "通报"}
                ]
            },
            (2026, 1, 1),
        ),
    ],
)
def test_r47_facts_are_needed_from_the_start_of_the_widest_window(settings, expected):
    timetable = always(year_start_month=12, **settings)
    assert reach(timetable, Period.parse("2026-03")) == date(*expected)


def test_r47_without_a_scheme_only_the_period_is_needed():
    assert reach(Timetable(()), Period.parse("2026-03")) == date(2026, 3, 1)
