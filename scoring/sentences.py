"""Every rule of a scoring scheme as a sentence that a person reads and can object to.

A sentence belongs to a place in the scheme, such as `penalties[2]`; score lines name the same places.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from kit.numbers import points_text
from scoring import terms
from scoring.schemes.model import (
    AdoptionRule,
    Base,
    Bonus,
    Consequence,
    FilingRule,
    Limit,
    Match,
    Modifier,
    OutletPolicy,
    Penalty,
    RepostPolicy,
    SharingPolicy,
    Target,
)
from scoring.schemes.scheme import Scheme
from scoring.schemes.words import FilingKind, LimitOf, Reposts, SeveralOutlets, Sharing, Shortcoming
from scoring.terms import term
from scoring.wording import group_label, match_text

_PLACE: Final = re.compile(r"([a-z_.]+?)(?:\[([0-9]+)\])?")


def adoption_sentence(rule: AdoptionRule) -> str:
    """Central · Single item: 50 points."""
    return _("%(what)s: %(points)s points") % {
        "what": match_text(rule.match),
        "points": points_text(rule.points),
    }


def modifier_sentence(modifier: Modifier) -> str:
    """Front page headline: points times 2, at most 40."""
    if modifier.factor is not None:
        text, number = _("%(what)s: points times %(number)s"), modifier.factor
    else:
        text, number = _("%(what)s: %(number)s points more"), modifier.add or Decimal(0)
    said = text % {"what": match_text(modifier.match), "number": points_text(number)}
    return _with_most(said, modifier.max)


def outlets_sentence(policy: OutletPolicy) -> str:
    """What one item in several outlets earns."""
    text = term(terms.SEVERAL_OUTLETS, policy.policy)
    if policy.policy is SeveralOutlets.HIGHEST_PER_CLASS:
        text = _("%(rule)s (class: %(by)s)") % {"rule": text, "by": term(terms.CLASSES, policy.by)}
    return _("One item in several outlets: %(rule)s") % {"rule": text}


def reposts_sentence(policy: RepostPolicy) -> str:
    """What a repost earns."""
    if policy.policy is not Reposts.BY_LENGTH:
        return term(terms.REPOSTS, policy.policy)
    said = _("A repost earns %(points)s points for every %(characters)s characters")
    if policy.base_characters:
        said = _(
            "A repost earns %(base)s points for up to %(included)s characters, and %(points)s points for "
            "every %(characters)s more"
        )
    elif policy.base:
        said = _("A repost earns %(base)s points, and %(points)s points for every %(characters)s characters")
    said %= {
        "base": points_text(policy.base),
        "included": policy.base_characters,
        "points": points_text(policy.points),
        "characters": policy.characters,
    }
    return _with_most(said, policy.max)


def units_sentence(policy: SharingPolicy) -> str:
    """What each of several units gets."""
    return _("Several units: %(rule)s") % {"rule": _sharing(policy, terms.SEVERAL_UNITS)}


def authors_sentence(policy: SharingPolicy) -> str:
    """What each of several authors gets."""
    return _("Several authors: %(rule)s") % {"rule": _sharing(policy, terms.SEVERAL_AUTHORS)}


def bonus_sentence(bonus: Bonus) -> str:
    """Instruction (Central): 30 points more."""
    keys = [term(terms.LEVELS, bonus.level or ""), term(terms.GENRES, bonus.genre or "")]
    event = _named(term(terms.BONUS_EVENTS, bonus.event), keys)
    if bonus.factor is not None:
        shown = {"event": event, "factor": points_text(bonus.factor)}
        return _("%(event)s: the item's points for adoptions times %(factor)s") % shown
    return _("%(what)s: %(number)s points more") % {
        "what": event,
        "number": points_text(bonus.points or Decimal(0)),
    }


def filing_sentence(rule: FilingRule) -> str:
    """What filing alone earns."""
    items = _("Filed items")
    if rule.match != Match():
        items = _named(items, [match_text(rule.match)])
    shown = {
        "items": items,
        "number": rule.items,
        "points": points_text(rule.points),
        "window": term(terms.WINDOWS, rule.window),
        "remainder": term(terms.REMAINDERS, rule.remainder),
    }
    match rule.kind:
        case FilingKind.PER_ITEM:
            return _("%(items)s: %(points)s points each") % shown
        case FilingKind.PER_ITEMS:
            return (
                _("%(items)s: %(points)s points for every %(number)s in a %(window)s; %(remainder)s") % shown
            )
    return _("%(items)s: %(points)s points once they are %(number)s in a %(window)s, none below") % shown


def base_sentence(base: Base) -> str:
    """The points every unit begins with."""
    shown = {"window": term(terms.WINDOWS, base.window), "points": points_text(base.points)}
    return _("Every unit begins each %(window)s with %(points)s points") % shown


def penalty_sentence(penalty: Penalty) -> str:
    """What is taken away, and for what."""
    window = term(terms.WINDOWS, penalty.window)
    points = points_text(penalty.points)
    if penalty.event is Shortcoming.LOW_RATE:
        shown = {"rate": f"{points_text(penalty.below * 100)}%", "window": window, "points": points}
        return _("Adoption rate of a %(window)s below %(rate)s: %(points)s points off") % shown
    if penalty.event is Shortcoming.SHORTFALL:
        return _shortfall(penalty, window)
    event = term(terms.PENALTY_EVENTS, penalty.event)
    if penalty.voids is None:
        return _("%(event)s: %(points)s points off each time") % {"event": event, "points": points}
    shown = {
        "event": event,
        "points": points,
        "lost": term(terms.VOIDS, penalty.voids),
        "times": penalty.times,
    }
    if penalty.times > 1 and not penalty.points:
        return _("%(event)s: %(lost)s are lost once it has happened %(times)s times in it") % shown
    if penalty.times > 1:
        said = _(
            "%(event)s: %(points)s points off each time; %(lost)s are lost once it has happened %(times)s "
            "times in it"
        )
        return said % shown
    if not penalty.points:
        return _("%(event)s: %(lost)s are lost") % shown
    return _("%(event)s: %(lost)s are lost, and %(points)s points off each time") % shown


def limit_sentence(limit: Limit) -> str:
    """All points of a quarter: at least 0."""
    what = term(terms.LIMITS, limit.of)
    if limit.of is not LimitOf.ITEM and limit.window is not None:
        shown = {"what": what, "window": term(terms.WINDOWS, limit.window)}
        what = _("In each %(window)s, %(what)s") % shown
    bounds = []
    if limit.max is not None:
        bounds.append(_("at most %(points)s") % {"points": points_text(limit.max)})
    if limit.min is not None and limit.of is LimitOf.PENALTY:
        bounds.append(_("no more than %(points)s off") % {"points": points_text(-limit.min)})
    elif limit.min is not None:
        bounds.append(_("at least %(points)s") % {"points": points_text(limit.min)})
    return _("%(what)s: %(bounds)s") % {"what": what, "bounds": pgettext("list", ", ").join(bounds)}


def target_sentence(target: Target) -> str:
    """Who should reach what."""
    who = target.unit or (group_label(target.group) if target.group else _("All units"))
    return _("%(who)s: %(value)s %(metric)s in each %(window)s") % {
        "who": who,
        "value": points_text(target.value),
        "metric": term(terms.METRICS, target.metric),
        "window": term(terms.WINDOWS, target.window),
    }


def consequence_sentence(consequence: Consequence) -> str:
    """What is said of a unit below a line."""
    shown = {
        "metric": term(terms.METRICS, consequence.metric),
        "below": points_text(consequence.below or Decimal(0)),
        "window": term(terms.WINDOWS, consequence.window),
        "times": consequence.times,
        "text": consequence.text,
    }
    if consequence.below is None and consequence.times == 1:
        return _("Fewer %(metric)s in a %(window)s than the unit's target: %(text)s") % shown
    if consequence.below is None:
        said = _("Fewer %(metric)s in each of %(times)s %(window)s in a row than the unit's target: %(text)s")
        return said % shown
    if consequence.times == 1:
        return _("Fewer than %(below)s %(metric)s in a %(window)s: %(text)s") % shown
    return _("Fewer than %(below)s %(metric)s in each of %(times)s %(window)s in a row: %(text)s") % shown


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


def _sharing(policy: SharingPolicy, words: terms.Terms) -> str:
    text = term(words, policy.policy)
    match policy.policy:
        case Sharing.FIXED | Sharing.FLAT:
            return _("%(rule)s: %(points)s") % {"rule": text, "points": points_text(policy.points)}
        case Sharing.FACTOR:
            return _("%(rule)s: times %(factor)s") % {"rule": text, "factor": points_text(policy.factor)}
    return text


def _shortfall(penalty: Penalty, window: str) -> str:
    shown = {
        "window": window,
        "metric": term(terms.METRICS, penalty.metric),
        "factor": points_text(penalty.factor),
        "target": points_text(penalty.target) if penalty.target is not None else "",
    }
    if penalty.target is None:
        return (
            _("Below the unit's target of %(metric)s in a %(window)s: %(factor)s off for each one missing")
            % shown
        )
    return _("Below %(target)s %(metric)s in a %(window)s: %(factor)s off for each one missing") % shown


def _with_most(said: str, most: Decimal | None) -> str:
    if most is None:
        return said
    return _("%(said)s, at most %(points)s") % {"said": said, "points": points_text(most)}


def _named(what: str, keys: list[str]) -> str:
    given = [key for key in keys if key]
    return _("%(what)s (%(keys)s)") % {"what": what, "keys": " · ".join(given)} if given else what


def _noted(said: str, note: str) -> str:
    return _("%(said)s (%(note)s)") % {"said": said, "note": note} if note else said
