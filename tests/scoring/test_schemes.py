"""Rules R10–R14, R16–R19, R96 and R98 of docs/scoring.md."""

import json
import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from adoptions.enums import Carrier, EventKind, Mode, OutletLevel, Position
from scoring.arithmetic import arithmetic
from scoring.engine.pricing import Price, PriceList
from scoring.figures.lines import Note, Operator, Step
from scoring.schemes.reading import parse_scheme, shipped, shipped_names
from scoring.schemes.timetable import DatedScheme, Timetable
from scoring.schemes.words import (
    CARRIERS,
    GENRES,
    LEVELS,
    MODES,
    POSITIONS,
    Happening,
    SeveralOutlets,
    Sharing,
    TieRule,
)
from submissions.enums import Genre
from tests.scoring.builders import adoption, always, event, figures, filed, scheme_data

DOCS = Path(__file__).parents[2] / "docs" / "scoring.md"


def price(scheme, level="city", outlet="某网", group="", shared=False, **fields):
    """What the scheme gives an adoption alone."""
    fact = adoption(1, (1, 5), level, outlet_name=outlet, **fields)
    return PriceList(scheme).price(fact, group, shared)


def points(scheme, level="city", **fields):
    """The points, or None when the scheme lists nothing."""
    found = price(scheme, level, **fields)
    return None if found.note is Note.UNLISTED else found.points


def priced(rules, modifiers=(), **settings):
    """A scheme of these rules and modifiers."""
    return parse_scheme(scheme_data(rules=rules, modifiers=modifiers, **settings))


@pytest.fixture
def documented():
    """The example of docs/scoring.md."""
    example = re.findall(r"```json\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.S)[0]
    return parse_scheme(json.loads(example))


@pytest.mark.parametrize(
    ("fact", "expected"),
    [
        ({"level": "province", "carrier": "newspaper", "outlet": "内蒙古日报"}, 20),
        ({"level": "province", "carrier": "internal", "outlet": "自治区信息"}, 25),
        ({"level": "central", "carrier": "app", "outlet": "学习强国"}, 30),
        ({"level": "central", "carrier": "app", "outlet": "学习强国", "mode": "merged"}, 12),
    ],
)
def test_r10_the_most_specific_rule_wins(documented, fact, expected):
    assert points(documented, **fact) == expected


def test_r10_the_words_of_a_rule_are_those_of_the_adoptions():
    assert set(LEVELS) == set(OutletLevel.values)
    assert set(CARRIERS) == set(Carrier.values)
    assert set(MODES) == set(Mode.values)
    assert set(POSITIONS) == set(Position.values)
    assert set(GENRES) == set(Genre.values)
    assert set(Happening) == set(EventKind.values)


def test_r10_a_named_outlet_beats_any_number_of_other_keys():
    rules = [
        {"level": "city", "carrier": "website", "mode": "single", "points": 1},
        {"outlet": "某网", "points": 2},
    ]
    assert points(priced(rules)) == 2


def test_r10_of_equally_specific_rules_the_first_wins():
    rules = [{"level": "city", "points": 1}, {"carrier": "website", "points": 2}]
    assert points(priced(rules)) == 1
    assert points(priced(rules[::-1])) == 2


def test_r10_a_named_group_of_outlets_beats_other_keys_and_a_named_outlet_beats_the_group():
    rules = [
        {"level": "city", "carrier": "website", "mode": "single", "points": 1},
        {"outlet_group": "学术刊物", "points": 2},
        {"outlet": "甲刊", "points": 3},
    ]
    scheme = priced(rules, outlet_groups={"学术刊物": ["甲刊", "乙刊"]})
    assert [points(scheme, outlet=name) for name in ("甲刊", "乙刊", "丙刊")] == [3, 2, 1]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, 10),
        ({"genre": "research"}, 20),
        ({"position": "front"}, 8),
        ({"length": 999}, 10),
        ({"length": 1000}, 15),
        ({"length": 2001}, 16),
        ({"length": None}, 10),
    ],
)
def test_r10_genre_position_and_length_are_keys_too(fields, expected):
    rules = [
        {"level": "city", "points": 10},
        {"level": "city", "genre": "research", "points": 20},
        {"level": "city", "position": "front", "points": 8},
        {"level": "city", "min_length": 1000, "max_length": 2000, "points": 15},
        {"level": "city", "min_length": 2001, "points": 16},
    ]
    assert points(priced(rules), **fields) == expected


