"""Why a unit or an author has points: one line for each reason."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final

ZERO: Final = Decimal(0)


class LineKind(StrEnum):
    """What a line of points stems from. A limit corrects the lines of others."""

    ADOPTION = "adoption"
    BONUS = "bonus"
    FILING = "filing"
    BASE = "base"
    PENALTY = "penalty"
    LIMIT = "limit"
    ADJUSTMENT = "adjustment"


class Note(StrEnum):
    """Why a line has the points it has; scoring/wording.py puts it in words."""

    COUNTED = "counted"
    EXCESS = "excess"
    NOT_HIGHEST = "not_highest"
    NOT_FIRST = "not_first"
    ITEM_FULL = "item_full"
    ITEM_VOID = "item_void"
    UNLISTED = "unlisted"
    WORTH_NOTHING = "worth_nothing"
    MODE_EARNS_NOTHING = "mode_earns_nothing"
    LENGTH_UNKNOWN = "length_unknown"
    ROUNDED_AWAY = "rounded_away"
    NO_SCHEME = "no_scheme"
    REWARDED = "rewarded"
    MULTIPLIED = "multiplied"
    EVENT_UNLISTED = "event_unlisted"
    FILED = "filed"
    FILED_TOGETHER = "filed_together"
    THRESHOLD_REACHED = "threshold_reached"
    BASE = "base"
    DEDUCTED = "deducted"
    LOW_RATE = "low_rate"
    SHORTFALL = "shortfall"
    TARGET_MISSED = "target_missed"
    TARGET_MET = "target_met"
    VOIDS_ITEM = "voids_item"
    VOIDS_WINDOW = "voids_window"
    CAPPED = "capped"
    RAISED = "raised"
    RELEASED = "released"
    ADJUSTED = "adjusted"


#: Lines of what a target gives or costs.
OF_TARGETS: Final = frozenset({Note.SHORTFALL, Note.TARGET_MISSED, Note.TARGET_MET})


class Operator(StrEnum):
    """How a step of the arithmetic changes the points so far. `INSTEAD` leaves nothing as nothing."""

    TIMES = "times"
    PLUS = "plus"
    AT_MOST = "at_most"
    INSTEAD = "instead"


@dataclass(frozen=True, slots=True)
class Step:
    """One step from a line's base to what it is worth alone; `rule` is the place in the scheme."""

    operator: Operator
    value: Decimal
    rule: str


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """One reason for a unit's points, on the day they count.

    `earned` = the base after the steps, rounded, − `deducted`; `points` = earned × share. What is deducted
    an earlier fact of the item had already earned, or the item could not earn any more; `compared_with`
    is the adoption that earned it. `rule` is the place in the scheme in force since `scheme_from`. `key`
    names the line among those of its unit, however often it is counted again. What a finding takes back are
    the gains in `taken`, each with its day.

    A line about a window (written as a period in `window`) has the figure `reached` in it and the `bound`
    it is measured by: the number for a threshold, the limit, the target, the least rate.
    """

    unit_id: int
    date: dt.date
    kind: LineKind
    key: str
    rule: str = ""
    scheme_from: dt.date | None = None
    item_id: int | None = None
    item_title: str = ""
    adoption_id: int | None = None
    event_id: int | None = None
    adjustment_id: int | None = None
    event: str = ""
    outlet_name: str = ""
    level: str = ""
    mode: str = ""
    base: Decimal = ZERO
    steps: tuple[Step, ...] = ()
    deducted: Decimal = ZERO
    compared_with: int | None = None
    earned: Decimal = ZERO
    share: str = "1"
    points: Decimal = ZERO
    note: Note = Note.COUNTED
    window: str = ""
    reached: Decimal | None = None
    bound: Decimal | None = None
    reason: str = ""
    taken: tuple[tuple[dt.date, Decimal], ...] = ()

    @property
    def order(self) -> tuple[dt.date, str, str, int, int, str]:
        """Lines of a unit are told in order of time, corrections of a day last."""
        late = "~" if self.kind in (LineKind.LIMIT, LineKind.ADJUSTMENT) else ""
        return (self.date, late, self.outlet_name, self.item_id or 0, self.adoption_id or 0, self.key)


@dataclass(frozen=True, slots=True)
class AuthorLine:
    """An author's part of what an item earned by one fact; `line` is the unit's line it is taken from."""

    author: str
    name: str
    line: ScoreLine
    share: str
    points: Decimal
