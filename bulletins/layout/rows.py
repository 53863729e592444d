"""Rows that a workbook draws from a bulletin: counts with their points, the matrix, late entries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.enums import UnitKind
from bulletins.columns import PAIRED, Pair, matrix_columns
from bulletins.document.document import BulletinDocument, Matrix
from bulletins.document.rows import LateRow
from kit.columns import Column, leaves
from scoring.wording import group_label
from stats.columns import FIGURES
from stats.reports import FigureGroup

#: Units side by side on one sheet; more would print too small to read.
UNITS_ACROSS: Final = 24

CHANGES: Final[Mapping[str, Promise]] = {
    "added": gettext_lazy("Entered late"),
    "changed": gettext_lazy("Corrected"),
    "removed": gettext_lazy("Revoked"),
}


@dataclass(frozen=True, slots=True)
class LateLine:
    """A line of an earlier issued period as the list of late entries prints it."""

    position: int
    unit: str
    change: str
    issue: str
    item_title: str
    outlet: str
    date: date
    points: Decimal
    remark: str

    @classmethod
    def of(cls, position: int, row: LateRow) -> LateLine:
        issue = {"period": row.period.label, "year": row.year, "number": row.number}
        return cls(
            position=position,
            unit=row.line.unit,
            change=str(CHANGES.get(row.change, row.change)),
            issue=_("%(period)s (No. %(number)s of %(year)s)") % issue,
            item_title=row.line.item_title,
            outlet=row.line.outlet,
            date=row.line.date,
            points=row.points,
            remark=row.line.remark,
        )


@dataclass(frozen=True, slots=True)
class MatrixSheet:
    """A stretch of the matrix that fits on one page across: its columns, rows, totals and points."""

    columns: tuple[Column, ...]
    rows: Sequence[Mapping[str, Any]]
    total: Mapping[str, Any]
    points: Sequence[tuple[str, Decimal]]


def paired_keys(document: BulletinDocument) -> frozenset[str]:
    """The counts that have points of their own: adoptions, and filing where it earns any."""
    return PAIRED | {"filed"} if document.filing_points else PAIRED


def paired_rows(
    document: BulletinDocument, group: FigureGroup
) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """The rows and the total of a group, the counts under `paired_keys` as a `Pair`."""
    wanted = paired_keys(document)
    earned: defaultdict[tuple[int | None, str], Decimal] = defaultdict(Decimal)
    for line in document.adoptions:
        earned[line.unit_id, line.level] += line.points
        earned[line.unit_id, "adopted"] += line.points
    for line in document.other_lines:
        if line.kind == "filing":
            earned[line.unit_id, "filed"] += line.points
    keys = [column.key for column in leaves(FIGURES)]
    rows = [
        {
            key: Pair(getattr(row, key), earned[row.unit_id, key]) if key in wanted else getattr(row, key)
            for key in keys
        }
        for row in group.rows
    ]
    total = {key: getattr(group.total, key) for key in keys}
    for key in wanted:
        points = sum((row[key].points for row in rows), Decimal(0))
        total[key] = Pair(total[key], points)
    return rows, total


def matrix_sheets(document: BulletinDocument) -> list[MatrixSheet]:
    """The matrix of outlets and units, cut into stretches of units where they are many.

    The office itself is left out unless it has adoptions: it need not file.
    """
    matrix = document.matrix()
    shown: list[tuple[str, int, str]] = []
    for group in document.groups:
        for row in group.rows:
            assert row.unit_id is not None
            if group.kind != UnitKind.OFFICE or row.adopted:
                shown.append((group_label(group.kind), row.unit_id, row.name))
    stretches = [shown[at : at + UNITS_ACROSS] for at in range(0, len(shown), UNITS_ACROSS)]
    return [_stretch(matrix, stretch) for stretch in stretches]


def _stretch(matrix: Matrix, units: Sequence[tuple[str, int, str]]) -> MatrixSheet:
    place = {unit_id: at for at, (unit_id, _name) in enumerate(matrix.units)}
    groups: dict[str, list[tuple[int, str]]] = {}
    for label, unit_id, name in units:
        groups.setdefault(label, []).append((unit_id, name))
    wanted = {str(unit_id): place[unit_id] for _label, unit_id, _name in units}
    rows = [
        {
            "position": position,
            "outlet": row.outlet,
            "level": row.level,
            "total": row.total(wanted.values()),
            **{key: row.total([at]) for key, at in wanted.items()},
        }
        for position, row in enumerate(matrix.rows, start=1)
    ]
    return MatrixSheet(
        columns=matrix_columns(list(groups.items())),
        rows=rows,
        total={key: sum(row[key] for row in rows) for key in (*wanted, "total")},
        points=[
            *((key, matrix.points[at]) for key, at in wanted.items()),
            ("total", sum((matrix.points[at] for at in wanted.values()), Decimal(0))),
        ],
    )
