"""The numbers Word puts before paragraphs by itself, as text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from typing import Final
from xml.etree.ElementTree import Element

from submissions.wordfile.package import WordPackage

BULLET: Final = "bullet"
_DIGITS: Final = "〇一二三四五六七八九"


def chinese(number: int) -> str:
    """1 to 99 in Chinese, larger ones in digits."""
    if not 0 < number < 100:
        return str(number)
    tens, ones = divmod(number, 10)
    head = "" if not tens else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return head + (_DIGITS[ones] if ones else "")


def letters(number: int) -> str:
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1) if 0 < number < 200 else str(number)


def roman(number: int) -> str:
    if not 0 < number < 400:
        return str(number)
    signs = [
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ]
    text = ""
    for value, sign in signs:
        text += sign * (number // value)
        number %= value
    return text


def circled(number: int) -> str:
    return chr(0x2460 + number - 1) if 0 < number <= 20 else str(number)


_FORMATS: Final[dict[str, Callable[[int], str]]] = {
    **dict.fromkeys(
        ("chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCountingThousand"),
        chinese,
    ),
    "lowerLetter": letters,
    "upperLetter": lambda number: letters(number).upper(),
    "lowerRoman": roman,
    "upperRoman": lambda number: roman(number).upper(),
    "decimalEnclosedCircle": circled,
    "decimalEnclosedCircleChinese": circled,
    "none": lambda _number: "",
}


class _Level:
    def __init__(self, node: Element) -> None:
        self.format = _value(node, "numFmt") or "decimal"
        self.text = _value(node, "lvlText") or ""
        self.start = _number(_value(node, "start"), 1)


class Numbering:
    """Counts the numbered paragraphs of a document in their order."""

    def __init__(self, package: WordPackage) -> None:
        root = package.one("numbering")
        parts = list(root) if root is not None else []
        abstract = {
            part.get("abstractNumId", ""): {
                _number(level.get("ilvl"), 0): _Level(level) for level in part.findall("lvl")
            }
            for part in parts
            if part.tag == "abstractNum"
        }
        self._lists: dict[str, tuple[str, dict[int, _Level]]] = {}
        for part in (part for part in parts if part.tag == "num"):
            source, name = _value(part, "abstractNumId") or "", part.get("numId", "")
            levels, own = dict(abstract.get(source, {})), False
            for override in part.findall("lvlOverride"):
                own = True
                if (level := override.find("lvl")) is not None:
                    levels[_number(override.get("ilvl"), 0)] = _Level(level)
            # Lists of one kind go on counting each other, unless one begins anew.
            self._lists[name] = (f"own {name}" if own else source, levels)
        self._counts: defaultdict[str, dict[int, int]] = defaultdict(dict)

    def next(self, name: str, depth: int) -> str:
        """What stands before the next paragraph of this list and depth; `BULLET` for a sign, or nothing."""
        series, levels = self._lists.get(name, ("", {}))
        level = levels.get(depth)
        if level is None:
            return ""
        if level.format == "bullet":
            return BULLET
        counts = self._counts[series]
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [other for other in counts if other > depth]:
            del counts[deeper]

        def number(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            wanted = levels.get(at, level)
            return _FORMATS.get(wanted.format, str)(counts.get(at, wanted.start))

        return re.sub(r"%(\d)", number, level.text)


def _value(node: Element, name: str) -> str | None:
    child = node.find(name)
    return None if child is None else child.get("val")


def _number(text: str | None, otherwise: int) -> int:
    try:
        return int(text or "")
    except ValueError:
        return otherwise
