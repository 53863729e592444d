"""A form of boxes on A4 (表单), such as offices keep with a paper that is signed from hand to hand. Pure.

One `Sheet` is printed as PDF and as a Word file; see `sheet_pdf` and `sheet_word`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Tone(StrEnum):
    """How a line of a box is set."""

    PLAIN = "plain"
    STRONG = "strong"
    SMALL = "small"
    #: A signature with its day: at the right.
    SIGNED = "signed"
    #: What does not count any more: struck through.
    STRUCK = "struck"
    #: The same, at the right.
    STRUCK_SIGNED = "struck-signed"


@dataclass(frozen=True, slots=True)
class Line:
    text: str
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class Box:
    """`span` columns wide. A `label` names what stands beside or below it, and is centred."""

    lines: tuple[Line, ...]
    span: int = 1
    label: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """`height` in mm is the least. A `head` is repeated on every page; `whole` rows are not broken."""

    boxes: tuple[Box, ...]
    height: float = 8.5
    head: bool = False
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Table:
    """`widths` of the columns in mm; every row's spans add up to their number."""

    widths: tuple[float, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """`left` and `right` stand above the tables, `notes` below them, the rest at the foot of every page."""

    office: str
    title: str
    left: str
    right: str
    tables: tuple[Table, ...]
    notes: tuple[str, ...]
    printed: str
    warning: str
    across: bool = False

    @property
    def width(self) -> float:
        """Between the margins, in mm."""
        return 261 if self.across else 174


def lines(text: str, tone: Tone = Tone.PLAIN) -> tuple[Line, ...]:
    """A text as it was typed, a line each; none for an empty one."""
    return tuple(Line(part, tone) for part in text.splitlines() if part.strip())


def label(text: str, span: int = 1) -> Box:
    return Box(lines(text), span, label=True)


def box(*parts: str | Line, span: int = 1) -> Box:
    """A box of texts and lines; empty texts are left out."""
    shown: list[Line] = []
    for part in parts:
        shown += lines(part) if isinstance(part, str) else [part]
    return Box(tuple(shown), span)


def row(boxes: Iterable[Box], height: float = 8.5, *, head: bool = False, whole: bool = True) -> Row:
    return Row(tuple(boxes), height, head, whole)
