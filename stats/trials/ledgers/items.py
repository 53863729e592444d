"""Items of a ledger: rows that belong together, and rows of other sheets that name one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils.translation import gettext as _

from adoptions.ledger.rows import LedgerRow
from adoptions.ledger.words import genre_of, key
from scoring.figures.facts import AdoptionFact, CreditFact, UnitFact
from stats.trials.ledgers.sheets import Row


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


class Items:
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
