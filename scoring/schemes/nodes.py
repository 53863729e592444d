"""Reads JSON data value by value and collects every problem instead of stopping at the first."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final

_NUMBER: Final = re.compile(r"-?[0-9]{1,4}(\.[0-9]{1,4})?")


class Flaw(StrEnum):
    """What can be wrong with one value; scoring/wording.py puts it in words."""

    MISSING = "missing"
    UNKNOWN = "unknown"
    NOT_OBJECT = "not_object"
    NOT_LIST = "not_list"
    NOT_TEXT = "not_text"
    NOT_NUMBER = "not_number"
    NOT_WHOLE = "not_whole"
    NOT_CHOICE = "not_choice"
    REPEATED = "repeated"
    CONTRADICTION = "contradiction"
    UNLISTED = "unlisted"
    LISTED_TWICE = "listed_twice"
    NO_UNIT = "no_unit"
    NO_GROUP = "no_group"
    NO_OUTLET = "no_outlet"
    RENAMED = "renamed"
    ALIAS = "alias"
    TWO_BEARERS = "two_bearers"
    IMPOSSIBLE = "impossible"
    NEVER_FITS = "never_fits"
    OVERTAKEN = "overtaken"
    OUT_OF_REACH = "out_of_reach"


@dataclass(frozen=True, slots=True)
class Problem:
    """One flaw at one place: `path` as in `adoption.rules[2].points`, empty for the whole."""

    path: str
    flaw: Flaw
    detail: str = ""

    def __str__(self) -> str:
        return f"{self.path or 'scheme'}: {self.flaw} {self.detail}".rstrip()


@dataclass(slots=True)
class Node:
    """One JSON object on the way down; all nodes of a document share one list of `problems`.

    A value that is missing or flawed is reported and answered with a harmless stand-in, so reading goes on.
    A null is the same as a value left out.
    """

    data: Any
    path: str = ""
    problems: list[Problem] = field(default_factory=list)

    def __post_init__(self) -> None:
        if not isinstance(self.data, dict):
            self.report(Flaw.NOT_OBJECT)
            self.data = {}

    def report(self, flaw: Flaw, key: str = "", detail: str = "") -> None:
        """Note a flaw of the value under `key`, or of this object itself."""
        path = f"{self.path}.{key}" if self.path and key else self.path or key
        self.problems.append(Problem(path, flaw, detail))

    def only(self, *known: str) -> None:
        """Report every key that is not known, so that a misspelt setting is not silently left out."""
        for key in self.data:
            if key not in known:
                self.report(Flaw.UNKNOWN, str(key))

    def text(self, key: str) -> str:
        """A required text that is not blank."""
        return self.optional_text(key) or "" if self._has(key) else ""

    def optional_text(self, key: str) -> str | None:
        """A text that is not blank, or None when left out."""
        value = self.data.get(key)
        if isinstance(value, str) and value.strip():
            return value.strip()
        if value is not None:
            self.report(Flaw.NOT_TEXT, key)
        return None

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts, empty when left out."""
        values = self._list(key) if self.data.get(key) is not None else []
        if not all(isinstance(value, str) for value in values):
            self.report(Flaw.NOT_TEXT, key)
        return tuple(map(str, values))

    def number(self, key: str, default: str | None = None, least: int = 0, most: int = 9999) -> Decimal:
        """A number within the limits, written as a number or as a text; required without a default.

        The limits keep every product and sum of points inside the columns that store them.
        """
        if self.data.get(key) is None and default is not None:
            return Decimal(default)
        number = self.optional_number(key, least, most) if self._has(key) else None
        return Decimal(0) if number is None else number

    def optional_number(self, key: str, least: int = 0, most: int = 9999) -> Decimal | None:
        """A number within the limits, or None when left out."""
        value = self.data.get(key)
        written = "" if isinstance(value, bool) else str(value)
        if _NUMBER.fullmatch(written) and least <= Decimal(written) <= most:
            return Decimal(written)
        if value is not None:
            self.report(Flaw.NOT_NUMBER, key, f"{least}–{most}")
        return None

    def whole(self, key: str, allowed: range, default: int) -> int:
        """A whole number of the range, or the default when left out."""
        value = self.optional_whole(key, allowed)
        return default if value is None else value

    def optional_whole(self, key: str, allowed: range) -> int | None:
        """A whole number of the range, or None when left out."""
        value = self.data.get(key)
        if type(value) is int and value in allowed:
            return value
        if value is not None:
            self.report(Flaw.NOT_WHOLE, key, f"{allowed[0]}–{allowed[-1]}")
        return None

    def choice[Word: str](self, key: str, options: Iterable[Word], default: Word | None = None) -> Word:
        """One of the options; required without a default."""
        known = tuple(options)
        found = self.optional_choice(key, known) if default is not None or self._has(key) else None
        return found or default or known[0]

    def optional_choice[Word: str](self, key: str, options: Iterable[Word]) -> Word | None:
        """One of the options, or None when left out."""
        value, known = self.data.get(key), tuple(options)
        if isinstance(value, str) and value in known:
            return known[known.index(value)]
        if value is not None:
            self.report(Flaw.NOT_CHOICE, key, ", ".join(known))
        return None

    def choices[Word: str](self, key: str, options: Iterable[Word]) -> tuple[Word, ...]:
        """A list of options, empty when left out."""
        known = {str(option): option for option in options}
        values = self._list(key) if self.data.get(key) is not None else []
        if not all(isinstance(value, str) and value in known for value in values):
            self.report(Flaw.NOT_CHOICE, key, ", ".join(known))
            return ()
        return tuple(known[value] for value in values)

    def exactly_one(self, *keys: str) -> None:
        """Report when none of the keys is set, or more than one."""
        given = [key for key in keys if self.data.get(key) is not None]
        if not given:
            self.report(Flaw.MISSING, keys[0])
        for key in given[1:]:
            self.report(Flaw.CONTRADICTION, key, ", ".join(keys))

    def child(self, key: str, *, required: bool = False) -> "Node":
        """An object below this one, empty when left out."""
        present = self._has(key) if required else self.data.get(key) is not None
        return self._below(self.data[key] if present else {}, key)

    def children(self, key: str, *, required: bool = False) -> list["Node"]:
        """A list of objects, empty when left out."""
        present = self._has(key) if required else self.data.get(key) is not None
        values = self._list(key) if present else []
        return [self._below(value, f"{key}[{index}]") for index, value in enumerate(values)]

    def _has(self, key: str) -> bool:
        present = self.data.get(key) is not None
        if not present:
            self.report(Flaw.MISSING, key)
        return present

    def _list(self, key: str) -> list[Any]:
        value = self.data[key]
        if not isinstance(value, list):
            self.report(Flaw.NOT_LIST, key)
        return value if isinstance(value, list) else []

    def _below(self, data: Any, key: str) -> "Node":
        return Node(data, f"{self.path}.{key}" if self.path else key, self.problems)
