"""Rule R87 of docs/scoring.md: what can never apply is pointed out, and nothing else is."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.urls import reverse

from scoring.schemes.idle import idle_rules
from scoring.schemes.nodes import Flaw
from scoring.schemes.reading import parse_scheme, shipped, shipped_names
from scoring.services.drafts import start_draft
from tests.scoring.builders import scheme_data
from tests.stats.trials.ledger_books import ledger, points, scheme_file, tried, used
from tests.stats.world import AFTER

CITY = {"level": "city", "points": "10"}
CITY_MERGED = {"level": "city", "mode": "merged", "points": "4"}
HALF = {"mode": "merged", "factor": "0.5"}
GROUPS = {"outlet_groups": {"刊物": ["求是"]}}


def idle(*rules: dict[str, Any], **settings: Any) -> list[tuple[str, Flaw]]:
    scheme = parse_scheme(scheme_data(rules=rules or (CITY,), **settings))
    return [(problem.path, problem.flaw) for problem in idle_rules(scheme)]


@pytest.mark.parametrize(
    ("rules", "modifier"),
    [
        # R12: every rule has priced the mode itself, or gives way to one that has.
        ([CITY_MERGED], HALF),
        ([CITY, CITY_MERGED], HALF),
        ([CITY, {"level": "province", "points": "20"}], {"level": "central", "factor": "2"}),
        ([{"genre": "news", "points": "1"}], {"genre": "analysis", "add": "10"}),
        ([CITY, {"level": "city", "min_length": 1000, "points": "20"}], {"min_length": 1500, "factor": "2"}),
        ([{"outlet": "求是", "points": "9"}], {"outlet": "求实", "factor": "2"}),
        ([CITY], {"outlet": "求实", "outlet_group": "刊物", "factor": "2"}),
        ([{"max_length": 500, "points": "9"}], {"genre": "news", "min_length": 501, "factor": "2"}),
    ],
)
def test_r87_a_modifier_that_fits_no_rule_it_may_change_never_applies(rules, modifier) -> None:
    assert idle(*rules, modifiers=[modifier], **GROUPS) == [("adoption.modifiers[0]", Flaw.NEVER_FITS)]


@pytest.mark.parametrize(
    ("rules", "modifier"),
    [
        ([CITY, {"level": "province", "mode": "merged", "points": "9"}], HALF),
        ([CITY, {"level": "city", "mode": "merged", "carrier": "app", "points": "9"}], HALF),
        ([CITY], {"genre": "news", "factor": "2"}),
        ([{"outlet": "求是", "points": "9"}], {"outlet_group": "刊物", "level": "central", "factor": "2"}),
        ([CITY, {"level": "city", "min_length": 1000, "points": "20"}], {"max_length": 900, "factor": "2"}),
        ([CITY, {"group": "county", "points": "6"}], {"group": "county", "factor": "2"}),
        ([{"outlet": "求是", "points": "9"}, CITY_MERGED], HALF),
    ],
)
def test_r87_a_modifier_that_may_apply_is_left_alone(rules, modifier) -> None:
    assert idle(*rules, modifiers=[modifier], **GROUPS) == []


@pytest.mark.parametrize(
    ("rules", "modifier"),
    [
        ([CITY], {"level": {"not": "city"}, "factor": "2"}),
        ([{"level": {"not": "city"}, "points": "5"}], {"level": "city", "factor": "2"}),
        ([{"mode": "single", "points": "5"}], {"mode": {"not": "merged"}, "factor": "2"}),
        ([{"outlet": "求是", "points": "9"}], {"outlet_group": {"not": "刊物"}, "factor": "2"}),
    ],
)
def test_r87_r96_a_modifier_for_all_but_what_the_rules_are_for_never_applies(rules, modifier) -> None:
    assert idle(*rules, modifiers=[modifier], **GROUPS) == [("adoption.modifiers[0]", Flaw.NEVER_FITS)]


@pytest.mark.parametrize(
    ("rules", "modifier"),
    [
        ([CITY], {"level": {"not": "county"}, "factor": "2"}),
        ([{"level": {"not": "city"}, "points": "5"}], {"level": {"not": "county"}, "factor": "2"}),
        ([{"mode": {"not": "merged"}, "points": "5"}], {"mode": "brief", "factor": "2"}),
        ([{"genre": {"not": "news"}, "points": "5"}], {"outlet_group": {"not": "刊物"}, "factor": "2"}),
    ],
)
def test_r87_r96_a_modifier_for_all_but_something_else_is_left_alone(rules, modifier) -> None:
    assert idle(*rules, modifiers=[modifier], **GROUPS) == []


def test_r87_r96_rules_for_all_but_something_give_way_and_contradict_like_others() -> None:
    other, single = {"mode": {"not": "merged"}, "points": "5"}, {"mode": "single", "points": "3"}
    assert idle(other, single) == [("adoption.rules[1]", Flaw.OVERTAKEN)]
    assert idle(single, other) == []
    wide = [{"level": {"not": "county"}, "factor": "2"}, {"level": "city", "factor": "3"}]
    assert idle(modifiers=wide, apply="first") == [("adoption.modifiers[1]", Flaw.OVERTAKEN)]
    inside = {"outlet": "求是", "outlet_group": {"not": "刊物"}, "points": "1"}
    assert idle(CITY, inside, **GROUPS) == [("adoption.rules[1]", Flaw.IMPOSSIBLE)]
    elsewhere = inside | {"outlet": "求实"}
    assert idle(CITY, elsewhere, **GROUPS) == []


def test_r87_where_reposts_are_counted_otherwise_rules_and_modifiers_for_them_never_apply() -> None:
    repost = {"mode": "repost", "points": "1"}
    modifier = {"mode": "repost", "factor": "0.5"}
    assert idle(CITY, repost, reposts="zero") == [("adoption.rules[1]", Flaw.IMPOSSIBLE)]
    assert idle(modifiers=[modifier], reposts="zero") == [("adoption.modifiers[0]", Flaw.NEVER_FITS)]
    assert idle(CITY, repost) == idle(modifiers=[modifier]) == []


def test_r87_of_modifiers_of_which_the_first_applies_a_narrower_one_below_never_does() -> None:
    narrow = {"position": "front_lead", "level": "city", "factor": "3"}
    wide = {"position": "front_lead", "factor": "2"}
    overtaken = [("adoption.modifiers[1]", Flaw.OVERTAKEN)]
    assert idle(modifiers=[wide, narrow], apply="first") == overtaken
    assert idle(modifiers=[wide, narrow]) == idle(modifiers=[narrow, wide], apply="first") == []


def test_r87_a_longer_length_below_a_shorter_one_is_overtaken() -> None:
    short, long = {"min_length": 500, "points": "5"}, {"min_length": 1000, "points": "10"}
    assert idle(short, long) == [("adoption.rules[1]", Flaw.OVERTAKEN)]
    assert idle(long, short) == []


def test_r87_a_maximum_above_all_that_can_be_reached_holds_nothing_back() -> None:
    modifiers = [{"position": "front_lead", "factor": "2"}, {"genre": "analysis", "add": "10", "max": "31"}]
    assert idle(modifiers=modifiers) == [("adoption.modifiers[1].max", Flaw.OUT_OF_REACH)]
    modifiers[1]["max"] = "30"
    assert idle(modifiers=modifiers) == []


def test_r87_a_maximum_of_deductions_never_holds() -> None:
    limits = [
        {"of": "penalty", "window": "year", "max": "6"},
        {"of": "penalty", "window": "year", "min": "-6"},
    ]
    assert idle(limits=limits) == [("limits[0].max", Flaw.OUT_OF_REACH)]


def test_r87_nobody_stays_below_a_target_of_nothing() -> None:
    filed = {"metric": "filed", "window": "year"}
    penalties = [
        {"event": "shortfall", "target": "0"} | filed,
        {"event": "target_missed", "target": "1", "points": "2"} | filed,
        {"event": "target_missed", "points": "2"} | filed,
    ]
    assert idle(penalties=penalties) == [("penalties[0].target", Flaw.OUT_OF_REACH)]


def test_r87_two_targets_met_are_no_two_bonuses_for_the_same() -> None:
    met = {"event": "target_met", "metric": "filed", "window": "year", "points": "2"}
    assert idle(bonuses=[met | {"target": "5"}, met | {"target": "9"}]) == []


def test_r87_the_second_of_two_bonuses_for_the_same_never_applies() -> None:
    bonus = {"event": "instruction", "points": "3"}
    assert idle(bonuses=[bonus, bonus, bonus | {"level": "city"}]) == [("bonuses[1]", Flaw.OVERTAKEN)]


@pytest.mark.parametrize("name", shipped_names())
def test_r87_shipped_schemes_have_nothing_idle(name: str) -> None:
    assert idle_rules(parse_scheme(shipped(name))) == ()


def test_warnings_stand_on_the_draft_in_the_editor_and_on_its_trial_and_hinder_nothing(
    cast, city, as_user
) -> None:
    rules = scheme_data(rules=[CITY, CITY_MERGED], modifiers=[HALF])
    draft = start_draft(office=city.office, rules=rules, by=cast.admin, now=AFTER)
    client = as_user(cast.admin)
    for address in (
        reverse("scoring:scheme-draft-detail", args=[draft.pk]),
        reverse("scoring:scheme-draft-edit", args=[draft.pk, "modifiers"]),
        reverse("stats:trial", args=[draft.pk]),
    ):
        assert "加成系数第1条：" in client.get(address).content.decode(), address
    assert client.get(reverse("scoring:scheme-draft-propose", args=[draft.pk])).status_code == 200


def test_the_command_warns_and_loads(cast, city, tmp_path: Path, capsys) -> None:
    file = tmp_path / "办法.json"
    file.write_text(json.dumps(scheme_data(rules=[CITY_MERGED], modifiers=[HALF])), encoding="utf-8")
    call_command("load_scheme", str(file), "--office", city.office.code, "--from", "2026-01-01")
    said = capsys.readouterr()
    assert "adoption.modifiers[0]" in said.err
    assert said.out


def test_the_trial_of_a_ledger_warns_and_counts(tmp_path: Path, capsys) -> None:
    rules = {"rules": [CITY, CITY_MERGED], "modifiers": [HALF]}
    scheme = scheme_file(tmp_path / "办法.json", adoption=rules)
    result = tried(scheme, ledger(tmp_path / "台账.xlsx", [used("甲", "市报", "市")]))
    assert points(result) == 10
    assert "adoption.modifiers[0]" in capsys.readouterr().err
