"""The lists of bulletins, of historic bulletins and of objections."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.listing import Asked, ListPage, searched, unit_column
from accounts.reader import reader_of
from bulletins.models import Bulletin, HistoricBulletin, Objection
from bulletins.rules import may_draft, may_enter_historic
from kit.columns import Column, Kind
from kit.paging import SHORT

#: Historic bulletins below the list of bulletins; the others have a list of their own.
NEWEST = 10


def bulletin_columns(_today: date) -> list[Column]:
    """Of bulletins without their documents."""
    return [
        Column(
            "title",
            _("Bulletin"),
            40,
            order=["last_day", "first_day"],
            descending=True,
            fixed=True,
            nowrap=False,
        ),
        Column("number", _("Issue number"), 16, _number, order=["year", "number"], shown=True),
        Column("status", _("Status"), 12, "state", order=["status"], shown=True),
        Column("first_day", _("First day"), 13),
        Column("last_day", _("Last day"), 13),
        Column("cutoff", _("Facts known until"), 17, order=["cutoff"], shown=True, kind=Kind.MOMENT),
        Column("issued_at", _("Put out on"), 13, order=["issued_at"], descending=True, shown=True),
        Column("correction", _("What is corrected"), 30, nowrap=False),
    ]


def _number(bulletin: Bulletin) -> str:
    if not bulletin.number:
        return ""
    return _("No. %(number)s of %(year)s") % {"number": bulletin.number, "year": bulletin.year}


def _bulletins(request: HttpRequest) -> Asked:
    """Issued bulletins, and for the office's own people those in preparation."""
    reader = reader_of(request)
    bulletins = Bulletin.objects.visible_to(reader).select_related("corrects")
    return searched(request, reader, bulletins.defer("document", "corrects__document"), choices=["status"])


def _historic_below(_request: HttpRequest, asked: Asked, _rows: Sequence[Bulletin]) -> dict[str, Any]:
    reader = asked.reader
    return {
        "may_draft": may_draft(reader),
        "historic": HistoricBulletin.objects.visible_to(reader).newest_first().defer("table")[:NEWEST],
        "may_enter_historic": may_enter_historic(reader, reader.office),
    }


BULLETINS = ListPage(
    noun="bulletin",
    template="bulletins/list.html",
    title=gettext_lazy("Bulletins"),
    ask=_bulletins,
    columns=bulletin_columns,
    order="-title",
    size=SHORT,
    more=_historic_below,
)


def historic_columns(_today: date) -> list[Column]:
    """Of historic bulletins without their tables."""
    return [
        Column(
            "title",
            _("Bulletin"),
            40,
            order=["title"],
            fixed=True,
            nowrap=False,
            link="bulletins:historic-detail",
        ),
        Column(
            "period", _("Period"), 24, "period.label", order=["end", "start"], descending=True, shown=True
        ),
        Column("number", _("Number as printed"), 20, shown=True),
        Column("name", _("File name"), 30, nowrap=False),
        Column("notes", _("Notes"), 40, nowrap=False),
        Column("entered_by", _("Entered by"), 12, "entered_by.display_name"),
        Column("entered_at", _("Entered at"), 13, order=["entered_at"], descending=True, shown=True),
    ]


def _historic(request: HttpRequest) -> Asked:
    """All of the office that somebody has confirmed."""
    reader = reader_of(request)
    bulletins = HistoricBulletin.objects.visible_to(reader).select_related("entered_by").defer("table")
    return searched(request, reader, bulletins, "title", "number", "notes", label=_("Title, number or notes"))


def _may_enter(_request: HttpRequest, asked: Asked, _rows: Sequence[HistoricBulletin]) -> dict[str, Any]:
    return {"may_enter": may_enter_historic(asked.reader, asked.reader.office)}


HISTORIC = ListPage(
    noun="historic",
    template="bulletins/historic/list.html",
    title=gettext_lazy("Historic bulletins (entered as printed)"),
    paper=gettext_lazy("Historic bulletins"),
    ask=_historic,
    columns=historic_columns,
    order="-period",
    size=SHORT,
    more=_may_enter,
)


def objection_columns(_today: date) -> list[Column]:
    """Of objections fetched with their bulletin and people."""
    return [
        Column("bulletin", _("Bulletin"), 30, "bulletin.title", fixed=True, nowrap=False, link=_page),
        unit_column(_("Unit"), 18),
        Column("about", _("Line"), 40, shown=True, nowrap=False),
        Column("reason", _("Reason"), 40, shown=True, nowrap=False),
        Column("raised_by", _("Raised by"), 12, "raised_by.display_name"),
        Column(
            "raised_at",
            _("Raised at"),
            17,
            order=["raised_at"],
            descending=True,
            shown=True,
            kind=Kind.MOMENT,
        ),
        Column("status", _("Status"), 12, "state", order=["status"], shown=True),
        Column("answer", _("Answer"), 40, shown=True, nowrap=False),
        Column("answered_by", _("Answered by"), 12, "answered_by.display_name"),
        Column("answered_at", _("Answered at"), 17, kind=Kind.MOMENT),
    ]


def _page(objection: Objection) -> str:
    return reverse("bulletins:bulletin-detail", args=[objection.bulletin_id])


def _objections(request: HttpRequest) -> Asked:
    """What units objected to and what they were answered."""
    reader = reader_of(request)
    objections = Objection.objects.visible_to(reader).with_people().defer("bulletin__document")
    words = ("unit__name", "reason", "answer")
    return searched(
        request, reader, objections, *words, label=_("Unit, reason or answer"), choices=["status"]
    )


OBJECTIONS = ListPage(
    noun="objection",
    template="bulletins/objections/list.html",
    title=gettext_lazy("Objections"),
    ask=_objections,
    columns=objection_columns,
    order="-raised_at",
)
