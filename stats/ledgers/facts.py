"""From a ledger file to the facts that counting takes. Exact or not at all: nothing is guessed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import IO

from django.utils.translation import gettext as _

from adoptions.ledger import Ledger, LedgerRow, Problem, read_ledger
from adoptions.ledger.words import genre_of, key
from stats.figures import (
    AdjustmentFact,
    AdoptionFact,
    AuthorFact,
    CreditFact,
    EventFact,
    FilingFact,
    IssueFact,
    UnitFact,
)
from stats.ledgers import sheets
from stats.ledgers.books import OutletBook, UnitBook, check_outlet
from stats.ledgers.sheets import Row, read_sheets
from stats.schemes import Happening, Metric, Scheme, Window
from submissions.enums import Genre

#: Without an item there is nothing that an untrue report could take away.
NEEDS_ITEM = frozenset({Happening.UNTRUE})
#: Columns of a ledger that no figure depends on: what is wrong with them spoils no row.
NOT_COUNTED = ("link", "note", "page")


@dataclass(frozen=True, slots=True)
class Unused:
    """A row that could not be used, with one reason and the cell it concerns."""

    sheet: str
    row: int
    cell: str
    reason: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class UnitTarget:
    """What the sheet of units says a unit should reach; metric and window may be left open."""

    unit: str
    value: Decimal
    metric: Metric | None
    window: Window | None


@dataclass(slots=True, eq=False)
class Item:
    """Rows of one title and unit, and of one day of filing where rows name it; the units share it."""

    id: int
    title: str
    credits: tuple[CreditFact, ...]
    filed: datetime | None = None
    genre: str = ""
    length: int | None = None
    authors: tuple[str, ...] = ()
    days: list[date] = field(default_factory=list)
    adopted: list[AdoptionFact] = field(default_factory=list)

    @property
    def unit_id(self) -> int:
        """Who filed it."""
        return self.credits[0].unit_id

    @property
    def filed_on(self) -> date:
        """The day of filing; without one, the first adoption tells."""
        return self.filed.date() if self.filed else min(self.days)

    def credits_on(self, day: date) -> tuple[CreditFact, ...]:
        """Whom an event of that day concerns: as the item was first adopted, or else as it was filed."""
        before = [(fact.date, fact.id, fact.credits) for fact in self.adopted if fact.date <= day]
        return min(before)[2] if before else self.credits


@dataclass(slots=True)
class LedgerFacts:
    """Everything a file tells, `unused` is what it tells in a way that cannot be used."""

    sheet: str
    units: tuple[UnitFact, ...] = ()
    filings: list[FilingFact] = field(default_factory=list)
    issues: list[IssueFact] = field(default_factory=list)
    adoptions: list[AdoptionFact] = field(default_factory=list)
    events: list[EventFact] = field(default_factory=list)
    adjustments: list[AdjustmentFact] = field(default_factory=list)
    authors: list[AuthorFact] = field(default_factory=list)
    targets: list[UnitTarget] = field(default_factory=list)
    unused: list[Unused] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)


def read_facts(file: IO[bytes], extension: str, scheme: Scheme) -> LedgerFacts:
    """Read a checked ledger file. The scheme only tells how it spells outlets and which level it gives them.

    Raises LedgerUnreadable when the file is no ledger.
    """
    ledger = read_ledger(file, extension, may_be_empty=True)
    others = read_sheets(file, extension)
    for row in others.get(sheets.OUTLETS, []):
        check_outlet(row)
    units = UnitBook(others.get(sheets.UNITS))
    facts = LedgerFacts(ledger.sheet, ignored=ledger.ignored)
    items = _read_entries(
        facts, ledger, units, OutletBook(scheme, others.get(sheets.OUTLETS, []), ledger.rows)
    )
    for name in (sheets.INSTRUCTIONS, sheets.COMMISSIONS, sheets.PENALTIES, sheets.FORWARDED, sheets.TASKS):
        for row in others.get(name, []):
            _read_event(facts, row, units, items)
    for row in others.get(sheets.ADJUSTMENTS, []):
        _read_adjustment(facts, row, units)
    facts.targets = [
        UnitTarget(row.text("unit"), row.value, row.metric, row.window)
        for row in others.get(sheets.UNITS, [])
        if row.value is not None and not row.problems
    ]
    facts.units = units.all
    facts.unused += [lost for name in others for row in others[name] for lost in _lost(name, row.number, row)]
    return facts


class _Items:
    """Items: rows of one title and filing unit are one, unless they name different days of filing."""

    def __init__(self) -> None:
        self.all: list[Item] = []
        self._of: defaultdict[tuple[str, int], list[Item]] = defaultdict(list)

    def take(self, row: LedgerRow, credited: tuple[CreditFact, ...]) -> Item | None:
        """The row's item; None, with the row refused, when it is not clear which."""
        same = self._of[row.title, credited[0].unit_id]
        if row.filed:
            same = [item for item in same if item.filed and item.filed.date() == row.filed.date()]
        if len(same) > 1:
            row.refuse("filed", _("There are several items of this title: write the day of filing."))
            return None
        if same:
            item = same[0]
        else:
            item = Item(len(self.all) + 1, row.title, credited, row.filed)
            self.all.append(item)
            self._of[row.title, credited[0].unit_id].append(item)
        item.authors = item.authors or row.authors
        item.genre = item.genre or genre_of(row.genre) or ""
        item.length = item.length or row.length
        item.days += [row.date] if row.date else []
        return item

    def find(self, row: Row, units: Sequence[UnitFact]) -> Item | None:
        """The item a row of another sheet names; None, with the row refused, when it is not clear which."""
        same = [item for item in self.all if key(item.title) == key(row.text("title"))]
        named = {unit.id for unit in units}
        same = [item for item in same if named <= {credit.unit_id for credit in item.credits}]
        if len(same) == 1:
            return same[0]
        row.refuse(
            "title",
            _("Several items bear this title: fill in the unit.")
            if same
            else _(
                "The ledger has no item of this title (of this unit): add a row for it, also if only filed."
            ),
        )
        return None


