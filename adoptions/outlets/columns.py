"""The columns of the list of outlets, and the list as an Excel workbook."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from io import BytesIO

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from adoptions.ledger.columns import title_of
from adoptions.models import Outlet
from kit.lists import Column, list_workbook


def outlet_columns() -> list[Column[Outlet]]:
    """Every column of the list of outlets, each with `adopted`, the number of its standing adoptions, and
    `latest`, the day of the last of them."""
    return [
        Column(
            "name", _("Outlet"), 30, lambda one: one.name, order="name", shown=True, fixed=True, nowrap=False
        ),
        Column("level", _("Media level"), 14, lambda one: one.get_level_display(), order="level", shown=True),
        Column("carrier", _("Carrier"), 12, lambda one: one.get_carrier_display(), shown=True),
        Column("from", _("Active from"), 13, lambda one: one.active_from, order="from", shown=True),
        Column("to", _("Active to"), 13, lambda one: one.active_to, order="to", shown=True),
        Column(
            "adopted",
            _("Adoptions"),
            8,
            lambda one: one.adopted,  # type: ignore[attr-defined]
            order="adopted",
            descending=True,
            shown=True,
            numeric=True,
        ),
        Column("latest", _("Last adopted on"), 13, lambda one: one.latest),  # type: ignore[attr-defined]
    ]


def outlet_workbook(outlets: Iterable[Outlet], today: date, columns: Sequence[Column[Outlet]]) -> BytesIO:
    """The outlets as they are on screen, of all pages."""
    heading = _("Outlets (%(day)s)") % {"day": date_format(today, "Y年n月j日")}
    number = title_of("number")
    return list_workbook(
        sheet_name=_("Outlets"), heading=heading, number=number, columns=columns, rows=outlets
    )
