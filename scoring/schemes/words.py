"""The words of a scheme: what its settings may be. They are the values of the JSON."""

from enum import StrEnum
from typing import Final

LEVELS: Final = ("central", "province", "city", "county")
CARRIERS: Final = ("newspaper", "journal", "website", "app", "social", "broadcast", "internal")
MODES: Final = ("single", "merged", "brief", "repost")
POSITIONS: Final = ("front_lead", "front")
GENRES: Final = (
    "news", "information", "experience", "research", "analysis", "commentary", "feature", "picture",
)  # fmt: skip


class Window(StrEnum):
    """A span of time within which points or items are looked at together, narrow ones first.

    A week is one of the calendar, Monday to Sunday; a year is an assessment year.
    """

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"


class Metric(StrEnum):
    """A figure of a unit. Items adopted are counted by first adoption, levels by adoption."""

    POINTS = "points"
    FILED = "filed"
    ISSUED = "issued"
    ADOPTED = "adopted"
    ITEMS_ADOPTED = "items_adopted"
    CENTRAL = "central"
    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"


#: Figures that count items or adoptions, and so may ask for some of them only.
SELECTIVE: Final = (Metric.FILED, *tuple(Metric)[3:])
#: Those that a joint item may count for in part.
SHARED: Final = tuple(Metric)[3:]


class JointCounts(StrEnum):
    """What an adoption of several units counts for each where numbers are measured: one, or its share."""

    WHOLE = "whole"
    SHARE = "share"


class SeveralOutlets(StrEnum):
    """One item in several outlets: all scores, the highest, the highest of each class, the first."""

    SUM = "sum"
    HIGHEST = "highest"
    HIGHEST_PER_CLASS = "highest_per_class"
    FIRST = "first"


class OutletClass(StrEnum):
    """Which outlets are of one class when the highest of each class counts."""

    LEVEL = "level"
    CARRIER = "carrier"
    OUTLET = "outlet"
    OUTLET_GROUP = "outlet_group"


class Reposts(StrEnum):
    """What a repost earns: nothing, what the rules say, or so much for every so many characters."""

    ZERO = "zero"
    AS_LISTED = "as_listed"
    BY_LENGTH = "by_length"


class Sharing(StrEnum):
    """One success of several: parts by share, the whole, a fixed value, or a fraction for each.

    A fixed value is never more than what one alone would get; a flat one is the same whatever that is.
    """

    SPLIT = "split"
    FULL = "full"
    FIXED = "fixed"
    FLAT = "flat"
    FACTOR = "factor"


class ModifiersApply(StrEnum):
    """Of several modifiers that fit: one after the other, or only the first."""

    ALL = "all"
    FIRST = "first"


class FilingKind(StrEnum):
    """Points for filing: each item, every so many items, or once when so many are reached."""

    PER_ITEM = "per_item"
    PER_ITEMS = "per_items"
    THRESHOLD = "threshold"


class Remainder(StrEnum):
    """Items beyond the last full number: they wait for the next, or earn their part."""

    WHOLE = "whole"
    PARTS = "parts"


class Happening(StrEnum):
    """What is registered besides adoptions; the first five may earn points, the others cost them."""

    INSTRUCTION = "instruction"
    COMMISSION_FILED = "commission_filed"
    COMMISSION_ADOPTED = "commission_adopted"
    FORWARDED = "forwarded"
    TASK = "task"
    COMMISSION_MISSED = "commission_missed"
    LATE = "late"
    MISSING = "missing"
    UNTRUE = "untrue"
    NEGATIVE = "negative"


REWARDED: Final = tuple(Happening)[:5]
PUNISHED: Final = tuple(Happening)[5:]


class Shortcoming(StrEnum):
    """What the end of a window brings to light: too few items adopted for those filed, a target missed.

    A missed target costs so much for each one missing (`shortfall`), or the same whatever is missing.
    """

    LOW_RATE = "low_rate"
    SHORTFALL = "shortfall"
    TARGET_MISSED = "target_missed"


class Achievement(StrEnum):
    """What the end of a window rewards."""

    TARGET_MET = "target_met"


class Voids(StrEnum):
    """What else a penalty takes away: all points of the item, or of the window in which it happened."""

    ITEM = "item"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"


class LimitOf(StrEnum):
    """What a limit holds for: one item, the points of one kind, or all points."""

    ITEM = "item"
    ADOPTION = "adoption"
    BONUS = "bonus"
    FILING = "filing"
    PENALTY = "penalty"
    TOTAL = "total"


class TieRule(StrEnum):
    """The rank after a tie of two in second place: 1 2 2 4, or 1 2 2 3."""

    COMPETITION = "competition"
    DENSE = "dense"
