"""What the units and some of their people are to reach in the years the demo tells of."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import partial
from typing import Final

from accounts.enums import UnitKind
from demo import cast
from demo.city import City
from demo.window import ZONE, working_day
from incentives.enums import Measure
from incentives.services import Cells, set_targets

#: Items filed, items issued, adoptions, points in a year.
OF_COUNTIES: Final = (40, 34, 26, 320)
OF_OTHERS: Final = (10, 8, 5, 80)
#: A county's administrator sets these for its authors; in the other units people see their unit's.
COUNTY: Final = "150502"
OF_PEOPLE: Final = {"keerqin": (30, 26, 24, 200), "keerqin2": (24, 20, 18, 160)}


def schedule(city: City) -> None:
    """Set in the first days of the window, and of a new year in it."""
    for year in sorted({month.year for month in city.window.months}):
        first = max(city.window.first, date(year, 1, 1))
        at = datetime.combine(working_day(first + timedelta(days=4)), time(9, 30), ZONE)
        city.agenda.enter(at, partial(_set, city, year, _of_units(city), "guanli"))
        later = at + timedelta(hours=2)
        city.agenda.enter(later, partial(_set, city, year, _of_people(city), "keerqin-gl"))


def _set(city: City, year: int, cells: Cells, by: str, now: datetime) -> None:
    set_targets(office=city.office, year=year, cells=cells, by=city.people[by], now=now)


def _of_units(city: City) -> Cells:
    return {
        (city.units[unit.code], None, measure): Decimal(aim)
        for unit in cast.UNITS
        if unit.parent == cast.OFFICE
        for measure, aim in zip(
            Measure, OF_COUNTIES if unit.kind == UnitKind.COUNTY else OF_OTHERS, strict=True
        )
    }


def _of_people(city: City) -> Cells:
    return {
        (city.units[COUNTY], city.people[name], measure): Decimal(aim)
        for name, aims in OF_PEOPLE.items()
        for measure, aim in zip(Measure, aims, strict=True)
    }
