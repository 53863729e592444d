"""Rule R86 of docs/scoring.md: what a scheme names must be there, under the name that it has today."""

import json
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from accounts.enums import Role
from accounts.services.units import change_unit, end_unit_alias
from adoptions.outlets.services import edit_outlet, facts_of, stamp
from scoring.models import SchemeVersion
from scoring.names import names_of
from scoring.schemes.names import NAMINGS, Names, Register, unknown_names
from scoring.schemes.nodes import Flaw
from scoring.schemes.reading import SHIPPED, SchemeError, parse_scheme
from scoring.services.drafts import confirm_scheme, propose_scheme, start_draft
from scoring.services.versions import add_scheme
from scoring.timetables import timetable_of
from tests.conftest import LONG_AGO, make_person
from tests.scoring.builders import scheme_data
from tests.stats.trials.ledger_books import filed, ledger, scheme_file, tried
from tests.stats.world import AFTER

NAMES = Names(
    units=Register(frozenset({"奈曼旗", "150525", "开鲁县"}), {"奈曼县": "奈曼旗"}),
    groups=Register(frozenset({"county"})),
    outlets=Register(frozenset({"求是"})),
)
#: Members of the document that are texts of one's own, and those that the reader itself looks up.
FREE = {"name", "notes", "cut", "title", "url", "note", "text", "groups.name"}
LOOKED_UP = {"adoption.rules.outlet_group", "adoption.modifiers.outlet_group"}


def found(**settings: Any) -> list[tuple[str, Flaw, str]]:
    with pytest.raises(SchemeError) as caught:
        parse_scheme(scheme_data(**settings), NAMES)
    return [(problem.path, problem.flaw, problem.detail) for problem in caught.value.problems]


def target(**whose: str) -> list[dict[str, str]]:
    return [{"metric": "points", "window": "month", "value": "20"} | whose]


