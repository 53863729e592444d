"""Items of a ledger: rows that belong together, and rows of other sheets that name one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from operator import attrgetter

from django.utils.translation import gettext as _

from adoptions.ledger.meaning import ItemRows, day_of
from adoptions.ledger.rows import LedgerRow
from kit.spelling import key
from scoring.figures.facts import AdoptionFact, CreditFact, UnitFact
from stats.trials.ledgers.sheets import Row


@dataclass(slots=True, eq=False)
class Item:
    """Rows of one title and unit, and of one day of filing where rows name it; the units share it."""

    id: int
    title: str
    unit_id: int
    filed: datetime | None = None
    told: ItemRows = field(default_factory=ItemRows)
    credited: list[tuple[date, tuple[CreditFact, ...]]] = field(default_factory=list)
    adopted: list[AdoptionFact] = field(default_factory=list)

    @property
    def credits(self) -> tuple[CreditFact, ...]:
        """The units that its earliest row names."""
        return min(self.credited)[1]

    @property
    def filed_on(self) -> date:
        """The day of filing; without one, the first adoption tells."""
        return self.filed.date() if self.filed else self.told.first_adopted

    def credits_on(self, day: date) -> tuple[CreditFact, ...]:
        """Whom an event of that day concerns: as the item was first adopted, or else as it was filed."""
        before = [fact for fact in self.adopted if fact.date <= day]
        return min(before, key=attrgetter("precedence")).credits if before else self.credits


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
            item = Item(len(self.all) + 1, row.title, credited[0].unit_id, row.filed)
            self.all.append(item)
            self._of[row.title, credited[0].unit_id].append(item)
        item.told.rows.append(row)
        item.credited.append((day_of(row), credited))
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
