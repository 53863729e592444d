"""Text as checks read it: wide and narrow signs alike, and every place found again in the original."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PlainText:
    """`plain` is the text in compatibility form (NFKC): １３８ and 138, （ and ( are one.

    `places[i]` is where the character `plain[i]` stands in the original; it has one entry more, the end.
    """

    plain: str
    places: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> PlainText:
        """Character by character, so that each keeps its place."""
        signs: list[str] = []
        places: list[int] = []
        for place, sign in enumerate(text):
            for part in unicodedata.normalize("NFKC", sign):
                signs.append(part)
                places.append(place)
        return cls("".join(signs), (*places, len(text)))

    def find(self, pattern: re.Pattern[str]) -> Iterator[tuple[re.Match[str], int, int]]:
        """Every match with its start and end in the original."""
        for match in pattern.finditer(self.plain):
            yield match, *self.place(*match.span())

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Where `plain[start:end]`, which is not empty, starts and ends in the original."""
        return self.places[start], self.places[end - 1] + 1
