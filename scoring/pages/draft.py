"""What the pages of a scheme's draft show: the scheme in words, its problems in their places, its effects."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _

from accounts.enums import UnitKind
from accounts.models import Unit
from adoptions.models import Outlet
from scoring.editor.sections import SECTIONS, home_of
from scoring.editor.shared import Section
from scoring.models import SchemeDraft
from scoring.pages.scheme import SchemePage, problems_of, readable, scheme_page, warnings_of
from scoring.schemes.names import Names
from scoring.schemes.nodes import Problem
from scoring.terms import Terms
from scoring.wording import GROUPS, problem_text

#: So many names are offered while typing; whoever has more outlets types the name.
OFFERED_OUTLETS = 500
#: The number of an entry in a path such as `adoption.rules[2].outlet`, from 0.
_ENTRY: Final = re.compile(r"\[([0-9]+)\]")


@dataclass(frozen=True, slots=True)
class Contents:
    """A section in the list of all of them, with the number of its problems."""

    section: Section
    problems: int


@dataclass(frozen=True, slots=True)
class DraftPage:
    """A draft in words, as far as it can be read."""

    scheme: SchemePage
    contents: list[Contents]
    problems: tuple[Problem, ...]
    homeless: list[str]
    warnings: list[str]


def draft_page(rules: dict[str, Any], names: Names) -> DraftPage:
    """The rules of a draft, flawed or not, in the office that has these names."""
    problems = problems_of(rules, names)
    homes = [(home_of(problem.path, rules), problem) for problem in problems]
    return DraftPage(
        scheme=scheme_page(readable(rules)),
        contents=[Contents(each, sum(home is each for home, _each in homes)) for each in SECTIONS],
        problems=problems,
        homeless=[problem_text(problem) for home, problem in homes if home is None],
        warnings=[] if problems else in_sections(warnings_of(rules, names), rules),
    )


def in_sections(problems: Iterable[Problem], rules: dict[str, Any]) -> list[str]:
    """These problems in words, placed by section and entry of the form, as people see them."""
    return [problem_text(problem, _place(problem.path, rules)) for problem in problems]


def _place(path: str, rules: dict[str, Any]) -> str:
    home, entry = home_of(path, rules), _ENTRY.search(path)
    if home is None or entry is None:
        return str(home.title) if home else ""
    return _("%(section)s, entry %(number)d") % {"section": home.title, "number": int(entry[1]) + 1}


def offers(rules: dict[str, Any]) -> Mapping[str, Terms]:
    """What can be chosen because the scheme itself names it."""
    groups = rules.get("groups")
    named = [one.get("name") for one in groups if isinstance(one, dict)] if isinstance(groups, list) else []
    outlet_groups = rules.get("outlet_groups")
    return {
        "groups": {name: name for name in named if isinstance(name, str)}
        | {kind: label for kind, label in GROUPS.items() if kind != UnitKind.OFFICE},
        "outlet_groups": {name: name for name in outlet_groups} if isinstance(outlet_groups, dict) else {},
    }


def suggestions(draft: SchemeDraft) -> dict[str, list[str]]:
    """Names that are offered while typing; two queries."""
    ranked = Unit.objects.filter(parent=draft.office, office=draft.office)
    outlets = Outlet.objects.of_office(draft.office).order_by("name").values_list("name", flat=True)
    return {
        "outlets": list(outlets.distinct()[:OFFERED_OUTLETS]),
        "units": list(ranked.order_by("position", "name", "pk").values_list("name", flat=True)),
    }
