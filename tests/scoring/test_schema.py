"""The published JSON Schema and the reader accept and refuse the same schemes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from scoring.schemes.reading import SHIPPED, SchemeError, parse_scheme, shipped, shipped_names

SCHEMA = json.loads((SHIPPED / "scheme.schema.json").read_text(encoding="utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)

#: A scheme that uses everything there is.
FULL: dict[str, Any] = {
    "name": "全",
    "notes": ["一"],
    "cut": ["二"],
    "source": {"title": "某办法", "url": "https://example.cn/"},
    "year_start_month": 12,
    "rounding": {"places": 2},
    "outlet_groups": {"学术刊物": ["甲刊", "乙刊"]},
    "groups": [{"name": "甲组", "units": ["150502"]}],
    "adoption": {
        "rules": [
            {"level": "central", "points": "50", "note": "中央"},
            {
                "outlet": "甲",
                "level": "city",
                "carrier": "internal",
                "genre": "news",
                "position": "front",
                "mode": "single",
                "min_length": 10,
                "max_length": 20,
                "group": "甲组",
                "points": 1.5,
            },
            {"outlet_group": "学术刊物", "points": 0},
            {"outlet_group": {"not": "学术刊物"}, "mode": {"not": "merged"}, "points": 2},
            {"level": {"not": "county"}, "carrier": {"not": "app"}, "group": {"not": "甲组"}, "points": 2},
        ],
        "modifiers": [
            {"position": {"not": "front"}, "genre": {"not": "news"}, "factor": "0.5"},
            {"mode": "merged", "factor": "0.5"},
            {"genre": "analysis", "add": 10, "max": 60},
        ],
        "modifiers_apply": "first",
    },
    "several_outlets": {"policy": "highest_per_class", "class": "carrier"},
    "reposts": {
        "policy": "by_length",
        "characters": 500,
        "points": "1",
        "base": 2,
        "base_characters": 800,
        "max": "5",
    },
    "several_units": {"policy": "fixed", "points": "3"},
    "several_authors": {"policy": "factor", "factor": "0.5"},
    "bonuses": [
        {"event": "instruction", "level": "province", "genre": "research", "points": "20", "note": "批示"},
        {"event": "instruction", "level": "central", "factor": 2},
        {
            "event": "target_met",
            "metric": "adopted",
            "genre": "research",
            "min_length": 5,
            "max_length": 9,
            "window": "week",
            "target": 1,
            "points": "2",
            "note": "每周一篇",
        },
    ],
    "joint_counts": "share",
    "filing": [
        {"kind": "per_item", "points": "1", "genre": "news", "group": "甲组"},
        {"kind": "per_items", "items": 4, "points": "1", "remainder": "parts", "window": "month"},
        {"kind": "threshold", "items": 15, "points": "50", "min_length": 5},
    ],
    "base": {"points": "6", "window": "quarter"},
    "penalties": [
        {"event": "late", "points": "1"},
        {"event": "untrue", "points": "5", "voids": "item"},
        {"event": "negative", "voids": "half"},
        {"event": "commission_missed", "points": "5", "voids": "year", "times": 2},
        {"event": "low_rate", "below": "0.3", "window": "quarter", "points": "1"},
        {"event": "shortfall", "metric": "points", "window": "month", "target": "20", "factor": "2"},
        {"event": "shortfall", "metric": "filed", "window": "year", "genre": "research"},
        {"event": "target_missed", "metric": "items_adopted", "window": "year", "genre": "news", "points": 3},
    ],
    "limits": [
        {"of": "item", "max": "60"},
        {"of": "total", "window": "quarter", "min": "-6", "max": 9, "note": "封顶"},
    ],
    "targets": [
        {"group": "甲组", "metric": "points", "window": "half", "value": "20"},
        {"metric": "city", "window": "half", "value": "2", "min_length": 1000},
    ],
    "consequences": [
        {"metric": "points", "window": "quarter", "below": "6", "times": 3, "text": "不达标"},
        {"metric": "filed", "window": "week", "below": "1", "genre": "news", "text": "通报"},
    ],
    "reminders": [{"text": "重大专题酌情加分", "window": "quarter"}],
    "rank_by": "filed",
    "ties": {"rule": "dense", "then": ["issued", "points"]},
}
#: Values that must suit another place of the document.
LOOKED_UP = {
    ("outlet_groups",),
    ("outlet_groups", "学术刊物"),
    ("adoption", "rules", 2, "outlet_group"),
    ("adoption", "rules", 3, "outlet_group"),
    ("adoption", "rules", 3, "outlet_group", "not"),
    ("adoption", "rules", 1, "min_length"),
    ("adoption", "rules", 1, "max_length"),
    ("bonuses", 2, "min_length"),
    ("bonuses", 2, "max_length"),
}
#: Wrong for the reader; a schema cannot say it, and its description names every one of these.
ONLY_READ: list[tuple[str, Any]] = [
    ("adoption.rules", [{"level": "city", "points": "1"}, {"level": "city", "points": "2"}]),
    ("adoption.rules", [{"outlet_group": "没有这一组", "points": "1"}]),
    ("adoption.rules", [{"outlet_group": {"not": "没有这一组"}, "points": "1"}]),
    ("adoption.rules", [{"min_length": 20, "max_length": 10, "points": "1"}]),
    ("outlet_groups", {"学术刊物": ["甲刊"], "另一组": ["甲刊"]}),
    ("groups", [{"name": "甲组", "units": ["甲镇"]}, {"name": "乙组", "units": ["甲镇"]}]),
    ("base.points", 0.12345),
    ("year_start_month", 8.0),
]
STRANGE: tuple[Any, ...] = (
    *(None, True, [], [1], {}, {"多余": 1}, "", "没有这个词"),
    *("9999", "9999.5", "-1", "1.23456", 0, -1, 13, 10000, 0.5),
)


def accepted_by_reader(document: object) -> bool:
    try:
        parse_scheme(document)
    except SchemeError:
        return False
    return True


def places(document: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The path of every value."""
    if path:
        yield path
    children: Any = ()
    if isinstance(document, dict | list):
        children = document.items() if isinstance(document, dict) else enumerate(document)
    for key, value in children:
        yield from places(value, (*path, key))


