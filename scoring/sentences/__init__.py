"""Every rule of a scoring scheme as a sentence that a person reads and can object to.

A sentence belongs to a place in the scheme, such as `penalties[2]`; score lines name the same places.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from scoring import terms
from scoring.schemes.scheme import Scheme
from scoring.sentences.earning import (
    adoption_sentence,
    authors_sentence,
    bonus_sentence,
    modifier_sentence,
    outlets_sentence,
    reposts_sentence,
    units_sentence,
)
from scoring.sentences.windows import (
    base_sentence,
    consequence_sentence,
    filing_sentence,
    limit_sentence,
    penalty_sentence,
    reminder_sentence,
    target_sentence,
)
from scoring.terms import term

_PLACE: Final = re.compile(r"([a-z_.]+?)(?:\[([0-9]+)\])?")


def year_sentence(scheme: Scheme) -> str:
    """When the assessment year begins."""
    return _("The assessment year begins on the first day of month %(month)s") % {
        "month": scheme.year_start_month
    }


def ranking_sentences(scheme: Scheme) -> list[str]:
    """How units are put in order."""
    said = [
        _("Units are ranked by %(metric)s within their group")
        % {"metric": term(terms.METRICS, scheme.rank_by)}
    ]
    if scheme.ties.then:
        order = pgettext("list", ", ").join(term(terms.METRICS, metric) for metric in scheme.ties.then)
        said.append(_("Among equals the order is decided by %(order)s") % {"order": order})
    return [*said, term(terms.TIES, scheme.ties.rule)]


#: Place of a list in the JSON → its attribute of the scheme and what makes a sentence of one of its rules.
_LISTS: Final[Mapping[str, tuple[str, Callable[[Any], str]]]] = {
    "adoption.rules": ("adoption_rules", adoption_sentence),
    "adoption.modifiers": ("modifiers", modifier_sentence),
    "bonuses": ("bonuses", bonus_sentence),
    "filing": ("filing", filing_sentence),
    "penalties": ("penalties", penalty_sentence),
    "limits": ("limits", limit_sentence),
    "targets": ("targets", target_sentence),
    "consequences": ("consequences", consequence_sentence),
    "reminders": ("reminders", reminder_sentence),
}
_SINGLE: Final[Mapping[str, Callable[[Any], str]]] = {
    "several_outlets": outlets_sentence,
    "reposts": reposts_sentence,
    "several_units": units_sentence,
    "several_authors": authors_sentence,
    "base": base_sentence,
}


def sentences(scheme: Scheme, path: str) -> list[str]:
    """One sentence for each rule of a list, each followed by the scheme's own note on it."""
    attribute, sentence = _LISTS[path]
    return [_noted(sentence(rule), getattr(rule, "note", "")) for rule in getattr(scheme, attribute)]


def sentence_at(scheme: Scheme, path: str) -> str:
    """The sentence of the rule at a place such as `penalties[2]` or `base`, or nothing."""
    found = _PLACE.fullmatch(path)
    if found is None:
        return ""
    name, index = found.groups()
    if name in _LISTS and index is not None:
        attribute, sentence = _LISTS[name]
        rules = getattr(scheme, attribute)
        return sentence(rules[int(index)]) if int(index) < len(rules) else ""
    if name in _SINGLE and (setting := getattr(scheme, name)) is not None:
        return _SINGLE[name](setting)
    return ""


def _noted(said: str, note: str) -> str:
    return _("%(said)s (%(note)s)") % {"said": said, "note": note} if note else said
