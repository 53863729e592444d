"""What is counted: units and what they did. Dates are local days."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from scoring.schemes.words import LEVELS, Happening


@dataclass(frozen=True, slots=True)
class UnitFact:
    """A unit that is ranked, in its group; `position` orders units that are otherwise equal.

    What a window gives or costs only concerns a unit on the days it existed (`active_to` is the last one),
    and only a unit that is `assessed`, as the office itself is not.
    """

    id: int
    name: str
    short_name: str
    group: str
    position: int
    code: str = ""
    active_from: dt.date = dt.date.min
    active_to: dt.date | None = None
    assessed: bool = True

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
    genre: str = ""
    length: int | None = None


@dataclass(frozen=True, slots=True)
class IssueFact:
    """An item of a unit was issued on a local date; one per item."""

    item_id: int
    unit_id: int
    date: dt.date


@dataclass(frozen=True, slots=True, order=True)
class CreditFact:
    """So many parts of a success belong to a unit. ValueError for less than one part."""

    unit_id: int
    share: int = 1

    def __post_init__(self) -> None:
        if self.share < 1:
            raise ValueError(f"a share must be positive, not {self.share}")


@dataclass(frozen=True, slots=True)
class AdoptionFact:
    """An outlet published an item. ValueError without credits or with an unknown level.

    `length` is in characters, None when it is not known.
    """

    id: int
    item_id: int
    item_title: str
    outlet_name: str
    level: str
    carrier: str
    mode: str
    date: dt.date
    credits: tuple[CreditFact, ...]
    genre: str = ""
    position: str = ""
    length: int | None = None

    def __post_init__(self) -> None:
        if not self.credits:
            raise ValueError(f"adoption {self.id} is credited to nobody")
        if self.level not in LEVELS:
            raise ValueError(f"adoption {self.id} has no known level: {self.level!r}")

    @property
    def parts(self) -> dict[int, int]:
        """Parts by unit, in the order in which the units are named; several credits of one unit are one."""
        return _parts(self.credits)

    @property
    def precedence(self) -> tuple[dt.date, int, tuple[tuple[int, int], ...], int]:
        """Which of an item's adoptions goes before which: of one day that of the higher level (R110).

        Between equals the units decide that are named; never a name. The id decides only between those that
        no figure can tell apart.
        """
        return (self.date, LEVELS.index(self.level), tuple(self.parts.items()), self.id)


@dataclass(frozen=True, slots=True)
class EventFact:
    """Something registered beside adoptions; `kind` is a word of schemes.Happening.

    It concerns the item, if it has one, and the units credited (ValueError without any), `count` times.
    """

    id: int
    kind: str
    date: dt.date
    credits: tuple[CreditFact, ...]
    item_id: int | None = None
    item_title: str = ""
    level: str = ""
    genre: str = ""
    count: int = 1

    def __post_init__(self) -> None:
        if not self.credits:
            raise ValueError(f"event {self.id} concerns nobody")

    @property
    def parts(self) -> dict[int, int]:
        """Parts by unit, in the order in which the units are named; several credits of one unit are one."""
        return _parts(self.credits)

    @property
    def precedence(self) -> tuple[dt.date, int, int, int, int]:
        """Of one day what earns goes before what costs, kind by kind, from the centre down (R110)."""
        kind = tuple(Happening).index(Happening(self.kind))
        level = (*LEVELS, "").index(self.level)
        return (self.date, kind, level, -self.count, self.id)


@dataclass(frozen=True, slots=True)
class AdjustmentFact:
    """Points given or taken by decision, with the reason."""

    id: int
    unit_id: int
    date: dt.date
    points: Decimal
    reason: str = ""


@dataclass(frozen=True, slots=True)
class AuthorFact:
    """So many parts of an item are an author's; `key` tells people apart, such as "user:12"."""

    item_id: int
    key: str
    name: str
    share: int = 1


def _parts(credited: tuple[CreditFact, ...]) -> dict[int, int]:
    if len(credited) == 1:
        return {credited[0].unit_id: credited[0].share}
    parts: dict[int, int] = {}
    for credit in credited:
        parts[credit.unit_id] = parts.get(credit.unit_id, 0) + credit.share
    return parts