def _read_entries(facts: LedgerFacts, ledger: Ledger, units: UnitBook, outlets: OutletBook) -> _Items:
    items, seen = _Items(), dict[tuple[int, str, str, date | None], int]()
    credits_of: dict[int, tuple[CreditFact, ...]] = {}
    places: dict[int, tuple[str, str, str]] = {}
    for row in ledger.rows:
        harmless = {row.cells[name] for name in NOT_COUNTED if name in row.cells}
        row.problems = [problem for problem in row.problems if problem.cell not in harmless]
        if row.unit:
            credits_of[row.number] = _credits(row, units.find(row, row.unit))
        if row.outlet:
            places[row.number] = outlets.find(row)
        if row.genre and genre_of(row.genre) is None:
            known = "、".join(str(genre.label) for genre in Genre)
            reason = _("“%(text)s” is not understood here: write one of %(known)s.")
            row.refuse("genre", reason % {"text": row.genre, "known": known})
    found: dict[int, Item] = {}
    # Rows that name the day of filing first: they tell items apart, the others join them.
    for row in sorted(ledger.rows, key=lambda row: row.filed is None):
        if not row.problems and (item := items.take(row, credits_of[row.number])):
            found[row.number] = item
    for row in ledger.rows:
        if mine := found.get(row.number):
            place = places.get(row.number, ("", "", ""))
            fact = (mine.id, *place[:2], row.date)
            if fact in seen:
                row.refuse("title", _("The same as row %(row)d of this file.") % {"row": seen[fact]})
            elif row.outlet and row.date:
                mine.adopted.append(_adoption(row, mine, place, credits_of[row.number]))
            seen.setdefault(fact, row.number)
        facts.unused += _lost(ledger.sheet, row.number, row, row.title)
    for item in items.all:
        filed = item.filed_on
        facts.filings.append(FilingFact(item.id, item.unit_id, filed, item.title, item.genre, item.length))
        facts.issues.append(IssueFact(item.id, item.unit_id, filed))
        facts.adoptions += item.adopted
        facts.authors += [AuthorFact(item.id, f"{item.unit_id}:{name}", name) for name in item.authors]
    return items


def _adoption(
    row: LedgerRow, item: Item, place: tuple[str, str, str], credited: tuple[CreditFact, ...]
) -> AdoptionFact:
    assert row.date is not None
    name, level, carrier = place
    return AdoptionFact(
        id=row.number,
        item_id=item.id,
        item_title=item.title,
        outlet_name=name,
        level=level,
        carrier=carrier,
        mode=row.mode,
        date=row.date,
        credits=credited,
        genre=genre_of(row.genre) or item.genre,
        position=row.position or "",
        length=row.length or item.length,
    )


def _credits(row: LedgerRow, units: Sequence[UnitFact]) -> tuple[CreditFact, ...]:
    """The units of the row with their shares, equal ones unless the row tells them."""
    if row.shares and units and len(row.shares) != len(units):
        row.refuse("shares", _("There must be one share for each unit, in the same order."))
        return ()
    shares = row.shares or (1,) * len(units)
    return tuple(CreditFact(unit.id, share) for unit, share in zip(units, shares, strict=False))


def _read_event(facts: LedgerFacts, row: Row, units: UnitBook, items: _Items) -> None:
    """An event of an item concerns its units, one without an item those that are named."""
    named = units.find(row, row.text("unit")) if row.text("unit") else []
    item = items.find(row, named) if row.text("title") else None
    if not row.text("title") and row.kind in NEEDS_ITEM:
        row.refuse("title", _("An untrue report takes an item's points away: fill in its title."))
    elif not row.text("title") and not row.text("unit"):
        row.refuse("unit", _("Fill in the unit, or the title of an item of the ledger."))
    if row.problems or row.date is None or row.kind is None:
        return
    facts.events.append(
        EventFact(
            id=len(facts.events) + 1,
            kind=row.kind,
            date=row.date,
            credits=item.credits_on(row.date) if item else tuple(CreditFact(unit.id) for unit in named),
            item_id=item.id if item else None,
            item_title=item.title if item else "",
            level=row.level or "",
            genre=item.genre if item else "",
            count=row.count,
        )
    )


def _read_adjustment(facts: LedgerFacts, row: Row, units: UnitBook) -> None:
    found = units.find(row, row.text("unit")) if row.text("unit") else []
    if len(found) > 1:
        row.refuse("unit", _("An adjustment concerns one unit: write a row for each."))
    if row.problems or row.date is None or row.value is None:
        return
    facts.adjustments.append(
        AdjustmentFact(len(facts.adjustments) + 1, found[0].id, row.date, row.value, row.text("reason"))
    )


def _lost(sheet: str, number: int, row: LedgerRow | Row, title: str = "") -> Iterable[Unused]:
    problems: list[Problem] = row.problems
    return [Unused(sheet, number, problem.cell, problem.reason, title) for problem in problems]
