"""The list of meetings that were held; those to come stand above it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.listing import Asked, ListPage, searched
from accounts.models import User
from kit.columns import Column, Kind
from reviews.enums import MeetingKind
from reviews.meetings.reader import meeting_reader, waiting_for
from reviews.meetings.rules import LEVEL_OF, may_arrange
from reviews.models import Meeting
from reviews.querysets import inbox


def meeting_columns(_today: date) -> list[Column]:
    """Of meetings, each with `items`, the number of items on its agenda."""
    return [
        Column(
            "held_at",
            _("Time"),
            17,
            order=["held_at"],
            fixed=True,
            kind=Kind.MOMENT,
            link="reviews:meeting-detail",
        ),
        Column("kind", _("Meeting"), 16, "get_kind_display", order=["kind"], shown=True),
        Column("place", _("Place"), 24, shown=True, nowrap=False),
        Column("chair", _("Chaired by"), 12, shown=True),
        Column("recorder", _("Recorded by"), 12),
        Column("items", _("Items"), 8, shown=True, kind=Kind.COUNT),
        Column("concluded_at", _("Concluded at"), 17, kind=Kind.MOMENT),
    ]


def _of_office(reader: User) -> QuerySet[Meeting]:
    meetings = Meeting.objects.filter(office=reader.office).select_related("chair", "recorder")
    return meetings.annotate(items=Count("agenda"))


def _held(request: HttpRequest) -> Asked:
    """The meetings of the office that are concluded."""
    reader = meeting_reader(request)
    held = _of_office(reader).filter(concluded_at__isnull=False)
    where = ("place", "chair__display_name")
    return searched(
        request, reader, held, *where, label=_("Place or chair"), choices=["kind"], day="held_at__date"
    )


def _beside(_request: HttpRequest, asked: Asked, _rows: Sequence[Meeting]) -> dict[str, Any]:
    """The meetings to come, and what waits for one and is on no agenda."""
    reader = asked.reader
    return {
        "coming": _of_office(reader).filter(concluded_at=None).order_by("held_at", "pk"),
        "waiting": [(MeetingKind(kind), waiting_for(kind, reader).count()) for kind in LEVEL_OF],
        "may_arrange": may_arrange(reader),
        "waiting_count": inbox(reader).count(),
    }


MEETINGS = ListPage(
    noun="meeting",
    template="reviews/meetings/list.html",
    title=gettext_lazy("Meetings"),
    ask=_held,
    columns=meeting_columns,
    order="-held_at",
    more=_beside,
)
