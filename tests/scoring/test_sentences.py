"""A scheme in words: every rule has its sentence, and flaws do not silence the rest."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest
from django.utils.translation import override

from scoring import terms
from scoring.editor.sections import SECTIONS
from scoring.pages.scheme import problems_of, readable, scheme_page
from scoring.schemes.reading import parse_scheme, shipped, shipped_names
from scoring.schemes.words import (
    CARRIERS,
    GENRES,
    LEVELS,
    MODES,
    POSITIONS,
    PUNISHED,
    REWARDED,
    FilingKind,
    JointCounts,
    LimitOf,
    Metric,
    ModifiersApply,
    OutletClass,
    Remainder,
    Reposts,
    SeveralOutlets,
    Sharing,
    TieRule,
    Voids,
    Window,
)
from scoring.sentences import sentence_at, sentences

EVERYTHING: dict[str, Any] = {
    "name": "全项办法",
    "adoption": {
        "rules": [
            {"points": "50", "level": "central", "mode": "single"},
            {"points": "3", "outlet_group": "刊物", "min_length": 1000, "max_length": 2000, "group": "甲组"},
            {"points": "1"},
        ],
        "modifiers": [
            {"position": "front_lead", "genre": {"not": "news"}, "factor": "2", "max": "40"},
            {"genre": "analysis", "add": "10"},
        ],
        "modifiers_apply": "first",
    },
    "outlet_groups": {"刊物": ["甲刊", "乙刊"]},
    "groups": [{"name": "甲组", "units": ["青山县"]}],
    "several_outlets": {"policy": "highest_per_class", "class": "carrier"},
    "reposts": {"policy": "by_length", "characters": 500, "points": "1", "base": "2", "max": "5"},
    "several_units": {"policy": "fixed", "points": "3"},
    "several_authors": {"policy": "factor", "factor": "0.5"},
    "bonuses": [
        {"event": "instruction", "level": "city", "points": "20"},
        {"event": "forwarded", "factor": "2"},
        {"event": "target_met", "metric": "filed", "window": "month", "target": "8", "points": "2"},
        {"event": "target_met", "metric": "points", "window": "year", "points": "10"},
    ],
    "joint_counts": "share",
    "filing": [
        {"kind": "per_item", "points": "1", "genre": "research"},
        {"kind": "per_items", "items": 4, "points": "1", "remainder": "parts", "window": "quarter"},
        {"kind": "threshold", "items": 15, "points": "50", "window": "year"},
    ],
    "base": {"points": "6", "window": "quarter"},
    "penalties": [
        {"event": "late", "points": "1"},
        {"event": "untrue", "points": "5", "voids": "item"},
        {"event": "negative", "voids": "month"},
        {"event": "commission_missed", "points": "5", "voids": "year", "times": 2},
        {"event": "missing", "voids": "week", "times": 3},
        {"event": "low_rate", "below": "0.3", "window": "quarter", "points": "1"},
        {"event": "shortfall", "metric": "points", "target": "20", "window": "month", "factor": "2"},
        {"event": "shortfall", "metric": "filed", "window": "half"},
        {"event": "shortfall", "metric": "filed", "genre": "research", "window": "year", "target": "1"},
        {"event": "target_missed", "metric": "city", "min_length": 1000, "window": "week", "points": "3"},
        {"event": "target_missed", "metric": "filed", "window": "year", "target": "15", "points": "5"},
    ],
    "limits": [
        {"of": "item", "max": "60"},
        {"of": "total", "window": "quarter", "min": "0", "max": "100"},
        {"of": "penalty", "window": "month", "min": "-5"},
    ],
    "targets": [
        {"metric": "filed", "window": "month", "value": "8"},
        {"group": "county", "metric": "points", "window": "year", "value": "120"},
        {"unit": "青山县", "metric": "city", "window": "half", "value": "2", "genre": "news"},
    ],
    "consequences": [
        {"metric": "points", "window": "quarter", "below": "6", "text": "不达标"},
        {"metric": "filed", "window": "month", "below": "1", "times": 3, "text": "约谈"},
    ],
    "reminders": [{"text": "重大专题酌情加2至5分", "window": "quarter"}],
    "rank_by": "issued",
    "ties": {"rule": "dense", "then": ["filed"]},
}


def test_every_rule_has_a_sentence_of_its_own() -> None:
    scheme = parse_scheme(EVERYTHING)
    with override("en"):
        said = {
            path: sentences(scheme, path)
            for path in (
                "adoption.rules", "adoption.modifiers", "bonuses", "filing", "penalties", "limits", "targets",
                "consequences", "reminders",
            )
        }  # fmt: skip
    assert said == {
        "adoption.rules": [
            "Central · Single item: 50 points",
            "刊物 · 1000 to 2000 characters · 甲组: 3 points",
            "Every adoption: 1 points",
        ],
        "adoption.modifiers": [
            "other than News · Front page headline: points times 2, at most 40",
            "Problem analysis: 10 points more",
        ],
        "bonuses": [
            "Instruction (City): 20 points more",
            "Forwarded up: the item's points for adoptions times 2",
            "8 items filed or more in a calendar month: 2 points more",
            "The unit's target of points scored met in a assessment year: 10 points more",
        ],
        "filing": [
            "Filed items (Research article): 1 points each",
            "Filed items: 1 points for every 4 in a quarter; parts of a group count in proportion",
            "Filed items: 50 points once they are 15 in a assessment year, none below",
        ],
        "penalties": [
            "Filed late: 1 points off each time",
            "Untrue report: the item's points are lost, and 5 points off each time",
            "Negative report: the month's points are lost",
            "Commission missed: 5 points off each time; the assessment year's points are lost once it has "
            "happened 2 times in it",
            "Filings missing: the week's points are lost once it has happened 3 times in it",
            "Adoption rate of a quarter below 30%: 1 points off",
            "Below 20 points scored in a calendar month: 2 off for each one missing",
            "Below the unit's target of items filed in a half year: 1 off for each one missing",
            "Below 1 items filed (Research article) in a assessment year: 1 off for each one missing",
            "Below the unit's target of city adoptions (1000 characters or more) in a calendar week: "
            "3 points off",
            "Below 15 items filed in a assessment year: 5 points off",
        ],
        "limits": [
            "points of one item: at most 60",
            "In each quarter, all points: at most 100, at least 0",
            "In each calendar month, deductions: no more than 5 off",
        ],
        "targets": [
            "All units: 8 items filed in each calendar month",
            "Counties: 120 points scored in each assessment year",
            "青山县: 2 city adoptions (News) in each half year",
        ],
        "consequences": [
            "Fewer than 6 points scored in a quarter: 不达标",
            "Fewer than 1 items filed in each of 3 calendar month in a row: 约谈",
        ],
        "reminders": ["To be judged at the end of each quarter: 重大专题酌情加2至5分"],
    }


def test_the_settings_of_a_scheme_are_said_too() -> None:
    with override("en"):
        page = {each.code: each.sentences for each in scheme_page(parse_scheme(EVERYTHING)).sections}
    assert page["sharing"] == [
        "One item in several outlets: Only the highest score of each class counts (class: carrier)",
        "A repost earns 2 points, and 1 points for every 500 characters, at most 5",
        "Several units: Every unit gets the same fixed points, never more than alone: 3",
        "Several authors: Every author gets a part of the points: times 0.5",
        "An adoption of several units counts in targets: Its share for every unit: half an item is 0.5",
    ]
    assert page["basics"][-3:] == [
        "Units are ranked by items issued within their group",
        "Among equals the order is decided by items filed",
        "Equal points, equal rank; no rank is skipped (1, 2, 2, 3)",
    ]
    assert page["modifiers"][-1] == "When several fit: Only the first that fits"
    assert page["groups"][0] == "甲组: 青山县"
    assert page["outlets"] == ["刊物: 甲刊、乙刊"]
    assert page["filing"][-1] == "Every unit begins each quarter with 6 points"


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("penalties[0]", "Filed late: 1 points off each time"),
        ("base", "Every unit begins each quarter with 6 points"),
        ("several_units", "Several units: Every unit gets the same fixed points, never more than alone: 3"),
        ("penalties[99]", ""),
        ("nowhere[0]", ""),
        ("penalties", ""),
        ("", ""),
        ("adjustments[x]", ""),
    ],
)
def test_a_place_in_the_scheme_has_its_sentence(path: str, sentence: str) -> None:
    with override("en"):
        assert sentence_at(parse_scheme(EVERYTHING), path) == sentence


@pytest.mark.parametrize("name", shipped_names())
def test_every_shipped_scheme_is_said_section_by_section(name: str) -> None:
    page = scheme_page(parse_scheme(shipped(name)))
    assert [each.code for each in page.sections] == [each.code for each in SECTIONS if each.code != "notes"]
    assert page.notes
    assert next(each for each in page.sections if each.code == "adoption").points


def test_every_word_of_a_scheme_is_translated_and_no_other() -> None:
    words: dict[str, Iterable[str]] = {
        "LEVELS": LEVELS, "CARRIERS": CARRIERS, "MODES": MODES, "POSITIONS": POSITIONS, "GENRES": GENRES,
        "METRICS": Metric, "WINDOWS": Window, "JOINT_COUNTS": JointCounts,
        "SEVERAL_OUTLETS": SeveralOutlets, "CLASSES": OutletClass, "REPOSTS": Reposts,
        "SEVERAL_UNITS": Sharing, "SEVERAL_AUTHORS": Sharing, "BONUS_EVENTS": REWARDED,
        "PENALTY_EVENTS": PUNISHED, "VOIDS": Voids, "LIMITS": LimitOf, "REMAINDERS": Remainder,
        "MODIFIERS_APPLY": ModifiersApply, "TIES": TieRule,
    }  # fmt: skip
    for name, codes in words.items():
        assert set(getattr(terms, name)) == {str(code) for code in codes}, name
    assert len(FilingKind) == 3, "each kind of points for filing has a sentence"


@pytest.mark.parametrize(
    "flawed",
    [
        {},
        {"name": "办法"},
        {"name": 3, "adoption": []},
        {"name": "办法", "adoption": {"rules": [{"points": "x"}, {"points": "3"}, 5]}, "colour": "red"},
        {"name": "办法", "adoption": {"rules": [], "modifiers": 5, "modifiers_apply": "some", "what": 1}},
        {
            "name": "办法",
            "adoption": {"rules": []},
            "filing": "none",
            "rounding": {"places": "x"},
            "base": {},
        },
        {"name": "办法", "adoption": {"rules": []}, "outlet_groups": {"a.b": 3, "[0]": "x"}, "notes": [1]},
        {
            "name": "办法",
            "adoption": {"rules": [{"points": 1, "outlet_group": "无"}]},
            "ties": {"then": ["x"]},
        },
    ],
    ids=str,
)
def test_a_flawed_scheme_is_still_put_in_words(flawed: dict[str, Any]) -> None:
    assert problems_of(flawed)
    before = repr(flawed)
    assert scheme_page(readable(flawed)).sections
    assert repr(flawed) == before


def test_rows_without_a_flaw_are_kept_when_a_flawed_one_is_left_out() -> None:
    rules = [{"points": "1", "level": "city"}, {"level": "county"}, {"points": "3"}]
    scheme = readable({"name": "办法", "adoption": {"rules": rules}})
    assert [rule.points for rule in scheme.adoption_rules] == [1, 3]
