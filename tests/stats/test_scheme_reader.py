"""Rule R15 of docs/scoring.md: flawed data is refused whole, with every problem and its place."""

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stats.scheme_reader import Flaw
from stats.schemes import SchemeError, SeveralOutlets, SeveralUnits, TieRule, parse_scheme
from tests.stats.builders import scheme_data


def problems(settings):
    """(path, flaw) of everything wrong with the data."""
    with pytest.raises(SchemeError) as caught:
        parse_scheme(settings)
    return [(problem.path, problem.flaw) for problem in caught.value.problems]


def test_r15_a_scheme_is_read_with_all_its_settings():
    scheme = parse_scheme(
        scheme_data(
            year_start_month=8,
            mode_factors={"merged": 0.5, "repost": 0},
            several_outlets="sum",
            several_units="full",
            filing_points=1.5,
            tie_rule="dense",
            rounding={"places": 1},
            notes=["依据"],
        )
    )
    assert scheme.year_start_month == 8
    assert scheme.mode_factors == {"merged": Decimal("0.5"), "repost": Decimal(0)}
    assert scheme.several_outlets is SeveralOutlets.SUM
    assert scheme.several_units is SeveralUnits.FULL
    assert scheme.filing_points == Decimal("1.5")
    assert scheme.tie_rule is TieRule.DENSE
    assert (scheme.places, scheme.notes) == (1, ("依据",))


def test_r15_what_may_be_left_out_has_the_documented_value():
    scheme = parse_scheme(scheme_data())
    assert (scheme.year_start_month, scheme.filing_points, scheme.places) == (1, 0, 2)
    assert (scheme.mode_factors, scheme.notes) == ({}, ())


def test_r15_every_problem_is_listed_with_its_place():
    broken = {
        "name": " ",
        "colour": "red",
        "year_start_month": 13,
        "adoption_points": [
            {"level": "galaxy", "points": "10"},
            {"level": "city", "points": "ten", "outlett": "某网"},
            {"level": "county"},
            "12",
        ],
        "mode_factors": {"half": "0.5", "merged": "-1"},
        "several_outlets": "best",
        "filing_points": True,
        "tie_rule": None,
        "rounding": {"places": 2.0},
        "notes": "依据",
    }
    assert sorted(problems(broken)) == sorted(
        [
            ("name", Flaw.NOT_TEXT),
            ("colour", Flaw.UNKNOWN),
            ("year_start_month", Flaw.NOT_WHOLE),
            ("adoption_points[0].level", Flaw.NOT_CHOICE),
            ("adoption_points[1].points", Flaw.NOT_NUMBER),
            ("adoption_points[1].outlett", Flaw.UNKNOWN),
            ("adoption_points[2].points", Flaw.MISSING),
            ("adoption_points[3]", Flaw.NOT_OBJECT),
            ("adoption_points[3].points", Flaw.MISSING),
            ("mode_factors.half", Flaw.UNKNOWN),
            ("mode_factors.merged", Flaw.NOT_NUMBER),
            ("several_outlets", Flaw.NOT_CHOICE),
            ("several_units", Flaw.MISSING),
            ("filing_points", Flaw.NOT_NUMBER),
            ("tie_rule", Flaw.MISSING),
            ("rounding.places", Flaw.NOT_WHOLE),
            ("notes", Flaw.NOT_LIST),
        ]
    )


@pytest.mark.parametrize(
    "number", ["NaN", "1e3", "-1", "", "10000", "9999.1", "0.00001", "１", [], float("inf"), True]
)
def test_r15_odd_numbers_are_refused(number):
    assert problems(scheme_data(filing_points=number)) == [("filing_points", Flaw.NOT_NUMBER)]


def test_r15_null_is_the_same_as_left_out():
    optional = ["filing_points", "year_start_month", "mode_factors", "rounding", "notes"]
    assert parse_scheme(scheme_data(**dict.fromkeys(optional))) == parse_scheme(scheme_data())
    assert problems(scheme_data(tie_rule=None)) == [("tie_rule", Flaw.MISSING)]


def test_r15_a_factor_is_at_most_a_hundred():
    assert parse_scheme(scheme_data(mode_factors={"merged": 100})).mode_factors == {"merged": 100}
    assert problems(scheme_data(mode_factors={"merged": "100.5"})) == [
        ("mode_factors.merged", Flaw.NOT_NUMBER)
    ]


def test_r15_a_rule_that_could_never_apply_is_refused():
    rules = [{"level": "city", "points": 1}, {"level": "city", "points": 2, "note": "重复"}]
    assert problems(scheme_data(adoption_points=rules)) == [("adoption_points[1]", Flaw.REPEATED)]


def test_r15_the_error_reads_for_a_log():
    with pytest.raises(SchemeError, match=r"rounding\.places: not_whole 0–4"):
        parse_scheme(scheme_data(rounding={"places": 9}))


json_values = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


settings_names = st.sampled_from([*scheme_data(), "mode_factors", "rounding", "notes"])


@given(json_values | st.dictionaries(settings_names, json_values).map(lambda changes: scheme_data(**changes)))
def test_r15_any_json_is_a_scheme_or_a_scheme_error(anything):
    with suppress(SchemeError):
        assert parse_scheme(anything).name
