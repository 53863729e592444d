"""Who bears a name, and on which days: units and outlets by present names and aliases. Reads only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from kit.spelling import key


class Named(Protocol):
    """A unit or an outlet; `aliases` are best fetched beforehand."""

    @property
    def pk(self) -> int: ...
    @property
    def active_from(self) -> date: ...
    @property
    def active_to(self) -> date | None: ...
    @property
    def aliases(self) -> Any: ...
    @property
    def spellings(self) -> tuple[str, ...]: ...


@dataclass(frozen=True, slots=True)
class Bearing[Holder: Named]:
    """A name, who bears it, and from which day through which; an alias is not the present name."""

    holder: Holder
    name: str
    first: date
    last: date
    is_alias: bool = False

    def on(self, day: date) -> bool:
        return self.first <= day <= self.last

    def overlaps(self, first: date, last: date) -> bool:
        return self.first <= last and first <= self.last


def bearings[Holder: Named](holder: Holder) -> Iterator[Bearing[Holder]]:
    """Every name of one holder, never beyond the days on which the holder exists.

    The present name fits all of these days, for whoever writes of the past under it.
    """
    first, last = holder.active_from, holder.active_to or date.max
    for name in dict.fromkeys(filter(None, holder.spellings)):
        yield Bearing(holder, name, first, last)
    for alias in holder.aliases.all():
        since, until = max(alias.since or first, first), min(alias.until or last, last)
        yield Bearing(holder, alias.name, since, until, is_alias=True)


class NameBook[Holder: Named]:
    """Holders by all their names; `spelled` tells when two spellings are one name."""

    def __init__(self, holders: Iterable[Holder], spelled: Callable[[str], str] = key) -> None:
        self._spelled = spelled
        self._borne: defaultdict[str, list[Bearing[Holder]]] = defaultdict(list)
        for holder in holders:
            for bearing in bearings(holder):
                self._borne[spelled(bearing.name)].append(bearing)

    def named(self, name: str) -> list[Bearing[Holder]]:
        """Everybody who ever bore the name."""
        return self._borne.get(self._spelled(name), [])

    def bearers(self, name: str, days: Iterable[date] = ()) -> list[Holder]:
        """Those who bore the name on each of these days: one, none, or several of whom to choose."""
        wanted = list(days)
        return _each_once(each for each in self.named(name) if all(each.on(day) for day in wanted))

    def borne_within(self, name: str, first: date, last: date) -> list[Holder]:
        """Those who bore the name on one of the days from `first` through `last`."""
        return _each_once(each for each in self.named(name) if each.overlaps(first, last))


def _each_once[Holder: Named](found: Iterable[Bearing[Holder]]) -> list[Holder]:
    return list({bearing.holder.pk: bearing.holder for bearing in found}.values())


def former_names(holder: Named) -> str:
    """The aliases of a unit or an outlet as a list shows them, in the order in which they were entered."""
    present = key(holder.spellings[0])
    names = (alias.name for alias in sorted(holder.aliases.all(), key=lambda alias: alias.pk))
    return "、".join(dict.fromkeys(name for name in names if key(name) != present))
