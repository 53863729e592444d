"""What the page and the command show of a historic bulletin beside its printed table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from accounts.models import Unit
from accounts.names import NameBook, bearings
from bulletins.historic.cells import Measure, number, percent
from bulletins.historic.files import ReadTable
from bulletins.historic.printed import (
    ColumnSum,
    Comparison,
    PrintedTable,
    RowFault,
    compare,
    guess_layout,
)
from bulletins.models import HistoricBulletin
from kit.numbers import points_text, signed_or_zero
from stats import tallies
from stats.models import Tally


@dataclass(frozen=True, slots=True)
class PrintedCell:
    """A cell of the printed table; an empty one stays empty."""

    text: str
    numeric: bool
    heads_row: bool


@dataclass(frozen=True, slots=True)
class SumLine:
    """A column's sum beside the totals that were printed, in words; `differs` when they do not agree."""

    column: str
    recomputed: str
    in_table: str
    in_text: str
    difference: str
    differs: bool


@dataclass(frozen=True, slots=True)
class OwnLine:
    """A unit's printed figure beside the one counted by this system."""

    name: str
    measure: str
    printed: str
    ours: str
    difference: str
    differs: bool


@dataclass(frozen=True, slots=True)
class HistoricPage:
    """The printed table, what it adds up to, and how it compares with the facts in the system.

    `ours` is empty when the system counted nothing in the period; `unknown` are names of units that the
    office does not have.
    """

    table: PrintedTable
    head: Sequence[PrintedCell]
    rows: Sequence[Sequence[PrintedCell]]
    sums: Sequence[SumLine]
    shows_totals: bool
    faults: Sequence[str]
    ours: Sequence[OwnLine]
    unknown: Sequence[str]

    @property
    def differing(self) -> Sequence[SumLine]:
        return [line for line in self.sums if line.differs]


def historic_page(bulletin: HistoricBulletin) -> HistoricPage:
    """Everything the page shows; the number of queries does not depend on the size of the table."""
    table = bulletin.content
    sums = [_sum_line(column) for column in table.sums()]
    own = own_figures(bulletin)
    compared, unknown = compare(table, own or {})
    return HistoricPage(
        table=table,
        head=[
            PrintedCell(title, place != table.named_at, place == table.named_at)
            for place, title in enumerate(table.columns)
        ],
        rows=[_cells(table, row) for row in table.rows],
        sums=sums,
        shows_totals=any(line.in_table or line.in_text for line in sums),
        faults=[fault_text(fault) for fault in table.row_faults()],
        ours=[_own_line(line) for line in compared],
        unknown=[] if own is None else unknown,
    )


def own_figures(bulletin: HistoricBulletin) -> Mapping[str, Mapping[Measure, Decimal]] | None:
    """What this system counted in the months of the bulletin, by the names in its table.

    A unit may stand there under any name that it had then or has today; a name that may be several units'
    is nobody's. None where it counted nothing, and for periods that are not whole months.
    """
    period, office = bulletin.period, bulletin.office
    if not period.whole_months or not Tally.objects.of_office(office).within(period).exists():
        return None
    counted = {count.unit.id: count for count in tallies.load(office, period).counts(period)}
    book = NameBook(Unit.objects.filter(pk__in=counted).prefetch_related("aliases"))
    figures: dict[str, Mapping[Measure, Decimal]] = {}
    for name in bulletin.content.unit_names:
        bearers = book.borne_within(name, period.start, period.last_day)
        if len(bearers) == 1:
            count = counted[bearers[0].pk]
            figures[name] = {
                Measure.FILED: Decimal(count.filed),
                Measure.ADOPTED: Decimal(count.adopted_total),
                Measure.POINTS: count.points,
            }
    return figures


def printed_table(read: ReadTable, office: Unit, layout: str = "") -> PrintedTable:
    """The table that was read; where the units stand is told by `layout` or found by the office's units."""
    units = Unit.objects.filter(office=office).prefetch_related("aliases")
    names = {borne.name for unit in units for borne in bearings(unit)}
    found = guess_layout(read.columns, read.rows, names)
    return PrintedTable(read.columns, read.rows, type(found)(layout) if layout else found)


def sum_text(line: SumLine) -> str:
    """One line of the sums for the command."""
    parts = [_("%(column)s: adds up to %(sum)s") % {"column": line.column, "sum": line.recomputed}]
    if line.in_table:
        parts.append(_("printed in the table %(printed)s") % {"printed": line.in_table})
    if line.in_text:
        parts.append(_("printed in the text %(printed)s") % {"printed": line.in_text})
    if line.differs:
        parts.append(_("difference %(difference)s") % {"difference": line.difference})
    return "，".join(parts)


def fault_text(fault: RowFault) -> str:
    """A total or rate of a row that does not agree with the row."""
    return _("%(name)s, %(column)s: the row comes to %(recomputed)s, %(printed)s is printed") % {
        "name": fault.name,
        "column": fault.column,
        "recomputed": points_text(fault.recomputed) + fault.sign,
        "printed": points_text(fault.printed) + fault.sign,
    }


def _cells(table: PrintedTable, row: Sequence[str]) -> list[PrintedCell]:
    return [
        PrintedCell(text, _is_figure(text) and place != table.named_at, place == table.named_at)
        for place, text in enumerate(row)
    ]


def _is_figure(text: str) -> bool:
    return number(text) is not None or percent(text) is not None


def _sum_line(column: ColumnSum) -> SumLine:
    return SumLine(
        column=column.column,
        recomputed=points_text(column.recomputed),
        in_table="" if column.in_table is None else points_text(column.in_table),
        in_text="" if column.in_text is None else points_text(column.in_text),
        difference="、".join(signed_or_zero(difference) for difference in column.differences),
        differs=bool(column.differences),
    )


def _own_line(line: Comparison) -> OwnLine:
    return OwnLine(
        name=line.name,
        measure=_measure(line.measure),
        printed=points_text(line.printed),
        ours=points_text(line.ours),
        difference=signed_or_zero(line.difference),
        differs=bool(line.difference),
    )


def _measure(measure: Measure) -> str:
    return {
        Measure.FILED: _("Filed"),
        Measure.ADOPTED: _("Adopted"),
        Measure.POINTS: _("Points"),
    }[measure]
