"""What the values alone do not tell of a workbook's sheets: read from its XML, in the child process alone."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import IO, Any, Final

from lxml import etree

#: Rows with anything in them, with room for titles and notes around the 50,000 entries.
ROWS: Final = 50_100
#: Cells between the first and the last that holds anything: each takes memory, also where it is empty.
CELLS: Final = 8_000_000
LAST_ROW: Final = 1_048_576
#: Cells that one link may span; more is a mistake of a hand that pulled it down the sheet.
SPAN: Final = 1_000
HYPERLINK: Final = re.compile(r'\s*HYPERLINK\(\s*"([^"]+)"', re.IGNORECASE)
CELL: Final = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")


class Reason(StrEnum):
    """Why a file is not read."""

    BROKEN = "broken"
    ENCRYPTED = "encrypted"
    UNSAFE = "unsafe"  # declares entities
    DISORDER = "disorder"  # rows that come twice or not in order: some would be lost
    ROWS = "rows"
    FAR = "far"  # a cell so far away that the table is mostly emptiness
    LARGE = "large"  # for memory or time


class Unusable(Exception):
    """The file is not read; `cell` is the one at fault, if it is one."""

    def __init__(self, reason: Reason, cell: str = "") -> None:
        super().__init__(reason)
        self.reason, self.cell = reason, cell


@dataclass(slots=True)
class Look:
    """What values alone do not tell of a sheet. Known of xlsx only, but for `merged`.

    `uncalculated` are cells whose formula has no stored result; `errors` their error values by cell.
    """

    name: str
    visible: bool
    rows: int = 0
    merged: list[str] = field(default_factory=list)
    hidden: list[int] = field(default_factory=list)
    uncalculated: list[str] = field(default_factory=list)
    errors: dict[str, str] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)


def looks_of_archive(content: bytes) -> dict[str, Look]:
    """Sheet name → what its XML tells beside the values. Raises Unusable."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            main_part = next(iter(related(archive, "").get("officeDocument", {}).values()))
            targets = related(archive, main_part)["worksheet"]
            names = {
                sheet.get("name"): targets[relation]
                for sheet in tree(archive, main_part).iter("{*}sheet")
                for name, relation in sheet.attrib.items()
                if name.endswith("}id") and relation in targets
            }
            return {name: look_at(archive, part, name) for name, part in names.items()}
    except (Unusable, MemoryError):
        raise
    # A parser given a hostile or damaged file may fail in any way: all of them mean “not readable”.
    except Exception as error:
        raise Unusable(Reason.BROKEN) from error


def look_at(archive: zipfile.ZipFile, part: str, name: str) -> Look:
    look = Look(name, True)
    survey = _Survey(look)
    with archive.open(part) as stream:
        survey.read(stream)
    outside = related(archive, part).get("hyperlink", {})
    for reference, relation in survey.references:
        if relation in outside:
            look.links |= dict.fromkeys(spanned(reference), outside[relation])
    return look


class _Survey:
    """One walk through the XML of a sheet."""

    def __init__(self, look: Look) -> None:
        self.look = look
        self.references: list[tuple[str, str]] = []
        self._last = self._filled = self._right = 0
        self._farthest = ""

    def read(self, stream: IO[bytes]) -> None:
        for element in elements(stream, ("{*}row", "{*}hyperlink")):
            if element.tag.endswith("}row"):
                self._row(element)
                continue
            relation = next((value for name, value in element.attrib.items() if name.endswith("}id")), "")
            self.references.append((element.get("ref", ""), relation))

    def _row(self, row: Any) -> None:
        number = int(row.get("r") or self._last + 1)
        if number <= self._last:
            raise Unusable(Reason.DISORDER)
        if number > LAST_ROW:
            raise Unusable(Reason.ROWS)
        self._last = number
        filled = False
        for at, element in enumerate(row):
            filled |= self._cell(element, element.get("r") or cell(number - 1, at))
        if not filled:
            return
        self._filled += 1
        if row.get("hidden") in {"1", "true"}:
            self.look.hidden.append(number)
        if self._filled > ROWS:
            raise Unusable(Reason.ROWS)
        if number * (self._right + 1) > CELLS:
            raise Unusable(Reason.FAR, self._farthest)

    def _cell(self, element: Any, place: str) -> bool:
        """Whether there is anything in it."""
        parts = {part.tag.rpartition("}")[2]: part for part in element}
        if not parts:
            return False
        column, _row = position(place)
        if column >= self._right:
            self._right, self._farthest = column, place
        formula, value = parts.get("f"), parts.get("v")
        if formula is not None:
            if value is None or not value.text:
                self.look.uncalculated.append(place)
            if link := HYPERLINK.match(formula.text or ""):
                self.look.links[place] = link[1]
        if element.get("t") == "e" and value is not None:
            self.look.errors[place] = value.text or ""
        return True


def elements(stream: IO[bytes], tags: Iterable[str]) -> Iterator[Any]:
    """The elements of these names, each forgotten when the next comes. Raises Unusable for entities."""
    for _event, element in etree.iterparse(stream, tag=tuple(tags), resolve_entities=False, no_network=True):
        if element.getroottree().docinfo.doctype:
            raise Unusable(Reason.UNSAFE)
        yield element
        element.clear(keep_tail=False)
        while element.getprevious() is not None:
            del element.getparent()[0]


def tree(archive: zipfile.ZipFile, part: str) -> Any:
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    root = etree.fromstring(archive.read(part), parser)
    if root.getroottree().docinfo.doctype:
        raise Unusable(Reason.UNSAFE)
    return root


def related(archive: zipfile.ZipFile, part: str) -> dict[str, dict[str, str]]:
    """Kind → {id: member, or address outside} of what a part points to; "" is the file as a whole."""
    folder, name = posixpath.split(part)
    relations = posixpath.join(folder, "_rels", f"{name}.rels")
    found: dict[str, dict[str, str]] = {}
    if relations in archive.namelist():
        for relation in tree(archive, relations).iter("{*}Relationship"):
            target = relation.get("Target", "")
            if relation.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            kind = relation.get("Type", "").rpartition("/")[2]
            found.setdefault(kind, {})[relation.get("Id", "")] = target
    return found


def spanned(reference: str) -> Iterator[str]:
    """The cells of a reference such as I5 or I5:I8."""
    first, _colon, last = reference.partition(":")
    (left, top), (right, bottom) = position(first), position(last or first)
    if (right - left + 1) * (bottom - top + 1) <= SPAN:
        yield from (
            cell(row - 1, column) for row in range(top, bottom + 1) for column in range(left, right + 1)
        )


def cell(row: int, column: int) -> str:
    """The name of a cell by its row and column from 0: (4, 8) is I5."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row + 1}"


def position(place: str) -> tuple[int, int]:
    """Column from 0 and row from 1 of a cell's name. Raises Unusable for what is none."""
    match = CELL.fullmatch(place)
    if match is None:
        raise Unusable(Reason.BROKEN)
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return column - 1, int(match[2])
