"""Which scheme is in force on a day."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Self

from scoring.schemes.scheme import Scheme


@dataclass(frozen=True, slots=True)
class DatedScheme:
    """A scheme and the first day on which it holds."""

    effective_from: date
    scheme: Scheme


@dataclass(frozen=True, slots=True)
class Timetable:
    """An office's schemes in time; each holds until the next begins. ValueError for two on one day."""

    entries: tuple[DatedScheme, ...]

    def __post_init__(self) -> None:
        days = [entry.effective_from for entry in self.entries]
        if days != sorted(set(days)):
            raise ValueError("schemes must come in order of time, one a day")

    @classmethod
    def of(cls, schemes: Iterable[tuple[date, Scheme]]) -> Self:
        """From (first day, scheme) pairs in any order."""
        dated = (DatedScheme(effective_from, scheme) for effective_from, scheme in schemes)
        return cls(tuple(sorted(dated, key=lambda entry: entry.effective_from)))

    def entry_on(self, day: date) -> DatedScheme | None:
        """The scheme in force on the day with its first day; None before the first."""
        index = bisect_right(self.entries, day, key=lambda entry: entry.effective_from)
        return self.entries[index - 1] if index else None

    def scheme_on(self, day: date) -> Scheme | None:
        """The scheme in force on the day; None before the first."""
        entry = self.entry_on(day)
        return entry.scheme if entry else None

    def end_of(self, entry: DatedScheme) -> date:
        """The first day on which the entry no longer holds; `date.max` for the last."""
        index = self.entries.index(entry) + 1
        return self.entries[index].effective_from if index < len(self.entries) else date.max
