"""The figures of one unit in one period."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from scoring.figures.facts import UnitFact
from scoring.figures.lines import ScoreLine
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
class UnitCount:
    """The figures of one unit in one period; `points` is the sum of `lines`.

    `adopted` has every level and counts adoptions; `items_adopted` counts items by their first adoption.
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
