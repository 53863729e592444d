"""The text of an item as HTML: what is kept of it, its words alone, and back. Pure.

Kept are paragraphs, two levels of headings, lists, quotations, tables, and five marks of characters; of
attributes only the span of a cell. `clean` gives every text one form, so that two texts are the same when
their HTML is: it may be compared and hashed.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser
from itertools import groupby, takewhile
from typing import Final

import nh3

from submissions.search import composed

_MARKS: Final = {
    "strong": "strong",
    "b": "strong",
    "em": "em",
    "i": "em",
    "u": "u",
    "sub": "sub",
    "sup": "sup",
}
_HEADINGS: Final = {"h1": "h2", "h2": "h2"} | dict.fromkeys(("h3", "h4", "h5", "h6"), "h3")
#: Elements that only say that another paragraph begins.
_BLOCKS: Final = frozenset(
    [
        "p",
        "div",
        "section",
        "article",
        "header",
        "footer",
        "main",
        "aside",
        "nav",
        "address",
        "center",
        "pre",
        "dl",
        "dt",
        "dd",
        "figure",
        "figcaption",
        "form",
        "fieldset",
        "legend",
        "details",
        "summary",
        "hr",
    ]
)
_LISTS: Final = frozenset({"ul", "ol"})
_TABLE: Final = {"table", "caption", "thead", "tbody", "tfoot", "tr", "td", "th"}
_CELLS: Final = frozenset({"td", "th"})
#: They hold lines of text instead of paragraphs.
_LINED: Final = frozenset({"li", "td", "th", "caption"})
_CONTAINERS: Final = frozenset({*_LISTS, *_TABLE, "li", "blockquote"})
_DROPPED_WHOLE: Final = frozenset(
    [
        "script",
        "style",
        "template",
        "svg",
        "math",
        "iframe",
        "object",
        "noscript",
        "title",
        "textarea",
        "select",
        "xml",
        "head",
    ]
)
_MOST_SPAN: Final = 200
_DEEPEST_LIST: Final = 3

_MONGOLIAN: Final = re.compile("[\u1800-\u18af\U00011660-\U0001167f]")
_BREAKS: Final = re.compile("[\n\v\f\x85\u2028\u2029]")
_SPACES: Final = re.compile("[ \t\r\n\v\f\x1c-\x1f\x85\u2028\u2029]+")
#: A line break in the source between two Chinese characters is none in the text.
_WIDE: Final = "[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]"
_FOLDED: Final = re.compile(f"(?<={_WIDE})[ \t]*[\r\n]+[ \t]*(?={_WIDE})")
_BLANK: Final = frozenset("\n \u00a0\u3000")

#: The marks on a run of text, in alphabetical order; and such a run.
type _Marks = tuple[str, ...]
type _Run = tuple[str, _Marks]


def clean(html: str) -> str:
    """Any HTML in the one form that is stored; empty when there are no words in it."""
    tags = {*_MARKS, *_HEADINGS, *_BLOCKS, *_CONTAINERS, "br"}
    spans = {"colspan", "rowspan"}
    safe = nh3.clean(
        html,
        tags=tags,
        clean_content_tags=set(_DROPPED_WHOLE),
        attributes={"td": spans, "th": spans},
        link_rel=None,
    )
    return "".join(_render(node) for node in _tree(safe))


def words(html: str) -> str:
    """The words of cleaned HTML, a paragraph a line; a table row is its cells joined by a tab."""
    return "\n".join(line for node in _tree(html) for line in _lines(node))


def from_words(text: str) -> str:
    """Plain text in the form of `clean`, a paragraph for each line that is not empty."""
    lines = (_line([(_seen(line), ())]) for line in _BREAKS.split(composed(text)))
    return "".join(_render(_Node("p", [line])) for line in lines if line.plain)


def mainly_mongolian(text: str) -> bool:
    """Whether half of the letters or more are of the Traditional Mongolian script, which runs downwards."""
    letters = sum(unicodedata.category(char)[0] == "L" for char in text)
    return 0 < letters <= 2 * len(_MONGOLIAN.findall(text))


@dataclass(slots=True)
class _Words:
    """A line of text: plain, and as HTML."""

    plain: str
    html: str


@dataclass(slots=True)
class _Node:
    tag: str
    inside: list[_Node | _Words] = field(default_factory=list)
    spans: str = ""

    @property
    def plain(self) -> str:
        """Its own words, without those of the elements in it."""
        return "\n".join(part.plain for part in self.inside if isinstance(part, _Words))

    def has_words(self) -> bool:
        return any(isinstance(part, _Words) or part.has_words() for part in self.inside)


def _render(node: _Node) -> str:
    inside = "".join(part.html if isinstance(part, _Words) else _render(part) for part in node.inside)
    downwards = ' lang="mn-Mong"' if mainly_mongolian(node.plain) else ""
    return f"<{node.tag}{node.spans}{downwards}>{inside}</{node.tag}>"


def _lines(node: _Node) -> Iterator[str]:
    if node.tag == "tr":
        yield "\t".join(cell.plain.replace("\n", " ") for cell in node.inside if isinstance(cell, _Node))
        return
    number = 0
    for part in node.inside:
        if isinstance(part, _Words):
            yield from part.plain.split("\n")
            continue
        lines = _lines(part)
        if part.tag == "li":
            number += 1
            yield (f"{number}. " if node.tag == "ol" else "• ") + next(lines, "")
        yield from lines


def _tree(html: str) -> list[_Node]:
    builder = _Builder()
    builder.feed(html)
    builder.close()
    builder.flush()
    return [part for part in builder.root.inside if isinstance(part, _Node)]


class _Builder(HTMLParser):
    """Reads well-formed HTML of known elements into nodes of the kept ones."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = _Node("")
        self.stack = [self.root]
        #: For every container that is open, whether it became a node of the stack.
        self.kept: list[bool] = []
        self.runs: list[_Run] = []
        self.marks: Counter[str] = Counter()
        self.heading = ""

    def handle_data(self, data: str) -> None:
        text = _seen(_FOLDED.sub("", data))
        self.runs.append((text, tuple(sorted(mark for mark in self.marks if self.marks[mark]))))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _MARKS:
            self.marks[_MARKS[tag]] += 1
        elif tag == "br":
            self.runs.append(("\n", ()))
        elif tag in _CONTAINERS:
            self.kept.append(self._fits(tag))
            if not self.kept[-1]:
                self._part(tag)
            else:
                self.flush()
                self.stack.append(_Node("tbody" if tag == "tfoot" else tag, spans=_spans(attrs)))
        else:
            self._part(tag)
            self.heading = _HEADINGS.get(tag, self.heading)

    def handle_endtag(self, tag: str) -> None:
        if tag in _MARKS:
            self.marks[_MARKS[tag]] -= 1
        elif tag in _CONTAINERS and self.kept.pop():
            self.flush()
            self._close(self.stack.pop())
        elif tag != "br":
            self._part(tag)
            self.heading = "" if tag in _HEADINGS else self.heading

    def _fits(self, tag: str) -> bool:
        """Whether a container may stand where it begins; the words of one that may not stay."""
        around = self.stack[-1].tag
        if tag in _LISTS:
            deep = sum(node.tag in _LISTS for node in self.stack)
            return around in {"", "blockquote", "li", *_LISTS} and deep < _DEEPEST_LIST
        if tag in _TABLE - {"table"}:
            return around in _TABLE - _LINED and all(self.kept[-1:])
        return around in _LISTS if tag == "li" else around == ""

    def _part(self, tag: str) -> None:
        """Begin another paragraph; where only lines are held, another line."""
        if self.stack[-1].tag in _LINED:
            self.runs.append((" " if tag in _CELLS else "\n", ()))
        else:
            self.flush()

    def flush(self) -> None:
        """Put the words read so far where they belong."""
        line = _line(self.runs)
        self.runs = []
        if not line.plain:
            return
        around = self.stack[-1]
        if around.tag in _LINED:
            around.inside.append(line)
        elif around.tag in _LISTS:
            around.inside.append(_Node("li", [line]))
        else:
            place = self.root if around.tag in _TABLE else around
            place.inside.append(_Node(self.heading or "p", [line]))

    def _close(self, node: _Node) -> None:
        """Hang a finished container into the one around it, unless there is nothing in it."""
        around = self.stack[-1]
        if not (node.tag in _CELLS or (node.inside if node.tag in _TABLE - {"table"} else node.has_words())):
            return
        if node.tag in _LISTS and around.tag in _LISTS:  # a list has a list inside one of its items only
            if not around.inside:
                around.inside.append(_Node("li"))
            last = around.inside[-1]
            assert isinstance(last, _Node)
            around = last
        around.inside.append(node)


