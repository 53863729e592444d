"""Bulletins of the time before the system: tables kept as they were printed, and what they add up to. Pure.

Every cell is the text that stands in the source; an empty text is an empty cell, which is not a 0. Nothing
is repaired: where a printed total differs from the sum of its column, both are shown with the difference.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Any, Self

from bulletins.historic.cells import (
    ADOPTED_BY,
    RANKS,
    RATES,
    TOTALS,
    Measure,
    measure_of,
    number,
    percent,
    plain,
)


class Layout(StrEnum):
    """Where the units stand."""

    UNITS_DOWN = "down"
    UNITS_ACROSS = "across"


@dataclass(frozen=True, slots=True)
class Total:
    """A total the bulletin's text states: of the column with this title, written as `printed`."""

    column: str
    printed: str


@dataclass(frozen=True, slots=True)
class ColumnSum:
    """What a column adds up to. `in_table` and `in_text` are the printed totals, None where there is none."""

    column: str
    recomputed: Decimal
    in_table: Decimal | None = None
    in_text: Decimal | None = None

    @property
    def differences(self) -> tuple[Decimal, ...]:
        """How much more the rows add up to than each printed total; empty when all agree."""
        printed = (total for total in (self.in_table, self.in_text) if total is not None)
        return tuple(self.recomputed - total for total in printed if total != self.recomputed)


