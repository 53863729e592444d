"""Rule R93 of docs/scoring.md: a group that is renamed in a draft is renamed wherever the draft names it."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from scoring.schemes.names import regrouped, renamed
from scoring.services.drafts import start_draft
from tests.conftest import Cast, City
from tests.scoring.builders import scheme_data
from tests.stats.world import AFTER


def rules(first: str = "甲组", second: str = "乙组", papers: str = "要报") -> dict[str, Any]:
    data: dict[str, Any] = scheme_data(
        groups=[{"name": first, "units": ["青山县"]}, {"name": second, "units": ["白水县"]}],
        outlet_groups={papers: ["求是"]},
        rules=[{"group": "甲组", "points": "1"}, {"outlet_group": "要报", "points": "9"}],
        modifiers=[{"group": "甲组", "outlet_group": "要报", "factor": "2"}],
        filing=[{"kind": "per_item", "points": "1", "group": "乙组"}],
        targets=[{"metric": "points", "window": "month", "value": "9", "group": "甲组"}],
    )
    return data


def named(data: dict[str, Any]) -> list[str]:
    adoption = data["adoption"]
    rows = [*adoption["rules"], *adoption["modifiers"], *data["filing"], *data["targets"]]
    return [row[key] for row in rows for key in ("group", "outlet_group") if key in row]


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"first": "丙组"}, ["丙组", "要报", "丙组", "要报", "乙组", "丙组"]),
        ({"first": "丙组", "second": "丁组"}, ["丙组", "要报", "丙组", "要报", "丁组", "丙组"]),
        ({"papers": "大报"}, ["甲组", "大报", "甲组", "大报", "乙组", "甲组"]),
        ({}, ["甲组", "要报", "甲组", "要报", "乙组", "甲组"]),
    ],
)
def test_r93_what_names_a_group_follows_its_new_name(changed: dict[str, str], expected: list[str]) -> None:
    before, after = rules(), rules(**changed)
    assert named(regrouped(before, after)) == expected
    assert named(before) == named(rules())


def test_r93_a_group_that_is_gone_or_another_one_is_no_renaming() -> None:
    before, after = rules(), rules()
    after["groups"] = [{"name": "新组", "units": ["开鲁县"]}]
    assert named(regrouped(before, after)) == named(before)


@pytest.mark.parametrize("data", [None, [], {"groups": 1}, {"groups": [1]}, {"outlet_groups": []}])
def test_groups_are_looked_for_in_anything(data: object) -> None:
    assert regrouped(data, data) == data
    assert renamed(data, "groups", {"甲": ("乙",)}) == data


def test_r93_the_form_of_groups_renames_the_whole_draft(cast: Cast, city: City, as_user: Any) -> None:
    draft = start_draft(office=city.office, rules=rules(), by=cast.admin, now=AFTER)
    client, page = as_user(cast.admin), reverse("scoring:scheme-draft-edit", args=[draft.pk, "groups"])
    shown = client.get(page)
    data = {"revision": shown.context["revision"]}
    for part in shown.context["parts"]:
        for form in (part.formset.management_form, *part.formset.forms):
            data |= {form.add_prefix(name): form[name].value() or "" for name in form.fields}
    (field,) = (name for name, value in data.items() if value == "甲组" and name.startswith("groups-"))
    data[field] = "丙组"
    assert client.post(page, data).status_code == 302
    draft.refresh_from_db()
    assert named(draft.rules) == ["丙组", "要报", "丙组", "要报", "乙组", "丙组"]
