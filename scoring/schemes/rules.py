"""Reads the rules of a scheme, one JSON object each: adoptions, events, filing, windows, targets."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from scoring.schemes.model import (
    AdoptionRule,
    Asked,
    Base,
    Bonus,
    Consequence,
    FilingRule,
    Limit,
    Match,
    Modifier,
    Not,
    Penalty,
    Reminder,
    Target,
)
from scoring.schemes.nodes import Flaw, Node
from scoring.schemes.words import (
    CARRIERS,
    GENRES,
    LEVELS,
    MODES,
    POSITIONS,
    PUNISHED,
    REWARDED,
    SELECTIVE,
    Achievement,
    FilingKind,
    LimitOf,
    Metric,
    Remainder,
    Shortcoming,
    Voids,
    Window,
)

CHARACTERS: Final = range(1, 1_000_000)
_ADOPTION_KEYS: Final = (
    "outlet", "outlet_group", "level", "carrier", "genre", "position", "mode", "min_length", "max_length",
    "group",
)  # fmt: skip
_WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    "level": LEVELS, "carrier": CARRIERS, "genre": GENRES, "position": POSITIONS, "mode": MODES,
}  # fmt: skip
_OF_ITEMS: Final = ("genre", "min_length", "max_length")
_FILING_KEYS: Final = ("group", *_OF_ITEMS)
_MEASURED_KEYS: Final = ("metric", "window", *_OF_ITEMS)


def _match(node: Node, keys: tuple[str, ...], outlet_groups: Iterable[str] = ()) -> Match:
    """The keys of a rule out of those that it may have; a group of outlets must be a listed one."""
    found: dict[str, Any] = {}
    for key in keys:
        if key.endswith("_length"):
            found[key] = node.optional_whole(key, CHARACTERS)
        elif key == "outlet":
            found[key] = node.optional_text(key)
        else:
            found[key] = _asked(node, key)
    match = Match(**found)
    asked = match.outlet_group
    named = asked.words if isinstance(asked, Not) else {asked} - {None}
    if not named <= set(outlet_groups):
        node.report(Flaw.UNLISTED, "outlet_group", "outlet_groups")
    if (match.min_length or 0) > (match.max_length or CHARACTERS.stop):
        node.report(Flaw.CONTRADICTION, "max_length", "min_length")
    return match


def _asked(node: Node, key: str) -> Asked:
    """A word, or every other: {"not": word}."""
    if not isinstance(node.data.get(key), dict):
        return node.optional_choice(key, _WORDS[key]) if key in _WORDS else node.optional_text(key)
    other = node.child(key)
    other.only("not")
    return Not(frozenset([other.choice("not", _WORDS[key]) if key in _WORDS else other.text("not")]))


def read_adoption_rules(adoption: Node, outlet_groups: Iterable[str]) -> tuple[AdoptionRule, ...]:
    rules: dict[Match, AdoptionRule] = {}
    for node in adoption.children("rules", required=True):
        flaws_before = len(adoption.problems)
        node.only(*_ADOPTION_KEYS, "points", "note")
        rule = AdoptionRule(
            points=node.number("points"),
            match=_match(node, _ADOPTION_KEYS, outlet_groups),
            note=node.optional_text("note") or "",
        )
        # The second of two rules with the same match would never apply: surely a slip.
        if len(adoption.problems) == flaws_before and rules.setdefault(rule.match, rule) is not rule:
            node.report(Flaw.REPEATED)
    return tuple(rules.values())


def read_modifier(node: Node, outlet_groups: Iterable[str]) -> Modifier:
    node.only(*_ADOPTION_KEYS, "factor", "add", "max", "note")
    node.exactly_one("factor", "add")
    return Modifier(
        match=_match(node, _ADOPTION_KEYS, outlet_groups),
        factor=node.optional_number("factor", most=100),
        add=node.optional_number("add"),
        max=node.optional_number("max"),
        note=node.optional_text("note") or "",
    )


def read_bonus(node: Node) -> Bonus:
    event = node.choice("event", (*REWARDED, *Achievement))
    if event is Achievement.TARGET_MET:
        node.only("event", *_MEASURED_KEYS, "target", "points", "note")
        return Bonus(
            event=event,
            points=node.number("points"),
            target=node.optional_number("target"),
            note=node.optional_text("note") or "",
            **_measured(node),
        )
    node.only("event", "level", "genre", "points", "factor", "note")
    node.exactly_one("points", "factor")
    return Bonus(
        event=event,
        level=_asked(node, "level"),
        genre=_asked(node, "genre"),
        points=node.optional_number("points"),
        factor=node.optional_number("factor", least=1, most=100),
        note=node.optional_text("note") or "",
    )


def read_filing(node: Node) -> FilingRule:
    node.only("kind", "points", "items", "remainder", "window", *_FILING_KEYS, "note")
    kind = node.choice("kind", FilingKind)
    if kind is not FilingKind.PER_ITEM and node.data.get("items") is None:
        node.report(Flaw.MISSING, "items")
    return FilingRule(
        kind=kind,
        points=node.number("points"),
        items=node.whole("items", range(1, 10_000), default=1),
        remainder=node.choice("remainder", Remainder, Remainder.WHOLE),
        window=node.choice("window", Window, Window.YEAR),
        match=_match(node, _FILING_KEYS),
        note=node.optional_text("note") or "",
    )


def read_base(top: Node) -> Base | None:
    if top.data.get("base") is None:
        return None
    node = top.child("base")
    node.only("points", "window")
    return Base(node.number("points"), node.choice("window", Window))


def read_penalties(top: Node) -> tuple[Penalty, ...]:
    """One rule for an event: a second would have to say which of the two holds."""
    penalties: list[Penalty] = []
    for node in top.children("penalties"):
        penalty = _penalty(node)
        if penalty.event in PUNISHED and any(other.event == penalty.event for other in penalties):
            node.report(Flaw.REPEATED)
        penalties.append(penalty)
    return tuple(penalties)


def _penalty(node: Node) -> Penalty:
    event = node.choice("event", (*PUNISHED, *Shortcoming))
    if event is Shortcoming.SHORTFALL:
        node.only("event", *_MEASURED_KEYS, "target", "factor", "note")
        return Penalty(
            event=event,
            target=node.optional_number("target"),
            factor=node.number("factor", default="1", most=100),
            note=node.optional_text("note") or "",
            **_measured(node),
        )
    if event is Shortcoming.TARGET_MISSED:
        node.only("event", *_MEASURED_KEYS, "target", "points", "note")
        return Penalty(
            event=event,
            points=node.number("points"),
            target=node.optional_number("target"),
            note=node.optional_text("note") or "",
            **_measured(node),
        )
    if event is Shortcoming.LOW_RATE:
        node.only("event", "below", "window", "points", "note")
        return Penalty(
            event=event,
            points=node.number("points"),
            below=node.number("below", most=10),
            window=node.choice("window", Window),
            note=node.optional_text("note") or "",
        )
    node.only("event", "points", "voids", "times", "note")
    if node.data.get("points") is None and node.data.get("voids") is None:
        node.report(Flaw.MISSING, "points")
    voids = node.optional_choice("voids", Voids)
    if node.data.get("times") is not None and voids in (None, Voids.ITEM):
        node.report(Flaw.CONTRADICTION, "times", "voids")
    return Penalty(
        event=event,
        points=node.number("points", default="0"),
        voids=voids,
        times=node.whole("times", range(1, 100), default=1),
        note=node.optional_text("note") or "",
    )


def read_limit(node: Node) -> Limit:
    node.only("of", "window", "max", "min", "note")
    of = node.choice("of", LimitOf)
    maximum, minimum = node.optional_number("max"), node.optional_number("min", least=-9999, most=0)
    if node.data.get("max") is None and node.data.get("min") is None:
        node.report(Flaw.MISSING, "max")
    if of is LimitOf.ITEM:
        for key in ("window", "min"):
            if node.data.get(key) is not None:
                node.report(Flaw.CONTRADICTION, key, "of item")
        window = None
    else:
        window = node.choice("window", Window)
    return Limit(of, window, maximum, minimum, node.optional_text("note") or "")


def read_target(node: Node) -> Target:
    node.only(*_MEASURED_KEYS, "value", "group", "unit")
    if node.data.get("group") is not None and node.data.get("unit") is not None:
        node.report(Flaw.CONTRADICTION, "unit", "group, unit")
    return Target(
        value=node.number("value"),
        group=node.optional_text("group"),
        unit=node.optional_text("unit"),
        **_measured(node),
    )


def read_consequence(node: Node) -> Consequence:
    node.only(*_MEASURED_KEYS, "below", "times", "text")
    return Consequence(
        below=node.optional_number("below"),
        times=node.whole("times", range(1, 13), default=1),
        text=node.text("text"),
        **_measured(node),
    )


def read_reminder(node: Node) -> Reminder:
    node.only("text", "window")
    return Reminder(node.text("text"), node.choice("window", Window))


def _measured(node: Node) -> dict[str, Any]:
    """What is counted and in which window; of some figures only what fits may be counted."""
    metric = node.choice("metric", Metric)
    match = _match(node, _OF_ITEMS)
    if metric not in SELECTIVE and node.data.get("metric") == metric:
        for key in match.keys:
            node.report(Flaw.CONTRADICTION, key, "metric")
    return {"metric": metric, "window": node.choice("window", Window), "match": match}
