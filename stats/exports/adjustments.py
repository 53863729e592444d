"""The columns of the list of adjustments of points, and the list as an Excel workbook."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from io import BytesIO

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kit.lists import Column, list_workbook
from stats.models import Adjustment


def adjustment_columns() -> list[Column[Adjustment]]:
    """Every column of the list of adjustments, fetched with its unit and people."""
    return [
        Column(
            "unit",
            _("Unit"),
            22,
            lambda one: one.unit.name,
            order="unit",
            shown=True,
            fixed=True,
            nowrap=False,
        ),
        Column("date", _("Counts on"), 13, lambda one: one.date, order="date", descending=True, shown=True),
        Column(
            "points",
            _("Points"),
            10,
            lambda one: one.points,
            order="points",
            descending=True,
            shown=True,
            numeric=True,
        ),
        Column("reason", _("Reason"), 36, lambda one: one.reason, shown=True, nowrap=False),
        Column("evidence", _("Basis"), 40, lambda one: one.evidence, nowrap=False),
        Column("status", _("Status"), 10, lambda one: one.get_status_display(), order="status", shown=True),
        Column("proposed_by", _("Proposed by"), 12, lambda one: one.proposed_by.display_name, shown=True),
        Column(
            "decided_by",
            _("Decided by"),
            12,
            lambda one: one.decided_by.display_name if one.decided_by else "",
            shown=True,
        ),
        Column("remark", _("Remark"), 24, lambda one: one.remark, nowrap=False),
    ]


def adjustment_workbook(
    adjustments: Iterable[Adjustment], count: int, today: date, columns: Sequence[Column[Adjustment]]
) -> BytesIO:
    """The list as it is on screen, of all pages."""
    heading = _("Adjustments of points (%(day)s, %(count)s in all)") % {
        "day": date_format(today, "Y年n月j日"),
        "count": count,
    }
    return list_workbook(
        sheet_name=_("Adjustments of points"),
        heading=heading,
        number=_("No."),
        columns=columns,
        rows=adjustments,
    )
