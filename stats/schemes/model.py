"""What an adoption is worth: scoring schemes as data, and which of them is in force on a day.

Rules R10–R16 of docs/scoring.md, which also describes the JSON.
"""

import json
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any, Final, Self

from stats.scheme_reader import Flaw, Node, Problem

LEVELS: Final = ("central", "province", "city", "county")
CARRIERS: Final = ("newspaper", "journal", "website", "app", "social", "broadcast", "internal")
MODES: Final = ("single", "merged", "brief", "repost")
SHIPPED: Final = Path(__file__).with_name("scheme_files")


class SeveralOutlets(StrEnum):
    """One item in several outlets: its highest score, or all of them."""

    HIGHEST = "highest"
    SUM = "sum"


class SeveralUnits(StrEnum):
    """One adoption credited to several units: parts by share, or the whole for each."""

    SPLIT = "split"
    FULL = "full"


class TieRule(StrEnum):
    """The rank after a tie of two in second place: 1 2 2 4, or 1 2 2 3."""

    COMPETITION = "competition"
    DENSE = "dense"


class SchemeError(ValueError):
    """The data is no scheme; `problems` lists everything that is wrong with it, in the order met."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(map(str, self.problems)))


@dataclass(frozen=True, slots=True)
class AdoptionRule:
    """Points for the adoptions that agree with every key that is set; None agrees with all."""

    points: Decimal
    level: str | None = None
    carrier: str | None = None
    outlet: str | None = None
    mode: str | None = None
    note: str = ""

    @property
    def match(self) -> tuple[str | None, ...]:
        """What must agree, in the order outlet, mode, carrier, level."""
        return (self.outlet, self.mode, self.carrier, self.level)

    @property
    def specificity(self) -> tuple[bool, int]:
        """A named outlet beats everything, then the number of keys decides."""
        return (self.outlet is not None, sum(key is not None for key in self.match))


@dataclass(frozen=True, slots=True)
class Price:
    """What a scheme gives for one adoption alone: points = base × factor, rounded; `rule` is the place."""

    rule: str
    base: Decimal
    factor: Decimal
    points: Decimal


@dataclass(frozen=True, slots=True)
class Scheme:
    """One version of an office's scoring rules. Points have `places` decimals, rounded half up."""

    name: str
    adoption_points: tuple[AdoptionRule, ...]
    mode_factors: Mapping[str, Decimal]
    year_start_month: int
    several_outlets: SeveralOutlets
    several_units: SeveralUnits
    filing_points: Decimal
    tie_rule: TieRule
    places: int
    notes: tuple[str, ...] = ()

    def price(self, *, level: str, carrier: str, outlet: str, mode: str) -> Price | None:
        """The price by the most specific rule, the first among equals; None when no rule fits."""
        adoption = (outlet, mode, carrier, level)
        fitting = [
            (rule.specificity, -index)
            for index, rule in enumerate(self.adoption_points)
            if all(key is None or key == value for key, value in zip(rule.match, adoption, strict=True))
        ]
        if not fitting:
            return None
        index = -max(fitting)[1]
        rule = self.adoption_points[index]
        # A rule that names the mode already says what that mode is worth.
        factor = Decimal(1) if rule.mode else self.mode_factors.get(mode, Decimal(1))
        points = self.rounded(rule.points * factor)
        return Price(f"adoption_points[{index}]", rule.points, factor, points)

    def rounded(self, points: Decimal) -> Decimal:
        """The points with this scheme's decimals, half up."""
        return points.quantize(Decimal(1).scaleb(-self.places), ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class DatedScheme:
    """A scheme and the first day on which it holds."""

    effective_from: date
    scheme: Scheme


@dataclass(frozen=True, slots=True)
class Timetable:
    """An office's schemes in time; each holds until the next begins. ValueError for two on one day."""

    entries: tuple[DatedScheme, ...]

    def __post_init__(self) -> None:
        days = [entry.effective_from for entry in self.entries]
        if days != sorted(set(days)):
            raise ValueError("schemes must come in order of time, one a day")

    @classmethod
    def of(cls, schemes: Iterable[tuple[date, Scheme]]) -> Self:
        """From (first day, scheme) pairs in any order."""
        dated = (DatedScheme(effective_from, scheme) for effective_from, scheme in schemes)
        return cls(tuple(sorted(dated, key=lambda entry: entry.effective_from)))

    def entry_on(self, day: date) -> DatedScheme | None:
        """The scheme in force on the day with its first day; None before the first."""
        index = bisect_right(self.entries, day, key=lambda entry: entry.effective_from)
        return self.entries[index - 1] if index else None

    def scheme_on(self, day: date) -> Scheme | None:
        """The scheme in force on the day; None before the first."""
        entry = self.entry_on(day)
        return entry.scheme if entry else None


def shipped(name: str) -> dict[str, Any]:
    """The data of a scheme that comes with the program, such as "demo"."""
    data: dict[str, Any] = json.loads((SHIPPED / f"{name}.json").read_text(encoding="utf-8"))
    return data


def parse_scheme(data: object) -> Scheme:
    """Read a scheme from its JSON data. SchemeError names every problem at once."""
    top = Node(data)
    top.only(
        "name", "notes", "year_start_month", "adoption_points", "mode_factors", "several_outlets",
        "several_units", "filing_points", "tie_rule", "rounding",
    )  # fmt: skip
    rounding = top.child("rounding")
    rounding.only("places")
    scheme = Scheme(
        name=top.text("name"),
        adoption_points=_parse_rules(top),
        mode_factors=_parse_factors(top.child("mode_factors")),
        year_start_month=top.whole("year_start_month", range(1, 13), default=1),
        several_outlets=SeveralOutlets(top.choice("several_outlets", SeveralOutlets)),
        several_units=SeveralUnits(top.choice("several_units", SeveralUnits)),
        filing_points=top.number("filing_points", default="0"),
        tie_rule=TieRule(top.choice("tie_rule", TieRule)),
        places=rounding.whole("places", range(5), default=2),
        notes=top.texts("notes"),
    )
    if top.problems:
        raise SchemeError(top.problems)
    return scheme


def _parse_rules(top: Node) -> tuple[AdoptionRule, ...]:
    rules: dict[tuple[str | None, ...], AdoptionRule] = {}
    for node in top.children("adoption_points"):
        flaws_before = len(top.problems)
        node.only("level", "carrier", "outlet", "mode", "points", "note")
        rule = AdoptionRule(
            points=node.number("points"),
            level=node.optional_choice("level", LEVELS),
            carrier=node.optional_choice("carrier", CARRIERS),
            outlet=node.optional_text("outlet"),
            mode=node.optional_choice("mode", MODES),
            note=node.optional_text("note") or "",
        )
        # The second of two rules with the same match would never apply: surely a slip.
        if len(top.problems) == flaws_before and rules.setdefault(rule.match, rule) is not rule:
            node.report(Flaw.REPEATED)
    return tuple(rules.values())


def _parse_factors(node: Node) -> dict[str, Decimal]:
    node.only(*MODES)
    return {mode: node.number(mode, most=100) for mode in MODES if mode in node.data}
