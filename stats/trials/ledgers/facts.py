"""From a ledger file to the facts that counting takes. Exact or not at all: nothing is guessed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import IO

from django.utils.translation import gettext as _

from accounts.enums import UnitKind
from adoptions.ledger.meaning import fullest, genre_for, shares_for
from adoptions.ledger.reader import Ledger, read_ledger
from adoptions.ledger.rows import LedgerRow
from adoptions.ledger.tables import NOTHING_TOLD, Problem, Told
from adoptions.ledger.words import genre_of
from scoring.figures.facts import (
    AdjustmentFact,
    AdoptionFact,
    AuthorFact,
    CreditFact,
    EventFact,
    FilingFact,
    IssueFact,
    UnitFact,
)
from scoring.schemes.names import Names, Register
from scoring.schemes.scheme import Scheme
from scoring.schemes.words import Happening, Metric, Window
from stats.facts.namesakes import Namesakes, units_of_item
from stats.trials.ledgers import words
from stats.trials.ledgers.books import OutletBook, UnitBook, check_outlet
from stats.trials.ledgers.items import Item, Items
from stats.trials.ledgers.sheets import Row, read_sheets
from submissions.people import name_and_unit

#: Without an item there is nothing that an untrue report could take away.
NEEDS_ITEM = frozenset({Happening.UNTRUE})
#: Columns that a figure may depend on, or never does: those the scheme does not look at spoil no row.
OPTIONAL = frozenset({"carrier", "mode", "position", "length", "genre", "link", "note", "page", "authors"})


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


@dataclass(slots=True)
class LedgerFacts:
    """Everything a file tells, `unused` is what it tells in a way that cannot be used."""

    sheet: str
    units: tuple[UnitFact, ...] = ()
    lists_units: bool = False
    aliases: Mapping[str, str] = field(default_factory=dict)
    filings: list[FilingFact] = field(default_factory=list)
    issues: list[IssueFact] = field(default_factory=list)
    adoptions: list[AdoptionFact] = field(default_factory=list)
    events: list[EventFact] = field(default_factory=list)
    adjustments: list[AdjustmentFact] = field(default_factory=list)
    authors: list[AuthorFact] = field(default_factory=list)
    targets: list[UnitTarget] = field(default_factory=list)
    unused: list[Unused] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)


def read_facts(file: IO[bytes], extension: str, scheme: Scheme, told: Told = NOTHING_TOLD) -> LedgerFacts:
    """Read a checked ledger file. The scheme only tells how it spells outlets and which level it gives them.

    Raises LedgerUnreadable when the file is no ledger.
    """
    ledger = read_ledger(file, extension, told=told, may_be_empty=True)
    others = read_sheets(file, extension, told)
    for row in others.get(words.OUTLETS, []):
        check_outlet(row)
    named = [row.unit for row in ledger.rows]
    named += [row.text("unit") for name in others for row in others[name]]
    units = UnitBook(others.get(words.UNITS), named)
    facts = LedgerFacts(ledger.sheet, ignored=ledger.ignored)
    outlets = OutletBook(scheme, others.get(words.OUTLETS, []), ledger.entries)
    items = _read_entries(facts, ledger, units, outlets)
    for name in (words.INSTRUCTIONS, words.COMMISSIONS, words.PENALTIES, words.FORWARDED, words.TASKS):
        for row in others.get(name, []):
            _read_event(facts, row, units, items)
    for row in others.get(words.ADJUSTMENTS, []):
        _read_adjustment(facts, row, units)
    facts.targets = [
        UnitTarget(row.text("unit"), row.value, row.metric, row.window)
        for row in others.get(words.UNITS, [])
        if row.value is not None and not row.problems
    ]
    facts.units, facts.lists_units, facts.aliases = units.all, words.UNITS in others, units.aliases
    facts.unused += [lost for name in others for row in others[name] for lost in _lost(name, row.number, row)]
    return facts


def names_in(facts: LedgerFacts) -> Names:
    """The ledger's units and their groups, besides the kinds of units.

    Only of a ledger that lists its units they are all. Outlets are those of that time, never all.
    """
    return Names(
        groups=Register(frozenset([*UnitKind, *(unit.group for unit in facts.units)])),
        units=Register(
            frozenset(name for unit in facts.units for name in (unit.name, unit.code)), aliases=facts.aliases
        ),
    )


def _read_entries(facts: LedgerFacts, ledger: Ledger, units: UnitBook, outlets: OutletBook) -> Items:
    items = Items()
    credits_of: dict[int, tuple[CreditFact, ...]] = {}
    places: dict[int, tuple[str, str, str]] = {}
    for row in ledger.entries:
        genre_for(row)
        _forgive(row, OPTIONAL - outlets.needed)
        if row.unit:
            credits_of[row.number] = _credits(row, units.find(row, row.unit))
        if row.outlet:
            places[row.number] = outlets.find(row)
    found: dict[int, Item] = {}
    # Rows that name the day of filing first: they tell items apart, the others join them.
    for row in sorted(ledger.entries, key=lambda row: row.filed is None):
        if not row.problems and (item := items.take(row, credits_of[row.number])):
            found[row.number] = item
    told = [row for row in ledger.entries if row.number in found]
    fact_of = {
        row.number: (found[row.number].id, *places.get(row.number, ("", ""))[:2], row.date) for row in told
    }
    best = fullest((fact_of[row.number], row) for row in told)
    for row in told:
        same = best[fact_of[row.number]]
        if same is not row:
            row.refuse("title", _("The same as row %(row)d of this file.") % {"row": same.number})
        elif row.outlet and row.date:
            mine = found[row.number]
            mine.adopted.append(_adoption(row, mine, places[row.number], credits_of[row.number]))
    for row in ledger.rows:
        if row.skipped:
            row.refuse("title", row.skipped)
        facts.unused += _lost(ledger.sheet, row.number, row, row.title)
    for item in items.all:
        filed, told_of = item.filed_on, item.told
        facts.filings.append(
            FilingFact(item.id, item.unit_id, filed, item.title, told_of.genre or "", told_of.length)
        )
        facts.issues.append(IssueFact(item.id, item.unit_id, filed))
        facts.adoptions += item.adopted
    facts.authors = list(_authors(items, units))
    return items


def _authors(items: Items, units: UnitBook) -> Iterator[AuthorFact]:
    """Nobody has an account: the key is the unit that the name belongs to, before the name."""
    signed = []
    for item in items.all:
        shared = units_of_item(item.unit_id, [unit for fact in item.adopted for unit in fact.parts])
        for typed in item.told.authors:
            name, stated = name_and_unit(typed)
            unit = units.named(stated or "")
            signed.append((item.id, name if unit else typed, unit.id if unit else None, shared))
    namesakes = Namesakes((name, units_of) for _, name, home, units_of in signed if not home)
    for item_id, name, home, units_of in signed:
        yield AuthorFact(item_id, f"{home or namesakes.unit_of(name, units_of)}:{name}", name)


def _forgive(row: LedgerRow, columns: Iterable[str]) -> None:
    """Drop the problems of columns that nobody looks at."""
    harmless = {row.cells[name] for name in columns if name in row.cells}
    row.problems = [problem for problem in row.problems if problem.cell not in harmless]


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
        genre=genre_of(row.genre) or "",
        position=row.position or "",
        length=row.length,
    )


def _credits(row: LedgerRow, units: Sequence[UnitFact]) -> tuple[CreditFact, ...]:
    """The units of the row with their shares, equal ones unless the row tells them."""
    shares = shares_for(row, len(units))
    return tuple(CreditFact(unit.id, share) for unit, share in zip(units, shares, strict=False))


def _read_event(facts: LedgerFacts, row: Row, units: UnitBook, items: Items) -> None:
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
            genre=(item.told.genre or "") if item else "",
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