def _spans(attrs: list[tuple[str, str | None]]) -> str:
    """The attributes of a cell that covers several."""
    given = {name: int(value) for name, value in attrs if value and re.fullmatch("[0-9]{1,4}", value)}
    kept = ((name, min(given.get(name, 1), _MOST_SPAN)) for name in ("colspan", "rowspan"))
    return "".join(f' {name}="{span}"' for name, span in kept if span > 1)


def _seen(text: str) -> str:
    """Text without line breaks, double spaces and what nobody sees."""
    text = _SPACES.sub(" ", text)
    return composed("".join(char for char in text if unicodedata.category(char) != "Cc"))


def _line(runs: Iterable[_Run]) -> _Words:
    """Marked text without double spaces, indents and empty lines; a line feed stands for <br>."""
    chars: list[_Run] = []
    for char, marks in ((char, marks) for text, marks in runs for char in text):
        if char == "\n":
            _strip(chars)
        last = chars[-1][0] if chars else "\n"
        if not ((last == "\n" and char in _BLANK) or char == last == " "):
            chars.append((char, marks))
    _strip(chars)
    plain, html, open_marks = "", "", ()
    for marks, group in groupby(chars, key=lambda run: run[1]):
        text = composed("".join(char for char, _marks in group))
        plain += text
        html += _step(open_marks, marks) + _escaped(text).replace("\n", "<br>")
        open_marks = marks
    return _Words(plain, html + _step(open_marks, ()))


def _escaped(text: str) -> str:
    """Text as HTML. An accent at its start is written by number: composed with the tag before it, ``>`` and
    U+0338 would become one character, and the tag none."""
    first = f"&#{ord(text[0])};" if unicodedata.combining(text[0]) else ""
    return first + escape(text[1:] if first else text, quote=False)


def _strip(chars: list[_Run]) -> None:
    while chars and chars[-1][0] in _BLANK:
        chars.pop()


def _step(before: _Marks, after: _Marks) -> str:
    """The tags that end the marks of one run and begin those of the next."""
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(before, after, strict=False)))
    ended = "".join(f"</{mark}>" for mark in reversed(before[same:]))
    return ended + "".join(f"<{mark}>" for mark in after[same:])
