"""The rows a bulletin is made of, as they are stored and printed. Pure.

Units and outlets stand as they were called; levels, modes, kinds and notes by their codes.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from kit.numbers import USUAL_PLACES
from scoring.figures.lines import Note
from scoring.periods.period import Period
from scoring.wording import NOTES


@dataclass(frozen=True, slots=True)
class LineRow:
    """One unit's part of one reason for points; `points` may be 0, then `note` says why.

    `key` is unique within a unit and stays the same when the bulletin is drafted again. Lines of adoptions
    have an outlet, a level and a mode; `item_title` of an adjustment is its reason. A line about a window
    tells what was `reached` in it and the `bound` it is measured by (see `ScoreLine`).
    """

    key: str
    position: int
    unit_id: int
    unit: str
    kind: str
    date: dt.date
    item_id: int | None
    item_title: str
    adoption_id: int | None
    outlet: str
    level: str
    mode: str
    rule: str
    scheme_from: dt.date | None
    arithmetic: str
    share: str
    points: Decimal
    note: str
    event: str = ""
    event_id: int | None = None
    adjustment_id: int | None = None
    window: str = ""
    reached: Decimal | None = None
    bound: Decimal | None = None

    @property
    def remark(self) -> str:
        """Why the points are not simply those of the outlet; nothing for the ordinary case."""
        return "" if self.note == Note.COUNTED else note_words(self.note)


@dataclass(frozen=True, slots=True)
class LateRow:
    """A line dated in an earlier issued period that its issue does not have, or has otherwise (补登).

    `change` is added, changed or removed; `points` is what the running total gains (or loses) by it;
    `period` and `number` name the issue in which it should have stood, `number` of `year`.
    """

    change: str
    line: LineRow
    points: Decimal
    period: Period
    year: int
    number: int


@dataclass(frozen=True, slots=True)
class SchemeUsed:
    """A scheme that was in force on a day of the period, with its rules as JSON."""

    version: int
    name: str
    effective_from: dt.date
    rules: dict[str, Any]


@dataclass(frozen=True, slots=True)
class OutletRow:
    """An outlet of the office's list in the period, whether it adopted anything or not."""

    name: str
    level: str


@dataclass(frozen=True, slots=True)
class OfficeFigures:
    """The whole office's figures of a period; what is credited to several units counts once."""

    period: Period
    filed: int
    issued: int
    adopted: int
    central: int
    province: int
    city: int
    county: int
    items_adopted: int

    @property
    def month(self) -> dt.date:
        """The first day of those of a month."""
        return self.period.start


@dataclass(frozen=True, slots=True)
class MonthRow:
    """One unit's figures of one month, for the lines of charts."""

    unit_id: int
    month: dt.date
    filed: int
    adopted: int
    points: Decimal


@dataclass(frozen=True, slots=True)
class ZeroRow:
    """A unit that filed nothing, or had nothing adopted, and for how many periods in a row, this included."""

    unit_id: int
    unit: str
    group: str
    filing_streak: int
    adoption_streak: int


@dataclass(frozen=True, slots=True)
class Corrected:
    """The issue that this one corrects, and what is corrected in it."""

    year: int
    number: int
    issued_on: dt.date
    what: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """A part printed behind the text: kind is figures, matrix, adoptions, lines or late."""

    kind: str
    title: str


@dataclass(frozen=True, slots=True)
class Letterhead:
    """How the office signs, sends and writes its bulletins, as it was set when this one was drafted.

    `addressees`, `copies_to` and `contact` are texts as they are printed, without labels; any may be empty.
    Rates have `rate_places` decimals.
    """

    red_head: str = ""
    code: str = ""
    addressees: str = ""
    copies_to: str = ""
    signature: str = ""
    printed_by: str = ""
    contact: str = ""
    rate_places: int = USUAL_PLACES


@dataclass(frozen=True, slots=True)
class Link:
    """Where a piece of a paragraph comes from: `text` stands at `start` of the generated text.

    `source` is a path into the document, such as now.filed; see bulletins.text.sources.
    """

    text: str
    start: int
    source: str


@dataclass(frozen=True, slots=True)
class BodyLine:
    """A paragraph as it is printed: its first `head` characters are a heading of `level` 1, 2 or 3."""

    text: str
    level: int = 0
    head: int = 0

    @property
    def is_heading(self) -> bool:
        """Whether nothing follows the heading."""
        return self.head == len(self.text)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of the text. `generated` is what the templates give, `edited` what somebody made of it.

    `edited` may be empty, then nothing is printed, or have several lines, then each is a paragraph. `stale`
    marks an edited paragraph whose figures have moved since (需核对).
    """

    key: str
    section: str
    generated: str
    edited: str | None = None
    stale: bool = False
    links: tuple[Link, ...] = ()

    @property
    def text(self) -> str:
        """As it is printed."""
        return self.generated if self.edited is None else self.edited

    @property
    def body(self) -> tuple[BodyLine, ...]:
        """Its lines as they are printed."""
        lines = (line.strip() for line in self.text.splitlines())
        return tuple(BodyLine(line, *heading(line)) for line in lines if line)


_MARKS: Final = (
    (1, re.compile(r"[一二三四五六七八九十]+、")),
    (2, re.compile(r"[（(][一二三四五六七八九十]+[）)]")),
    (3, re.compile(r"[0-9]{1,2}[.．](?![0-9])")),
)
#: A longer first sentence is no heading, whatever it begins with: 一、二季度，全市……
LONGEST_HEADING: Final = 30


def heading(text: str) -> tuple[int, int]:
    """The level of the heading that a line begins with (一、 is 1, （一） is 2, 1. is 3) and its length.

    （一）压实责任。各单位要…… begins with one of eight characters and goes on as body text. (0, 0) for none.
    """
    for level, mark in _MARKS:
        if mark.match(text):
            first, stop, _rest = text.partition("。")
            length = len(first + stop)
            if length <= LONGEST_HEADING and not (stop and level == 1):
                return level, length
    return 0, 0


def note_words(note: str) -> str:
    """A note's words in the reader's language; a note that this version does not know is given as it is."""
    try:
        return str(NOTES[Note(note)])
    except (ValueError, KeyError):
        return note