def test_r10_both_ends_of_the_length_are_one_key():
    """Between 500 and 1,000 characters is not more than of the genre: the first of the two holds."""
    middle = {"level": "city", "min_length": 500, "max_length": 1000, "points": 12}
    news = {"level": "city", "genre": "news", "points": 15}
    for rules, expected in (([news, middle], 15), ([middle, news], 12)):
        assert points(priced(rules), genre="news", length=800) == expected
    assert points(priced([news, middle | {"mode": "single"}]), genre="news", length=800) == 12


def test_r10_a_price_names_its_rule():
    found = price(priced([{"points": 1}, {"level": "city", "points": 8}]))
    assert found == Price(Decimal(8), Decimal(8), (), "adoption.rules[1]")


def test_r11_an_unlisted_adoption_has_no_price():
    scheme = parse_scheme(scheme_data())
    assert points(scheme, level="county") is None
    assert points(scheme, level="city") == 10


def test_r11_a_rule_without_keys_lists_everything():
    assert points(priced([{"points": 3}]), level="county") == 3


@pytest.mark.parametrize(("mode", "expected"), [("single", 10), ("merged", 5), ("brief", 10), ("repost", 0)])
def test_r12_the_factor_of_the_mode_multiplies(documented, mode, expected):
    assert points(documented, mode=mode) == expected


def test_r12_a_rule_that_names_the_mode_is_not_multiplied_again(documented):
    assert points(documented, level="central", outlet="学习强国", mode="merged") == 12
    assert points(documented, level="central", outlet="学习强国", mode="repost") == 0


@pytest.mark.parametrize(
    ("factor", "places", "expected"),
    [
        ("0.25", 2, "1.25"), ("0.25", 1, "1.3"), ("0.25", 0, "1"),
        ("0.5", 2, "2.50"), ("0.5", 1, "2.5"), ("0.5", 0, "3"),
    ],
)  # fmt: skip
def test_r13_points_are_rounded_half_up(factor, places, expected):
    halved = [{"mode": "merged", "factor": factor}]
    scheme = priced([{"points": 5}], halved, rounding={"places": places})
    assert str(points(scheme, mode="merged")) == expected


MODIFIERS = [
    {"position": "front_lead", "factor": "2"},
    {"genre": "analysis", "add": "10"},
    {"min_length": 1500, "factor": "2", "max": "50"},
]


@pytest.mark.parametrize(
    ("fields", "everything", "first"),
    [
        ({}, 10, 10),
        ({"position": "front_lead"}, 20, 20),
        ({"genre": "analysis"}, 20, 20),
        ({"position": "front_lead", "genre": "analysis"}, 30, 20),
        ({"position": "front_lead", "genre": "analysis", "length": 1500}, 50, 20),
    ],
)
def test_r17_modifiers_apply_in_their_order_all_or_the_first_that_fits(fields, everything, first):
    rules = [{"level": "city", "points": 10}]
    assert points(priced(rules, MODIFIERS), **fields) == everything
    assert points(priced(rules, MODIFIERS, apply="first"), **fields) == first


def test_r17_the_order_of_modifiers_matters_and_is_told_step_by_step():
    rules, wanted = [{"points": 10}], {"position": "front_lead", "genre": "analysis"}
    assert points(priced(rules, MODIFIERS[:2]), **wanted) == 30
    assert points(priced(rules, MODIFIERS[1::-1]), **wanted) == 40
    assert price(priced(rules, MODIFIERS), **wanted, length=1500).steps == (
        Step(Operator.TIMES, Decimal(2), "adoption.modifiers[0]"),
        Step(Operator.PLUS, Decimal(10), "adoption.modifiers[1]"),
        Step(Operator.TIMES, Decimal(2), "adoption.modifiers[2]"),
        Step(Operator.AT_MOST, Decimal(50), "adoption.modifiers[2]"),
    )


@pytest.mark.parametrize("feature", [{"position": "front_lead"}, {"genre": "analysis"}, {"mode": "brief"}])
def test_r12_a_rule_that_names_a_feature_has_priced_it(feature):
    rules = [{"level": "city", "points": 10}, {"level": "city", **feature, "points": 12}]
    scheme = priced(rules, [{**feature, "factor": "2"}, {"level": "city", "add": "1"}])
    assert (points(scheme), points(scheme, **feature)) == (11, 13)


