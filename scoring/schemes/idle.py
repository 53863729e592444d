"""Rules of a scheme that can never apply, whatever happens: most likely slips. Rule R87 of docs/scoring.md.

Decided from the scheme alone, and only when it is certain: what is not named here may still be idle.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields
from decimal import Decimal
from typing import Any, Final

from scoring.schemes.model import AdoptionRule, Match, Modifier, Not
from scoring.schemes.nodes import Flaw, Problem
from scoring.schemes.scheme import Scheme
from scoring.schemes.words import LEVELS, MODES, Achievement, LimitOf, ModifiersApply, Reposts, Shortcoming

#: What a rule may price itself, so that a modifier for it does not come on top (R12).
FEATURES: Final = frozenset({"mode", "position", "genre", "length"})
#: What every adoption has, with all that it can be.
_ALWAYS_KNOWN: Final = {"level": LEVELS, "mode": MODES}
#: Of two lengths asked for, the one that decides.
_CLOSEST: Final[Mapping[str, Callable[[set[Any]], Any]]] = {"min_length": max, "max_length": min}


def idle_rules(scheme: Scheme) -> tuple[Problem, ...]:
    """Every rule, modifier, bonus and limit that never applies, with its place; in the scheme's order."""
    checks = (_idle_prices, _idle_modifiers, _idle_bonuses, _idle_penalties, _idle_limits)
    return tuple(problem for check in checks for problem in check(scheme))


def _idle_prices(scheme: Scheme) -> Iterator[Problem]:
    for place, rule in enumerate(scheme.adoption_rules):
        path = f"adoption.rules[{place}]"
        if (met := _both(scheme, rule.match, Match())) is None:
            yield Problem(path, Flaw.IMPOSSIBLE)
        elif _beaten(scheme, place, met):
            yield Problem(path, Flaw.OVERTAKEN)


def _idle_modifiers(scheme: Scheme) -> Iterator[Problem]:
    for place, modifier in enumerate(scheme.modifiers):
        path, priced = f"adoption.modifiers[{place}]", _modified(scheme, modifier)
        if not priced:
            yield Problem(path, Flaw.NEVER_FITS)
        elif _preceded(scheme, place):
            yield Problem(path, Flaw.OVERTAKEN)
        elif modifier.max is not None and _highest(scheme, place, priced) < modifier.max:
            yield Problem(f"{path}.max", Flaw.OUT_OF_REACH)


def _idle_bonuses(scheme: Scheme) -> Iterator[Problem]:
    seen = set()
    for place, bonus in enumerate(scheme.bonuses):
        if bonus.event is Achievement.TARGET_MET:
            continue
        if (asked := (bonus.event, bonus.level, bonus.genre)) in seen:
            yield Problem(f"bonuses[{place}]", Flaw.OVERTAKEN)
        seen.add(asked)


def _idle_penalties(scheme: Scheme) -> Iterator[Problem]:
    """Nobody stays below a target of nothing: what is counted and what is earned are never less."""
    for place, penalty in enumerate(scheme.penalties):
        if isinstance(penalty.event, Shortcoming) and penalty.target == 0:
            yield Problem(f"penalties[{place}].target", Flaw.OUT_OF_REACH)


def _idle_limits(scheme: Scheme) -> Iterator[Problem]:
    """Deductions are below zero: a maximum never holds them back."""
    for place, limit in enumerate(scheme.limits):
        if limit.of is LimitOf.PENALTY and limit.max is not None:
            yield Problem(f"limits[{place}].max", Flaw.OUT_OF_REACH)


def _modified(scheme: Scheme, modifier: Modifier) -> list[AdoptionRule]:
    """The rules whose price the modifier may change: they fit together, and none that fits beats them."""
    asked = FEATURES & modifier.match.features
    return [
        rule
        for place, rule in enumerate(scheme.adoption_rules)
        if asked.isdisjoint(rule.match.named_features)
        and (met := _both(scheme, rule.match, modifier.match)) is not None
        and not _beaten(scheme, place, met)
    ]


def _beaten(scheme: Scheme, place: int, met: Match) -> bool:
    """Whether another rule fits all that is asked for, and goes before the rule at the place."""
    rank = (scheme.adoption_rules[place].match.specificity, -place)
    return any(
        (rule.match.specificity, -other) > rank and _implied(scheme, rule.match, met)
        for other, rule in enumerate(scheme.adoption_rules)
    )


def _preceded(scheme: Scheme, place: int) -> bool:
    """Whether only the first modifier applies, and an earlier one fits whatever this one fits."""
    if scheme.modifiers_apply is not ModifiersApply.FIRST:
        return False
    match = scheme.modifiers[place].match
    return any(_implied(scheme, earlier.match, match) for earlier in scheme.modifiers[:place])


def _highest(scheme: Scheme, place: int, priced: list[AdoptionRule]) -> Decimal:
    """Not less than what the points can be before the modifier's own maximum."""
    points = max(rule.points for rule in priced)
    alone = scheme.modifiers_apply is ModifiersApply.FIRST
    earlier = () if alone else scheme.modifiers[:place]
    for modifier in earlier:
        points = max(points, _changed(modifier, points))
    return _changed(scheme.modifiers[place], points)


def _changed(modifier: Modifier, points: Decimal) -> Decimal:
    return points * (1 if modifier.factor is None else modifier.factor) + (modifier.add or 0)


def _both(scheme: Scheme, one: Match, other: Match) -> Match | None:
    """What fits both, or None when no adoption does."""
    met: dict[str, Any] = {}
    for key in (each.name for each in fields(Match)):
        asked = {getattr(one, key), getattr(other, key)} - {None}
        if key in _CLOSEST:
            met[key] = _CLOSEST[key](asked) if asked else None
            continue
        met[key] = _words_left(key, asked)
        if met[key] == "":
            return None
    match = Match(**met)
    return match if _possible(scheme, match) else None


def _words_left(key: str, asked: set[Any]) -> Any:
    """What is left of all that is asked for: one word, all but some, anything (None), or nothing ("")."""
    if not asked:
        return None
    excluded = frozenset(word for each in asked if isinstance(each, Not) for word in each.words)
    named = {each for each in asked if isinstance(each, str)}
    if not named:
        named = set(_ALWAYS_KNOWN.get(key, ())) - excluded
        if key not in _ALWAYS_KNOWN or len(named) > 1:
            return Not(excluded)
    return named.pop() if len(named) == 1 and named.isdisjoint(excluded) else ""


def _possible(scheme: Scheme, match: Match) -> bool:
    """Whether an adoption can be so that rules and modifiers look at it."""
    if match.mode == "repost" and scheme.reposts.policy is not Reposts.AS_LISTED:
        return False
    if (
        match.outlet
        and match.outlet_group
        and not _follows(scheme, "outlet_group", match.outlet_group, match)
    ):
        return False
    return (match.min_length or 0) <= (match.max_length or match.min_length or 0)


def _implied(scheme: Scheme, asked: Match, met: Match) -> bool:
    """Whether whatever fits `met` fits `asked` too."""
    return all(_follows(scheme, key, getattr(asked, key), met) for key in asked.keys)


def _follows(scheme: Scheme, key: str, asked: Any, met: Match) -> bool:
    known = getattr(met, key)
    if key == "outlet_group" and met.outlet:
        known = scheme.group_of_outlet(met.outlet)
    if known is None:
        return False
    if isinstance(asked, Not):
        return asked.words <= known.words if isinstance(known, Not) else known not in asked.words
    if key == "min_length":
        return bool(known >= asked)
    return bool(known <= asked) if key == "max_length" else bool(known == asked)