PLACES = list(places(FULL))


def put(document: Any, path: tuple[str | int, ...], value: Any) -> Any:
    """A copy with another value at the path."""
    changed = deepcopy(document)
    *way, last = path
    holder = changed
    for key in way:
        holder = holder[key]
    holder[last] = value
    return changed


def without(document: Any, path: tuple[str | int, ...]) -> Any:
    changed = deepcopy(document)
    *way, last = path
    holder = changed
    for key in way:
        holder = holder[key]
    del holder[last]
    return changed


def agree(document: Any) -> bool:
    return accepted_by_reader(document) == VALIDATOR.is_valid(document)


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("name", shipped_names())
def test_every_shipped_scheme_is_accepted_by_both(name) -> None:
    assert not [error.message for error in VALIDATOR.iter_errors(shipped(name))]
    parse_scheme(shipped(name))


def test_a_scheme_that_uses_everything_is_accepted_by_both() -> None:
    assert not [error.message for error in VALIDATOR.iter_errors(FULL)]
    parse_scheme(FULL)


def test_everything_a_scheme_can_hold_is_in_the_full_one() -> None:
    used = {path[-1] for path in places(FULL) if isinstance(path[-1], str)}
    named: set[str] = set()

    def collect(schema: Any) -> None:
        if isinstance(schema, dict):
            if schema.get("additionalProperties") is False:
                named.update(schema["properties"])
            for value in schema.values():
                collect(value)
        elif isinstance(schema, list):
            for value in schema:
                collect(value)

    collect(SCHEMA)
    assert named - used == {"unit"}  # of a target, which has a group here


