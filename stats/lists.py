"""The list of adjustments of points."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.listing import Asked, ListPage, searched, unit_column
from accounts.reader import reader_of
from kit.columns import Column, Kind
from stats.models import Adjustment
from stats.rules import may_propose_adjustment


def adjustment_columns(_today: date) -> list[Column]:
    """Every column of the list of adjustments, fetched with its unit and people."""
    return [
        unit_column(_("Unit"), 22, fixed=True, link="stats:adjustment-detail"),
        Column("date", _("Counts on"), 13, order=["date"], descending=True, shown=True),
        Column(
            "points",
            _("Points"),
            10,
            order=["points"],
            descending=True,
            shown=True,
            kind=Kind.POINTS,
        ),
        Column("reason", _("Reason"), 36, shown=True, nowrap=False),
        Column("evidence", _("Basis"), 40, nowrap=False),
        Column("status", _("Status"), 10, "state", order=["status"], shown=True),
        Column("proposed_by", _("Proposed by"), 12, "proposed_by.display_name", shown=True),
        Column("decided_by", _("Decided by"), 12, "decided_by.display_name", shown=True),
        Column("remark", _("Remark"), 24, nowrap=False),
    ]


def _adjustments(request: HttpRequest) -> Asked:
    """Adjustments that the person may see, as far as they were asked for."""
    reader = reader_of(request)
    found = Adjustment.objects.visible_to(reader).select_related("unit", "proposed_by", "decided_by")
    label = _("Words in unit, reason or basis")
    words = ("unit__name", "reason", "evidence")
    return searched(request, reader, found, *words, label=label, choices=["status"], day="date")


def _beside(_request: HttpRequest, asked: Asked, _rows: Sequence[Adjustment]) -> dict[str, Any]:
    return {"may_propose": may_propose_adjustment(asked.reader)}


ADJUSTMENTS = ListPage(
    noun="adjustment",
    template="stats/adjustments/list.html",
    title=gettext_lazy("Adjustments of points"),
    ask=_adjustments,
    columns=adjustment_columns,
    order="-date",
    more=_beside,
)
