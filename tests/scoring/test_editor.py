"""The form of a scheme: nothing is lost on the way there and back, and every problem stands in its place."""

from __future__ import annotations

import json
from copy import deepcopy
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scoring.editor.cells import Cell, Kind
from scoring.editor.earning import ADOPTION, MODIFIERS
from scoring.editor.editing import SectionForm
from scoring.editor.parts import Card, NamedLists, Part, Rules, Table
from scoring.editor.sections import SECTIONS, home_of
from scoring.editor.shared import Section
from scoring.editor.windows import PENALTIES
from scoring.forms import LARGEST_FILE, read_rules
from scoring.pages.scheme import problems_of
from scoring.schemes.reading import SHIPPED, parse_scheme, shipped, shipped_names

SCHEMES = {name: shipped(name) for name in shipped_names()}


def posted(form: SectionForm) -> QueryDict:
    """What a browser sends for the form as it is drawn."""
    data: dict[str, str] = {}
    for view in form.parts({}, []):
        data |= {
            f"{view.part.id}-{name}": str(value)
            for name, value in view.formset.management_form.initial.items()
        }
        for row in view.formset.forms:
            data |= {row.add_prefix(name): row[name].value() or "" for name in row.fields}
    sent = QueryDict(mutable=True)
    for name, value in data.items():
        sent[name] = value
    return sent


def there_and_back(shown: Section, rules: Rules) -> Rules:
    form = SectionForm.typed(shown, posted(SectionForm.of(shown, rules, {})), {})
    assert form.errors == []
    return form.rules(rules)


@pytest.mark.parametrize("name", SCHEMES)
def test_every_shipped_scheme_goes_through_the_form_and_back_unchanged(name: str) -> None:
    rules = deepcopy(SCHEMES[name])
    for shown in SECTIONS:
        rules = there_and_back(shown, rules)
    assert rules == SCHEMES[name]
    assert parse_scheme(rules) == parse_scheme(SCHEMES[name])


def test_every_setting_of_the_published_format_has_its_field() -> None:
    schema = json.loads((SHIPPED / "scheme.schema.json").read_text(encoding="utf-8"))
    offered = {path for shown in SECTIONS for part in shown.parts for path in paths_of(part)}
    assert set(settings_in(schema, schema)) == offered


def paths_of(part: Part) -> set[str]:
    if isinstance(part, NamedLists):
        return {part.path}
    start = f"{part.path}[]" if isinstance(part, Table) else part.path
    keys = [cell.key for cell in part.cells] + (list(part.constants) if isinstance(part, Table) else [])
    # An item is filed by itself and counts once: these mean nothing for it.
    unused = ["items", "window", "remainder"] if part.path == "filing" and part.id == "per_item" else []
    return {".".join(filter(None, (start, key))) for key in [*keys, *unused]}


def settings_in(schema: Any, node: Any, path: str = "") -> set[str]:
    """Every place of the JSON where a value may stand: `adoption.rules[].points`."""
    while "$ref" in node:
        node = schema["$defs"][node["$ref"].removeprefix("#/$defs/")]
    choices = [
        choice for word in ("anyOf", "oneOf") for choice in node.get(word, ()) if choice.get("type") != "null"
    ]
    found = {place for choice in choices for place in settings_in(schema, choice, path)}
    if "items" in node:
        inside = settings_in(schema, node["items"], f"{path}[]")
        # A list of texts is one value; of figures that are chosen, each is one.
        found |= {path} if inside == {f"{path}[]"} and path != "ties.then" else inside
    if list(node.get("properties", ())) == ["not"]:  # in the field of what it is not
        return {path}
    for key, below in node.get("properties", {}).items():
        found |= settings_in(schema, below, f"{path}.{key}" if path else key)
    return found or {path}


def typed(cell: Cell) -> st.SearchStrategy[str]:
    if cell.kind is Kind.CHOICE:
        words = [*(cell.terms or {"甲组": "甲组"})]
        return st.sampled_from(["", *words, *(f"≠{word}" for word in words if cell.negatable)])
    if cell.kind in {Kind.NUMBER, Kind.WHOLE}:
        return st.sampled_from(["", "0", "5", "0.5", "１２", "-3", "ten", " 7 "])
    return st.text(st.sampled_from("甲乙、，；;\n a1=<"), max_size=12)


