"""The parts of a scoring scheme: what earns points, what costs them, and how units are ranked.

Everything here is frozen and knows no facts; `scoring.engine` applies it. docs/scoring.md describes the
JSON it is read from (`scoring.schemes.reading`) and what each part means.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Final

from scoring.schemes.words import (
    Achievement,
    FilingKind,
    Happening,
    LimitOf,
    Metric,
    OutletClass,
    Remainder,
    Reposts,
    SeveralOutlets,
    Sharing,
    Shortcoming,
    TieRule,
    Voids,
    Window,
)


@dataclass(frozen=True, slots=True)
class Source:
    """The published document that a scheme was taken from."""

    title: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Units, by code or name, that are ranked among themselves under a name of their own."""

    name: str
    units: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Everything but these words; what is not known too."""

    words: frozenset[str]


type Asked = str | Not | None


@dataclass(frozen=True, slots=True)
class Match:
    """The keys of a rule; what is None fits everything. Lengths are in characters, both ends included.

    A length that is not known fits no rule that asks for one.
    """

    outlet: str | None = None
    outlet_group: Asked = None
    level: Asked = None
    carrier: Asked = None
    genre: Asked = None
    position: Asked = None
    mode: Asked = None
    min_length: int | None = None
    max_length: int | None = None
    group: Asked = None

    @property
    def keys(self) -> tuple[str, ...]:
        """The names of the keys that are set."""
        return tuple(each.name for each in fields(self) if getattr(self, each.name) is not None)

    @property
    def named(self) -> tuple[str, ...]:
        """The keys that say what something is, without those that say what it is not."""
        return tuple(key for key in self.keys if not isinstance(getattr(self, key), Not))

    @property
    def named_features(self) -> frozenset[str]:
        """What the named keys are about: a least and a greatest length are both about the length."""
        return _features(self.named)

    @property
    def features(self) -> frozenset[str]:
        """What all keys are about."""
        return _features(self.keys)

    @property
    def specificity(self) -> tuple[bool, bool, int]:
        """A named outlet beats everything, then a named group of outlets, then the number of features."""
        return (self.outlet is not None, "outlet_group" in self.named, len(self.features))


def _features(keys: Iterable[str]) -> frozenset[str]:
    return frozenset("length" if key.endswith("_length") else key for key in keys)


#: Asks for nothing.
ANY: Final = Match()


@dataclass(frozen=True, slots=True)
class AdoptionRule:
    """Points for the adoptions that fit."""

    points: Decimal
    match: Match = ANY
    note: str = ""


@dataclass(frozen=True, slots=True)
class Modifier:
    """Multiplies the points of the adoptions that fit, or adds to them; never beyond `max`."""

    match: Match
    factor: Decimal | None = None
    add: Decimal | None = None
    max: Decimal | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class OutletPolicy:
    """How one item's adoptions by several outlets come together; `by` only for the highest of each class."""

    policy: SeveralOutlets = SeveralOutlets.SUM
    by: OutletClass = OutletClass.LEVEL


@dataclass(frozen=True, slots=True)
class RepostPolicy:
    """What a repost earns; by length, `points` for every full `characters`, at most `max`.

    Every repost that goes by length has `base`, which pays for the first `base_characters`.
    """

    policy: Reposts = Reposts.AS_LISTED
    characters: int = 1000
    points: Decimal = Decimal(0)
    max: Decimal | None = None
    base: Decimal = Decimal(0)
    base_characters: int = 0


@dataclass(frozen=True, slots=True)
class SharingPolicy:
    """What each of several gets: `points` when fixed (no more than alone) or flat, `factor` × the whole."""

    policy: Sharing = Sharing.SPLIT
    points: Decimal = Decimal(0)
    factor: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class Bonus:
    """Points for an event, or a factor on what its item's adoptions earn; one of the two is set.

    target_met: `points` at the end of a window, measured as for a `Penalty`.
    """

    event: Happening | Achievement
    level: Asked = None
    genre: Asked = None
    points: Decimal | None = None
    factor: Decimal | None = None
    metric: Metric = Metric.POINTS
    match: Match = ANY
    window: Window = Window.MONTH
    target: Decimal | None = None
    note: str = ""

    @property
    def specificity(self) -> int:
        """The number of keys."""
        return (self.level is not None) + (self.genre is not None)


@dataclass(frozen=True, slots=True)
class FilingRule:
    """Points for filing, of the units and items that fit; `window` is where items are counted together."""

    kind: FilingKind
    points: Decimal
    items: int = 1
    remainder: Remainder = Remainder.WHOLE
    window: Window = Window.YEAR
    match: Match = ANY
    note: str = ""


@dataclass(frozen=True, slots=True)
class Base:
    """Points that every unit begins a window with."""

    points: Decimal
    window: Window


@dataclass(frozen=True, slots=True)
class Penalty:
    """What is deducted for an event (`points` for each), or at the end of a window.

    A window that `voids` is void once the event has happened `times` in it.
    low_rate: `points` when fewer than `below` of the items filed were adopted. shortfall: `factor` for
    every one of `metric` (of what fits `match`) that is missing to `target`, or to the unit's own target when
    that is None. target_missed: `points`, however many are missing.
    """

    event: Happening | Shortcoming
    points: Decimal = Decimal(0)
    voids: Voids | None = None
    times: int = 1
    window: Window = Window.MONTH
    below: Decimal = Decimal(0)
    metric: Metric = Metric.POINTS
    match: Match = ANY
    target: Decimal | None = None
    factor: Decimal = Decimal(1)
    note: str = ""


@dataclass(frozen=True, slots=True)
class Limit:
    """Not more and not less than this; one item's limit has no window and only a maximum."""

    of: LimitOf
    window: Window | None = None
    max: Decimal | None = None
    min: Decimal | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Target:
    """What a unit, the units of a group, or all units should reach in a window, of what fits `match`."""

    metric: Metric
    window: Window
    value: Decimal
    group: str | None = None
    unit: str | None = None
    match: Match = ANY

    @property
    def specificity(self) -> tuple[bool, bool]:
        """A unit's own target goes before its group's, and that before everybody's."""
        return (self.unit is not None, self.group is not None)


@dataclass(frozen=True, slots=True)
class Consequence:
    """What is said of a unit that stays below a value in so many windows in a row.

    Without a value it is the unit's own target; a unit without one stays above.
    """

    metric: Metric
    window: Window
    below: Decimal | None
    text: str
    times: int = 1
    match: Match = ANY


@dataclass(frozen=True, slots=True)
class Reminder:
    """What a person judges at the end of every window, and settles by an adjustment of points."""

    text: str
    window: Window


@dataclass(frozen=True, slots=True)
class Ties:
    """What happens when two units have the same value: further metrics decide, then they share a rank."""

    rule: TieRule = TieRule.COMPETITION
    then: tuple[Metric, ...] = ()
