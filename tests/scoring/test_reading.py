"""Rule R15 of docs/scoring.md: flawed data is refused whole, with every problem and its place."""

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.schemes.model import (
    AdoptionRule,
    Base,
    Bonus,
    Consequence,
    FilingRule,
    Limit,
    Match,
    Modifier,
    OutletPolicy,
    Penalty,
    RepostPolicy,
    SharingPolicy,
    Source,
    Target,
    Ties,
)
from scoring.schemes.nodes import Flaw
from scoring.schemes.reading import SchemeError, parse_scheme
from scoring.schemes.scheme import Scheme
from scoring.schemes.words import (
    FilingKind,
    Happening,
    LimitOf,
    Metric,
    ModifiersApply,
    OutletClass,
    Remainder,
    Reposts,
    SeveralOutlets,
    Sharing,
    Shortcoming,
    TieRule,
    Voids,
    Window,
)
from tests.scoring.builders import scheme_data


def problems(settings):
    """(path, flaw) of everything wrong with the data."""
    with pytest.raises(SchemeError) as caught:
        parse_scheme(settings)
    return [(problem.path, problem.flaw) for problem in caught.value.problems]


def test_r15_a_scheme_is_read_with_all_its_settings():
    scheme = parse_scheme(
        {
            "name": "全项办法",
            "notes": ["依据"],
            "cut": ["第五条以下"],
            "source": {"title": "某办法", "url": "http://example.org/"},
            "year_start_month": 8,
            "rounding": {"places": 1},
            "outlet_groups": {"学术刊物": ["甲刊", "乙刊"]},
            "groups": [{"name": "甲组", "units": ["150502", "开鲁县"]}],
            "adoption": {
                "rules": [{"outlet_group": "学术刊物", "points": 3.5, "note": "刊物"}],
                "modifiers": [{"mode": "merged", "factor": 0.5}, {"genre": "analysis", "add": 10, "max": 30}],
                "modifiers_apply": "first",
            },
            "several_outlets": {"policy": "highest_per_class", "class": "outlet_group"},
            "reposts": {"policy": "by_length", "characters": 500, "points": 1, "max": 5},
            "several_units": {"policy": "fixed", "points": "3"},
            "several_authors": {"policy": "factor", "factor": "0.5"},
            "bonuses": [
                {"event": "instruction", "level": "city", "factor": 2},
                {"event": "task", "points": 1},
            ],
            "filing": [
                {"kind": "per_items", "items": 4, "points": 1, "remainder": "parts", "window": "half"}
            ],
            "base": {"points": 6, "window": "quarter"},
            "penalties": [
                {"event": "negative", "points": 10, "voids": "month"},
                {"event": "low_rate", "below": "0.3", "window": "quarter", "points": 1},
                {"event": "shortfall", "metric": "filed", "window": "month", "factor": 2},
            ],
            "limits": [{"of": "item", "max": 50}, {"of": "penalty", "window": "year", "min": -20}],
            "targets": [{"group": "甲组", "metric": "filed", "window": "month", "value": 8}],
            "consequences": [{"metric": "points", "window": "month", "below": 6, "times": 3, "text": "通报"}],
            "rank_by": "adopted",
            "ties": {"rule": "dense", "then": ["city", "filed"]},
        }
    )
    assert (scheme.year_start_month, scheme.places, scheme.notes, scheme.cut) == (
        8,
        1,
        ("依据",),
        ("第五条以下",),
    )
    assert scheme.source == Source("某办法", "http://example.org/")
    assert scheme.group_of_outlet("乙刊") == "学术刊物"
    assert scheme.group_of_unit(code="", name="开鲁县", otherwise="county") == "甲组"
    assert scheme.adoption_rules == (AdoptionRule(Decimal("3.5"), Match(outlet_group="学术刊物"), "刊物"),)
    assert scheme.modifiers == (
        Modifier(Match(mode="merged"), factor=Decimal("0.5")),
        Modifier(Match(genre="analysis"), add=Decimal(10), max=Decimal(30)),
    )
    assert scheme.modifiers_apply is ModifiersApply.FIRST
    assert scheme.several_outlets == OutletPolicy(SeveralOutlets.HIGHEST_PER_CLASS, OutletClass.OUTLET_GROUP)
    assert scheme.reposts == RepostPolicy(Reposts.BY_LENGTH, 500, Decimal(1), Decimal(5))
    assert scheme.several_units == SharingPolicy(Sharing.FIXED, Decimal(3))
    assert scheme.several_authors == SharingPolicy(Sharing.FACTOR, factor=Decimal("0.5"))
    assert scheme.bonuses == (
        Bonus(Happening.INSTRUCTION, "city", factor=Decimal(2)),
        Bonus(Happening.TASK, points=Decimal(1)),
    )
    assert scheme.filing == (FilingRule(FilingKind.PER_ITEMS, Decimal(1), 4, Remainder.PARTS, Window.HALF),)
    assert scheme.base == Base(Decimal(6), Window.QUARTER)
    assert scheme.penalties == (
        Penalty(Happening.NEGATIVE, Decimal(10), Voids.MONTH),
        Penalty(Shortcoming.LOW_RATE, Decimal(1), window=Window.QUARTER, below=Decimal("0.3")),
        Penalty(Shortcoming.SHORTFALL, metric=Metric.FILED, factor=Decimal(2)),
    )
    assert scheme.limits == (
        Limit(LimitOf.ITEM, max=Decimal(50)),
        Limit(LimitOf.PENALTY, Window.YEAR, min=Decimal(-20)),
    )
    assert scheme.targets == (Target(Metric.FILED, Window.MONTH, Decimal(8), group="甲组"),)
    assert scheme.consequences == (Consequence(Metric.POINTS, Window.MONTH, Decimal(6), "通报", 3),)
    assert scheme.rank_by is Metric.ADOPTED
    assert scheme.ties == Ties(TieRule.DENSE, (Metric.CITY, Metric.FILED))


