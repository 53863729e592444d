"""Lists as they are seen, as workbooks: adjustments of points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from openpyxl import Workbook

from stats.columns import Column, Kind
from stats.exports.package import finish
from stats.exports.sheet import TITLE, Sheet
from stats.models import Adjustment
from stats.periods import ZONE

ADJUSTMENTS: Final = (
    Column(gettext_lazy("Unit"), "unit", Kind.TEXT, width=22),
    Column(gettext_lazy("Counts on"), "date", Kind.DATE, width=12),
    Column(gettext_lazy("Points"), "points", Kind.POINTS, width=10),
    Column(gettext_lazy("Reason"), "reason", Kind.TEXT, width=36),
    Column(gettext_lazy("Basis"), "evidence", Kind.TEXT, width=40),
    Column(gettext_lazy("Status"), "status", Kind.TEXT, width=10),
    Column(gettext_lazy("Proposed by"), "proposed_by", Kind.TEXT, width=12),
    Column(gettext_lazy("Decided by"), "decided_by", Kind.TEXT, width=12),
    Column(gettext_lazy("Remark"), "remark", Kind.TEXT, width=24),
)


@dataclass(frozen=True, slots=True)
class AdjustmentRow:
    """An adjustment in the words of the list."""

    unit: str
    date: date
    points: Decimal
    reason: str
    evidence: str
    status: str
    proposed_by: str
    decided_by: str | None
    remark: str

    @classmethod
    def of(cls, adjustment: Adjustment) -> AdjustmentRow:
        return cls(
            unit=adjustment.unit.name,
            date=adjustment.date,
            points=adjustment.points,
            reason=adjustment.reason,
            evidence=adjustment.evidence,
            status=adjustment.get_status_display(),
            proposed_by=adjustment.proposed_by.display_name,
            decided_by=adjustment.decided_by.display_name if adjustment.decided_by else None,
            remark=adjustment.remark,
        )


def adjustments_workbook(office: str, adjustments: Sequence[Adjustment], now: datetime) -> bytes:
    """The adjustments that the list shows, of all pages."""
    rows = [AdjustmentRow.of(adjustment) for adjustment in adjustments]
    return list_workbook(_("Adjustments of points"), office, columns=ADJUSTMENTS, rows=rows, now=now)


def list_workbook(
    title: str,
    office: str,
    *,
    columns: Sequence[Column],
    rows: Sequence[Any],
    total: Any | None = None,
    now: datetime,
) -> bytes:
    """One sheet: title, office, the rows of a list under the head of their column tree, and their total."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title[:31]
    drawn = Sheet(sheet, columns)
    drawn.banner(title, TITLE, height=36)
    moment = now.astimezone(ZONE)
    known = _("Facts known until %(moment)s") % {"moment": f"{moment:%Y-%m-%d %H:%M}"}
    drawn.pair(office, known, height=18)
    drawn.head()
    drawn.rows(rows, total, _("Total"))
    drawn.finish()
    return finish(book, now, {sheet.title: drawn.results})