@pytest.mark.parametrize(
    ("settings", "problem"),
    [
        ({"targets": target(unit="不存在旗")}, ("targets[0].unit", Flaw.NO_UNIT, "不存在旗")),
        ({"targets": target(group="丙组")}, ("targets[0].group", Flaw.NO_GROUP, "丙组")),
        (
            {"groups": [{"name": "甲组", "units": ["奈曼旗", "不存在旗"]}]},
            ("groups[0].units", Flaw.NO_UNIT, "不存在旗"),
        ),
        (
            {"filing": [{"kind": "per_item", "points": "1", "group": "丙组"}]},
            ("filing[0].group", Flaw.NO_GROUP, "丙组"),
        ),
        ({"rules": [{"group": "丙组", "points": "1"}]}, ("adoption.rules[0].group", Flaw.NO_GROUP, "丙组")),
        (
            {"modifiers": [{"group": "丙组", "factor": "2"}]},
            ("adoption.modifiers[0].group", Flaw.NO_GROUP, "丙组"),
        ),
        (
            {"modifiers": [{"group": {"not": "丙组"}, "factor": "2"}]},
            ("adoption.modifiers[0].group", Flaw.NO_GROUP, "丙组"),
        ),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else "",
)
def test_r86_an_unknown_name_is_an_error_in_its_place(settings, problem) -> None:
    assert found(**settings) == [problem]


@pytest.mark.parametrize(
    ("settings", "path"),
    [
        ({"rules": [{"outlet": "求实", "points": "1"}]}, "adoption.rules[0].outlet"),
        ({"modifiers": [{"outlet": "求实", "factor": "2"}]}, "adoption.modifiers[0].outlet"),
        ({"outlet_groups": {"学术刊物": ["求是", "求实"]}}, "outlet_groups.学术刊物"),
    ],
)
def test_r86_an_outlet_that_is_not_in_the_list_yet_is_no_error_but_told(settings, path) -> None:
    assert [problem.path for problem in unknown_names(scheme_data(**settings), NAMES)] == [path]
    parse_scheme(scheme_data(**settings), NAMES)


def test_r86_a_former_name_is_an_error_that_tells_the_present_one() -> None:
    assert found(targets=target(unit="奈曼县")) == [("targets[0].unit", Flaw.RENAMED, "奈曼县 → 奈曼旗")]


def test_r86_what_is_there_may_be_named_by_name_or_code_and_groups_of_its_own_by_name() -> None:
    parse_scheme(
        scheme_data(
            groups=[{"name": "甲组", "units": ["奈曼旗", "150525"]}],
            outlet_groups={"学术刊物": ["求是"]},
            rules=[{"group": "甲组", "points": "1"}, {"group": "county", "outlet": "求是", "points": "2"}],
            targets=target(group="甲组") + target(unit="开鲁县"),
        ),
        NAMES,
    )


def test_r86_names_are_told_together_with_all_else_that_is_wrong() -> None:
    flaws = [flaw for _path, flaw, _detail in found(targets=target(unit="不存在旗"), rank_by="x")]
    assert flaws == [Flaw.NOT_CHOICE, Flaw.NO_UNIT]


@pytest.mark.parametrize("data", [None, [], {"groups": 1}, {"groups": [1]}, {"adoption": {"rules": {}}}])
def test_names_are_looked_for_in_anything(data: object) -> None:
    assert list(unknown_names(data, NAMES)) == []


def test_every_member_that_is_a_text_is_a_name_or_free() -> None:
    schema = json.loads((SHIPPED / "scheme.schema.json").read_text(encoding="utf-8"))
    named = {".".join(step for step in each.steps if step not in ("[]", "*")) for each in NAMINGS}
    # A name that is excluded is looked up as one that is asked for (R96).
    texts = {path.removesuffix(".not") for path in _texts(schema, schema)}
    unsorted = {path for path in texts - named - LOOKED_UP if not FREE & {path, path.rpartition(".")[2]}}
    assert unsorted == set()
    assert named | LOOKED_UP <= texts


def _texts(schema: dict[str, Any], whole: dict[str, Any], path: str = "") -> Any:
    """The paths of all members that may be any text."""
    if ref := schema.get("$ref"):
        target = whole
        for key in ref.removeprefix("#/").split("/"):
            target = target[key]
        yield from _texts(target, whole, path)
    if schema.get("type") == "string" and schema.get("pattern", r"\S") == r"\S" and "enum" not in schema:
        yield path
    for keyword in ("anyOf", "oneOf", "allOf"):
        for each in schema.get(keyword, ()):
            yield from _texts(each, whole, path)
    for each in (schema.get("items"), schema.get("additionalProperties")):
        if isinstance(each, dict):
            yield from _texts(each, whole, path)
    for key, each in schema.get("properties", {}).items():
        if isinstance(each, dict):
            yield from _texts(each, whole, f"{path}.{key}" if path else key)


# In a ledger


def test_r86_units_and_groups_that_a_ledgers_sheet_does_not_list_are_errors(tmp_path) -> None:
    scheme = scheme_file(tmp_path / "办法.json", targets=target(unit="不存在镇") + target(group="丙组"))
    book = ledger(tmp_path / "台账.xlsx", [filed("甲")], {"单位": (["单位", "组"], [["甲镇", "甲组"]])})
    with pytest.raises(CommandError) as caught:
        tried(scheme, book)
    assert "targets[0].unit" in str(caught.value)
    assert "targets[1].group" in str(caught.value)


def test_r86_what_a_ledger_without_that_sheet_does_not_tell_of_is_a_warning(tmp_path, capsys) -> None:
    scheme = scheme_file(tmp_path / "办法.json", targets=target(unit="不存在镇") + target(unit="甲镇"))
    tried(scheme, ledger(tmp_path / "台账.xlsx", [filed("甲")]))
    said = capsys.readouterr().err
    assert "targets[0].unit" in said
    assert "targets[1]" not in said


# In an office


@pytest.fixture
def second(city, db):
    return make_person(city.section, "second", "子管理", Role.OFFICE_ADMIN)


def test_names_of_an_office_are_those_of_its_ranked_units_and_its_outlets(cast, city, outlets) -> None:
    names = names_of(city.office)
    assert names.units is not None
    assert names.outlets is not None
    assert {city.county.name, city.county.code, city.office.name} <= names.units.known
    assert "示例市日报" in names.outlets.known


def test_a_version_that_names_nobody_is_refused_and_its_months_stay(cast, city) -> None:
    with pytest.raises(SchemeError):
        add_scheme(
            office=city.office,
            rules=scheme_data(targets=target(unit="不存在旗")),
            effective_from=LONG_AGO,
            now=AFTER,
        )
    assert not SchemeVersion.objects.exists()


def test_the_command_tells_the_name_and_its_place(cast, city, tmp_path) -> None:
    file = tmp_path / "办法.json"
    file.write_text(json.dumps(scheme_data(targets=target(unit="不存在旗"))), encoding="utf-8")
    with pytest.raises(CommandError, match=r"targets\[0\]\.unit.*不存在旗"):
        call_command("load_scheme", str(file), "--office", city.office.code, "--from", "2026-01-01")


def test_the_editor_shows_an_unknown_name_in_its_row_and_offers_no_proposal(cast, city, as_user) -> None:
    rules = scheme_data(targets=target(unit="不存在旗"))
    draft = start_draft(office=city.office, rules=rules, by=cast.admin, now=AFTER)
    client = as_user(cast.admin)
    section = client.get(reverse("scoring:scheme-draft-edit", args=[draft.pk, "groups"])).content.decode()
    assert "：不存在旗" in section
    assert client.get(reverse("scoring:scheme-draft-propose", args=[draft.pk])).status_code == 409
    assert "page" not in client.get(reverse("stats:trial", args=[draft.pk])).context


def test_the_editor_warns_of_an_outlet_that_is_not_in_the_list_yet(cast, city, as_user) -> None:
    rules = scheme_data(rules=[{"outlet": "求实", "points": "1"}])
    draft = start_draft(office=city.office, rules=rules, by=cast.admin, now=AFTER)
    client = as_user(cast.admin)
    shown = client.get(reverse("scoring:scheme-draft-detail", args=[draft.pk])).content.decode()
    assert "采用得分第1条：媒体名录里还没有这家媒体" in shown
    assert client.get(reverse("scoring:scheme-draft-propose", args=[draft.pk])).status_code == 200


def test_r93_a_proposed_scheme_means_whom_it_meant_when_it_was_proposed(cast, city, second, as_user) -> None:
    old, other = city.county.name, city.other_county
    draft = start_draft(
        office=city.office, rules=scheme_data(targets=target(unit=old)), by=cast.admin, now=AFTER
    )
    day = AFTER.date()
    draft = propose_scheme(
        draft=draft, effective_from=day, reason="通知", revision=1, by=cast.admin, now=AFTER
    )
    change_unit(unit=city.county, by=cast.admin, now=AFTER, name="新名县")
    change_unit(unit=other, by=cast.admin, now=AFTER, name=old)
    version = confirm_scheme(draft=draft, revision=draft.revision, by=second, now=AFTER)
    assert version.meant["units"] == {old: [city.county.pk]}
    assert [each.unit for each in timetable_of(city.office).entries[0].scheme.targets] == ["新名县"]


def test_r93_a_name_that_is_no_longer_right_at_the_proposal_is_answered_not_an_error(
    cast, city, as_user
) -> None:
    draft = start_draft(
        office=city.office,
        rules=scheme_data(targets=target(unit=city.county.name)),
        by=cast.admin,
        now=AFTER,
    )
    change_unit(unit=city.county, by=cast.admin, now=AFTER, name="新名县")
    end_unit_alias(alias=city.county.aliases.get(), until=LONG_AGO, by=cast.admin, now=AFTER)
    with pytest.raises(SchemeError, match="renamed 青山县 → 新名县"):
        propose_scheme(
            draft=draft, effective_from=LONG_AGO, reason="通知", revision=1, by=cast.admin, now=AFTER
        )
    address = reverse("scoring:scheme-draft-propose", args=[draft.pk])
    posted = {"effective_from": "2026-05-01", "reason": "通知", "revision": 1}
    assert as_user(cast.admin).post(address, posted).status_code == 409


def test_the_page_of_a_version_tells_which_names_are_no_longer_right(cast, city, outlets, as_user) -> None:
    rules = scheme_data(rules=[{"outlet": "示例市日报", "points": "1"}])
    version = add_scheme(office=city.office, rules=rules, effective_from=LONG_AGO, now=AFTER)
    address = reverse("scoring:scheme-detail", args=[version.version])
    assert "→" not in as_user(cast.admin).get(address).content.decode()
    outlet = outlets["city"]
    facts = facts_of(outlet)
    renamed = type(facts)(**{name: getattr(facts, name) for name in facts.__slots__} | {"name": "示例新报"})
    edit_outlet(outlet=outlet, facts=renamed, seen=stamp(outlet), by=cast.admin, now=AFTER)
    assert "示例市日报 → 示例新报" in as_user(cast.admin).get(address).content.decode()
