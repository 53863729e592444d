"""The text of an item as a Word file, laid out as an office sends it on: title, who wrote it, the text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from html import unescape
from typing import Any, Final

from paper import wordml
from paper.wordfile import finished, margin_part, new_document
from paper.wordml import CHARACTER, HEI, KAI, NAMESPACES, PAGE_WIDTH, exactly, paragraph, run
from submissions.markup import from_words
from submissions.markup.lines import Words
from submissions.markup.tree import MONGOLIAN, Node, tree_of
from submissions.reading import authors_in_words

#: Chinese fonts have none of its letters; Word brings this one.
_MONGOLIAN_FONT: Final = "Mongolian Baiti"
_SCRIPTS: Final = re.compile(f"({MONGOLIAN}+)")
_MARKS: Final = {
    "strong": "<w:b/>",
    "em": "<w:i/>",
    "u": '<w:u w:val="single"/>',
    "sub": '<w:vertAlign w:val="subscript"/>',
    "sup": '<w:vertAlign w:val="superscript"/>',
}
#: In the order of the schema.
_ORDER: Final = ("strong", "em", "u", "sub", "sup")
_HEADINGS: Final = {"h2": "Heading1", "h3": "Heading2"}
_PIECES: Final = re.compile(r"<(/?)(\w+)>|([^<]+)")
_CENTRED: Final = '<w:jc w:val="center"/>'
_FOOTERS: Final = {"default": "right", "even": "left"}


def item_docx(content: Mapping[str, Any], *, office: str, moment: datetime) -> bytes:
    """A content as `Version` keeps it as one Word file; `office` is named as its maker, at `moment`."""
    word = new_document()
    relations = {pages: margin_part(word, "footer", _footer(place)) for pages, place in _FOOTERS.items()}
    signed = f"{content['unit']}　{authors_in_words(content['authors'])}".strip("　")
    tree = tree_of(content.get("html") or from_words(content["body"]))
    parts = [
        paragraph(_runs(content["title"]), "Title"),
        paragraph(_runs(signed, font=KAI), "Plain", _CENTRED),
        wordml.blank(),
        *(_block(node) for node in tree),
        _section(relations),
    ]
    return finished(word, "".join(parts), title=content["title"], author=office, moment=moment)


def _block(node: Node, indent: int = 0) -> str:
    if node.tag == "table":
        return _table(node)
    if node.tag in {"ul", "ol"}:
        return "".join(_list(node, indent))
    if node.tag == "blockquote":
        return "".join(_block(child, indent + 2) for child in node.inside if isinstance(child, Node))
    left = f'<w:ind w:leftChars="{indent * 100}" w:left="{indent * CHARACTER}"/>' if indent else ""
    return "".join(paragraph(_marked(words), _HEADINGS.get(node.tag, ""), left) for words in _words(node))


def _list(node: Node, indent: int) -> Iterator[str]:
    for number, item in enumerate((child for child in node.inside if isinstance(child, Node)), start=1):
        sign = f"{number}. " if node.tag == "ol" else "• "
        left = f'<w:ind w:leftChars="{indent * 100}" w:left="{indent * CHARACTER}"/>' if indent else ""
        for part in item.inside:
            if isinstance(part, Node):
                yield _block(part, indent + 2)
            else:
                yield paragraph(run(sign) + _marked(part), "", left)
                sign = ""


def _table(table: Node) -> str:
    """A table as wide as the text, its columns equal; a cell over several rows is merged downwards."""
    rows = [
        row for part in table.inside if isinstance(part, Node) for row in part.inside if isinstance(row, Node)
    ]
    grid = _grid(rows)
    columns = max((place + cell.spans[0] for row in grid for place, cell, _ in row), default=1)
    width = PAGE_WIDTH / columns
    drawn = []
    for row in grid:
        cells, at = [], 0
        for place, cell, merged in row:
            cells += [_cell(None, width, 1, "")] * (place - at)
            cells.append(_cell(cell, width, cell.spans[0], merged))
            at = place + cell.spans[0]
        cells += [_cell(None, width, 1, "")] * (columns - at)
        drawn.append(wordml.row(cells, "<w:cantSplit/>"))
    properties = (
        f'<w:tblW w:w="{PAGE_WIDTH}" w:type="dxa"/>{_CENTRED}{wordml.borders(4, 4, 4)}'
        f'<w:tblLayout w:type="fixed"/>{wordml.margins(80)}'
    )
    captions = [part for part in table.inside if isinstance(part, Node) and part.tag == "caption"]
    above = "".join(paragraph(_runs(caption.plain, font=HEI), "Plain", _CENTRED) for caption in captions)
    return above + wordml.table(drawn, [width] * columns, properties) + exactly(120)


def _grid(rows: Sequence[Node]) -> list[list[tuple[int, Node, str]]]:
    """For each row its cells as (first column, cell, merging): also those that come down from a row above."""
    below: dict[int, tuple[Node, int]] = {}
    grid = []
    for row in rows:
        line: list[tuple[int, Node, str]] = []
        column = 0
        cells = iter([cell for cell in row.inside if isinstance(cell, Node)])
        cell = next(cells, None)
        while cell is not None or column in below:
            if column in below:
                above, left = below.pop(column)
                line.append((column, above, "continue"))
                if left > 1:
                    below[column] = (above, left - 1)
                column += above.spans[0]
                continue
            assert cell is not None
            wide, high = cell.spans
            line.append((column, cell, "restart" if high > 1 else ""))
            if high > 1:
                below[column] = (cell, high - 1)
            column += wide
            cell = next(cells, None)
        grid.append(line)
    return grid


def _cell(cell: Node | None, width: float, wide: int, merged: str) -> str:
    words = _words(cell) if cell is not None and merged != "continue" else []
    font = HEI if cell is not None and cell.tag == "th" else ""
    content = "".join(paragraph(_marked(line, font), "Cell") for line in words) or paragraph("", "Cell")
    properties = f'<w:gridSpan w:val="{wide}"/>' if wide > 1 else ""
    properties += f'<w:vMerge w:val="{merged}"/>' if merged else ""
    return wordml.cell(content, width * wide, properties + '<w:vAlign w:val="center"/>')


def _words(node: Node) -> list[Words]:
    return [part for part in node.inside if isinstance(part, Words)]


def _marked(words: Words, font: str = "") -> str:
    """Runs of a line with their marks."""
    open_marks: list[str] = []
    runs = []
    for closing, tag, text in _PIECES.findall(words.html):
        if tag == "br":
            runs.append(run("\n"))
        elif tag:
            open_marks.remove(tag) if closing else open_marks.append(tag)
        else:
            extra = "".join(_MARKS[mark] for mark in _ORDER if mark in open_marks)
            runs.append(_runs(unescape(text), font=font, extra=extra))
    return "".join(runs)


def _runs(text: str, *, font: str = "", extra: str = "") -> str:
    """Text as runs, Traditional Mongolian in a font that has it."""
    return "".join(
        run(part, _MONGOLIAN_FONT if at % 2 else font, extra=extra)
        for at, part in enumerate(_SCRIPTS.split(text))
        if part
    )


def _footer(place: str) -> str:
    """— 1 —, outside: right on odd pages, left on even ones."""
    line = paragraph(wordml.page_number(), "Plain", f'<w:jc w:val="{place}"/>')
    return f"<w:ftr {NAMESPACES}>{line}</w:ftr>"


def _section(relations: Mapping[str, str]) -> str:
    references = "".join(
        f'<w:footerReference w:type="{pages}" r:id="{relation}"/>' for pages, relation in relations.items()
    )
    return (
        f'<w:sectPr>{references}<w:pgSz w:w="11906" w:h="16838"/>'
        '<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1588" w:header="851" w:footer="1400" '
        'w:gutter="0"/><w:cols w:space="720"/></w:sectPr>'
    )
