"""The words of a tree that nobody took: what is neither taken nor known not to be shown is told.

So a construct that the reader does not know cannot lose words in silence.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Final
from xml.etree.ElementTree import Element

#: Elements that no reader of a document sees: taken out, codes of fields, sizes and places of drawings.
NOT_SHOWN: Final = frozenset(
    {"del", "moveFrom", "delText", "instrText", "delInstrText", "fldData", "binData", "posOffset", "align"}
    | {"pctWidth", "pctHeight", "pctPosHOffset", "pctPosVOffset", "pPr", "rPr", "sectPr", "tblPr", "tblGrid"}
    | {"trPr", "tcPr", "sdtPr", "sdtEndPr", "smartTagPr", "customXmlPr", "rubyPr", "ctrlPr"}
)


def words_of(node: Element) -> str:
    """What an element says by itself; WordArt says it in an attribute."""
    return (node.get("string", "") if node.tag == "textpath" else node.text) or ""


def left_words(root: Element, taken: Collection[int]) -> list[str]:
    """The words below `root`, a paragraph a string; `taken` are the `id` of elements that were read."""
    found: list[list[str]] = [[]]
    for node in _shown(root):
        if node.tag == "p":
            found.append([])
        if id(node) not in taken and words_of(node).strip():
            found[-1].append(words_of(node))
    return [words for pieces in found if (words := " ".join("".join(pieces).split()))]


def _shown(node: Element) -> Iterator[Element]:
    if node.tag in NOT_SHOWN or (node.tag == "tr" and node.find("trPr/del") is not None):
        return
    yield node
    for child in node:
        yield from _shown(child)
