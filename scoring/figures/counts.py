"""The figures of one unit in one period."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Self

from scoring.figures.facts import UnitFact
from scoring.figures.lines import ZERO, ScoreLine
from scoring.schemes.model import ANY, Match
from scoring.schemes.words import LEVELS


@dataclass(frozen=True, slots=True)
class Flag:
    """A consequence that was reached at the end of a window (`window` as a period is written).

    The metric is counted of what fits `match`, as that of a target is.
    """

    text: str
    metric: str
    window: str
    reached: Decimal
    below: Decimal
    times: int
    rule: str
    match: Match = ANY


@dataclass(frozen=True, slots=True)
class TargetCount:
    """How far a unit is towards a target; over several windows both numbers are those of all of them."""

    metric: str
    window: str
    value: Decimal
    reached: Decimal
    match: Match = ANY

    @property
    def completion(self) -> Decimal | None:
        """Reached ÷ value, which may exceed 1; None for a target of nothing."""
        return self.reached / self.value if self.value else None


@dataclass(frozen=True, slots=True)
class Overlap:
    """What of a unit's figures is also that of each of these `units`, whose rows have it first."""

    units: tuple[UnitFact, ...]
    adopted: Mapping[str, int]
    items_adopted: int


@dataclass(frozen=True, slots=True)
class UnitCount:
    """The figures of one unit in one period; `points` is the sum of `lines`.

    `adopted` has every level and counts adoptions; `items_adopted` counts items by their first adoption.
    `overlaps` are what other units have of the same items and adoptions.
    """

    unit: UnitFact
    filed: int
    issued: int
    adopted: Mapping[str, int]
    items_adopted: int
    points: Decimal
    lines: tuple[ScoreLine, ...]
    flags: tuple[Flag, ...] = ()
    targets: tuple[TargetCount, ...] = ()
    overlaps: tuple[Overlap, ...] = ()

    @property
    def adopted_total(self) -> int:
        """Adoptions at all levels together."""
        return sum(self.adopted.values())

    def value(self, metric: str) -> Decimal:
        """One of its figures by the word of schemes.Metric."""
        if metric in LEVELS:
            return Decimal(self.adopted[metric])
        if metric == "adopted":
            return Decimal(self.adopted_total)
        return Decimal(getattr(self, metric))

    def adoption_rate(self) -> Decimal | None:
        """Items adopted for each item filed, which may exceed 1; None when nothing was filed."""
        return Decimal(self.items_adopted) / self.filed if self.filed else None

    def adoption_rate_text(self) -> str:
        """The rate in percent with one decimal, or a dash."""
        rate = self.adoption_rate()
        return "—" if rate is None else f"{(rate * 100).quantize(Decimal('0.1'), ROUND_HALF_UP)}%"


@dataclass(frozen=True, slots=True)
class Together:
    """What several units come to (R89): what is of more than one of them counts once, points add up."""

    filed: int
    issued: int
    adopted: Mapping[str, int]
    items_adopted: int
    points: Decimal

    @classmethod
    def of(cls, rows: Iterable[UnitCount], within: Callable[[UnitFact], bool]) -> Self:
        """These rows together; `within` says of a unit whether it is one of them, with a row or without.

        A unit without a row, such as one that was closed, may have had an item before they had it.
        """
        rows = list(rows)
        twice = [overlap for row in rows for overlap in row.overlaps if any(map(within, overlap.units))]
        return cls(
            filed=sum(row.filed for row in rows),
            issued=sum(row.issued for row in rows),
            adopted={
                level: sum(row.adopted[level] for row in rows)
                - sum(overlap.adopted[level] for overlap in twice)
                for level in LEVELS
            },
            items_adopted=sum(row.items_adopted for row in rows)
            - sum(overlap.items_adopted for overlap in twice),
            points=sum((row.points for row in rows), ZERO),
        )

    @property
    def adopted_total(self) -> int:
        """Adoptions at all levels together."""
        return sum(self.adopted.values())
