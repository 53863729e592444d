"""From the JSON of a scheme to the scheme. Every problem is found at once, with its place.

Rule R15 of docs/scoring.md, which describes the JSON.
"""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from scoring.schemes.model import Group, OutletPolicy, RepostPolicy, SharingPolicy, Source, Ties
from scoring.schemes.names import HARMLESS, Names, followed, unknown_names
from scoring.schemes.nodes import Flaw, Node, Problem
from scoring.schemes.rules import (
    CHARACTERS,
    read_adoption_rules,
    read_base,
    read_bonus,
    read_consequence,
    read_filing,
    read_limit,
    read_modifier,
    read_penalties,
    read_reminder,
    read_target,
)
from scoring.schemes.scheme import Scheme
from scoring.schemes.words import (
    SHARED,
    JointCounts,
    Metric,
    ModifiersApply,
    OutletClass,
    Reposts,
    SeveralOutlets,
    Sharing,
    TieRule,
)

SHIPPED: Final = Path(__file__).parent
_SCHEMA: Final = "scheme.schema.json"


class SchemeError(ValueError):
    """The data is no scheme; `problems` lists everything that is wrong with it, in the order met."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(map(str, self.problems)))


def shipped_names() -> tuple[str, ...]:
    """The schemes that come with the program: the demo, then the published ones by number."""
    names = (path.stem for path in SHIPPED.glob("*.json") if path.name != _SCHEMA)
    return tuple(sorted(names, key=lambda name: (name != "demo", len(name), name)))


def shipped(name: str) -> dict[str, Any]:
    """The data of a scheme that comes with the program, such as "demo"."""
    data: dict[str, Any] = json.loads((SHIPPED / f"{name}.json").read_text(encoding="utf-8"))
    return data


def parse_scheme(data: object, names: Names | None = None) -> Scheme:
    """Read a scheme from its JSON data. SchemeError names every problem at once.

    With `names`, what it names must be there, outlets excepted, which may be entered when they first adopt;
    what it names by an alias is read under its present name.
    """
    top = Node(data)
    top.only(
        "name", "notes", "cut", "source", "year_start_month", "rounding", "outlet_groups", "groups",
        "adoption", "several_outlets", "reposts", "several_units", "several_authors", "joint_counts",
        "bonuses", "filing", "base", "penalties", "limits", "targets", "consequences", "reminders",
        "rank_by", "ties",
    )  # fmt: skip
    adoption = top.child("adoption", required=True)
    adoption.only("rules", "modifiers", "modifiers_apply")
    rounding = top.child("rounding")
    rounding.only("places")
    outlet_groups = _outlet_groups(top.child("outlet_groups"))
    scheme = Scheme(
        name=top.text("name"),
        notes=top.texts("notes"),
        cut=top.texts("cut"),
        source=_source(top),
        year_start_month=top.whole("year_start_month", range(1, 13), default=1),
        places=rounding.whole("places", range(5), default=2),
        outlet_groups=outlet_groups,
        groups=_groups(top.children("groups")),
        adoption_rules=read_adoption_rules(adoption, outlet_groups),
        modifiers=tuple(read_modifier(node, outlet_groups) for node in adoption.children("modifiers")),
        modifiers_apply=adoption.choice("modifiers_apply", ModifiersApply, ModifiersApply.ALL),
        several_outlets=_outlet_policy(top.child("several_outlets")),
        reposts=_reposts(top.child("reposts")),
        several_units=_sharing(top.child("several_units")),
        several_authors=_sharing(top.child("several_authors")),
        joint_counts=top.choice("joint_counts", JointCounts, JointCounts.WHOLE),
        bonuses=tuple(read_bonus(node) for node in top.children("bonuses")),
        filing=tuple(read_filing(node) for node in top.children("filing")),
        base=read_base(top),
        penalties=read_penalties(top),
        limits=tuple(read_limit(node) for node in top.children("limits")),
        targets=tuple(read_target(node) for node in top.children("targets")),
        consequences=tuple(read_consequence(node) for node in top.children("consequences")),
        reminders=tuple(read_reminder(node) for node in top.children("reminders")),
        rank_by=top.choice("rank_by", Metric, Metric.POINTS),
        ties=_ties(top.child("ties")),
    )
    if scheme.joint_counts is JointCounts.SHARE:
        # The tables of ranks print whole numbers: nobody could tell why of two fives one is first.
        if scheme.rank_by in SHARED:
            top.report(Flaw.CONTRADICTION, "rank_by", "joint_counts")
        if set(SHARED).intersection(scheme.ties.then):
            top.report(Flaw.CONTRADICTION, "ties.then", "joint_counts")
    if names:
        top.problems += [each for each in unknown_names(data, names) if each.flaw not in HARMLESS]
    if top.problems:
        raise SchemeError(top.problems)
    present = followed(data, names) if names else data
    return scheme if present == data else parse_scheme(present)


def named_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """For `json.loads(object_pairs_hook=…)`: ValueError for a setting that is written twice in one object."""
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        raise ValueError(next(name for name in names if names.count(name) > 1))
    return found


def _source(top: Node) -> Source | None:
    if top.data.get("source") is None:
        return None
    node = top.child("source")
    node.only("title", "url")
    return Source(node.text("title"), node.optional_text("url") or "")


def _outlet_groups(node: Node) -> dict[str, tuple[str, ...]]:
    groups = {str(name): node.texts(name) for name in node.data}
    group_of: dict[str, str] = {}
    for group, outlets in groups.items():
        for outlet in outlets:
            if group_of.setdefault(outlet, group) != group:
                node.report(Flaw.LISTED_TWICE, group, outlet)
    return groups


def _groups(nodes: Iterable[Node]) -> tuple[Group, ...]:
    groups: list[Group] = []
    taken: set[str] = set()
    for node in nodes:
        node.only("name", "units")
        group = Group(node.text("name"), node.texts("units"))
        for unit in group.units:
            if unit in taken:
                node.report(Flaw.LISTED_TWICE, "units", unit)
        taken.update(group.units)
        groups.append(group)
    return tuple(groups)


def _outlet_policy(node: Node) -> OutletPolicy:
    node.only("policy", "class")
    return OutletPolicy(
        policy=node.choice("policy", SeveralOutlets, SeveralOutlets.SUM),
        by=node.choice("class", OutletClass, OutletClass.LEVEL),
    )


def _reposts(node: Node) -> RepostPolicy:
    node.only("policy", "characters", "points", "base", "base_characters", "max")
    policy = node.choice("policy", Reposts, Reposts.AS_LISTED)
    return RepostPolicy(
        policy=policy,
        characters=node.whole("characters", CHARACTERS, default=1000),
        points=node.number("points", default=None if policy is Reposts.BY_LENGTH else "0"),
        max=node.optional_number("max"),
        base=node.number("base", default="0"),
        base_characters=node.whole("base_characters", CHARACTERS, default=0),
    )


def _sharing(node: Node) -> SharingPolicy:
    node.only("policy", "points", "factor")
    policy = node.choice("policy", Sharing, Sharing.SPLIT)
    return SharingPolicy(
        policy=policy,
        points=node.number("points", default=None if policy in (Sharing.FIXED, Sharing.FLAT) else "0"),
        factor=node.number("factor", default=None if policy is Sharing.FACTOR else "1", most=1),
    )


def _ties(node: Node) -> Ties:
    node.only("rule", "then")
    return Ties(node.choice("rule", TieRule, TieRule.COMPETITION), node.choices("then", Metric))
