"""A reviewer's decisions as an Excel workbook."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from io import BytesIO

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from publicity.lib.lists import Column, list_workbook
from reviews.models import Decision
from reviews.wording import level_name


def decision_workbook(decisions: Iterable[Decision], today: date) -> BytesIO:
    """One row a decision, as `DecisionQuerySet.newest_first` fetches them."""
    columns: list[Column[Decision]] = [
        Column("at", _("Time"), 17, lambda one: one.at),
        Column("level", _("Level of review"), 14, lambda one: level_name(one.source)),
        Column("action", _("Decision"), 12, lambda one: one.get_action_display()),
        Column("number", _("Item number"), 18, lambda one: one.item.number),
        Column("title", _("Title"), 42, lambda one: one.version.content["title"]),
        Column("version", _("Version"), 6, lambda one: one.version.number),
        Column("unit", _("Filing unit"), 18, lambda one: one.item.unit.name),
        Column("comment", _("Comment"), 40, lambda one: one.comment),
    ]
    heading = _("My decisions (%(day)s)") % {"day": date_format(today, "Y年n月j日")}
    return list_workbook(
        sheet_name=_("My decisions"), heading=heading, number=_("No."), columns=columns, rows=decisions
    )
