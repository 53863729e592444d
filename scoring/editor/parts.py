"""Where the settings of a form stand in the JSON of a scheme, read and written without loss.

A row is what is typed: field name → text. A row of which nothing is filled in is no row.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from scoring.editor.cells import Cell, Words

type Rules = dict[str, Any]
type Row = dict[str, str]

_PLACE = re.compile(r"\[([0-9]+)\](?:\.(.*))?")


@dataclass(frozen=True, slots=True)
class Spot:
    """Which field a problem belongs to: the row counted in the part, and the cell; None for the whole."""

    row: int | None = None
    cell: Cell | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """Single settings of one object of the JSON; `path` is "" for the scheme itself."""

    id: str
    title: Words
    cells: tuple[Cell, ...]
    path: str = ""
    help: Words = ""

    def rows(self, rules: Rules) -> list[Row]:
        """Always one row."""
        return [_row(self.cells, get(rules, self.path))]

    def put(self, rules: Rules, rows: Sequence[Row]) -> Rules:
        """The rules with these settings in place of the former ones."""
        changed = deepcopy(rules)
        for cell in self.cells:
            path = ".".join(part for part in (self.path, cell.key) if part)
            _set(changed, path, cell.stored(rows[0].get(cell.name, "")))
        return changed

    def spot(self, path: str, rules: Rules) -> Spot | None:
        """Where a problem at `path` is shown; None when it is not this part's."""
        for cell in self.cells:
            place = ".".join(part for part in (self.path, cell.key) if part)
            if _within(path, place):
                return Spot(0, cell)
        return Spot(0) if self.path and path == self.path else None


@dataclass(frozen=True, slots=True)
class Table:
    """A list of the JSON, or those of its objects that agree with `constants` and not with `elsewhere`.

    `constants` are settings that all rows of the table share and nobody types. `elsewhere` is (key, values):
    objects with one of these values stand in another table. `of` says in a word what a row is.
    """

    id: str
    title: Words
    cells: tuple[Cell, ...]
    path: str
    add: Words
    help: Words = ""
    constants: Mapping[str, str] = field(default_factory=dict)
    elsewhere: tuple[str, frozenset[str]] | None = None
    ordered: bool = False

    def rows(self, rules: Rules) -> list[Row]:
        """What stands in the table."""
        found = self._list(rules)
        return [_row(self.cells, found[index]) for index in self._places(found)]

    def put(self, rules: Rules, rows: Sequence[Row]) -> Rules:
        """The rules with these rows in place of the table's; rows of other tables stay where they are."""
        written = [one for row in rows if (one := self._object(row)) is not None]
        found, changed = self._list(rules), deepcopy(rules)
        own, new = set(self._places(found)), iter(written)
        merged = [next(new, None) if index in own else one for index, one in enumerate(found)]
        merged = [one for one in merged if one is not None] + list(new)
        _set(changed, self.path, merged or None)
        return changed

    def spot(self, path: str, rules: Rules) -> Spot | None:
        """Where a problem at `path` is shown; None when it is not this part's."""
        if path.startswith(f"{self.path}[") and (match := _PLACE.fullmatch(path.removeprefix(self.path))):
            places = self._places(self._list(rules))
            if int(match[1]) not in places:
                return None
            rest = match[2] or ""
            cell = next((cell for cell in self.cells if cell.key and _within(rest, cell.key)), None)
            return Spot(places.index(int(match[1])), cell)
        return Spot() if _within(self.path, path) and not self.constants else None

    def is_blank(self, row: Row) -> bool:
        """Whether nothing is filled in."""
        return self._object(row) is None

    def _object(self, row: Row) -> Any:
        if self.cells[0].key == "":
            return self.cells[0].stored(row.get(self.cells[0].name, ""))
        made: dict[str, Any] = {}
        for cell in self.cells:
            _set(made, cell.key, cell.stored(row.get(cell.name, "")))
        return {**self.constants, **made} if made else None

    def _list(self, rules: Rules) -> list[Any]:
        found = get(rules, self.path)
        return found if isinstance(found, list) else []

    def _places(self, found: Sequence[Any]) -> list[int]:
        return [index for index, one in enumerate(found) if self._own(one)]

    def _own(self, one: Any) -> bool:
        if not isinstance(one, dict):
            return not self.constants
        if self.elsewhere and one.get(self.elsewhere[0]) in self.elsewhere[1]:
            return False
        return all(one.get(key) == value for key, value in self.constants.items())


@dataclass(frozen=True, slots=True)
class NamedLists:
    """An object of the JSON that gives names to lists, as a table of two columns."""

    id: str
    title: Words
    cells: tuple[Cell, Cell]
    path: str
    add: Words
    help: Words = ""
    ordered: bool = False

    def rows(self, rules: Rules) -> list[Row]:
        """What stands in the table."""
        name, names = self.cells
        found = get(rules, self.path)
        lists = found.items() if isinstance(found, dict) else ()
        return [{name.name: key, names.name: names.shown(value)} for key, value in lists]

    def put(self, rules: Rules, rows: Sequence[Row]) -> Rules:
        """The rules with these lists; lists of one name are put together."""
        name, names = self.cells
        made: dict[str, list[str]] = {}
        for row in rows:
            key, members = row.get(name.name, "").strip(), names.stored(row.get(names.name, ""))
            if key or members:
                made.setdefault(key, []).extend(members or [])
        changed = deepcopy(rules)
        _set(changed, self.path, made or None)
        return changed

    def spot(self, path: str, rules: Rules) -> Spot | None:
        """Where a problem at `path` is shown; None when it is not this part's."""
        found = get(rules, self.path)
        for index, key in enumerate(found if isinstance(found, dict) else ()):
            if _within(path, f"{self.path}.{key}"):
                return Spot(index, self.cells[1])
        return Spot() if _within(path, self.path) else None

    def is_blank(self, row: Row) -> bool:
        """Whether nothing is filled in."""
        return not any(text.strip() for text in row.values())


type Part = Card | Table | NamedLists


def get(rules: Any, path: str) -> Any:
    """The value at a path with dots, or None."""
    for key in filter(None, path.split(".")):
        rules = rules.get(key) if isinstance(rules, dict) else None
    return rules


def _set(rules: Rules, path: str, value: Any) -> None:
    """Put a value at a path, or take it away with the objects it leaves empty when it is None."""
    key, _dot, rest = path.partition(".")
    if rest:
        below = rules[key] if isinstance(rules.get(key), dict) else {}
        _set(below, rest, value)
        value = below or None
    if value is None:
        rules.pop(key, None)
    else:
        rules[key] = value


def _row(cells: Iterable[Cell], found: Any) -> Row:
    return {cell.name: cell.shown(get(found, cell.key)) for cell in cells}


def _within(path: str, place: str) -> bool:
    """Whether the path is the place or lies below it."""
    return path == place or path.startswith((f"{place}.", f"{place}["))
