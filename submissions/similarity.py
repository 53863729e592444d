"""Whether two texts tell the same story in the same words, however their paragraphs are ordered. Pure.

Winnowing (Schleimer, Wilkerson, Aiken 2003): of the hashes of all runs of RUN signs the smallest of every
WINDOW neighbours is kept. Texts that share a passage of RUN + WINDOW − 1 signs share a fingerprint.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable
from typing import Final
from zlib import crc32

RUN: Final = 8
WINDOW: Final = 8
#: Share of the shorter text's fingerprints found in the other, from which on two texts are called alike.
ALIKE: Final = 0.65
#: Shorter texts than this are not compared: they say too little.
LEAST: Final = 4
_SIGNS: Final = re.compile(r"[\W_]+")


def fingerprints(text: str) -> list[int]:
    """The text's fingerprints as signed 32-bit numbers, each once, in rising order."""
    plain = _SIGNS.sub("", unicodedata.normalize("NFKC", text)).lower()
    hashes = [crc32(plain[start : start + RUN].encode()) - 2**31 for start in range(len(plain) - RUN + 1)]
    if len(hashes) <= WINDOW:
        return sorted(set(hashes))
    return sorted({min(hashes[start : start + WINDOW]) for start in range(len(hashes) - WINDOW + 1)})


def likeness(one: Collection[int], other: Iterable[int]) -> float:
    """The part, 0 to 1, of the shorter text's fingerprints that the other has too; 0 for very short texts."""
    others = set(other)
    shorter = min(len(one), len(others))
    return len(others.intersection(one)) / shorter if shorter >= LEAST else 0.0