@pytest.mark.parametrize(("asked", "priced_by"), [("min_length", "max_length"), ("max_length", "min_length")])
def test_r12_a_rule_that_names_one_end_of_the_length_has_priced_it(asked, priced_by):
    rules = [{"level": "city", "points": 10}, {"level": "city", priced_by: 1000, "points": 12}]
    scheme = priced(rules, [{asked: 1000, "factor": "2"}])
    assert (points(scheme), points(scheme, length=1000)) == (10, 12)


@pytest.mark.parametrize(
    ("policy", "length", "expected"),
    [
        ({"policy": "zero"}, 5000, 0),
        ({"policy": "as_listed"}, 5000, 10),
        ({"policy": "by_length", "characters": 1000, "points": "1", "max": "5"}, 999, 0),
        ({"policy": "by_length", "characters": 1000, "points": "1", "max": "5"}, 2999, 2),
        ({"policy": "by_length", "characters": 1000, "points": "1", "max": "5"}, 9000, 5),
        ({"policy": "by_length", "characters": 1000, "points": "1", "max": "5"}, None, 0),
    ],
)
def test_r18_a_repost_earns_nothing_or_as_listed_or_by_its_length(policy, length, expected):
    scheme = parse_scheme(scheme_data(reposts=policy))
    assert points(scheme, mode="repost", length=length) == expected
    assert points(scheme, length=length) == 10


@pytest.mark.parametrize(
    ("policy", "length", "expected"),
    [
        *[({"base_characters": 1000}, length, 2) for length in (600, 1000, 1499, None)],
        ({"base_characters": 1000}, 1500, 3),
        ({"base_characters": 1000}, 9000, 5),
        ({}, 499, 2),
        ({}, 500, 3),
        ({}, None, 2),
        ({"max": "1"}, None, 1),
    ],
)
def test_r98_a_repost_by_length_may_earn_something_to_begin_with(policy, length, expected):
    by_length = {"policy": "by_length", "characters": 500, "points": 1, "base": 2, "max": 5} | policy
    scheme = parse_scheme(scheme_data(reposts=by_length))
    assert points(scheme, mode="repost", length=length) == expected


def test_r98_the_arithmetic_tells_length_and_beginning_apart():
    by_length = {"policy": "by_length", "characters": 500, "points": 1, "base": 2, "max": 5}
    repost = adoption(1, (1, 5), mode="repost", length=9000)
    (line,) = figures(repost, timetable=always(reposts=by_length))[1].lines
    assert (arithmetic(line), line.points) == ("1 × 18 + 2 → 5", 5)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, 10),
        ({"mode": "merged"}, 4),
        ({"mode": "brief"}, 10),
        ({"outlet": "甲刊"}, 10),
        ({"level": "county"}, 1),
        ({"level": "province", "mode": "merged"}, None),
    ],
)
def test_r96_a_rule_may_be_for_all_but_one(fields, expected):
    rules = [
        {"level": "city", "points": 4},
        {"level": {"not": "county"}, "mode": {"not": "merged"}, "points": 10},
        {"outlet_group": {"not": "刊物"}, "level": "county", "points": 1},
    ]
    assert points(priced(rules, outlet_groups={"刊物": ["甲刊"]}), **fields) == expected


def test_r96_what_is_not_known_is_not_what_is_excluded():
    scheme = priced([{"points": 2}], [{"genre": {"not": "news"}, "add": "1"}])
    assert [points(scheme, genre=genre) for genre in ("", "research", "news")] == [3, 3, 2]


def test_r96_an_excluded_group_of_outlets_is_no_named_one():
    rules = [{"outlet_group": {"not": "刊物"}, "points": 1}, {"level": "city", "mode": "single", "points": 5}]
    assert points(priced(rules, outlet_groups={"刊物": ["甲刊"]})) == 5


def test_r96_a_rule_for_all_but_one_mode_has_not_priced_the_others():
    rules = [{"mode": {"not": "merged"}, "points": 10}, {"mode": "single", "level": "city", "points": 20}]
    scheme = priced(rules, [{"mode": "brief", "factor": "0.5"}, {"mode": {"not": "merged"}, "add": "3"}])
    assert points(scheme, mode="brief") == 10 * Decimal("0.5") + 3
    assert points(scheme) == 20, "that rule has priced the mode itself"


