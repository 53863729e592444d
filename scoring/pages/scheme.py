"""A scoring scheme in words: what an administrator and a unit read, section by section, not JSON."""

from __future__ import annotations

import re
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from kit.numbers import points_text
from scoring import terms
from scoring.editor.cells import Words
from scoring.editor.sections import SECTIONS
from scoring.schemes.idle import idle_rules
from scoring.schemes.names import Names, unknown_names
from scoring.schemes.nodes import Flaw, Problem
from scoring.schemes.reading import SchemeError, parse_scheme
from scoring.schemes.scheme import Scheme
from scoring.sentences import ranking_sentences, sentence_at, sentences, year_sentence
from scoring.sentences.earning import (
    authors_sentence,
    joint_counts_sentence,
    outlets_sentence,
    reposts_sentence,
    units_sentence,
)
from scoring.sentences.windows import base_sentence
from scoring.terms import term
from scoring.wording import match_text

#: What follows the rule in the place of a setting: `.max` of `limits[2].max`.
_RULE: Final = re.compile(r"\]\..*")
_ROW: Final = re.compile(r"([^\[]+)\[([0-9]+)\].*")


@dataclass(frozen=True, slots=True)
class PointsLine:
    """What adoptions of a kind earn."""

    adoptions: str
    points: str
    note: str


@dataclass(frozen=True, slots=True)
class SectionPage:
    """One section: sentences, and for adoptions the table of points. Both empty: nothing is laid down."""

    code: str
    title: Words
    sentences: list[str]
    points: list[PointsLine]


@dataclass(frozen=True, slots=True)
class SchemePage:
    """The whole scheme, in the order of its form."""

    sections: list[SectionPage]
    notes: tuple[str, ...]
    cut: tuple[str, ...]
    source: tuple[str, str] | None


def scheme_page(scheme: Scheme) -> SchemePage:
    """The scheme in words; notes, source and what was left out stand apart from the rules."""
    said = _said(scheme)
    points = [
        PointsLine(match_text(rule.match), points_text(rule.points), rule.note)
        for rule in scheme.adoption_rules
    ]
    return SchemePage(
        sections=[
            SectionPage(
                section.code, section.title, said[section.code], points if section.code == "adoption" else []
            )
            for section in SECTIONS
            if section.code in said
        ],
        notes=scheme.notes,
        cut=scheme.cut,
        source=(scheme.source.title, scheme.source.url) if scheme.source else None,
    )


def problems_of(rules: Any, names: Names | None = None) -> tuple[Problem, ...]:
    """Everything that is wrong with the JSON of a scheme; nothing for one that can be put in force.

    Without the names of the office, what is wrong with names is not seen.
    """
    try:
        parse_scheme(rules, names)
    except SchemeError as error:
        return error.problems
    return ()


def warnings_of(rules: Any, names: Names) -> list[Problem]:
    """What hinders nothing in a scheme without problems, but has no effect as things are (R86, R87)."""
    scheme = parse_scheme(rules)
    idle = [
        replace(problem, detail=sentence_at(scheme, _RULE.sub("]", problem.path)))
        for problem in idle_rules(scheme)
    ]
    return [*unknown_names(rules, names), *idle]


def readable(rules: dict[str, Any]) -> Scheme:
    """The scheme without the rows and settings that cannot be read, to be put in words while it is edited."""
    rest = deepcopy(rules)
    while problems := problems_of(rest):
        for path in sorted({_taken_out(problem) for problem in problems}, key=_last_first):
            _take_out(rest, path)
        rest.setdefault("name", "—")
        if not isinstance(rest.get("adoption"), dict):
            rest["adoption"] = {}
        rest["adoption"].setdefault("rules", [])
    return parse_scheme(rest)


def _said(scheme: Scheme) -> dict[str, list[str]]:
    """The sentences of each section, by its code."""
    apply = _("When several fit: %(rule)s") % {"rule": term(terms.MODIFIERS_APPLY, scheme.modifiers_apply)}
    return {
        "basics": [
            year_sentence(scheme),
            _("%(places)s decimals, rounded half up") % {"places": scheme.places},
            *ranking_sentences(scheme),
        ],
        "groups": [
            *(
                _("%(name)s: %(members)s") % {"name": group.name, "members": "、".join(group.units)}
                for group in scheme.groups
            ),
            *sentences(scheme, "targets"),
        ],
        "outlets": [
            _("%(name)s: %(members)s") % {"name": name, "members": "、".join(outlets)}
            for name, outlets in scheme.outlet_groups.items()
        ],
        "adoption": [_digest(scheme)] if scheme.adoption_rules else [],
        "modifiers": [
            *sentences(scheme, "adoption.modifiers"),
            *([apply] if len(scheme.modifiers) > 1 else []),
        ],
        "sharing": [
            outlets_sentence(scheme.several_outlets),
            reposts_sentence(scheme.reposts),
            units_sentence(scheme.several_units),
            authors_sentence(scheme.several_authors),
            joint_counts_sentence(scheme),
        ],
        "bonuses": sentences(scheme, "bonuses"),
        "filing": [
            *sentences(scheme, "filing"),
            *([base_sentence(scheme.base)] if scheme.base else []),
        ],
        "penalties": sentences(scheme, "penalties"),
        "limits": sentences(scheme, "limits"),
        "consequences": [*sentences(scheme, "consequences"), *sentences(scheme, "reminders")],
    }  # fmt: skip


def _digest(scheme: Scheme) -> str:
    """The table of points in one breath; alike points stand together."""
    alike: dict[str, list[str]] = {}
    for rule in scheme.adoption_rules:
        alike.setdefault(points_text(rule.points), []).append(match_text(rule.match))
    return pgettext("clauses", "; ").join(
        _("%(what)s: %(points)s points") % {"what": "、".join(what), "points": points}
        for points, what in alike.items()
    )


def _taken_out(problem: Problem) -> tuple[str, int]:
    """(path, index) of the row that the problem is in, or of the setting with index -1."""
    row = _ROW.fullmatch(problem.path)
    if row:
        return row[1], int(row[2])
    if problem.flaw is Flaw.UNKNOWN or problem.path.startswith("adoption."):
        return problem.path, -1
    return problem.path.partition(".")[0], -1


def _last_first(path: tuple[str, int]) -> tuple[str, int]:
    return (path[0], -path[1])


def _take_out(rules: dict[str, Any], path: tuple[str, int]) -> None:
    """Remove what stands there; something that is already gone stays gone."""
    *above, key = path[0].split(".")
    found: Any = rules
    for name in above:
        found = found.get(name) if isinstance(found, dict) else None
    if not isinstance(found, dict):
        rules.pop(above[0] if above else key, None)
    elif path[1] < 0:
        found.pop(key, None)
    elif isinstance(found.get(key), list) and path[1] < len(found[key]):
        del found[key][path[1]]
    else:
        found.pop(key, None)
