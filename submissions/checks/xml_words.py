"""All words of one XML part of an office file, whatever the part is for.

There is no list of elements that hold words: what is written between tags is read wherever it stands, and of
attributes what could be words. So a part that no office program writes yet is read as well.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import IntEnum
from functools import lru_cache
from typing import IO, Final
from urllib.parse import unquote
from xml.parsers.expat import ParserCreate

from submissions.embedded.signs import sign, spelt

#: Elements whose words are one line though they stand in several elements.
_FLOWS: Final = frozenset({"p", "si", "is", "text", "div", "textbox"})
_BREAKS: Final = {"br": "\n", "cr": "\n", "tab": " ", "noBreakHyphen": "-"}
#: What could be a mark or a number; the rest of attributes and of lone elements is for programs.
_MATTERS: Final = re.compile(r"[^\x00-\x7f]|(?<![\w.-])\+?\d(?:[ -]?\d){10,18}[Xx]?(?![\w-])|[JM]M\s*\*")
#: Attributes and elements that say how words look; every file has Chinese names of fonts in them.
_LOOKS: Final = frozenset({"typeface", "ascii", "hAnsi", "eastAsia", "cs", "font", "face", "latin", "style"})
_FONTS: Final = frozenset({"font", "altName", "rFont"})
_ESCAPED: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
#: 机密 over a page is written "&C&""宋体,加粗""&12机密".
_HEAD_CODES: Final = re.compile(r'&(?:"[^"]*"|\d{1,3}|K[0-9A-Fa-f+-]{6,8}|[A-Z])')
_HEADS: Final = re.compile(r"(?:odd|even|first)(?:Header|Footer)")
#: Words of formulas and of formats of numbers are put together: "机"&"密", "机密★"0"年".
_JOINED: Final = re.compile(r'"\s*&\s*"|["\\]')
#: Elapsed hours and minutes, colours and conditions of a format of numbers: [mm]:ss.
_FORMAT_CODES: Final = re.compile(r"\[[^\]]*\]")
#: Attributes whose words are written in another way.
_CODED: Final[dict[str, Callable[[str], str]]] = {
    "Target": unquote,
    "formatCode": lambda value: _FORMAT_CODES.sub("", value),
}
_POWER: Final = re.compile(r"(\d)\.(\d{1,20})[Ee]\+?(\d{1,2})")


class _Kind(IntEnum):
    """What becomes of a word for who reads the file; of nested ones the greatest holds."""

    PLAIN = 0
    #: Was put in, or is the first of two ways to draw a thing.
    NEW = 1
    #: Was taken out, or is the second way.
    OLD = 2
    #: Stands by: hidden, the reading above a sign, the code of a field.
    ASIDE = 3


_KINDS: Final = {
    **dict.fromkeys(("ins", "moveTo", "Choice"), _Kind.NEW),
    **dict.fromkeys(("del", "moveFrom", "delText", "Fallback"), _Kind.OLD),
    **dict.fromkeys(("rt", "rPh", "instrText", "delInstrText"), _Kind.ASIDE),
}


class DoctypeFound(ValueError):
    """No office program writes one; entities are declared in it."""


@dataclass(slots=True)
class _Line:
    element: int
    pieces: list[tuple[_Kind, str]] = field(default_factory=list)

    def readings(self) -> Iterator[str]:
        """As the text stands, as it was before the changes, and with everything: each may be what is read."""
        if all(kind is _Kind.PLAIN for kind, _text in self.pieces):
            yield "".join(text for _kind, text in self.pieces)
            return
        for kinds in ({_Kind.PLAIN, _Kind.NEW}, {_Kind.PLAIN, _Kind.OLD}, set(_Kind)):
            yield "".join(text for kind, text in self.pieces if kind in kinds)


class _Reader:
    def __init__(self) -> None:
        #: In their order, each once but for lines of text.
        self.lines: list[str] = []
        self._known: set[str] = set()
        self._names: list[str] = []
        self._kinds: list[_Kind] = [_Kind.PLAIN]
        self._flows: list[_Line] = []
        self._lone: list[str] = []
        #: Depth of the run that is hidden.
        self._hidden = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        name = _local(name)
        self._settle()
        self._names.append(name)
        if name in {"vanish", "webHidden"} and self._names[-3:-1] == ["r", "rPr"]:
            off = any(value.lower() in {"0", "false", "off"} for value in attributes.values())
            self._hidden = 0 if off else len(self._names) - 2
        kind = _KINDS.get(name)
        self._kinds.append(self._kinds[-1] if kind is None else max(self._kinds[-1], kind))
        if name in _FLOWS:
            self._flows.append(_Line(len(self._names)))
        elif name in _BREAKS and attributes.get("w:type") != "page":
            self._add(_BREAKS[name])
        for key, value in attributes.items():
            local = _local(key)
            if name in {"sym", "symEx"} and local == "char":
                self._add(sign(value))
            elif not _is_short(value) and local not in _LOOKS and name not in _FONTS:
                self._lone_words(_CODED[local](value) if local in _CODED else value)

    def end(self, _name: str) -> None:
        self._settle()
        if self._flows and self._flows[-1].element == len(self._names):
            shown, *others = self._flows.pop().readings()
            self.lines += shown.split("\n")
            self._known.add(shown)
            for other in others:
                if other != shown:
                    self._once(other)
        if self._hidden == len(self._names):
            self._hidden = 0
        self._names.pop()
        self._kinds.pop()

    def text(self, words: str) -> None:
        self._lone.append(words)

    def _settle(self) -> None:
        """The characters since the last tag belong to the element open now."""
        if not self._lone:
            return
        words = "".join(self._lone)
        self._lone.clear()
        if not self._names:
            return
        name = self._names[-1]
        if self._flows and (words.strip() or name in {"t", "delText"}):
            self._add(words)
        elif not self._flows:
            self._lone_words(_HEAD_CODES.sub("", words) if _HEADS.fullmatch(name) else words)

    def _add(self, words: str) -> None:
        words = spelt(_ESCAPED.sub(_unescaped, words))
        kind = _Kind.ASIDE if self._hidden else self._kinds[-1]
        if self._flows:
            self._flows[-1].pieces.append((kind, words))
        else:
            self._lone_words(words)

    def _lone_words(self, words: str) -> None:
        if _is_short(words):
            return
        words = _POWER.sub(_whole, spelt(_ESCAPED.sub(_unescaped, words.strip())))
        if _MATTERS.search(words):
            self._once(words)

    def _once(self, words: str) -> None:
        """A line that would be of no use twice; with quotes also as formulas and formats show it."""
        for line in (words.strip(), _JOINED.sub("", words).strip() if '"' in words or "\\" in words else ""):
            if line and line not in self._known:
                self._known.add(line)
                self.lines.append(line)


def xml_lines(part: IO[bytes]) -> list[str]:
    """A paragraph, a cell or an attribute a line. Raises ExpatError, or DoctypeFound."""
    reader = _Reader()

    def doctype(*_declared: object) -> None:
        raise DoctypeFound

    parser = ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = reader.start, reader.end
    parser.CharacterDataHandler, parser.StartDoctypeDeclHandler = reader.text, doctype
    parser.ParseFile(part)
    return [line for line in reader.lines if line.strip()]


@lru_cache(maxsize=4096)
def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _is_short(words: str) -> bool:
    """Whether words are too short for a number and no mark: most cells, most attributes."""
    return len(words) < 11 and words.isascii() and "M" not in words


def _unescaped(match: re.Match[str]) -> str:
    return chr(int(match[1], 16))


def _whole(match: re.Match[str]) -> str:
    """1.3847501234E10 as 13847501234."""
    head, tail, power = match[1], match[2], int(match[3])
    return head + tail.ljust(power, "0") if len(tail) <= power else match[0]
