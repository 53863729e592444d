"""Rules R19, R34–R39, R49, R62 and R97 of docs/scoring.md: bonuses, caps, findings and several units."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from scoring.arithmetic import arithmetic
from scoring.figures.facts import AdjustmentFact
from scoring.figures.lines import Note, Operator, Step
from scoring.periods.period import Period
from scoring.schemes.timetable import Timetable
from tests.scoring.builders import KAILU, NAIMAN, UNITS, adoption, always, event, figures, scheme

BOTH = [(1, 1), (2, 1)]


def told(row):
    """What each line says: (day, points, note)."""
    return [((line.date.month, line.date.day), line.points, line.note) for line in row.lines]


def test_r19_units_of_different_groups_share_an_adoption_each_by_its_own_price():
    rules = [{"level": "city", "points": 10}, {"level": "city", "group": "team", "points": 6}]
    units = [NAIMAN, replace(KAILU, group="team")]
    rows = figures(adoption(1, (1, 5), shares=BOTH), units=units, timetable=always(rules=rules))
    assert (rows[1].points, rows[2].points) == (5, 3)
    assert [rows[unit].lines[0].base for unit in (1, 2)] == [10, 6]


def test_r19_a_group_of_the_scheme_is_a_group_too():
    rules = [{"level": "city", "points": 10}, {"level": "city", "group": "甲组", "points": 6}]
    timetable = always(rules=rules, groups=[{"name": "甲组", "units": ["奈曼旗"]}])
    rows = figures(adoption(1, (1, 5)), adoption(2, (1, 5), item=2, shares=[(2, 1)]), timetable=timetable)
    assert (rows[1].points, rows[2].points) == (6, 10)


@pytest.mark.parametrize(
    ("policy", "points", "expected"),
    [
        ({"policy": "fixed", "points": 3}, 5, 3),
        ({"policy": "fixed", "points": 3}, 2, 2),
        ({"policy": "factor", "factor": "0.5"}, 5, Decimal("2.5")),
    ],
)
def test_r34_each_of_several_units_gets_a_fixed_value_or_a_fraction(policy, points, expected):
    timetable = always(rules=[{"points": points}], several_units=policy)
    rows = figures(adoption(1, (1, 5), shares=BOTH), adoption(2, (1, 6), item=2), timetable=timetable)
    assert rows[2].points == expected
    assert rows[1].points == expected + points, "alone it gets everything"


@pytest.mark.parametrize(("points", "expected"), [(5, 3), (2, 3), (0, 0)])
def test_r97_a_flat_value_may_be_more_than_one_alone_would_get(points, expected):
    timetable = always(rules=[{"points": points}], several_units={"policy": "flat", "points": 3})
    rows = figures(adoption(1, (1, 5), shares=BOTH), adoption(2, (1, 6), item=2), timetable=timetable)
    assert (rows[1].points, rows[2].points) == (expected + points, expected)


def test_r97_what_earns_nothing_alone_earns_nothing_together():
    timetable = always(several_units={"policy": "flat", "points": 3}, rules=[{"level": "city", "points": 1}])
    facts = [
        adoption(1, (1, 5), "county", shares=BOTH),
        adoption(2, (1, 6), item=2, mode="repost", shares=BOTH),
    ]
    assert [row.points for row in figures(*facts, timetable=timetable).values()] == [0, 0, 0]


def test_r97_the_line_shows_what_came_in_the_place_of_what():
    timetable = always(rules=[{"points": 2}], several_units={"policy": "flat", "points": 3})
    (line,) = figures(adoption(1, (1, 5), shares=BOTH), timetable=timetable)[1].lines
    assert (arithmetic(line), line.points) == ("2 → 3", 3)


JOINT = {
    "rules": [{"level": "central", "points": 50}, {"level": "city", "points": 12}, {"points": 2}],
    "several_units": {"policy": "fixed", "points": 3},
}
FOR_EACH = pytest.mark.parametrize("policy", ["fixed", "flat"])


def jointly(*facts, policy="fixed", **settings):
    """What each line of Naiman and of Kailu says, joint adoptions counting 3 for each."""
    timetable = always(**JOINT | {"several_units": {"policy": policy, "points": 3}} | settings)
    rows = figures(*facts, timetable=timetable)
    return tuple([line.points for line in rows[unit].lines] for unit in (1, 2))


@FOR_EACH
@pytest.mark.parametrize("outlets", ["first", "highest"])
@pytest.mark.parametrize("later", [5, 9])
def test_r34_r97_adoptions_are_compared_by_what_they_are_worth_alone(policy, outlets, later):
    """The joint one is worth 50 alone and counts 3 for each; the 12 points of the other do not beat it."""
    facts = [adoption(1, (1, later), "city"), adoption(2, (1, 5), "central", shares=BOTH)]
    naiman, kailu = jointly(*facts, policy=policy, several_outlets=outlets)
    assert (sum(naiman), sum(kailu)) == (3, 3)


@FOR_EACH
@pytest.mark.parametrize("levels", [("city", "central"), ("central", "city")])
def test_r34_r97_the_highest_of_two_joint_adoptions_counts_once_whichever_came_first(policy, levels):
    facts = [adoption(n, (n, 5), level, shares=BOTH) for n, level in enumerate(levels, 1)]
    assert jointly(*facts, policy=policy) == ([3, 0], [3, 0])


@FOR_EACH
def test_r34_r97_what_an_adoption_has_beyond_a_joint_one_is_beyond_what_that_counted(policy):
    facts = [
        adoption(1, (1, 5), "county"),
        adoption(2, (2, 5), "city", shares=BOTH),
        adoption(3, (3, 5), "central"),
    ]
    assert jointly(*facts, policy=policy) == ([2, 1, 47], [1])
    alone_first = [adoption(1, (1, 5), "city"), adoption(2, (2, 5), "central", shares=BOTH)]
    assert jointly(*alone_first, policy=policy) == ([12, 0], [0])


@FOR_EACH
def test_r34_r97_a_cap_and_a_factor_look_at_what_a_joint_adoption_counts(policy):
    facts = [adoption(n, (n, 5), "central", shares=BOTH) for n in (1, 2)]
    facts.append(event(9, (3, 5), "instruction", item=1, shares=BOTH))
    settings = {"several_outlets": "sum", "bonuses": [{"event": "instruction", "factor": 2}]}
    for most, expected in (("25", [3, 3, 6]), ("10", [3, 3, 4]), ("5", [3, 2, 0])):
        capped = settings | {"limits": [{"of": "item", "max": most}]}
        assert jointly(*facts, policy=policy, **capped) == (expected, expected)


def test_r34_a_bonus_is_not_fixed():
    timetable = always(
        several_units={"policy": "fixed", "points": 3}, bonuses=[{"event": "task", "points": 8}]
    )
    rows = figures(event(1, (1, 5), "task", item=1, shares=BOTH), timetable=timetable)
    assert (rows[1].points, rows[2].points) == (8, 8)


def test_r35_the_highest_of_each_class_counts():
    timetable = always(several_outlets={"policy": "highest_per_class", "class": "level"})
    row = figures(
        adoption(1, (1, 5), "city"),
        adoption(2, (1, 6), "city", mode="merged"),
        adoption(3, (1, 7), "province"),
        timetable=timetable,
    )[1]
    assert told(row) == [
        ((1, 5), 10, Note.COUNTED),
        ((1, 6), 0, Note.NOT_HIGHEST),
        ((1, 7), 20, Note.COUNTED),
    ]
    assert row.lines[1].compared_with == 1


@pytest.mark.parametrize(
    ("by", "expected"), [("level", 30), ("carrier", 20), ("outlet", 35), ("outlet_group", 25)]
)
def test_r35_a_class_is_a_level_a_carrier_an_outlet_or_a_group_of_outlets(by, expected):
    timetable = always(
        several_outlets={"policy": "highest_per_class", "class": by},
        outlet_groups={"刊物": ["甲刊", "乙刊"]},
    )
    row = figures(
        adoption(1, (1, 5), "city", outlet_name="甲刊"),
        adoption(2, (1, 6), "city", mode="merged", outlet_name="丙网"),
        adoption(3, (1, 7), "province", outlet_name="乙刊"),
        timetable=timetable,
    )[1]
    assert row.points == expected


def test_r36_only_the_first_adoption_that_earns_counts():
    row = figures(
        adoption(1, (1, 4), mode="repost"),
        adoption(2, (1, 5), "city"),
        adoption(3, (1, 9), "central"),
        timetable=always(several_outlets="first"),
    )[1]
    assert told(row) == [
        ((1, 4), 0, Note.MODE_EARNS_NOTHING),
        ((1, 5), 10, Note.COUNTED),
        ((1, 9), 0, Note.NOT_FIRST),
    ]


def test_r37_a_bonus_goes_to_the_item_beside_its_highest_adoption():
    """The published scheme S1: 15 + 10 for a problem analysis + 20 for an instruction."""
    timetable = always(
        rules=[{"level": "city", "points": 15}],
        modifiers=[{"genre": "analysis", "add": 10}],
        bonuses=[{"event": "instruction", "level": "city", "points": 20}],
    )
    row = figures(
        adoption(1, (1, 5), genre="analysis"),
        event(9, (1, 8), "instruction", item=1, level="city"),
        timetable=timetable,
    )[1]
    assert row.points == 45
    assert [(line.kind, line.points) for line in row.lines] == [("adoption", 25), ("bonus", 20)]


def test_r37_a_factor_multiplies_what_the_item_has_earned_and_will_earn():
    timetable = always(bonuses=[{"event": "instruction", "factor": 2}, {"event": "task", "points": 1}])
    row = figures(
        adoption(1, (1, 5), "city"),
        event(8, (1, 20), "task", item=1),
        event(9, (2, 8), "instruction", item=1),
        adoption(2, (3, 5), "province"),
        timetable=timetable,
    )[1]
    assert [(line.points, line.note) for line in row.lines] == [
        (10, Note.COUNTED),
        (1, Note.REWARDED),
        (10, Note.MULTIPLIED),
        (20, Note.EXCESS),
    ]
    assert row.points == 41
    assert row.lines[3].steps == (Step(Operator.TIMES, Decimal(2), "bonuses[0]"),)
    assert (row.lines[3].deducted, row.lines[3].earned) == (20, 20)


def test_r37_of_several_factors_the_highest_holds_once():
    bonuses = [
        {"event": "instruction", "level": level, "factor": n} for level, n in (("city", 2), ("central", 3))
    ]
    facts = [
        event(n, (2, n), "instruction", item=1, level=level) for n, level in enumerate(("city", "central"), 1)
    ]
    row = figures(adoption(1, (1, 5)), *facts, event(9, (3, 1), "instruction", item=1, level="city"),
                  timetable=always(bonuses=bonuses))[1]  # fmt: skip
    assert [line.points for line in row.lines] == [10, 10, 10, 0]


def test_r37_the_bonus_for_the_level_goes_before_the_one_for_all():
    bonuses = [{"event": "instruction", "points": 5}, {"event": "instruction", "level": "city", "points": 20}]
    row = figures(
        event(1, (1, 5), "instruction", item=1, level="city"),
        event(2, (1, 6), "instruction", item=2, level="county"),
        event(3, (1, 7), "instruction", item=2, level="county", count=2),
        timetable=always(bonuses=bonuses),
    )[1]
    assert [line.points for line in row.lines] == [20, 5, 10]


def test_r37_an_event_without_a_rule_says_so():
    (line,) = figures(event(1, (1, 5), "forwarded", item=1))[1].lines
    assert (line.points, line.note, line.kind) == (0, Note.EVENT_UNLISTED, "bonus")


def test_r37_events_of_an_item_are_divided_and_others_are_full():
    timetable = always(bonuses=[{"event": "task", "points": 5}])
    rows = figures(event(1, (1, 5), "task", item=1, shares=BOTH), timetable=timetable)
    assert [rows[unit].points for unit in (1, 2)] == [Decimal("2.5"), Decimal("2.5")]
    rows = figures(event(2, (1, 6), "task", shares=BOTH), timetable=timetable)
    assert [rows[unit].points for unit in (1, 2)] == [5, 5]


def test_r37_fixed_bonuses_are_rounded_each_alone():
    timetable = always(bonuses=[{"event": "instruction", "points": "5.4"}], rounding={"places": 0})
    facts = [event(number, (1, number), "instruction", item=1) for number in (1, 2, 3)]
    row = figures(*facts, timetable=timetable)[1]
    assert [(line.points, line.deducted) for line in row.lines] == [(5, 0), (5, 0), (5, 0)]


def test_r37_r62_three_times_in_one_entry_are_rounded_as_three_entries():
    """1.5 points without decimals are 2, three times 6."""
    timetable = always(
        rounding={"places": 0},
        bonuses=[{"event": "instruction", "points": "1.5"}],
        penalties=[{"event": "late", "points": "1.5"}],
    )
    for times in ([3], [2, 1], [1, 1, 1]):
        facts = [
            event(10 * place + n, (1, 5 + n), kind, count=count, item=item)
            for place, (kind, item) in enumerate([("instruction", 1), ("instruction", None), ("late", None)])
            for n, count in enumerate(times)
        ]
        lines = figures(*facts, timetable=timetable)[1].lines
        assert sum(line.points for line in lines if line.kind == "bonus") == 12
        assert sum(line.points for line in lines if line.kind == "penalty") == -6


def test_r37_r13_points_are_rounded_before_they_are_multiplied():
    """2.5 without decimals are 3, doubled 6, whether before or after the instruction."""
    timetable = always(
        rounding={"places": 0}, rules=[{"points": "2.5"}], several_outlets="sum",
        bonuses=[{"event": "instruction", "factor": 2}],
    )  # fmt: skip
    facts = [adoption(1, (1, 5)), event(2, (1, 6), "instruction", item=1), adoption(3, (1, 7))]
    lines = figures(*facts, timetable=timetable)[1].lines
    assert [(line.points, arithmetic(line)) for line in lines] == [
        (3, "2.5"),
        (3, "3 × 2 − 3"),
        (6, "3 × 2"),
    ]


def test_r38_a_cap_with_more_decimals_than_the_points_is_not_exceeded():
    timetable = always(
        several_outlets="sum", rules=[{"points": "5.3"}], rounding={"places": 1},
        limits=[{"of": "item", "max": "10.55"}],
    )  # fmt: skip
    row = figures(adoption(1, (1, 5)), adoption(2, (1, 6)), adoption(3, (1, 7)), timetable=timetable)[1]
    assert [line.points for line in row.lines] == [Decimal("5.3"), Decimal("5.2"), 0]
    assert row.points == Decimal("10.5")


def test_r38_an_item_earns_no_more_than_its_cap():
    timetable = always(
        several_outlets="sum",
        bonuses=[{"event": "instruction", "points": 20}],
        limits=[{"of": "item", "max": 25}],
    )
    row = figures(
        adoption(1, (1, 5), "province"),
        adoption(2, (1, 9), "city"),
        event(3, (2, 3), "instruction", item=1),
        adoption(4, (2, 5), "city", item=2),
        timetable=timetable,
    )[1]
    assert told(row) == [
        ((1, 5), 20, Note.COUNTED),
        ((1, 9), 5, Note.ITEM_FULL),
        ((2, 3), 0, Note.ITEM_FULL),
        ((2, 5), 10, Note.COUNTED),
    ]


def test_r38_a_lower_cap_of_a_new_scheme_takes_nothing_back():
    high, low = (
        scheme(several_outlets="sum", limits=[{"of": "item", "max": most}], rules=[{"points": 20}])
        for most in (50, 10)
    )
    timetable = Timetable.of([(date(2026, 1, 1), high), (date(2026, 7, 1), low)])
    row = figures(
        adoption(1, (6, 30)), adoption(2, (7, 1)), adoption(3, (7, 2), item=2), timetable=timetable
    )[1]
    assert [line.points for line in row.lines] == [20, 0, 10]


def in_turn(*dated, **settings):
    """A timetable of what changes on each (month, day) of 2026; the settings hold all the time."""
    schemes = [(date(2026, *day), scheme(**settings | changed)) for day, changed in dated]
    return Timetable.of(schemes)


def capped_at(most):
    return {"limits": [{"of": "item", "max": most}] if most else []}


@pytest.mark.parametrize(("most", "bonus"), [("45", 5), (None, 5), ("36", Decimal("2.67")), ("33", 0)])
def test_r38_what_a_cap_cut_does_not_come_back_with_another_cap(most, bonus):
    """33.33 counted of 40; of the 5 points after October as many as the cap of then has room for."""
    timetable = in_turn(
        ((1, 1), capped_at("33.3333")),
        ((10, 1), capped_at(most)),
        rules=[{"level": "city", "points": 40}, {"level": "county", "points": "3.63"}],
        bonuses=[{"event": "task", "points": 5}],
    )
    facts = [adoption(1, (1, 5)), adoption(2, (10, 8), "county"), event(3, (11, 2), "task", item=1)]
    lines = figures(*facts, timetable=timetable)[1].lines
    assert [line.points for line in lines] == [Decimal("33.33"), 0, bonus]
    assert [arithmetic(line) for line in lines[:2]] == ["40 − 6.67", "3.63 − 3.63"]
    assert lines[1].note is Note.NOT_HIGHEST


def test_r38_a_factor_after_a_higher_cap_doubles_and_pays_nothing_out():
    """10 of 40 counted; doubled later, 40 more, of which the new cap leaves 20."""
    timetable = in_turn(
        ((1, 1), capped_at("10")), ((7, 1), capped_at("30")),
        rules=[{"points": 40}], bonuses=[{"event": "instruction", "factor": 2}],
    )  # fmt: skip
    row = figures(adoption(1, (1, 5)), event(2, (7, 5), "instruction", item=1), timetable=timetable)[1]
    assert [(line.points, arithmetic(line)) for line in row.lines] == [(10, "40 − 30"), (20, "40 × 2 − 60")]


def test_r38_fewer_decimals_of_a_new_scheme_do_not_lift_a_sum_above_the_cap():
    """22.5 counted, at most 33.3333: of the next 11 whole points 10 have room."""
    timetable = in_turn(
        ((1, 1), {"rules": [{"points": "22.5"}]}),
        ((7, 1), {"rules": [{"points": 11}], "rounding": {"places": 0}}),
        several_outlets="sum", **capped_at("33.3333"),
    )  # fmt: skip
    row = figures(adoption(1, (1, 5)), adoption(2, (7, 5)), timetable=timetable)[1]
    assert [line.points for line in row.lines] == [Decimal("22.5"), 10]


def test_r24_fewer_decimals_of_a_new_scheme_earn_nothing_for_what_is_not_the_highest():
    timetable = in_turn(
        ((1, 1), {"rules": [{"points": "9.25"}]}),
        ((7, 1), {"rules": [{"points": "6.6"}], "rounding": {"places": 1}}),
    )
    row = figures(adoption(1, (1, 5)), adoption(2, (7, 5)), adoption(3, (7, 6)), timetable=timetable)[1]
    assert [(line.points, line.note) for line in row.lines[1:]] == [(0, Note.NOT_HIGHEST)] * 2


UNTRUE = {"penalties": [{"event": "untrue", "points": 5, "voids": "item"}]}


def test_r39_an_untrue_item_is_worth_nothing_from_then_on():
    timetable = always(**UNTRUE, bonuses=[{"event": "instruction", "points": 20}])
    rows = figures(
        adoption(1, (1, 5), "city", shares=BOTH),
        event(2, (1, 6), "instruction", item=1, shares=BOTH),
        event(3, (3, 2), "untrue", item=1, shares=BOTH),
        adoption(4, (3, 9), "central"),
        event(5, (3, 10), "instruction", item=1),
        timetable=timetable,
    )
    assert told(rows[1]) == [
        ((1, 5), 5, Note.COUNTED),
        ((1, 6), 10, Note.REWARDED),
        ((3, 2), -5, Note.DEDUCTED),
        ((3, 2), -5, Note.VOIDS_ITEM),
        ((3, 2), -10, Note.VOIDS_ITEM),
        ((3, 9), 0, Note.ITEM_VOID),
        ((3, 10), 0, Note.ITEM_VOID),
    ]
    assert (rows[1].points, rows[2].points) == (-5, -5)
    assert rows[1].adopted_total == 2, "what was adopted stays adopted"


def test_r39_months_before_the_finding_keep_their_figures():
    facts = [adoption(1, (1, 5)), event(3, (3, 2), "untrue", item=1)]
    assert figures(*facts, period=Period.parse("2026-01"), timetable=always(**UNTRUE))[1].points == 10
    assert figures(*facts, period=Period.parse("2026-03"), timetable=always(**UNTRUE))[1].points == -15


def test_r39_a_second_finding_only_costs_points():
    facts = [event(number, (3, number), "untrue", item=1) for number in (2, 3)]
    assert figures(adoption(1, (1, 5)), *facts, timetable=always(**UNTRUE))[1].points == -10


def test_r49_an_adjustment_is_not_limited():
    timetable = always(limits=[{"of": "total", "window": "year", "max": 10}])
    row = figures(
        adoption(1, (1, 5), "province"),
        adjustments=[AdjustmentFact(7, 1, date(2026, 2, 1), Decimal(3), "配合中心工作")],
        timetable=timetable,
    )[1]
    assert row.points == 13
    assert (row.lines[-1].key, row.lines[-1].note, row.lines[-1].reason) == (
        "adjustment:7",
        Note.ADJUSTED,
        "配合中心工作",
    )


def test_r62_every_time_costs_the_points_and_every_unit_all_of_them():
    penalties = [{"event": "missing", "points": 1}, {"event": "untrue", "points": 5}]
    rows = figures(
        event(1, (1, 5), "missing", count=3),
        event(2, (1, 6), "untrue", item=1, shares=BOTH),
        event(3, (1, 7), "late"),
        timetable=always(penalties=penalties),
    )
    assert told(rows[1]) == [
        ((1, 5), -3, Note.DEDUCTED),
        ((1, 6), -5, Note.DEDUCTED),
        ((1, 7), 0, Note.EVENT_UNLISTED),
    ]
    assert [rows[unit.id].points for unit in UNITS] == [-8, -5, 0]


def test_r62_before_the_first_scheme_nothing_is_deducted():
    timetable = Timetable.of([(date(2026, 1, 6), scheme(penalties=[{"event": "late", "points": 1}]))])
    (line,) = figures(event(1, (1, 5), "late"), timetable=timetable)[1].lines
    assert (line.points, line.note) == (0, Note.NO_SCHEME)
