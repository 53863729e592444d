"""What the names and words of a ledger mean in an office. Exact or not at all: nothing is guessed."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from django.utils.translation import gettext as _

from accounts.models import Unit
from adoptions.enums import Carrier, OutletLevel
from adoptions.ledger.meaning import split_names
from adoptions.ledger.rows import LedgerRow
from adoptions.ledger.words import carrier_of, key, level_of, outlet_key
from adoptions.models import Outlet


class UnitBook:
    """Finds units by full name, short name or code."""

    def __init__(self, office: Unit) -> None:
        self._units: defaultdict[str, dict[int, Unit]] = defaultdict(dict)
        for unit in Unit.objects.filter(office=office):
            for name in (unit.name, unit.short_name, unit.code):
                self._units[key(name)][unit.pk] = unit

    def find(self, row: LedgerRow) -> list[Unit]:
        """The units of the cell, the filing one first; the row is refused for every name that fails."""
        names = split_names(row.unit, self.is_known)
        days = [day for day in (row.filed.date() if row.filed else None, row.date) if day]
        units = [unit for name in names if (unit := self._find_one(row, name, days))]
        if len(units) < len(names):
            return []
        if len({unit.pk for unit in units}) < len(units):
            row.refuse("unit", _("The same unit is named twice."))
            return []
        return units

    def is_known(self, name: str) -> bool:
        return key(name) in self._units

    def _find_one(self, row: LedgerRow, name: str, days: list[date]) -> Unit | None:
        named = list(self._units.get(key(name), {}).values())
        if not named:
            row.refuse("unit", _("This office has no unit named “%(name)s”.") % {"name": name})
            return None
        there = [unit for unit in named if all(_in_use(unit, day) for day in days)]
        if not there:
            row.refuse("unit", _("“%(name)s” did not exist on that day.") % {"name": name})
            return None
        if len(there) > 1:
            row.refuse(
                "unit",
                _("“%(name)s” may be %(units)s: write the full name or the unit code.")
                % {"name": name, "units": "、".join(f"{unit.name}（{unit.code}）" for unit in there)},
            )
            return None
        return there[0]


class OutletBook:
    """Finds outlets by name, with or without title marks around the whole name (《求是》, 求是)."""

    def __init__(self, office: Unit) -> None:
        self._outlets: defaultdict[str, list[Outlet]] = defaultdict(list)
        for outlet in Outlet.objects.filter(office=office):
            self._outlets[outlet_key(outlet.name)].append(outlet)

    def find(self, row: LedgerRow) -> Outlet | None:
        """The outlet of the row on its day; the row is refused when there is none, or its level differs."""
        assert row.date is not None
        named = self._outlets.get(outlet_key(row.outlet), [])
        named = [outlet for outlet in named if key(outlet.name) == key(row.outlet)] or named
        if not named:
            row.refuse("outlet", _("This office has no outlet named “%(name)s”.") % {"name": row.outlet})
            return None
        there = [outlet for outlet in named if _in_use(outlet, row.date)]
        if len(there) != 1:
            reason = (
                _("“%(name)s” fits several outlets: write the name as it is in the list of outlets.")
                if there
                else _("“%(name)s” was not in use on that day: see the list of outlets.")
            )
            row.refuse("outlet", reason % {"name": row.outlet})
            return None
        return there[0] if _agrees(row, there[0]) else None

    def is_known(self, name: str) -> bool:
        return outlet_key(name) in self._outlets


def _in_use(holder: Unit | Outlet, day: date) -> bool:
    return holder.active_from <= day and (holder.active_to is None or day <= holder.active_to)


def _agrees(row: LedgerRow, outlet: Outlet) -> bool:
    """Whether the cells of level and carrier, where they are filled, say what the list of outlets says."""
    wrong = []
    if row.level and level_of(row.level) != outlet.level:
        wrong.append(("level", row.level, OutletLevel(outlet.level).label))
    if row.carrier and carrier_of(row.carrier) != outlet.carrier:
        wrong.append(("carrier", row.carrier, Carrier(outlet.carrier).label))
    for name, written, right in wrong:
        row.refuse(
            name,
            _("“%(written)s” does not agree with the list of outlets, where “%(outlet)s” is “%(right)s”.")
            % {"written": written, "outlet": outlet.name, "right": right},
        )
    return not wrong
