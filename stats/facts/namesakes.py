"""Whose namesake an author without an account is. Pure; rule R111 of docs/scoring.md."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence


class Namesakes:
    """The names on items, each with the units of its item: the one that filed it first, then those credited.

    An item of one unit says where the name belongs: of two units that have items with it, each has a person
    of its own.
    """

    def __init__(self, signed: Iterable[tuple[str, Sequence[int]]]) -> None:
        self._at_home: defaultdict[str, set[int]] = defaultdict(set)
        self._often: defaultdict[str, Counter[int]] = defaultdict(Counter)
        self._filed: defaultdict[str, Counter[int]] = defaultdict(Counter)
        for name, units in signed:
            if len(units) == 1:
                self._at_home[name].update(units)
            self._often[name].update(units)
            self._filed[name].update(units[:1])

    def unit_of(
        self, name: str, units: Sequence[int], is_known: Callable[[int], bool] = lambda unit: False
    ) -> int:
        """The unit whose person is meant on an item of these units.

        The first that has items of its own with the name, or somebody of the name that `is_known`; where
        none has, the one that shares in most items with it, and has filed most of them.
        """
        for unit in units:
            if unit in self._at_home[name] or is_known(unit):
                return unit
        often, filed = self._often[name], self._filed[name]
        return min(units, key=lambda unit: (-often[unit], -filed[unit], unit))


def units_of_item(filed_by: int, credited: Collection[int]) -> list[int]:
    """The units of an item in the order in which they are asked for a name."""
    return [filed_by, *sorted({*credited} - {filed_by})]
