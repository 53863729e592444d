"""A line of text with marks on its characters, in one form."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from itertools import groupby, takewhile
from typing import Final

from kit.spelling import composed

SPACES: Final = re.compile("[ \t\r\n\v\f\x1c-\x1f\x85\u2028\u2029]+")
BLANK: Final = frozenset("\n \u00a0\u3000")

#: The marks on a run of text, in alphabetical order; and such a run.
type Marks = tuple[str, ...]
type Run = tuple[str, Marks]


@dataclass(slots=True)
class Words:
    """A line of text: plain, and as HTML."""

    plain: str
    html: str


def seen(text: str) -> str:
    """Text without line breaks, double spaces and what nobody sees."""
    text = SPACES.sub(" ", text)
    return composed("".join(char for char in text if unicodedata.category(char) != "Cc"))


def marked_line(runs: Iterable[Run]) -> Words:
    """Marked text without double spaces, indents and empty lines; a line feed stands for <br>."""
    chars: list[Run] = []
    for char, marks in ((char, marks) for text, marks in runs for char in text):
        if char == "\n":
            _strip(chars)
        last = chars[-1][0] if chars else "\n"
        if not ((last == "\n" and char in BLANK) or char == last == " "):
            chars.append((char, marks))
    _strip(chars)
    plain, html, open_marks = "", "", ()
    for marks, group in groupby(chars, key=lambda run: run[1]):
        text = composed("".join(char for char, _marks in group))
        plain += text
        html += _step(open_marks, marks) + _escaped(text).replace("\n", "<br>")
        open_marks = marks
    return Words(plain, html + _step(open_marks, ()))


def _escaped(text: str) -> str:
    """Text as HTML. An accent at its start is written by number: composed with the tag before it, ``>`` and
    U+0338 would become one character, and the tag none."""
    first = f"&#{ord(text[0])};" if unicodedata.combining(text[0]) else ""
    return first + escape(text[1:] if first else text, quote=False)


def _strip(chars: list[Run]) -> None:
    while chars and chars[-1][0] in BLANK:
        chars.pop()


def _step(before: Marks, after: Marks) -> str:
    """The tags that end the marks of one run and begin those of the next."""
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(before, after, strict=False)))
    ended = "".join(f"</{mark}>" for mark in reversed(before[same:]))
    return ended + "".join(f"<{mark}>" for mark in after[same:])