@dataclass(frozen=True, slots=True)
class RowFault:
    """A total or a rate that was printed otherwise than its row has it; `sign` is "%" for rates."""

    name: str
    column: str
    recomputed: Decimal
    printed: Decimal
    sign: str = ""


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """A table of a bulletin as printed. `rows` have one cell for each of `columns`; the first text column
    names what a row is about."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    layout: Layout
    totals: tuple[Total, ...] = ()

    @property
    def named_at(self) -> int:
        """The column that names the rows: the first that is not a number or rank."""
        for place, column in enumerate(self.columns):
            if column not in RANKS and any(row[place] and number(row[place]) is None for row in self.rows):
                return place
        return 0

    def name_of(self, row: Sequence[str]) -> str:
        return row[self.named_at]

    @property
    def body(self) -> list[tuple[str, ...]]:
        """The rows that are added up: neither totals nor, under columns of units, points."""
        return [row for row in self.rows if not (self.is_total(row) or self.is_points(row))]

    def is_total(self, row: Sequence[str]) -> bool:
        return plain(self.name_of(row)) in TOTALS

    def is_points(self, row: Sequence[str]) -> bool:
        """The row of points below a matrix of outlets and units."""
        return self.layout is Layout.UNITS_ACROSS and measure_of(self.name_of(row)) is Measure.POINTS

    @property
    def unit_names(self) -> list[str]:
        """The units as they are called in the table, in its order."""
        if self.layout is Layout.UNITS_DOWN:
            return [self.name_of(row) for row in self.body]
        return [self.columns[place] for place in self._units_across()]

    def sums(self) -> list[ColumnSum]:
        """Every column of numbers, its sum, and the totals that were printed for it."""
        total_row = next((row for row in self.rows if self.is_total(row)), None)
        stated = {plain(total.column): number(total.printed) for total in self.totals}
        return [
            ColumnSum(
                column=self.columns[place],
                recomputed=self._sum(place),
                in_table=number(total_row[place]) if total_row else None,
                in_text=stated.get(plain(self.columns[place])),
            )
            for place in self._counted()
        ]

    def of_units(self) -> dict[str, dict[Measure, Decimal]]:
        """What the table says of each unit that this system counts too. Empty cells say nothing."""
        if self.layout is Layout.UNITS_DOWN:
            measured = self._measured()
            found = {
                self.name_of(row): {measure: _added(row, places) for measure, places in measured.items()}
                for row in self.body
            }
        else:
            points = next((row for row in self.rows if self.is_points(row)), None)
            found = {
                self.columns[place]: {
                    Measure.ADOPTED: self._sum(place),
                    Measure.POINTS: number(points[place]) if points else None,
                }
                for place in self._units_across()
            }
        return {
            name: {measure: value for measure, value in values.items() if value is not None}
            for name, values in found.items()
        }

    def row_faults(self) -> list[RowFault]:
        """Totals and rates that do not agree with their own row.

        What a printed total adds up is not stated: a column of that name is one where most rows bear it out
        for the columns of numbers before it.
        """
        return [*self._wrong_totals(), *self._wrong_rates()]

    def _wrong_totals(self) -> Iterator[RowFault]:
        counted = self._counted()
        since = 0
        for at, place in enumerate(counted):
            if plain(self.columns[place]) not in TOTALS:
                continue
            parts, since = (
                [part for part in counted[since:at] if measure_of(self.columns[part]) is None],
                at + 1,
            )
            rows = [(row, value) for row in self.rows if (value := number(row[place])) is not None]
            wrong = [
                RowFault(self.name_of(row), self.columns[place], added, printed)
                for row, printed in rows
                if (added := _added(row, parts) or Decimal(0)) != printed
            ]
            if len(parts) > 1 and len(wrong) * 2 < len(rows):
                yield from wrong

    def _wrong_rates(self) -> Iterator[RowFault]:
        measured = self._measured()
        if not {Measure.FILED, Measure.ADOPTED} <= measured.keys():
            return
        filed, adopted = measured[Measure.FILED], measured[Measure.ADOPTED]
        for place, title in enumerate(self.columns):
            for row in self.rows if plain(title) in RATES else ():
                printed, of = percent(row[place]), _added(row, filed)
                if printed is None or not of:
                    continue
                exact = (_added(row, adopted) or Decimal(0)) * 100 / of
                if exact.quantize(printed, ROUND_HALF_UP) != printed:
                    tenths = exact.quantize(Decimal("0.1"), ROUND_HALF_UP)
                    yield RowFault(self.name_of(row), title, tenths, printed, "%")

    def _measured(self) -> dict[Measure, list[int]]:
        """The columns of each figure; where no column says how much was adopted in all, its parts."""
        found: dict[Measure, list[int]] = {}
        for place, title in enumerate(self.columns):
            if measure := measure_of(title):
                found.setdefault(measure, [place])
        parts = [place for place, title in enumerate(self.columns) if ADOPTED_BY.fullmatch(plain(title))]
        return {Measure.ADOPTED: parts, **found} if parts else found

    def unknown_totals(self) -> list[str]:
        """Columns of stated totals that the table does not have, or that hold no numbers."""
        known = {plain(self.columns[place]) for place in self._counted()}
        return [total.column for total in self.totals if plain(total.column) not in known]

    def to_json(self) -> dict[str, Any]:
        return {
            "columns": list(self.columns),
            "rows": [list(row) for row in self.rows],
            "layout": self.layout.value,
            "totals": [[total.column, total.printed] for total in self.totals],
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        return cls(
            columns=tuple(data["columns"]),
            rows=tuple(tuple(row) for row in data["rows"]),
            layout=Layout(data["layout"]),
            totals=tuple(Total(column, printed) for column, printed in data["totals"]),
        )

    def _units_across(self) -> list[int]:
        """The columns of units; one of totals is none."""
        return [place for place in self._counted() if plain(self.columns[place]) not in TOTALS]

    def _sum(self, place: int) -> Decimal:
        return sum((number(row[place]) or Decimal(0) for row in self.body), Decimal(0))

    def _counted(self) -> list[int]:
        """Columns in which every cell that is filled holds a number, except ranks and what names the rows.

        Under columns of units also those that are empty from top to bottom: such a unit had nothing.
        """
        counted = []
        for place, title in enumerate(self.columns):
            cells = [row[place] for row in self.body if row[place]]
            filled = bool(cells) or self.layout is Layout.UNITS_ACROSS
            is_number = all(number(cell) is not None for cell in cells)
            if place != self.named_at and title and plain(title) not in RANKS and filled and is_number:
                counted.append(place)
        return counted


@dataclass(frozen=True, slots=True)
class Comparison:
    """One figure of a unit: as printed, and as this system counts it today."""

    name: str
    measure: Measure
    printed: Decimal
    ours: Decimal

    @property
    def difference(self) -> Decimal:
        """What this system has more."""
        return self.ours - self.printed


def compare(
    table: PrintedTable, ours: Mapping[str, Mapping[Measure, Decimal]]
) -> tuple[list[Comparison], list[str]]:
    """Printed against our own figures, unit by unit, and the names that we do not know."""
    compared = [
        Comparison(name, measure, value, ours[name][measure])
        for name, values in table.of_units().items()
        if name in ours
        for measure, value in values.items()
    ]
    return compared, [name for name in table.unit_names if name not in ours]


def guess_layout(columns: Sequence[str], rows: Iterable[Sequence[str]], units: Collection[str]) -> Layout:
    """Across when more of the office's units head columns than rows; where none does, by the last row:
    a table that ends in points has its units across."""
    cells = [row for row in rows if any(row)]
    across = sum(1 for column in columns if column in units)
    down = sum(1 for row in cells if any(cell in units for cell in row[:2]))
    if across == down:
        last = next((cell for cell in cells[-1] if cell), "") if cells else ""
        return Layout.UNITS_ACROSS if measure_of(last) is Measure.POINTS else Layout.UNITS_DOWN
    return Layout.UNITS_ACROSS if across > down else Layout.UNITS_DOWN


def read_totals(text: str) -> tuple[Total, ...]:
    """Totals written one a line as "column=956". ValueError with the first line that is not."""
    totals = []
    for line in filter(None, (line.strip() for line in text.splitlines())):
        column, _sign, printed = unicodedata.normalize("NFKC", line).rpartition("=")
        if not column.strip() or number(printed) is None:
            raise ValueError(line)
        totals.append(Total(column.strip(), printed.strip()))
    return tuple(totals)


def _added(row: Sequence[str], places: Sequence[int]) -> Decimal | None:
    """What a row has in these columns together; None where all are empty."""
    found = [value for place in places if (value := number(row[place])) is not None]
    return sum(found, Decimal(0)) if found else None
