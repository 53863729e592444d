"""Sections of a Word file: upright and lying pages, their margins, grid and page numbers. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from paper.wordml import (
    NAMESPACES,
    borders,
    cell,
    exactly,
    margins,
    page_number,
    paragraph,
    row,
    table,
    watermark,
)

#: The foot of a page number's line, so that its dash lies 7 mm below the text (28 mm above the page's end).
FOOT: Final = 1440
#: A character of the number's size: the number stands so far from the edge of the text.
ONE_IN: Final = 280
GRID: Final = '<w:docGrid w:type="linesAndChars" w:linePitch="579" w:charSpace="-848"/>'
#: The number on a lying page, where it is once the page is turned upright: the box's left edge, its length,
#: and its upper edge on odd and even pages.
BOX_LEFT, BOX_WIDE, BOX_LONG = 1447, 280, 1600
BOX_TOP: Final = {True: 8550, False: 1868}

#: The parts that a section refers to, by kind ("header", "footer") and by odd ("default") or "even" pages.
type Parts = Mapping[tuple[str, str], str]


def section(parts: Parts, *, across: bool, last: bool = False) -> str:
    """A section that begins on a new page; of all but the last, in a paragraph of next to no height."""
    references = "".join(
        f'<w:{kind}Reference w:type="{pages}" r:id="{relation}"/>'
        for (kind, pages), relation in parts.items()
    )
    if across:
        # Turned by a quarter: the binding edge is on top, the foot of the upright page on the left.
        size = '<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>'
        edges = {"top": 1588, "right": 2098, "bottom": 1474, "left": 1984}
    else:
        size = '<w:pgSz w:w="11906" w:h="16838"/>'
        edges = {"top": 2098, "right": 1474, "bottom": 1984, "left": 1588}
    room = " ".join(f'w:{side}="{length}"' for side, length in edges.items())
    properties = (
        f'<w:sectPr>{references}<w:type w:val="nextPage"/>{size}'
        f'<w:pgMar {room} w:header="851" w:footer="{FOOT}" w:gutter="0"/>'
        f'<w:cols w:space="720"/>{GRID}</w:sectPr>'
    )
    return properties if last else exactly(20, after=properties)


def header(mark: str, number: int, *, across: bool, odd: bool) -> str:
    """The header: a draft's mark behind the text, and on a lying page the turned number."""
    content = watermark(mark, number) if mark else ""
    turned = _turned(odd=odd, centred=bool(mark)) if across else ""
    return f"<w:hdr {NAMESPACES}>{turned}{exactly(20, content)}</w:hdr>"


def footer(mark: str, *, across: bool, odd: bool) -> str:
    """The footer: the number outside, one character in; a draft's is in the middle."""
    if across:
        return f"<w:ftr {NAMESPACES}>{exactly(20)}</w:ftr>"
    if mark:
        place = '<w:ind w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="center"/>'
    elif odd:
        place = f'<w:ind w:right="{ONE_IN}" w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="right"/>'
    else:
        place = f'<w:ind w:left="{ONE_IN}" w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="left"/>'
    return f"<w:ftr {NAMESPACES}>{exactly(280, page_number(), after=place)}</w:ftr>"


def _turned(*, odd: bool, centred: bool) -> str:
    """A cell at a fixed place of the page whose text runs from top to bottom."""
    top = (BOX_TOP[True] + BOX_TOP[False]) // 2 if centred else BOX_TOP[odd]
    align = "center" if centred else "right" if odd else "left"
    place = f'<w:spacing w:before="0" w:after="0" w:line="280" w:lineRule="exact"/><w:jc w:val="{align}"/>'
    properties = (
        f'<w:tblpPr w:vertAnchor="page" w:horzAnchor="page" w:tblpX="{BOX_LEFT}" w:tblpY="{top}"/>'
        f'<w:tblW w:w="{BOX_WIDE}" w:type="dxa"/>{borders(0, 0, 0)}<w:tblLayout w:type="fixed"/>'
        f"{margins(0)}"
    )
    turned = '<w:textDirection w:val="tbRl"/><w:vAlign w:val="center"/>'
    only = cell(paragraph(page_number(), "Plain", place), BOX_WIDE, turned)
    return table([row([only], f'<w:trHeight w:val="{BOX_LONG}" w:hRule="exact"/>')], [BOX_WIDE], properties)
