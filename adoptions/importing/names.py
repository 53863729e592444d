"""What the names and words of a ledger mean in an office. Exact or not at all: nothing is guessed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import Unit
from accounts.names import Bearing, NameBook
from adoptions.enums import Carrier, OutletLevel
from adoptions.ledger.meaning import split_names
from adoptions.ledger.rows import LedgerRow
from adoptions.ledger.words import carrier_of, level_of
from adoptions.models import Outlet
from kit.spelling import key, unmarked


class UnitBook:
    """Finds units by full name, short name, code or alias."""

    def __init__(self, office: Unit) -> None:
        self._units = NameBook(Unit.objects.filter(office=office).prefetch_related("aliases"))

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
        return bool(self._units.named(name))

    def _find_one(self, row: LedgerRow, name: str, days: list[date]) -> Unit | None:
        if not self.is_known(name):
            row.refuse("unit", _("This office has no unit named “%(name)s”.") % {"name": name})
            return None
        there = self._units.bearers(name, days)
        if not there:
            missing = _("“%(name)s” did not exist on that day.") % {"name": name}
            row.refuse("unit", _ended(name, self._units.named(name)) or missing)
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
    """Finds outlets by name or alias, with or without title marks around the whole of it (《求是》, 求是)."""

    def __init__(self, office: Unit) -> None:
        self._outlets = NameBook(Outlet.objects.filter(office=office).prefetch_related("aliases"), unmarked)

    def find(self, row: LedgerRow) -> Outlet | None:
        """The outlet of the row on its day; the row is refused when there is none, or its level differs."""
        assert row.date is not None
        named = self._outlets.named(row.outlet)
        named = [borne for borne in named if key(borne.name) == key(row.outlet)] or named
        if not named:
            row.refuse("outlet", _("This office has no outlet named “%(name)s”.") % {"name": row.outlet})
            return None
        there = {borne.holder.pk: borne.holder for borne in named if borne.on(row.date)}
        if not there:
            missing = _("“%(name)s” was not in use on that day: see the list of outlets.")
            row.refuse("outlet", _ended(row.outlet, named) or missing % {"name": row.outlet})
            return None
        if len(there) > 1:
            said = _("“%(name)s” fits several outlets: write the name as it is in the list of outlets.")
            row.refuse("outlet", said % {"name": row.outlet})
            return None
        (found,) = there.values()
        return found if _agrees(row, found) else None

    def is_known(self, name: str) -> bool:
        return bool(self._outlets.named(name))


def _ended(name: str, named: Sequence[Bearing[Any]]) -> str:
    """What is said of a name that is an alias, but not on that day; nothing of others."""
    if not all(borne.is_alias for borne in named):
        return ""
    present = "、".join(dict.fromkeys(str(borne.holder.name) for borne in named))
    return _("“%(name)s” is no longer understood as “%(present)s” on that day: write the present name.") % {
        "name": name,
        "present": present,
    }


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
