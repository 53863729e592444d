"""The paragraphs, lists and tables of a text, read from HTML of known elements and written again."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final

from submissions.markup.lines import Run, Words, marked_line, seen

MARKS: Final = {
    "strong": "strong",
    "b": "strong",
    "em": "em",
    "i": "em",
    "u": "u",
    "sub": "sub",
    "sup": "sup",
}
HEADINGS: Final = {"h1": "h2", "h2": "h2", "h3": "h3", "h4": "h3", "h5": "h3", "h6": "h3"}
_LISTS: Final = frozenset({"ul", "ol"})
_TABLE: Final = frozenset({"table", "caption", "thead", "tbody", "tfoot", "tr", "td", "th"})
_CELLS: Final = frozenset({"td", "th"})
#: They hold lines of text instead of paragraphs.
_LINED: Final = frozenset({"li", "td", "th", "caption"})
CONTAINERS: Final = frozenset({*_LISTS, *_TABLE, "li", "blockquote"})
_MOST_SPAN: Final = 200
_DEEPEST_LIST: Final = 3

MONGOLIAN: Final = "[\u1800-\u18af\U00011660-\U0001167f]"
#: A line break in the source between two Chinese characters is none in the text.
_WIDE: Final = "[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]"
_FOLDED: Final = re.compile(f"(?<={_WIDE})[ \t]*[\r\n]+[ \t]*(?={_WIDE})")


def mainly_mongolian(text: str) -> bool:
    """Whether half of the letters or more are of the Traditional Mongolian script, which runs downwards."""
    letters = sum(unicodedata.category(char)[0] == "L" for char in text)
    return 0 < letters <= 2 * len(re.findall(MONGOLIAN, text))


@dataclass(slots=True)
class Node:
    tag: str
    inside: list[Node | Words] = field(default_factory=list)
    #: Columns and rows a cell covers.
    spans: tuple[int, int] = (1, 1)

    @property
    def plain(self) -> str:
        """Its own words, without those of the elements in it."""
        return "\n".join(part.plain for part in self.inside if isinstance(part, Words))

    def has_words(self) -> bool:
        return any(isinstance(part, Words) or part.has_words() for part in self.inside)


def render(node: Node) -> str:
    inside = "".join(part.html if isinstance(part, Words) else render(part) for part in node.inside)
    downwards = ' lang="mn-Mong"' if mainly_mongolian(node.plain) else ""
    names = zip(("colspan", "rowspan"), node.spans, strict=True)
    spans = "".join(f' {name}="{span}"' for name, span in names if span > 1)
    return f"<{node.tag}{spans}{downwards}>{inside}</{node.tag}>"


def lines_of(node: Node) -> Iterator[str]:
    if node.tag == "tr":
        yield "\t".join(cell.plain.replace("\n", " ") for cell in node.inside if isinstance(cell, Node))
        return
    number = 0
    for part in node.inside:
        if isinstance(part, Words):
            yield from part.plain.split("\n")
            continue
        lines = lines_of(part)
        if part.tag == "li":
            number += 1
            yield (f"{number}. " if node.tag == "ol" else "• ") + next(lines, "")
        yield from lines


def tree_of(html: str) -> list[Node]:
    builder = _Builder()
    builder.feed(html)
    builder.close()
    builder.flush()
    return [part for part in builder.root.inside if isinstance(part, Node)]


class _Builder(HTMLParser):
    """Reads well-formed HTML of known elements into nodes of the kept ones."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("")
        self.stack = [self.root]
        #: For every container that is open, whether it became a node of the stack.
        self.kept: list[bool] = []
        self.runs: list[Run] = []
        self.marks: Counter[str] = Counter()
        self.heading = ""

    def handle_data(self, data: str) -> None:
        text = seen(_FOLDED.sub("", data))
        self.runs.append((text, tuple(sorted(mark for mark in self.marks if self.marks[mark]))))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in MARKS:
            self.marks[MARKS[tag]] += 1
        elif tag == "br":
            self.runs.append(("\n", ()))
        elif tag in CONTAINERS:
            self.kept.append(self._fits(tag))
            if not self.kept[-1]:
                self._part(tag)
            else:
                self.flush()
                self.stack.append(Node("tbody" if tag == "tfoot" else tag, spans=_spans(attrs)))
        else:
            self._part(tag)
            self.heading = HEADINGS.get(tag, self.heading)

    def handle_endtag(self, tag: str) -> None:
        if tag in MARKS:
            self.marks[MARKS[tag]] -= 1
        elif tag in CONTAINERS and self.kept.pop():
            self.flush()
            self._close(self.stack.pop())
        elif tag != "br":
            self._part(tag)
            self.heading = "" if tag in HEADINGS else self.heading

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
        line = marked_line(self.runs)
        self.runs = []
        if not line.plain:
            return
        around = self.stack[-1]
        if around.tag in _LINED:
            around.inside.append(line)
        elif around.tag in _LISTS:
            around.inside.append(Node("li", [line]))
        else:
            place = self.root if around.tag in _TABLE else around
            place.inside.append(Node(self.heading or "p", [line]))

    def _close(self, node: Node) -> None:
        """Hang a finished container into the one around it, unless there is nothing in it."""
        around = self.stack[-1]
        if node.tag == "tr" and not node.inside:
            _shorten(around)
        if not (node.tag in _CELLS or (node.inside if node.tag in _TABLE - {"table"} else node.has_words())):
            return
        if node.tag in _LISTS and around.tag in _LISTS:  # a list has a list inside one of its items only
            if not around.inside:
                around.inside.append(Node("li"))
            last = around.inside[-1]
            assert isinstance(last, Node)
            around = last
        around.inside.append(node)


def _shorten(section: Node) -> None:
    """Take a row without cells away from the cells above that reach down over it."""
    rows = [row for row in section.inside if isinstance(row, Node)]
    for height, row in enumerate(reversed(rows), start=1):
        for cell in row.inside:
            if isinstance(cell, Node) and cell.spans[1] > height:
                cell.spans = (cell.spans[0], cell.spans[1] - 1)


def _spans(attrs: list[tuple[str, str | None]]) -> tuple[int, int]:
    given = {name: int(value) for name, value in attrs if value and re.fullmatch("[0-9]{1,4}", value)}
    columns, rows = (min(max(given.get(name, 1), 1), _MOST_SPAN) for name in ("colspan", "rowspan"))
    return columns, rows
