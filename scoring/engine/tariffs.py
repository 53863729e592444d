"""The scheme of a day with its prices and the groups of its units, ready for many facts."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from scoring.engine.pricing import PriceList
from scoring.figures.facts import UnitFact
from scoring.schemes.scheme import Scheme
from scoring.schemes.timetable import Timetable


@dataclass(frozen=True, slots=True)
class Tariff:
    """A scheme in force from `since` to the day before `until`."""

    since: date
    until: date
    scheme: Scheme
    prices: PriceList

    @property
    def last_day(self) -> date:
        return self.until - timedelta(days=1)

    def holds_on(self, day: date) -> bool:
        """Whether it is in force on the day."""
        return self.since <= day < self.until

    def group(self, unit: UnitFact) -> str:
        """The name of the units that the unit is ranked with."""
        return self.scheme.group_of_unit(code=unit.code, name=unit.name, otherwise=unit.group)


@dataclass(frozen=True, slots=True)
class Tariffs:
    """All tariffs of an office in order of time, and its units by id."""

    all: tuple[Tariff, ...]
    units: Mapping[int, UnitFact]

    @classmethod
    def of(cls, timetable: Timetable, units: Iterable[UnitFact]) -> "Tariffs":
        """From the schemes in time."""
        tariffs = (
            Tariff(entry.effective_from, timetable.end_of(entry), entry.scheme, PriceList(entry.scheme))
            for entry in timetable.entries
        )
        return cls(tuple(tariffs), {unit.id: unit for unit in units})

    def on(self, day: date) -> Tariff | None:
        """The tariff of the day; None before the first."""
        place = bisect_right(self.all, day, key=lambda tariff: tariff.since)
        return self.all[place - 1] if place else None

    def within(self, start: date, end: date) -> tuple[Tariff, ...]:
        """The tariffs that hold on one of the days from `start` to the day before `end`."""
        return tuple(tariff for tariff in self.all if tariff.since < end and start < tariff.until)

    @property
    def by_group(self) -> bool:
        """Whether some scheme gives units of different groups different prices."""
        return any(tariff.scheme.prices_by_group for tariff in self.all)

    def profile(self, unit_id: int) -> tuple[str, ...]:
        """The groups of a unit, tariff by tariff: units with the same profile have the same prices."""
        unit = self.units.get(unit_id)
        return tuple(tariff.group(unit) for tariff in self.all) if unit else ()
