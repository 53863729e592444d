"""Units and outlets of a ledger, by the names it uses itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Protocol

from django.utils.translation import gettext as _

from adoptions.enums import Carrier
from adoptions.ledger.meaning import single_names, split_names
from adoptions.ledger.rows import LedgerRow
from adoptions.ledger.words import carrier_of, level_of
from kit.spelling import key, unmarked
from scoring.figures.facts import UnitFact
from scoring.schemes.scheme import Scheme
from scoring.schemes.words import OutletClass, Reposts
from stats.trials.ledgers.sheets import Row, unknown_level

#: The group of units that no sheet and no scheme puts into another.
EVERYBODY = "全部单位"


class Refusable(Protocol):
    """A row of any sheet."""

    def refuse(self, name: str, reason: str) -> None: ...


class UnitBook:
    """Units in the order met. With a sheet of units they are those of the sheet, and no others.

    Without one nothing but their names, of which `named` are all, tells them apart: the ids follow those, so
    that the order of rows decides nothing.
    """

    def __init__(self, sheet: list[Row] | None, named: Iterable[str] = ()) -> None:
        self._units: dict[str, UnitFact] = {}
        self._listed = sheet is not None
        #: The present name for each former one that the sheet tells.
        self.aliases: dict[str, str] = {}
        told = [] if self._listed else list(named)
        self._named = single_names(told)
        names = {key(name) for text in told for name in split_names(text, self._is_known)}
        self._ids = {name: number for number, name in enumerate(sorted(names), start=1)}
        listed = [row for row in sheet or () if not row.problems]
        for row in listed:
            self._list(row)
        for row in listed:
            self._call(row, self._units[key(row.text("unit"))])

    @property
    def all(self) -> tuple[UnitFact, ...]:
        return tuple({unit.id: unit for unit in self._units.values()}.values())

    def find(self, row: Refusable, text: str) -> list[UnitFact]:
        """The units of a cell, the filing one first; none, with the row refused, when one is not known."""
        names = split_names(text, self._is_known)
        units = [self._units.get(key(name)) or self._add(name) for name in names if self._known(row, name)]
        if len(units) < len(names):
            return []
        if len({unit.id for unit in units}) < len(units):
            row.refuse("unit", _("The same unit is named twice."))
            return []
        return units

    def named(self, name: str) -> UnitFact | None:
        """The unit met under this name."""
        return self._units.get(key(name))

    def _is_known(self, name: str) -> bool:
        return key(name) in (self._units if self._listed else self._named)

    def _known(self, row: Refusable, name: str) -> bool:
        known = not self._listed or key(name) in self._units
        if not known:
            row.refuse("unit", _("The sheet “单位” does not list “%(name)s”.") % {"name": name})
        return known

    def _add(self, name: str, short_name: str = "", code: str = "", group: str = EVERYBODY) -> UnitFact:
        number = self._ids.setdefault(key(name), len(self._ids) + 1)
        unit = UnitFact(number, name, short_name or name, group, len(self.all) + 1, code=code)
        for spelling in (name, short_name, code):
            if spelling:
                self._units.setdefault(key(spelling), unit)
        return unit

    def _list(self, row: Row) -> None:
        """One row of the sheet; a unit with several targets has several."""
        name, group = row.text("unit"), row.text("group")
        known = self._units.get(key(name))
        if known is None:
            self._add(name, row.text("short_name"), row.text("code"), group or EVERYBODY)
        elif group and group != known.group:
            row.refuse("group", _("“%(unit)s” stands above in another group.") % {"unit": name})

    def _call(self, row: Row, unit: UnitFact) -> None:
        """The former names of a unit; one that is another unit's too refuses the row."""
        for name in split_names(row.text("former"), lambda _name: False):
            if self._units.setdefault(key(name), unit) is not unit:
                row.refuse("former", _another_bears(name))
            else:
                self.aliases[name] = unit.name


