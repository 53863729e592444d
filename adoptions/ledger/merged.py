"""Merged cells: what stands in a cell that was merged downwards counts for every row it covers.

Cells merged sideways have no such plain meaning, and are named so that they can be refused.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from openpyxl.utils import get_column_letter, range_boundaries

from adoptions.ledger.workbook import Row, Sheet


@dataclass(slots=True)
class MergedCells:
    """Fills a value down a column that was merged over several rows, and names other merged cells.

    Rows must be asked for in order.
    """

    starts: dict[tuple[int, int], int] = field(default_factory=dict)
    wide: dict[int, list[tuple[int, str]]] = field(default_factory=dict)
    _filling: dict[int, tuple[int, Any, str]] = field(default_factory=dict)
    _wide_until: tuple[int, str] = (0, "")

    @classmethod
    def of(cls, sheet: Sheet) -> MergedCells:
        merged = cls()
        for reference in sheet.merged:
            # Never None: references without rows or columns are not merged cells.
            left, top, right, bottom = (edge or 0 for edge in range_boundaries(reference))
            if left == right:
                merged.starts[top, left - 1] = bottom
            else:
                merged.wide.setdefault(top, []).append((bottom, reference))
        return merged

    def bottom_of(self, number: int) -> int:
        """The last row that cells beginning in this row reach down to."""
        bottoms = [bottom for (top, _column), bottom in self.starts.items() if top == number]
        bottoms += [bottom for bottom, _reference in self.wide.get(number, [])]
        return max([number, *bottoms])

    def fill(self, number: int, row: Row) -> tuple[Row, dict[int, str], str]:
        """The row with values from above filled in, the cells they came from, a sideways merge or ""."""
        self._wide_until = max([self._wide_until, *self.wide.get(number, [])])
        cells, origins = list(row), {}
        for column, (bottom, value, origin) in list(self._filling.items()):
            if number > bottom:
                del self._filling[column]
                continue
            cells += [None] * (column + 1 - len(cells))
            cells[column] = value
            origins[column] = origin
        for column, value in enumerate(row):
            if last := self.starts.get((number, column)):
                self._filling[column] = (last, value, f"{get_column_letter(column + 1)}{number}")
        return tuple(cells), origins, self._wide_until[1] if number <= self._wide_until[0] else ""
