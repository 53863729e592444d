"""What an import would do: every row's fate, the items it would make and the adoptions it would add.

Reads only. Two rows are the same item when title and filing unit agree and, where a row names one, the day
of filing. An item that is in the system is the same by the same rule. The same item, outlet and day is the
same adoption, also when it was since corrected or revoked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Unit
from adoptions.importing.fates import Fate, FateKind
from adoptions.importing.known import KnownAdoptions, imported_before
from adoptions.importing.names import OutletBook, UnitBook
from adoptions.ledger.columns import TITLES
from adoptions.ledger.meaning import ItemRows, fullest, genre_for, shares_for, split_names
from adoptions.ledger.reader import Ledger
from adoptions.ledger.rows import LedgerRow
from adoptions.ledger.values import shown
from adoptions.models import Outlet
from kit.spelling import key
from submissions.enums import Genre, Origin, Status
from submissions.models import Item

#: The spelling of a title and the filing unit; or the title itself and the unit.
ItemKey = tuple[str, int]


@dataclass(slots=True, eq=False)
class Target:
    """An item that rows belong to: one in the system (`pk`), or one that the import would make.

    `filed` is a local moment; without one the earliest adoption tells the day. `told` are the rows of
    this file. Of an item that was `filed_here` the system knows the genre itself.
    """

    title: str
    unit: Unit
    pk: int | None = None
    filed: datetime | None = None
    filed_here: bool = False
    told: ItemRows = field(default_factory=ItemRows)

    @property
    def filed_at(self) -> datetime:
        moment = self.filed or datetime.combine(self.told.first_adopted, time())
        return timezone.make_aware(moment, timezone.get_default_timezone())


@dataclass(slots=True)
class Line:
    """A row whose names were all found."""

    row: LedgerRow
    units: list[Unit]
    shares: tuple[int, ...]
    outlet: Outlet | None
    genre: Genre | None
    target: Target | None = None

    @property
    def fact(self) -> tuple[int, int | None, date | None]:
        """What two lines that tell the same agree in."""
        return id(self.target), self.outlet.pk if self.outlet else None, self.row.date


@dataclass(slots=True)
class Plan:
    """Fates in the order of the rows; the accepted lines, of which those with an outlet are adoptions."""

    fates: list[Fate]
    accepted: list[Line]

    @property
    def new_items(self) -> list[Target]:
        """The items to make, each once, in the order of their first rows."""
        targets = {id(line.target): line.target for line in self.accepted if line.target}
        return [target for target in targets.values() if target.pk is None]


def plan_import(
    *, office: Unit, ledger: Ledger, sha256: str, now: datetime, for_writing: bool = False
) -> Plan:
    """Decide every row's fate against the system as it is now.

    `for_writing` locks the items that are found, as `adoptions.entries.services` does, so that nothing about
    their adoptions changes before the plan is carried out; it needs a transaction.
    """
    today = timezone.localdate(now)
    units, outlets = UnitBook(office), OutletBook(office)
    done = imported_before(office, sha256)
    fates: dict[int, Fate] = {}
    lines = []
    for row in ledger.rows:
        if row.skipped:
            fates[row.number] = _fate(row, FateKind.SKIPPED, reason=row.skipped)
        elif earlier := done.get(row.number):
            fates[row.number] = _fate(row, FateKind.DUPLICATE, reason=earlier)
        elif line := _look_up(row, units, outlets, today):
            lines.append(line)
    targets = _Targets(office, lines, lock=for_writing)
    # Rows that name the day of filing first: they tell items apart, the others join them.
    for line in sorted(lines, key=lambda line: line.row.filed is None):
        line.target = targets.find(line)
    accepted = _accept(lines, targets, fates)
    for row in ledger.rows:
        if row.problems:
            fates[row.number] = _refusal(row, units, outlets)
    return Plan([fates[row.number] for row in ledger.rows], accepted)


def _look_up(row: LedgerRow, units: UnitBook, outlets: OutletBook, today: date) -> Line | None:
    """Find the row's unit and outlet; None, with problems noted at the row, when it cannot be accepted.

    Names are looked up even when something else is wrong already, so that one pass tells everything.
    """
    for name, day in (("date", row.date), ("filed", row.filed.date() if row.filed else None)):
        if day and day > today:
            row.refuse(name, _("The date lies in the future."))
    found = units.find(row) if row.unit else []
    outlet = outlets.find(row) if row.outlet and row.date else None
    shares, genre = shares_for(row, len(found)), genre_for(row)
    return None if row.problems else Line(row, found, shares, outlet, genre)


class _Targets:
    """The items of the system and of the file that rows may belong to."""

    def __init__(self, office: Unit, lines: Sequence[Line], *, lock: bool) -> None:
        self._targets: defaultdict[ItemKey, list[Target]] = defaultdict(list)
        self._unissued: set[ItemKey] = set()
        units = {unit.pk: unit for line in lines for unit in line.units[:1]}
        wanted = {(key(line.row.title), line.units[0].pk) for line in lines}
        filed_there = Item.objects.filter(office=office, unit__in=units).filed()
        titles = filed_there.values_list("pk", "title", "unit")
        items = Item.objects.filter(pk__in=[pk for pk, title, unit in titles if (key(title), unit) in wanted])
        if lock:
            items = items.select_for_update(of=("self",), no_key=True)
        known = items.order_by("pk")
        for item in known.values("pk", "title", "unit_id", "status", "submitted_at", "origin"):
            place, filed_at = (key(item["title"]), item["unit_id"]), item["submitted_at"]
            if item["status"] == Status.ISSUED and filed_at:
                filed = timezone.make_naive(filed_at, timezone.get_default_timezone())
                here = item["origin"] != Origin.LEDGER
                self._targets[place].append(
                    Target(item["title"], units[item["unit_id"]], item["pk"], filed, here)
                )
            else:
                self._unissued.add((item["title"], item["unit_id"]))

    def find(self, line: Line) -> Target | None:
        """The row's item, made when there is none; None, with the row refused, when it is not clear which."""
        row, unit = line.row, line.units[0]
        spelt_alike = self._targets[key(row.title), unit.pk]
        same = [target for target in spelt_alike if target.title == row.title]
        if spelt_alike and not same and not row.apart:
            row.alike = spelt_alike[0].title
            row.refuse(
                "title",
                _("“%(title)s” differs in spelling alone: say whether it is the same item.")
                % {"title": row.alike},
            )
            return None
        if row.filed:
            same = [target for target in same if target.filed and target.filed.date() == row.filed.date()]
        if len(same) > 1:
            row.refuse("filed", _("There are several items of this title: write the day of filing."))
            return None
        if same:
            target = same[0]
        elif (row.title, unit.pk) in self._unissued:
            row.refuse("title", _("The item of this title in the system is not issued yet: issue it first."))
            return None
        else:
            target = Target(row.title, unit, filed=row.filed)
            spelt_alike.append(target)
        target.told.rows.append(row)
        return target

    def stored(self, target: Target) -> list[int]:
        """The item itself when it is in the system; else those of its title and unit, filed on other days."""
        if target.pk:
            return [target.pk]
        alike = self._targets[key(target.title), target.unit.pk]
        return [same.pk for same in alike if same.pk and same.title == target.title]

    def all_stored(self) -> list[int]:
        return [target.pk for targets in self._targets.values() for target in targets if target.pk]


