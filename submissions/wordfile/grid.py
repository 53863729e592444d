"""Where the cells of a Word table stand, and what is found below other elements."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from submissions.wordfile.leftover import NOT_SHOWN


def columns(row: list[Element]) -> list[tuple[int, int]]:
    """(first column, columns covered) of each cell."""
    places, column = [], 0
    for cell in row:
        span = cell.find("tcPr/gridSpan")
        text = span.get("val", "1") if span is not None else "1"
        wide = int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 1
        places.append((column, max(wide, 1)))
        column += max(wide, 1)
    return places


def merged(cell: Element) -> str:
    """Whether a cell begins (restart) or goes on (continue) one that covers several rows."""
    found = cell.find("tcPr/vMerge")
    return "" if found is None else found.get("val", "continue")


def rows_below(cells: list[list[Element]], grid: list[list[tuple[int, int]]], at: int, column: int) -> int:
    """How many rows a cell covers that begins in row `at`."""
    covered = 1
    for row, places in zip(cells[at + 1 :], grid[at + 1 :], strict=True):
        below = next((cell for cell, (start, _) in zip(row, places, strict=True) if start == column), None)
        if below is None or merged(below) != "continue":
            break
        covered += 1
    return covered


def inside(parent: Element, tag: str) -> Iterator[Element]:
    """Children of a name, also of elements that only hold others."""
    for node in parent:
        if node.tag == tag:
            yield node
        elif node.tag not in NOT_SHOWN and node.tag not in {"tbl", "tr", "tc", "p"}:
            yield from inside(node, tag)


def outermost(parent: Element, tag: str) -> Iterator[Element]:
    """The elements of a name, not those within another of them."""
    for node in parent:
        if node.tag == tag:
            yield node
        else:
            yield from outermost(node, tag)