def test_r15_what_may_be_left_out_has_the_documented_value():
    scheme = parse_scheme({"name": "最简办法", "adoption": {"rules": []}})
    assert scheme == Scheme(name="最简办法", adoption_rules=())
    assert (scheme.year_start_month, scheme.places, scheme.rank_by) == (1, 2, Metric.POINTS)
    assert scheme.several_outlets.policy is SeveralOutlets.SUM
    assert scheme.several_units.policy is Sharing.SPLIT
    assert scheme.reposts.policy is Reposts.AS_LISTED


def test_r15_every_problem_is_listed_with_its_place():
    broken = {
        "name": " ",
        "colour": "red",
        "year_start_month": 13,
        "adoption": {
            "rules": [
                {"level": "galaxy", "points": "10"},
                {"level": "city", "points": "ten", "outlett": "某网"},
                {"level": "county"},
                "12",
                {"outlet_group": "没有列出", "min_length": 9, "max_length": 3, "points": 1},
            ],
            "modifiers": [
                {"mode": "half", "factor": "0.5"},
                {"mode": "merged", "factor": "-1", "add": 1},
                {},
            ],
        },
        "several_outlets": {"policy": "best"},
        "several_units": {"policy": "fixed"},
        "bonuses": [{"event": "late", "points": 1}],
        "filing": [{"kind": "threshold", "points": True}],
        "penalties": [
            {"event": "late", "points": 1},
            {"event": "late", "points": 2},
            {"event": "untrue"},
            {"event": "shortfall", "window": "day", "metric": "points", "points": 3},
        ],
        "limits": [{"of": "item", "window": "year", "max": 3}, {"of": "total", "window": "year"}],
        "targets": [{"metric": "filed", "window": "month", "value": 1, "group": "甲", "unit": "乙"}],
        "ties": {"then": ["beauty"]},
        "rounding": {"places": 2.0},
        "notes": "依据",
    }
    assert sorted(problems(broken)) == sorted(
        [
            ("name", Flaw.NOT_TEXT),
            ("colour", Flaw.UNKNOWN),
            ("year_start_month", Flaw.NOT_WHOLE),
            ("adoption.rules[0].level", Flaw.NOT_CHOICE),
            ("adoption.rules[1].points", Flaw.NOT_NUMBER),
            ("adoption.rules[1].outlett", Flaw.UNKNOWN),
            ("adoption.rules[2].points", Flaw.MISSING),
            ("adoption.rules[3]", Flaw.NOT_OBJECT),
            ("adoption.rules[3].points", Flaw.MISSING),
            ("adoption.rules[4].outlet_group", Flaw.UNLISTED),
            ("adoption.rules[4].max_length", Flaw.CONTRADICTION),
            ("adoption.modifiers[0].mode", Flaw.NOT_CHOICE),
            ("adoption.modifiers[1].factor", Flaw.NOT_NUMBER),
            ("adoption.modifiers[1].add", Flaw.CONTRADICTION),
            ("adoption.modifiers[2].factor", Flaw.MISSING),
            ("several_outlets.policy", Flaw.NOT_CHOICE),
            ("several_units.points", Flaw.MISSING),
            ("bonuses[0].event", Flaw.NOT_CHOICE),
            ("filing[0].points", Flaw.NOT_NUMBER),
            ("filing[0].items", Flaw.MISSING),
            ("penalties[1]", Flaw.REPEATED),
            ("penalties[2].points", Flaw.MISSING),
            ("penalties[3].window", Flaw.NOT_CHOICE),
            ("penalties[3].points", Flaw.UNKNOWN),
            ("limits[0].window", Flaw.CONTRADICTION),
            ("limits[1].max", Flaw.MISSING),
            ("targets[0].unit", Flaw.CONTRADICTION),
            ("ties.then", Flaw.NOT_CHOICE),
            ("rounding.places", Flaw.NOT_WHOLE),
            ("notes", Flaw.NOT_LIST),
        ]
    )


