"""What adoptions and events earn, and how one success of several is shared, in sentences."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _

from kit.numbers import points_text
from scoring import terms
from scoring.schemes.model import AdoptionRule, Bonus, Modifier, OutletPolicy, RepostPolicy, SharingPolicy
from scoring.schemes.scheme import Scheme
from scoring.schemes.words import Achievement, Reposts, SeveralOutlets, Sharing
from scoring.terms import term
from scoring.wording import asked_text, match_text, metric_text, with_keys


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
    if bonus.event is Achievement.TARGET_MET:
        return _target_met(bonus)
    keys = [asked_text(bonus.level, terms.LEVELS), asked_text(bonus.genre, terms.GENRES)]
    event = with_keys(term(terms.BONUS_EVENTS, bonus.event), *keys)
    if bonus.factor is not None:
        shown = {"event": event, "factor": points_text(bonus.factor)}
        return _("%(event)s: the item's points for adoptions times %(factor)s") % shown
    return _("%(what)s: %(number)s points more") % {
        "what": event,
        "number": points_text(bonus.points or Decimal(0)),
    }


def joint_counts_sentence(scheme: Scheme) -> str:
    """What an adoption of several units counts for each in targets and the like."""
    rule = term(terms.JOINT_COUNTS, scheme.joint_counts)
    return _("An adoption of several units counts in targets: %(rule)s") % {"rule": rule}


def _target_met(bonus: Bonus) -> str:
    shown = {
        "metric": metric_text(bonus.metric, bonus.match),
        "window": term(terms.WINDOWS, bonus.window),
        "target": points_text(bonus.target or Decimal(0)),
        "points": points_text(bonus.points or Decimal(0)),
    }
    if bonus.target is None:
        return _("The unit's target of %(metric)s met in a %(window)s: %(points)s points more") % shown
    return _("%(target)s %(metric)s or more in a %(window)s: %(points)s points more") % shown


def _sharing(policy: SharingPolicy, words: terms.Terms) -> str:
    text = term(words, policy.policy)
    match policy.policy:
        case Sharing.FIXED | Sharing.FLAT:
            return _("%(rule)s: %(points)s") % {"rule": text, "points": points_text(policy.points)}
        case Sharing.FACTOR:
            return _("%(rule)s: times %(factor)s") % {"rule": text, "factor": points_text(policy.factor)}
    return text


def _with_most(said: str, most: Decimal | None) -> str:
    if most is None:
        return said
    return _("%(said)s, at most %(points)s") % {"said": said, "points": points_text(most)}