def rows(part: Part) -> st.SearchStrategy[list[dict[str, str]]]:
    row = st.fixed_dictionaries({cell.name: typed(cell) for cell in part.cells})
    return row.map(lambda one: [one]) if isinstance(part, Card) else st.lists(row, max_size=4)


@pytest.mark.parametrize("shown", SECTIONS, ids=lambda shown: shown.code)
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_what_was_typed_once_stands_still(shown: Section, data: st.DataObject) -> None:
    form = SectionForm(shown, {}, {part.id: data.draw(rows(part)) for part in shown.parts}, [])
    rules = form.rules({"name": "办法"} if shown.code != "basics" else {})
    assert SectionForm.of(shown, rules, {}).rules(rules) == rules
    assert there_and_back(shown, rules) == rules


def test_blank_rows_and_blank_fields_are_settings_left_out() -> None:
    form = SectionForm.of(ADOPTION, {}, {})
    form.rows["rules"] = [{"level": "city", "points": " 10 ", "note": ""}, {"level": "", "points": " "}]
    assert form.rules({}) == {"adoption": {"rules": [{"level": "city", "points": "10"}]}}
    form.rows["rules"] = [{}]
    assert form.rules({"name": "办法", "adoption": {"rules": [{"points": 1}]}}) == {"name": "办法"}


def test_rows_of_one_list_in_two_tables_keep_their_places() -> None:
    before = deepcopy(SCHEMES["s21"])
    form = SectionForm.of(PENALTIES, before, {})
    form.rows["penalties"][0]["points"] = "6"
    after = form.rules(before)
    assert [row["event"] for row in after["penalties"]] == [row["event"] for row in before["penalties"]]
    assert after["penalties"][1]["points"] == "6"


@pytest.mark.parametrize(
    ("asked", "left"),
    [
        ("add rules", ["1", "2", "3", ""]),
        ("up rules 1", ["2", "1", "3"]),
        ("down rules 1", ["1", "3", "2"]),
        ("drop rules 0", ["2", "3"]),
        ("up rules 0", ["1", "2", "3"]),
        ("down rules 2", ["1", "2", "3"]),
        ("drop rules 9", ["1", "2", "3"]),
        ("drop rules -1", ["1", "2", "3"]),
        ("drop nothing 0", ["1", "2", "3"]),
        ("dance rules 0", ["1", "2", "3"]),
        ("", ["1", "2", "3"]),
    ],
)
def test_a_button_moves_rows_and_nothing_else(asked: str, left: list[str]) -> None:
    form = SectionForm.of(ADOPTION, {"adoption": {"rules": [{"points": n} for n in "123"]}}, {})
    form.step(asked)
    assert [row.get("points", "") for row in form.rows["rules"]] == left


def test_every_problem_stands_beside_its_field_even_below_blank_rows() -> None:
    rules = {"name": "办法", "adoption": {"rules": [{"level": "city", "points": "ten"}]}}
    form = SectionForm.of(ADOPTION, rules, {})
    form.rows["rules"].insert(0, {})
    (view,) = form.parts(rules, problems_of(rules))
    assert [[field.cell.key for field in row.fields if field.problems] for row in view.rows] == [
        [],
        ["points"],
    ]
    assert view.problems == []
    assert 'aria-invalid="true"' in view.rows[1].fields[-2].html


