"""The columns of the list of a reviewer's decisions, and the list as an Excel workbook."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from io import BytesIO

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kit.lists import Column, list_workbook
from reviews.models import Decision
from reviews.wording import level_name
from submissions.wording import status_in_words


def decision_columns(today: date) -> list[Column[Decision]]:
    """Every column there is, of decisions as `DecisionQuerySet.newest_first` fetches them."""
    return [
        Column(
            "title",
            _("Title"),
            42,
            lambda one: one.version.content["title"],
            order="title",
            shown=True,
            fixed=True,
            nowrap=False,
        ),
        Column("number", _("Item number"), 18, lambda one: one.item.number, order="number", shown=True),
        Column("version", _("Version"), 6, lambda one: one.version.number, numeric=True),
        Column(
            "unit",
            _("Filing unit"),
            18,
            lambda one: one.item.unit.name,
            order="unit",
            shown=True,
            nowrap=False,
        ),
        Column("level", _("Level of review"), 14, lambda one: level_name(one.source)),
        Column("action", _("Decision"), 14, _action, order="action", shown=True),
        Column("comment", _("Comment"), 40, lambda one: one.comment, nowrap=False),
        Column("at", _("Time"), 17, lambda one: one.at, order="at", descending=True, shown=True),
        Column(
            "status",
            _("Status now"),
            20,
            lambda one: status_in_words(one.item, today),
            shown=True,
            nowrap=False,
        ),
    ]


def decision_workbook(
    decisions: Iterable[Decision], today: date, columns: Sequence[Column[Decision]]
) -> BytesIO:
    """The list as it is on screen, of all pages."""
    heading = _("My decisions (%(day)s)") % {"day": date_format(today, "Y年n月j日")}
    return list_workbook(
        sheet_name=_("My decisions"), heading=heading, number=_("No."), columns=columns, rows=decisions
    )


def _action(decision: Decision) -> str:
    """What was decided, and for whom."""
    done = str(decision.get_action_display())
    if decision.acting_for is None:
        return done
    return f"{done} {_('for %(name)s') % {'name': decision.acting_for.display_name}}"
