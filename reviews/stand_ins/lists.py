"""The list of who acts for whom."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.listing import Asked, ListPage, searched
from accounts.models import StandIn
from accounts.reader import reader_of
from accounts.rules import may_end_stand_in, may_keep_stand_ins
from kit.columns import Column, Kind
from kit.states import State


def stand_in_columns(_today: date) -> list[Column]:
    """Of stand-ins fetched with both people and their units."""
    return [
        Column("absent", _("Person away"), 12, fixed=True),
        Column("unit", _("Unit of the person away"), 20, "absent.unit.name", nowrap=False),
        Column("stand_in", _("Stand-in"), 12, shown=True),
        Column("stand_ins_unit", _("Unit of the stand-in"), 20, "stand_in.unit.name", nowrap=False),
        Column("since", _("From"), 17, order=["since"], descending=True, shown=True, kind=Kind.MOMENT),
        Column("until", _("Until"), 17, order=["until"], descending=True, shown=True, kind=Kind.MOMENT),
        Column("reason", _("Reason"), 24, shown=True, nowrap=False),
        Column("state", _("State"), 12, _state, shown=True),
    ]


def _state(entry: StandIn) -> State:
    now = timezone.now()
    if entry.since == entry.until:
        return State(_("did not begin"), "neutral")
    if entry.until <= now:
        return State(_("over"), "neutral")
    return State(_("acting now"), "done") if entry.since <= now else State(_("to come"), "waiting")


def _stand_ins(request: HttpRequest) -> Asked:
    """Those one has named or acts as; all of the office for its administrator."""
    reader = reader_of(request)
    entries = StandIn.objects.visible_to(reader).select_related("absent__unit", "stand_in__unit")
    names = ("absent__display_name", "stand_in__display_name", "reason")
    return searched(request, reader, entries, *names, label=_("Name or reason"))


def _beside(_request: HttpRequest, asked: Asked, rows: Sequence[StandIn]) -> dict[str, Any]:
    now = timezone.now()
    running = {
        entry.pk for entry in rows if entry.until > now and may_end_stand_in(asked.reader, entry.absent)
    }
    return {"may_name": may_keep_stand_ins(asked.reader), "actions": bool(running), "may_end": running}


STAND_INS = ListPage(
    noun="stand-in",
    template="reviews/stand_ins/list.html",
    title=gettext_lazy("Stand-ins"),
    ask=_stand_ins,
    columns=stand_in_columns,
    order="-until",
    more=_beside,
)
