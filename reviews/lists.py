"""The list of what a reviewer has decided."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.listing import Asked, ListPage, unit_column
from kit.columns import Column, Kind
from kit.paging import SHORT
from reviews.filters import HistoryFilter
from reviews.models import Decision
from reviews.querysets import inbox
from reviews.reader import reviewer
from reviews.undoing.rules import undoable
from reviews.wording import level_name
from submissions.wording import status_in_words


def decision_columns(today: date) -> list[Column]:
    """Every column there is, of decisions as `DecisionQuerySet.newest_first` fetches them."""
    return [
        Column(
            "title",
            _("Title"),
            42,
            lambda one: one.version.content["title"],
            order=["item__filed_title"],
            fixed=True,
            nowrap=False,
        ),
        Column("number", _("Item number"), 18, "item.number", order=["item__number"], shown=True),
        Column("version", _("Version"), 6, "version.number", kind=Kind.COUNT),
        unit_column(_("Filing unit"), 18, "item.unit"),
        Column("level", _("Level of review"), 14, lambda one: level_name(one.source)),
        Column("action", _("Decision"), 14, _action, order=["action"], shown=True),
        Column("comment", _("Comment"), 40, nowrap=False),
        Column("at", _("Time"), 17, order=["at"], descending=True, shown=True, kind=Kind.MOMENT),
        Column(
            "status",
            _("Status now"),
            20,
            lambda one: status_in_words(one.item, today),
            shown=True,
            nowrap=False,
        ),
    ]


def _decided(request: HttpRequest) -> Asked:
    """What this reviewer has decided (我已审核)."""
    reader, form = reviewer(request), HistoryFilter(request.GET or None)
    signed = Decision.objects.signed().filter(by=reader, item__office=reader.office)
    return Asked(reader, form.apply(signed, reader).newest_first(), form)


def _beside(_request: HttpRequest, asked: Asked, rows: Sequence[Decision]) -> dict[str, Any]:
    may_undo = undoable(rows, asked.reader, timezone.now())
    return {
        "undoable": may_undo,
        "actions": bool(may_undo),
        "waiting_count": inbox(asked.reader).count(),
    }


DECISIONS = ListPage(
    noun="decision",
    template="reviews/decision_list.html",
    title=gettext_lazy("My decisions"),
    ask=_decided,
    columns=decision_columns,
    order="-at",
    size=SHORT,
    more=_beside,
)


def _action(decision: Decision) -> str:
    """What was decided, and for whom."""
    done = str(decision.get_action_display())
    if decision.acting_for is None:
        return done
    return f"{done} {_('for %(name)s') % {'name': decision.acting_for.display_name}}"