def test_r96_bonuses_filing_and_targets_may_exclude_too():
    settings = {
        "bonuses": [{"event": "instruction", "level": {"not": "county"}, "points": 7}],
        "filing": [{"kind": "per_item", "genre": {"not": "news"}, "group": {"not": "甲组"}, "points": 2}],
        "targets": [{"metric": "filed", "genre": {"not": "news"}, "window": "year", "value": 9}],
        "groups": [{"name": "甲组", "units": ["开鲁县"]}],
    }
    facts = [
        event(number, (1, 5), "instruction", level=level) for number, level in ((1, "city"), (2, "county"))
    ]
    filings = [
        fact
        for unit in (1, 2)
        for fact in filed(1, unit=unit, first=10 * unit)
        + filed(1, unit=unit, first=10 * unit + 1, genre="news")
    ]
    rows = figures(*facts, filings=filings, timetable=always(**settings))
    assert (rows[1].points, rows[2].points) == (7 + 2, 0)
    assert [target.reached for target in rows[1].targets] == [1]


def test_r19_an_adoption_may_be_worth_differently_to_units_of_another_group():
    rules = [{"level": "city", "points": 10}, {"level": "city", "group": "team", "points": 6}]
    scheme = priced(rules)
    assert (points(scheme), points(scheme, group="county"), points(scheme, group="team")) == (10, 10, 6)


def test_r14_the_scheme_in_force_on_the_day_is_used():
    old, new = parse_scheme(scheme_data(name="旧")), parse_scheme(scheme_data(name="新"))
    timetable = Timetable.of([(date(2026, 7, 1), new), (date(2026, 1, 1), old)])
    assert timetable.scheme_on(date(2025, 12, 31)) is None
    assert timetable.scheme_on(date(2026, 1, 1)) is old
    assert timetable.scheme_on(date(2026, 6, 30)) is old
    assert timetable.scheme_on(date(2026, 7, 1)) is new
    assert timetable.entry_on(date(2030, 1, 1)) == DatedScheme(date(2026, 7, 1), new)


def test_r14_without_schemes_none_is_in_force():
    assert Timetable(()).scheme_on(date(2026, 1, 1)) is None


def test_r14_two_schemes_cannot_begin_on_one_day():
    scheme = parse_scheme(scheme_data())
    with pytest.raises(ValueError, match="one a day"):
        Timetable.of([(date(2026, 1, 1), scheme), (date(2026, 1, 1), scheme)])


@pytest.mark.parametrize(
    ("level", "carrier", "mode", "expected"),
    [
        ("central", "newspaper", "single", 50),
        ("province", "website", "single", 20),
        ("city", "broadcast", "single", 10),
        ("county", "social", "single", 5),
        ("central", "internal", "single", 30),
        ("province", "internal", "single", 20),
        ("city", "internal", "single", 10),
        ("county", "internal", "single", 0),
        ("central", "newspaper", "merged", 25),
        ("county", "website", "merged", Decimal("2.5")),
        ("city", "website", "brief", 10),
        ("central", "website", "repost", 0),
    ],
)
def test_r16_the_demo_scheme_gives_the_points_of_its_sources(level, carrier, mode, expected):
    demo = parse_scheme(shipped("demo"))
    assert points(demo, level, carrier=carrier, mode=mode) == expected
    assert points(demo, level, carrier=carrier, mode=mode, position="front_lead") == 2 * expected


def test_r16_the_demo_scheme_has_the_documented_settings():
    demo = parse_scheme(shipped("demo"))
    assert (demo.year_start_month, demo.filing, demo.places) == (12, (), 2)
    assert demo.several_outlets.policy is SeveralOutlets.HIGHEST
    assert demo.several_units.policy is Sharing.SPLIT
    assert demo.ties.rule is TieRule.COMPETITION
    bonuses = {(bonus.event, bonus.level): bonus.points for bonus in demo.bonuses}
    assert bonuses == {
        ("instruction", "central"): 30,
        ("instruction", "province"): 20,
        ("instruction", "city"): 20,
        ("commission_filed", None): 3,
        ("commission_adopted", None): 5,
    }
    assert {each.event: (each.points, each.voids) for each in demo.penalties} == {
        "late": (1, None),
        "commission_missed": (5, None),
        "untrue": (5, "item"),
    }


@pytest.mark.parametrize("name", shipped_names())
def test_r16_every_shipped_scheme_can_be_read(name):
    scheme = parse_scheme(shipped(name))
    assert scheme.name
    assert scheme.notes