def _accept(lines: Sequence[Line], targets: _Targets, fates: dict[int, Fate]) -> list[Line]:
    """Tell new facts from known ones, in the order of the rows."""
    accepted = []
    known = KnownAdoptions(targets.all_stored())
    best = fullest((line.fact, line.row) for line in lines if line.target)
    adopted: dict[int, LedgerRow] = {}
    for line in lines:
        row, target, outlet = line.row, line.target, line.outlet
        if target is None:
            continue
        same = best[line.fact]
        if same is row and outlet is None:
            same = adopted.get(id(target), row)
        if same is not row:
            reason = _("The same as row %(row)d of this file.") % {"row": same.number}
            fates[row.number] = _fate(row, FateKind.DUPLICATE, reason=reason)
        elif outlet and row.date and (stored := known.find(targets.stored(target), outlet.pk, row.date)):
            reason, adoption = stored
            fates[row.number] = _fate(row, FateKind.DUPLICATE, reason=reason, adoption=adoption)
        elif not outlet and target.pk:
            reason = _("This item is in the system already.")
            fates[row.number] = _fate(row, FateKind.DUPLICATE, reason=reason)
        else:
            fates[row.number] = _fate(row, FateKind.ACCEPTED)
            accepted.append(line)
            adopted.setdefault(id(target), row)
    return accepted


def _fate(row: LedgerRow, kind: FateKind, reason: str = "", adoption: int | None = None) -> Fate:
    return Fate(
        row=row.number,
        kind=kind.value,
        title=row.title,
        unit=row.unit,
        outlet=row.outlet,
        date=row.date.isoformat() if row.date else "",
        reasons=[(row.cells["title"], reason)] if reason else [],
        adoption=adoption,
        mended=[(name, shown(before), shown(row.values[name])) for name, before in row.before.items()],
    )


def _refusal(row: LedgerRow, units: UnitBook, outlets: OutletBook) -> Fate:
    fate = _fate(row, FateKind.REFUSED)
    fate.reasons = [(problem.cell, problem.reason) for problem in row.problems]
    fields = dict.fromkeys(problem.name for problem in row.problems if problem.name)
    fate.wrong = [(name, shown(row.values.get(name))) for name in fields if name in TITLES]
    fate.alike = row.alike
    fate.asks = [question for question, open_ in (("year", row.lacks_year), ("hidden", row.hidden)) if open_]
    names = split_names(row.unit, units.is_known)
    fate.unknown += [("unit", name) for name in names if not units.is_known(name)]
    if row.outlet and not outlets.is_known(row.outlet):
        fate.unknown.append(("outlet", row.outlet))
    return fate
