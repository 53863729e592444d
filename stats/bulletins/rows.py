"""The rows a bulletin is made of, as they are stored and printed. Pure.

Units and outlets stand as they were called; levels, modes, kinds and notes by their codes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from stats.counting import Note
from stats.periods import Period
from stats.wording import NOTES


@dataclass(frozen=True, slots=True)
class LineRow:
    """One unit's part of one reason for points; `points` may be 0, then `note` says why.

    `key` is unique within a unit and stays the same when the bulletin is drafted again. Lines of adoptions
    have an outlet, a level and a mode; others have what they are about in `item_title`, or nothing.
    """

    key: str
    position: int
    unit_id: int
    unit: str
    kind: str
    date: date
    item_id: int | None
    item_title: str
    adoption_id: int | None
    outlet: str
    level: str
    mode: str
    rule: str
    scheme_from: date | None
    arithmetic: str
    share: str
    points: Decimal
    note: str

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
    effective_from: date
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


@dataclass(frozen=True, slots=True)
class MonthRow:
    """One unit's figures of one month, for the lines of charts."""

    unit_id: int
    month: date
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
    issued_on: date
    what: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """A part printed behind the text: kind is figures, matrix, adoptions, lines or late."""

    kind: str
    title: str


@dataclass(frozen=True, slots=True)
class Letterhead:
    """How the office signs and sends its bulletins, as it was set when this one was drafted.

    `addressees`, `copies_to` and `contact` are texts as they are printed, without labels; any may be empty.
    """

    red_head: str = ""
    code: str = ""
    addressees: str = ""
    copies_to: str = ""
    signature: str = ""
    printed_by: str = ""
    contact: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """Where a piece of a paragraph comes from: `text` stands at `start` of the generated text.

    `source` is a path into the document, such as totals.0.filed; see stats.bulletins.sources.
    """

    token: str
    text: str
    start: int
    source: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of the text. `generated` is what the templates give, `edited` what somebody made of it.

    `level` is 1 for 一、, 2 for （一）, 3 for 1. and 0 for body text. `stale` marks an edited paragraph whose
    figures have moved since (需核对).
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
    def level(self) -> int:
        return heading_level(self.text)


_NUMERALS = "一二三四五六七八九十"


def heading_level(text: str) -> int:
    """1 for a line that begins 一、, 2 for （一）, 3 for 1.; 0 for any other and for a sentence."""
    if text.endswith(("。", "；", "：", ":")):
        return 0
    head = text[:6]
    mark = head.lstrip(_NUMERALS)
    if mark != head and mark.startswith("、"):
        return 1
    if head[:1] in "（(" and head[1:].lstrip(_NUMERALS)[:1] in {"）", ")"} and head[1:2] in _NUMERALS:
        return 2
    digits = head.lstrip("0123456789")
    return 3 if digits != head and digits[:1] in {".", "．"} else 0


def note_words(note: str) -> str:
    """A note's words in the reader's language; a note that this version does not know is given as it is."""
    try:
        return str(NOTES[Note(note)])
    except (ValueError, KeyError):
        return note