class OutletBook:
    """Levels of outlets from the row itself, the sheet of outlets, other rows, the scheme; carriers from the
    first two alone.
    """

    def __init__(self, scheme: Scheme, sheet: Iterable[Row], rows: Iterable[LedgerRow]) -> None:
        self.needed = _needed_columns(scheme)
        self._names: dict[str, str] = {}
        self._present: dict[str, str] = {}
        sheet = list(sheet)
        for row in sheet:
            self._call(row, {unmarked(other.text("outlet")) for other in sheet})
        self._levels: defaultdict[str, set[str]] = defaultdict(set)
        self._listed: defaultdict[str, set[str]] = defaultdict(set)
        self._carriers: dict[tuple[str, str], str] = {}
        rules = [rule.match for rule in scheme.adoption_rules]
        for match in rules + [modifier.match for modifier in scheme.modifiers]:
            if match.outlet:
                self._meet(match.outlet, match.level if isinstance(match.level, str) else None)
        for outlets in scheme.outlet_groups.values():
            for outlet in outlets:
                self._meet(outlet, None)
        for row in sheet:
            if not row.problems and row.level:
                self._meet(row.text("outlet"), row.level, row.text("carrier"))
                self._listed[self._key(row.text("outlet"))].add(row.level)
        for entry in rows:
            if entry.outlet:
                self._meet(entry.outlet, level_of(entry.level))

    def find(self, row: LedgerRow) -> tuple[str, str, str]:
        """Name, level and carrier of the row's outlet; the row is refused when they are not clear.

        The name is spelt as in the scheme, where the scheme has it.
        """
        outlet = self._key(row.outlet)
        level = level_of(row.level) if row.level else None
        listed, known = self._listed.get(outlet, set()), self._levels[outlet]
        if row.level and level is None:
            row.refuse("level", unknown_level(row.level))
        elif level and listed and level not in listed:
            row.refuse("level", _("The sheet “媒体” gives this outlet another level."))
        elif not row.level and len(listed or known) != 1:
            row.refuse("level" if "level" in row.cells else "outlet", _no_level(row.outlet, listed or known))
        carrier = carrier_of(row.carrier) if row.carrier else None
        if row.carrier and carrier is None and "carrier" in self.needed:
            row.refuse("carrier", _unknown_carrier(row.carrier))
        found = level or next(iter(sorted(listed or known)), "")
        usual = self._carriers.get((outlet, found))
        if carrier and usual and carrier != usual and "carrier" in self.needed:
            row.refuse("carrier", _("The sheet “媒体” gives this outlet another carrier."))
        return self._names[outlet], found, carrier or usual or ""

    def _key(self, name: str) -> str:
        """What the names of one outlet have in common."""
        return self._present.get(unmarked(name), unmarked(name))

    def _call(self, row: Row, listed: Collection[str]) -> None:
        """The former names of an outlet. One that is another outlet's too refuses the row."""
        outlet = unmarked(row.text("outlet"))
        for name in split_names(row.text("former"), lambda _name: False):
            if unmarked(name) in listed or self._present.setdefault(unmarked(name), outlet) != outlet:
                row.refuse("former", _another_bears(name))

    def _meet(self, name: str, level: str | None, carrier: str = "") -> None:
        outlet = self._key(name)
        self._names.setdefault(outlet, name)
        if level:
            self._levels[outlet].add(level)
            if found := carrier_of(carrier):
                self._carriers.setdefault((outlet, level), found)


def _needed_columns(scheme: Scheme) -> frozenset[str]:
    """The columns that some rule of the scheme looks at, of those that a ledger may do without."""
    rules = [rule.match for rule in scheme.adoption_rules]
    rules += [*(modifier.match for modifier in scheme.modifiers), *scheme.item_matches]
    needed = {name for match in rules for name in match.keys}
    needed |= {"genre"} if any(bonus.genre for bonus in scheme.bonuses) else set()
    needed |= {"carrier"} if scheme.several_outlets.by is OutletClass.CARRIER else set()
    needed |= {"mode"} if scheme.reposts.policy is not Reposts.AS_LISTED else set()
    needed |= {"length"} if needed & {"min_length", "max_length"} else set()
    needed |= {"mode", "length"} if scheme.reposts.policy is Reposts.BY_LENGTH else set()
    return frozenset(needed)


def check_outlet(row: Row) -> None:
    """Refuse a row of the sheet of outlets whose carrier is no known word."""
    if row.text("carrier") and carrier_of(row.text("carrier")) is None:
        row.refuse("carrier", _unknown_carrier(row.text("carrier")))


def _another_bears(name: str) -> str:
    said = _("“%(name)s” is a name of another one in this sheet too: leave it to one of them.")
    return said % {"name": name}


def _unknown_carrier(text: str) -> str:
    known = "、".join(str(carrier.label) for carrier in Carrier)
    return _("“%(text)s” is not understood here: write one of %(known)s.") % {"text": text, "known": known}


def _no_level(outlet: str, known: set[str]) -> str:
    if known:
        return _("“%(outlet)s” has several levels: fill in 级别.") % {"outlet": outlet}
    return _("The level of “%(outlet)s” is not told: fill in 级别, or list it in a sheet “媒体”.") % {
        "outlet": outlet
    }
