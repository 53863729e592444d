"""What counting takes and gives: facts in, figures and their explanations out. Dates are local days."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Final

from stats.schemes import LEVELS

ZERO: Final = Decimal(0)


class Note(StrEnum):
    """Why a line has the points it has; stats/wording.py puts it in words."""

    COUNTED = "counted"
    FILED = "filed"
    EXCESS = "excess"
    NOT_HIGHEST = "not_highest"
    UNLISTED = "unlisted"
    WORTH_NOTHING = "worth_nothing"
    MODE_EARNS_NOTHING = "mode_earns_nothing"
    ROUNDED_AWAY = "rounded_away"
    NO_SCHEME = "no_scheme"


@dataclass(frozen=True, slots=True)
class UnitFact:
    """A unit that is ranked, in its group; `position` orders units that are otherwise equal."""

    id: int
    name: str
    short_name: str
    group: str
    position: int

    @property
    def order(self) -> tuple[int, str, int]:
        """The standing order of units in a table."""
        return (self.position, self.name, self.id)


@dataclass(frozen=True, slots=True)
class FilingFact:
    """An item was filed by a unit, on the local date of its first submission; one per item."""

    item_id: int
    unit_id: int
    date: dt.date
    item_title: str = ""


@dataclass(frozen=True, slots=True)
class IssueFact:
    """An item of a unit was issued on a local date; one per item."""

    item_id: int
    unit_id: int
    date: dt.date


@dataclass(frozen=True, slots=True, order=True)
class CreditFact:
    """So many parts of an adoption belong to a unit. ValueError for less than one part."""

    unit_id: int
    share: int = 1

    def __post_init__(self) -> None:
        if self.share < 1:
            raise ValueError(f"a share must be positive, not {self.share}")


@dataclass(frozen=True, slots=True)
class AdoptionFact:
    """An outlet published an item. ValueError without credits or with an unknown level."""

    id: int
    item_id: int
    item_title: str
    outlet_name: str
    level: str
    carrier: str
    mode: str
    date: dt.date
    credits: tuple[CreditFact, ...]

    def __post_init__(self) -> None:
        if not self.credits:
            raise ValueError(f"adoption {self.id} is credited to nobody")
        if self.level not in LEVELS:
            raise ValueError(f"adoption {self.id} has no known level: {self.level!r}")

    @property
    def parts(self) -> dict[int, int]:
        """Parts by unit; several credits of one unit are one."""
        parts: Counter[int] = Counter()
        for credit in self.credits:
            parts[credit.unit_id] += credit.share
        return dict(sorted(parts.items()))


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """One reason for a unit's points: points = (rounded base × factor − deducted) × share.

    `rule` is the place in the scheme in force since `scheme_from`; `deducted` is what an earlier adoption of
    the item, `compared_with`, had already earned. A filing has no adoption, outlet, level or mode.
    """

    unit_id: int
    item_id: int
    item_title: str
    date: dt.date
    adoption_id: int | None = None
    outlet_name: str = ""
    level: str = ""
    mode: str = ""
    rule: str = ""
    scheme_from: dt.date | None = None
    base: Decimal = ZERO
    factor: Decimal = Decimal(1)
    deducted: Decimal = ZERO
    compared_with: int | None = None
    share: str = "1"
    points: Decimal = ZERO
    note: Note = Note.COUNTED

    @property
    def order(self) -> tuple[dt.date, str, int, int]:
        """Lines of a unit are told in order of time."""
        return (self.date, self.outlet_name, self.item_id, self.adoption_id or 0)


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

    @property
    def adopted_total(self) -> int:
        """Adoptions at all levels together."""
        return sum(self.adopted.values())

    def adoption_rate(self) -> Decimal | None:
        """Items adopted for each item filed, which may exceed 1; None when nothing was filed."""
        return Decimal(self.items_adopted) / self.filed if self.filed else None

    def adoption_rate_text(self) -> str:
        """The rate in percent with one decimal, or a dash."""
        rate = self.adoption_rate()
        return "—" if rate is None else f"{(rate * 100).quantize(Decimal('0.1'), ROUND_HALF_UP)}%"
