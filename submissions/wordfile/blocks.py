"""What a Word document consists of, and what of it cannot be taken."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum, auto
from html import escape


class Missed(Enum):
    """What of a document is not taken over, or not as it was."""

    PICTURE = auto()
    OBJECT = auto()
    FORMULA = auto()
    COMMENTS = auto()
    TRACKED = auto()
    TEXT_BOX = auto()
    #: What stands on every page.
    HEADERS = auto()
    #: Readings above signs.
    READINGS = auto()
    #: A sign of a picture font that is no character.
    SIGN = auto()
    #: A text kept in another format was put in, its looks may differ.
    CHUNK = auto()
    #: A part that the file refers to is not in it, or of a kind that cannot be read.
    PART = auto()


@dataclass(slots=True)
class Paragraph:
    """A paragraph: its words as HTML and plain, and what its looks say it is."""

    html: str = ""
    plain: str = ""
    is_title: bool = False
    outline: int | None = None
    is_centred: bool = False
    #: Of its largest characters, in half points.
    size: int = 0
    is_bold: bool = False
    is_bullet: bool = False


@dataclass(slots=True)
class Table:
    html: str


@dataclass(slots=True)
class Runs:
    """The runs of a paragraph as they are read."""

    html: list[str] = field(default_factory=list)
    plain: list[str] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    bold: list[bool] = field(default_factory=list)
    boxes: list[Paragraph | Table] = field(default_factory=list)

    def add(self, text: str, marks: Iterable[str] = ()) -> None:
        opened, closed = "", ""
        for mark in marks:
            opened, closed = f"{opened}<{mark}>", f"</{mark}>{closed}"
        self.html.append(opened + escape(text, quote=False).replace("\n", "<br>") + closed)
        self.plain.append(text)