def test_a_rule_that_says_two_things_at_once_is_explained_in_the_words_of_the_form() -> None:
    modifier = {"mode": "merged", "factor": "0.5", "add": "3"}
    rules = {"name": "办法", "adoption": {"rules": [], "modifiers": [modifier]}}
    with override("en"):
        views = SectionForm.of(MODIFIERS, rules, {}).parts(rules, problems_of(rules))
        texts = [text for field in views[1].rows[0].fields for text in field.problems]
        assert texts == ["Does not go together with this setting: Times、Plus"]


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("name", "basics"),
        ("rounding.places", "basics"),
        ("ties.then", "basics"),
        ("groups[0].name", "groups"),
        ("targets[0].value", "groups"),
        ("outlet_groups.甲.乙", "outlets"),
        ("adoption", "adoption"),
        ("adoption.rules", "adoption"),
        ("adoption.rules[0]", "adoption"),
        ("adoption.modifiers_apply", "modifiers"),
        ("several_units.factor", "sharing"),
        ("bonuses[0].factor", "bonuses"),
        ("filing[0].items", "filing"),
        ("base.window", "filing"),
        ("penalties[0].event", "penalties"),
        ("limits[0].max", "limits"),
        ("consequences[0].text", "consequences"),
        ("source.title", "notes"),
    ],
)
def test_every_problem_has_a_home(path: str, code: str) -> None:
    row: dict[str, Any] = {}
    lists = ("groups", "targets", "bonuses", "penalties", "limits", "consequences")
    rules: dict[str, Any] = {key: [row] for key in lists}
    rules |= {"adoption": {"rules": [row]}, "filing": [{"kind": "threshold"}], "outlet_groups": {"甲.乙": []}}
    home = home_of(path, rules)
    assert home is not None
    assert home.code == code


def test_a_problem_of_no_field_has_no_home() -> None:
    assert home_of("colour", {}) is None
    assert home_of("penalties[7].points", {}) is None


def test_rare_columns_are_hidden_but_not_lost() -> None:
    rules = {"adoption": {"rules": [{"points": "1"}]}}
    form = SectionForm.of(ADOPTION, rules, {})
    (view,) = form.parts(rules, [])
    assert view.more
    assert "min_length" not in [cell.key for cell in view.columns]
    assert {field.name for field in view.rows[0].hidden} >= {"min_length", "outlet_group"}
    form.step("wide")
    assert not form.parts(rules, [])[0].more
    used = {"adoption": {"rules": [{"points": "1", "min_length": 800}]}}
    (view,) = SectionForm.of(ADOPTION, used, {}).parts(used, [])
    assert "min_length" in [cell.key for cell in view.columns]


def test_a_word_that_is_no_choice_is_kept_until_it_is_mended() -> None:
    rules = {"adoption": {"rules": [{"level": "galaxy", "points": "1"}]}}
    (view,) = SectionForm.of(ADOPTION, rules, {}).parts(rules, [])
    assert 'value="galaxy" selected' in view.rows[0].fields[0].html
    assert there_and_back(ADOPTION, rules) == rules


def test_too_long_a_text_and_a_broken_request_are_refused() -> None:
    data = posted(SectionForm.of(ADOPTION, {"adoption": {"rules": [{"points": "1"}]}}, {}))
    data["rules-0-note"] = "长" * 201
    assert SectionForm.typed(ADOPTION, data, {}).errors
    assert SectionForm.typed(ADOPTION, QueryDict(), {}).errors
    data["rules-TOTAL_FORMS"] = "100000"
    assert SectionForm.typed(ADOPTION, data, {}).errors


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"[]",
        b'{"name": NaN}',
        b'{"name": "\\u0000"}',
        b'{"name": "\\ud800"}',
        b'{"colour": "red", "name": "x", "adoption": {"rules": []}}',
        b'{"name": "x", "adoption": {"rules": "none"}}',
        b"[" * 100_000,
        b" " * (LARGEST_FILE + 1),
    ],
    ids=lambda content: str(content[:24]),
)
def test_a_file_that_no_form_could_show_is_refused(content: bytes) -> None:
    with pytest.raises(ValidationError):
        read_rules(SimpleUploadedFile("scheme.json", content))


def test_a_file_with_problems_of_values_is_taken_to_be_mended() -> None:
    file = SimpleUploadedFile("scheme.json", b'\xef\xbb\xbf{"adoption": {"rules": [{"points": 0.50}]}}')
    assert read_rules(file) == {"adoption": {"rules": [{"points": "0.50"}]}}


def test_numbers_out_of_all_reach_are_kept_as_they_are_written() -> None:
    huge = b'{"name": "x", "adoption": {"rules": [{"points": 1e999}, {"points": 99999999999999999999}]}}'
    rules = read_rules(SimpleUploadedFile("scheme.json", huge))
    assert [row["points"] for row in rules["adoption"]["rules"]] == ["1e999", "99999999999999999999"]
