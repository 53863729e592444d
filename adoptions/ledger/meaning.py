"""What a ledger's rows mean, for whoever counts them: a trial by its file alone, an import by the office.

A row speaks for its own adoption: a blank cell takes no value of another row. What is the item's own is told
by all of its rows together, and their order never matters. Rule R88 of docs/scoring.md.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from datetime import date
from math import gcd

from django.utils.translation import gettext as _

from adoptions.enums import OutletLevel
from adoptions.ledger.rows import LedgerRow
from adoptions.ledger.words import genre_of, level_of
from kit.spelling import key
from submissions.enums import Genre

MOST_PARTS = 100
#: What stands between the names in one cell.
PARTED = re.compile("[、；;，,/／]")


@dataclass(slots=True)
class ItemRows:
    """The rows of one item, and what they tell of it together."""

    rows: list[LedgerRow] = field(default_factory=list)

    @property
    def authors(self) -> tuple[str, ...]:
        """Everybody whom a row names, each once, in the order in which they sign: the earliest row first."""
        return tuple(dict.fromkeys(name for row in sorted(self.rows, key=_earliest) for name in row.authors))

    @property
    def genre(self) -> Genre | None:
        """That of the earliest row that states one: it tells what was filed."""
        order = list(Genre)
        told = [(day_of(row), order.index(genre)) for row in self.rows if (genre := genre_of(row.genre))]
        return order[min(told)[1]] if told else None

    @property
    def length(self) -> int | None:
        """The longest: outlets shorten what was filed."""
        return max((row.length for row in self.rows if row.length), default=None)

    @property
    def first_adopted(self) -> date:
        return min(row.date for row in self.rows if row.date)


def day_of(row: LedgerRow) -> date:
    """The day of the row's adoption, or of filing when it tells of nothing else."""
    day = row.date or (row.filed and row.filed.date())
    assert day, "a row without either is refused"
    return day


def fullest[Fact: Hashable](rows: Iterable[tuple[Fact, LedgerRow]]) -> dict[Fact, LedgerRow]:
    """Of the rows that tell the same adoption the one that counts: it tells most, whichever comes first."""
    best: dict[Fact, LedgerRow] = {}
    for fact, row in rows:
        best[fact] = min(best.get(fact, row), row, key=_rank)
    return best


def _rank(row: LedgerRow) -> tuple[int, str, int]:
    words = [row.unit, row.mode.value, row.position or "", row.genre, row.carrier, row.level]
    words += [row.page, row.link, row.note, *row.authors, *map(str, row.shares), str(row.length or "")]
    return -sum(map(bool, words)), "|".join([*words, row.outlet]), row.number


def _earliest(row: LedgerRow) -> tuple[date, int, int, tuple[int, str, int]]:
    """Of one day the row of the higher level, then the one that names more authors."""
    level = level_of(row.level)
    place = list(OutletLevel).index(level) if level else len(OutletLevel)
    return day_of(row), place, -len(row.authors), _rank(row)


def genre_for(row: LedgerRow) -> Genre | None:
    """The genre the row states, if any; the row is refused when it is no known word."""
    genre = genre_of(row.genre) if row.genre else None
    if row.genre and genre is None:
        row.refuse(
            "genre",
            _("“%(written)s” is no genre: write one of %(genres)s.")
            % {"written": row.genre, "genres": "、".join(str(known.label) for known in Genre)},
        )
    return genre


def shares_for(row: LedgerRow, units: int) -> tuple[int, ...]:
    """The parts of the row's units in their order, equal ones where it states none.

    The row is refused when they are not as many as the units, or finer than hundredths.
    """
    if not row.shares:
        return (1,) * units
    whole = gcd(*row.shares)
    shares = tuple(share // whole for share in row.shares)
    if units and len(shares) != units:
        row.refuse("shares", _("Write one share for each unit, in the order of the units."))
    elif max(shares) > MOST_PARTS:
        row.refuse("shares", _("A share is 1 to 100 parts."))
    return shares


def single_names(texts: Iterable[str]) -> set[str]:
    """The keys of names that stand in some cell alone, or apart by more than a blank."""
    parts = {part.strip() for text in texts for part in PARTED.split(text)}
    return {key(part) for part in parts if len(part.split()) == 1}


def split_names(text: str, is_known: Callable[[str], bool]) -> list[str]:
    """The names in one cell, apart by one of 、；，/ or by blanks where every part is a known name.

    A name that is known as it stands is not taken apart.
    """
    if is_known(text):
        return [text]
    parts = [part.strip() for part in PARTED.split(text) if part.strip()]
    if len(parts) > 1:
        return [name for part in parts for name in split_names(part, is_known)]
    words = text.split()
    return words if len(words) > 1 and all(map(is_known, words)) else parts
