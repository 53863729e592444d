"""How a Word document says a paragraph looks: by itself, by its style, by the style that one is based on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element

from submissions.wordfile.package import WordPackage

_OFF: Final = frozenset({"0", "false", "off", "none"})
#: Word's own size in half points where nothing is said.
_USUAL_SIZE: Final = 21
_NOTHING: Final = Element("nothing")


class Styles:
    def __init__(self, package: WordPackage) -> None:
        root = package.one("styles")
        self._styles = (
            {style.get("styleId", ""): style for style in root.iter("style")} if root is not None else {}
        )
        self._said: dict[tuple[str, str], Element | None] = {}
        self._default = next(
            (
                name
                for name, style in self._styles.items()
                if style.get("type") == "paragraph" and on(style.get("default"), "0")
            ),
            "",
        )
        size = root.find("docDefaults/rPrDefault/rPr/sz") if root is not None else None
        self._size = half_points(size) or _USUAL_SIZE

    def name(self, style: str) -> str:
        """The name behind an id, lower case: title, heading 1."""
        node = self._styles.get(style)
        named = node.find("name") if node is not None else None
        return (named.get("val", "") if named is not None else "").lower()

    def outline(self, paragraph: Element) -> int | None:
        """0 for a heading of the first level, 1 for the second; None for text."""
        found = self._first(paragraph, "pPr/outlineLvl")
        level = found.get("val", "9") if found is not None else "9"
        return int(level) if level in {"0", "1", "2", "3"} else None

    def is_title(self, paragraph: Element) -> bool:
        return any(
            self.name(style.get("styleId", "")) == "title" for style in self._chain(style_of(paragraph))
        )

    def is_centred(self, paragraph: Element) -> bool:
        found = self._first(paragraph, "pPr/jc")
        return found is not None and found.get("val") == "center"

    def numbering(self, paragraph: Element) -> tuple[str, int] | None:
        """(list, depth) of a paragraph that Word numbers by itself."""
        found = self._first(paragraph, "pPr/numPr/numId")
        if found is None or found.get("val") == "0":
            return None
        depth = self._first(paragraph, "pPr/numPr/ilvl")
        text = depth.get("val", "0") if depth is not None else "0"
        return found.get("val", ""), int(text) if text in set("012345678") else 0

    def size(self, paragraph: Element, run: Element) -> int:
        """The size of a run's characters in half points."""
        return (
            half_points(properties(run).find("sz"))
            or half_points(self._first(paragraph, "rPr/sz"))
            or self._size
        )

    def has(self, mark: str, paragraph: Element, run: Element) -> bool:
        """Whether a run has a mark: b, i, vanish; said by itself, its own style or its paragraph's style."""
        said = properties(run)
        own = said.find(mark)
        if own is None and (named := said.find("rStyle")) is not None:
            own = self._in_style(named.get("val", ""), f"rPr/{mark}")
        if own is None:
            own = self._in_style(style_of(paragraph) or self._default, f"rPr/{mark}")
        return own is not None and on(own.get("val"), "1")

    def _first(self, paragraph: Element, path: str) -> Element | None:
        own = properties(paragraph).find(path.removeprefix("pPr/")) if path.startswith("pPr/") else None
        return own if own is not None else self._in_style(style_of(paragraph) or self._default, path)

    def _in_style(self, style: str, path: str) -> Element | None:
        """What a style says, or the first that does of those it is based on."""
        if (style, path) not in self._said:
            found = (node for link in self._chain(style) if (node := link.find(path)) is not None)
            self._said[style, path] = next(found, None)
        return self._said[style, path]

    def _chain(self, style: str) -> Iterator[Element]:
        seen: set[str] = set()
        while style in self._styles and style not in seen:
            seen.add(style)
            yield self._styles[style]
            base = self._styles[style].find("basedOn")
            style = base.get("val", "") if base is not None else ""


def properties(node: Element) -> Element:
    """What a paragraph or run says of its looks: its first child, or nothing. The others are not searched."""
    return node[0] if len(node) and node[0].tag in {"pPr", "rPr"} else _NOTHING


def style_of(paragraph: Element) -> str:
    found = properties(paragraph).find("pStyle")
    return found.get("val", "") if found is not None else ""


def on(value: str | None, otherwise: str) -> bool:
    return (otherwise if value is None else value).lower() not in _OFF


def half_points(node: Element | None) -> int:
    text = node.get("val", "") if node is not None else ""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else 0
