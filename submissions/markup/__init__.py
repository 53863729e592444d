"""The text of an item as HTML: what is kept of it, its words alone, and back. Pure.

Kept are paragraphs, two levels of headings, lists, quotations, tables, and five marks of characters; of
attributes only the span of a cell. `clean` gives every text one form, so that two texts are the same when
their HTML is: it may be compared and hashed.
"""

from __future__ import annotations

import re
from html import escape
from typing import Final

import nh3

from kit.spelling import composed
from submissions.markup.lines import marked_line, seen
from submissions.markup.tree import (
    CONTAINERS,
    HEADINGS,
    MARKS,
    MONGOLIAN,
    Node,
    lines_of,
    render,
    tree_of,
)

#: Elements that only say that another paragraph begins.
_BLOCKS: Final = frozenset(
    {"p", "div", "section", "article", "header", "footer", "main", "aside", "nav", "address", "center", "pre"}
    | {"dl", "dt", "dd", "figure", "figcaption", "form", "fieldset", "legend", "details", "summary", "hr"}
)
_DROPPED_WHOLE: Final = frozenset(
    {"script", "style", "template", "svg", "math", "iframe", "object", "noscript", "title", "textarea"}
    | {"select", "xml", "head"}
)
_SPANS: Final = {"colspan", "rowspan"}
#: Words of Traditional Mongolian with the spaces between them.
_MONGOLIAN_RUN: Final = re.compile(f"{MONGOLIAN}(?:[\u200c\u200d\u202f ]*{MONGOLIAN})*")
_BREAKS: Final = re.compile("[\n\v\f\x85\u2028\u2029]")


def clean(html: str) -> str:
    """Any HTML in the one form that is stored; empty when there are no words in it."""
    safe = nh3.clean(
        html,
        tags={*MARKS, *HEADINGS, *_BLOCKS, *CONTAINERS, "br"},
        clean_content_tags=set(_DROPPED_WHOLE),
        attributes={"td": set(_SPANS), "th": set(_SPANS)},
        link_rel=None,
    )
    return "".join(render(node) for node in tree_of(safe))


def words(html: str) -> str:
    """The words of cleaned HTML, a paragraph a line; a table row is its cells joined by a tab."""
    lines = (line.rstrip() for node in tree_of(html) for line in lines_of(node))
    return "\n".join(line for line in lines if line)


def from_words(text: str) -> str:
    """Plain text in the form of `clean`, a paragraph for each line that is not empty."""
    lines = (marked_line([(seen(line), ())]) for line in _BREAKS.split(composed(text)))
    return "".join(render(Node("p", [line])) for line in lines if line.plain)


def downwards(line: str) -> str:
    """One line of plain text as HTML, its runs of Traditional Mongolian marked with their language."""
    return _MONGOLIAN_RUN.sub(r'<span lang="mn-Mong">\g<0></span>', escape(line))
