"""What the pages of a scheme's draft show: the scheme in words, its problems in their places, its effects."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from accounts.enums import UnitKind
from accounts.models import Unit
from adoptions.models import Outlet
from stats import facts
from stats.models import Bulletin, SchemeDraft, Tally
from stats.scheme_forms.sections import SECTIONS, home_of
from stats.scheme_forms.shared import Section
from stats.scheme_pages import SchemePage, problems_of, readable, scheme_page
from stats.scheme_terms import Terms
from stats.schemes import Problem
from stats.wording import GROUPS, problem_text

#: So many names are offered while typing; whoever has more outlets types the name.
OFFERED_OUTLETS = 500


@dataclass(frozen=True, slots=True)
class Contents:
    """A section in the list of all of them, with the number of its problems."""

    section: Section
    problems: int


@dataclass(frozen=True, slots=True)
class Effects:
    """What putting a scheme in force from a day does to what is already counted and printed."""

    effective_from: date
    recounted: list[date]
    frozen: list[Bulletin]
    begins_a_month: bool


@dataclass(frozen=True, slots=True)
class DraftPage:
    """A draft in words, as far as it can be read."""

    scheme: SchemePage
    contents: list[Contents]
    problems: tuple[Problem, ...]
    homeless: list[str]


def draft_page(rules: dict[str, Any]) -> DraftPage:
    """The rules of a draft, flawed or not."""
    problems = problems_of(rules)
    homes = [(home_of(problem.path, rules), problem) for problem in problems]
    return DraftPage(
        scheme=scheme_page(readable(rules)),
        contents=[Contents(each, sum(home is each for home, _problem in homes)) for each in SECTIONS],
        problems=problems,
        homeless=[problem_text(problem) for home, problem in homes if home is None],
    )


def effects(office: Unit, effective_from: date) -> Effects:
    """Months that are counted again, and issued bulletins that stay as they are; two queries."""
    counted = Tally.objects.of_office(office).filter(month__gte=effective_from.replace(day=1))
    issued = Bulletin.objects.of_office(office).issued().filter(last_day__gte=effective_from)
    return Effects(
        effective_from=effective_from,
        recounted=list(counted.order_by("month").values_list("month", flat=True)),
        frozen=list(issued.order_by("-last_day").defer("document")),
        begins_a_month=effective_from.day == 1,
    )


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
    outlets = Outlet.objects.of_office(draft.office).order_by("name").values_list("name", flat=True)
    return {
        "outlets": list(outlets.distinct()[:OFFERED_OUTLETS]),
        "units": [unit.name for unit in facts.ranking_units(draft.office).units if unit.assessed],
    }