@pytest.mark.parametrize("path", PLACES, ids=lambda path: ".".join(map(str, path)))
def test_both_judge_every_change_of_every_value_alike(path) -> None:
    documents = [put(FULL, path, value) for value in STRANGE] + [without(FULL, path)]
    if path in LOOKED_UP:
        documents = [document for document in documents if accepted_by_reader(document)]
    assert [document for document in documents if not agree(document)] == []


@pytest.mark.parametrize("path", PLACES, ids=lambda path: ".".join(map(str, path)))
def test_both_refuse_a_setting_that_does_not_exist(path) -> None:
    holder: Any = FULL
    for key in path:
        holder = holder[key]
    if isinstance(holder, dict) and path[-1] != "outlet_groups":
        document = put(FULL, (*path, "misspelt"), "x")
        assert not accepted_by_reader(document)
        assert not VALIDATOR.is_valid(document)


@pytest.mark.parametrize("document", [None, [], "办法", 1, {}, {"name": "甲"}, {"adoption": {"rules": []}}])
def test_both_refuse_what_is_no_scheme(document) -> None:
    assert not accepted_by_reader(document)
    assert not VALIDATOR.is_valid(document)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("bonuses", [{"event": "instruction"}]),
        ("bonuses", [{"event": "instruction", "points": "1", "factor": "2"}]),
        ("bonuses", [{"event": "late", "points": "1"}]),
        ("bonuses", [{"event": "target_met", "metric": "filed", "window": "year"}]),
        ("bonuses", [{"event": "target_met", "window": "year", "points": 1}]),
        ("bonuses", [{"event": "target_met", "metric": "filed", "window": "year", "points": 1, "factor": 2}]),
        ("rank_by", "city"),
        ("ties", {"then": ["filed", "adopted"]}),
        ("penalties", [{"event": "target_missed", "metric": "filed", "window": "year"}]),
        *(
            (place, [{"metric": metric, "window": "year", "genre": "news"} | rest])
            for metric in ("points", "issued")
            for place, rest in (
                ("penalties", {"event": "shortfall"}),
                ("penalties", {"event": "target_missed", "points": 1}),
                ("bonuses", {"event": "target_met", "points": 1}),
                ("targets", {"value": 1}),
                ("consequences", {"text": "通报"}),
            )
        ),
        ("adoption.modifiers", [{"mode": "merged"}]),
        ("adoption.modifiers", [{"factor": "2", "add": "1"}]),
        ("filing", [{"kind": "threshold", "points": "1"}]),
        ("penalties", [{"event": "late"}]),
        ("penalties", [{"event": "late", "points": "1"}, {"event": "late", "points": "2"}]),
        ("penalties", [{"event": "low_rate", "points": "1"}]),
        ("penalties", [{"event": "shortfall", "metric": "points"}]),
        ("penalties", [{"event": "late", "points": "1", "below": "1"}]),
        ("limits", [{"of": "total", "max": "1"}]),
        ("limits", [{"of": "total", "window": "year"}]),
        ("limits", [{"of": "item", "max": "1", "window": "year"}]),
        ("limits", [{"of": "item", "min": "0"}]),
        ("targets", [{"metric": "points", "window": "year", "value": 1, "unit": "甲", "group": "乙"}]),
        ("several_units", {"policy": "fixed"}),
        ("several_units", {"policy": "flat"}),
        ("penalties", [{"event": "late", "points": "1", "times": 2}]),
        ("penalties", [{"event": "untrue", "voids": "item", "times": 2}]),
        ("several_units", {"policy": "factor", "factor": "1.5"}),
        ("reposts", {"policy": "by_length"}),
    ],
)
def test_both_refuse_settings_that_do_not_go_together(path, value) -> None:
    document = put(FULL, tuple(path.split(".")), value)
    assert not accepted_by_reader(document)
    assert not VALIDATOR.is_valid(document)


@pytest.mark.parametrize(("path", "value"), ONLY_READ)
def test_what_the_schema_cannot_say_the_reader_still_refuses(path, value) -> None:
    document = put(FULL, tuple(path.split(".")), value)
    assert VALIDATOR.is_valid(document)
    assert not accepted_by_reader(document)
