"""The units of an office as an indented list."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from accounts.models import Unit


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One line of the tree, and what its reader may do there."""

    unit: Unit
    depth: int
    may_change: bool = False
    may_open: bool = False

    @property
    def steps(self) -> range:
        return range(self.depth)


def in_tree_order(units: Iterable[Unit]) -> list[tuple[int, Unit]]:
    """Units with their depth, each below its parent and siblings in the order given.

    A unit whose parent is not among them stands at the top, at depth 0.
    """
    units = list(units)
    known = {unit.pk for unit in units}
    below: defaultdict[int | None, list[Unit]] = defaultdict(list)
    for unit in units:
        below[unit.parent_id if unit.parent_id in known else None].append(unit)

    def walk(parent: int | None, depth: int) -> Iterator[tuple[int, Unit]]:
        for unit in below[parent]:
            yield depth, unit
            yield from walk(unit.pk, depth + 1)

    return list(walk(None, 0))


def choices(units: Iterable[Unit]) -> list[tuple[int, str]]:
    """Values and labels for a select; the indentation shows what stands below what."""
    return [(unit.pk, "\u3000" * depth + unit.name) for depth, unit in in_tree_order(units)]
