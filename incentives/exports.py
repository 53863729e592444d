"""The table of targets as a workbook."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from incentives.enums import Measure
from incentives.tables import TargetRow
from kit.columns import Column, Kind, over
from paper.tables import table_workbook


def target_workbook(title: str, office: str, rows: Sequence[TargetRow], now: datetime) -> bytes:
    """A row a unit; of every measure the target, what was reached, and how much of it that is."""
    columns = (
        Column("position", _("No."), 6, kind=Kind.RANK),
        Column("name", _("Unit"), 24),
        *(_of_measure(measure) for measure in Measure),
    )
    drawn = [_row(number, row) for number, row in enumerate(rows, 1)]
    return table_workbook(title, office, columns=columns, rows=drawn, now=now)


def _of_measure(measure: Measure) -> Column:
    kind = Kind.POINTS if measure == Measure.POINTS else Kind.COUNT
    return over(
        measure.label,
        Column(f"{measure}_target", _("Target"), 9, kind=kind),
        Column(f"{measure}_reached", _("Reached"), 9, kind=kind),
        Column(f"{measure}_rate", _("Completion"), 9, kind=Kind.RATE),
    )


def _row(number: int, row: TargetRow) -> dict[str, Any]:
    cells: dict[str, Any] = {"position": number, "name": row.name}
    for cell in row.cells:
        whole = cell.measure != Measure.POINTS
        target = int(cell.target) if cell.target is not None and whole else cell.target
        cells |= {
            f"{cell.measure}_target": target,
            f"{cell.measure}_reached": int(cell.reached) if whole else cell.reached,
            f"{cell.measure}_rate": cell.rate,
        }
    return cells