@pytest.mark.parametrize("data", [{}, {"name": "无采用"}, {"name": "无条目", "adoption": {}}])
def test_r15_a_scheme_must_say_what_adoptions_earn(data):
    assert any(path.startswith("adoption") and flaw is Flaw.MISSING for path, flaw in problems(data))


@pytest.mark.parametrize(
    "number", ["NaN", "1e3", "-1", "", "10000", "9999.1", "0.00001", "１", [], float("inf"), True]
)
def test_r15_odd_numbers_are_refused(number):
    base = {"points": number, "window": "year"}
    assert problems(scheme_data(base=base)) == [("base.points", Flaw.NOT_NUMBER)]


def test_r15_null_is_the_same_as_left_out():
    optional = [
        "year_start_month",
        "several_outlets",
        "rounding",
        "notes",
        "base",
        "limits",
        "ties",
        "rank_by",
    ]
    bare = {key: value for key, value in scheme_data().items() if key not in optional}
    assert parse_scheme(scheme_data(**dict.fromkeys(optional))) == parse_scheme(bare)
    assert problems(scheme_data(adoption=None))[0] == ("adoption", Flaw.MISSING)


def test_r15_a_factor_is_at_most_a_hundred():
    halves = [{"mode": "merged", "factor": 100}]
    assert parse_scheme(scheme_data(modifiers=halves)).modifiers[0].factor == 100
    halves = [{"mode": "merged", "factor": "100.5"}]
    assert problems(scheme_data(modifiers=halves)) == [("adoption.modifiers[0].factor", Flaw.NOT_NUMBER)]


def test_r15_a_rule_that_could_never_apply_is_refused():
    rules = [{"level": "city", "points": 1}, {"level": "city", "points": 2, "note": "重复"}]
    assert problems(scheme_data(rules=rules)) == [("adoption.rules[1]", Flaw.REPEATED)]


def test_r15_the_error_reads_for_a_log():
    with pytest.raises(SchemeError, match=r"rounding\.places: not_whole 0–4"):
        parse_scheme(scheme_data(rounding={"places": 9}))


json_values = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


settings_names = st.sampled_from(
    [
        "name",
        "adoption",
        "several_outlets",
        "groups",
        "bonuses",
        "filing",
        "penalties",
        "limits",
        "targets",
        "ties",
    ]
)


@given(json_values | st.dictionaries(settings_names, json_values).map(lambda changes: scheme_data(**changes)))
def test_r15_any_json_is_a_scheme_or_a_scheme_error(anything):
    with suppress(SchemeError):
        assert parse_scheme(anything).name
