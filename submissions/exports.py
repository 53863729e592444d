"""The columns of the list of items, and the list as an Excel workbook."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from io import BytesIO

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kit.lists import Column, list_workbook
from submissions.models import Item
from submissions.wording import status_in_words


def item_columns(today: date) -> list[Column[Item]]:
    """Every column there is; the page shows eight of them unless others are chosen."""
    return [
        Column(
            "title",
            _("Title"),
            42,
            lambda item: item.title,
            order="title",
            shown=True,
            nowrap=False,
            fixed=True,
        ),
        Column("number", _("Item number"), 18, lambda item: item.number or "", order="number", shown=True),
        Column(
            "unit", _("Filing unit"), 16, lambda item: item.unit.name, order="unit", shown=True, nowrap=False
        ),
        Column("authors", _("Authors"), 16, names_of_authors, shown=True, nowrap=False),
        Column("submitter", _("Submitter"), 10, lambda item: item.submitter.display_name),
        Column("checker", _("Checker of the unit"), 12, lambda item: item.checker),
        Column("genre", _("Genre"), 10, lambda item: item.get_genre_display(), order="genre", shown=True),
        Column("stage", _("Stage"), 8, lambda item: item.get_stage_display()),
        Column("round", _("Round"), 16, lambda item: item.round.name if item.round else ""),
        Column("topic_kind", _("Topic kind"), 8, lambda item: item.get_topic_kind_display()),
        Column("route", _("Importance"), 10, lambda item: item.get_route_display()),
        Column(
            "status",
            _("Status"),
            20,
            lambda item: status_in_words(item, today),
            order="status",
            shown=True,
            nowrap=False,
        ),
        Column(
            "submitted_at",
            _("Filed at"),
            17,
            lambda item: item.submitted_at,
            order="submitted_at",
            descending=True,
            shown=True,
        ),
        Column(
            "issued_at",
            _("Issued at"),
            17,
            lambda item: item.issued_at,
            order="issued_at",
            descending=True,
            shown=True,
        ),
    ]


def names_of_authors(item: Item) -> str:
    """In their order; of an item whose authorships were fetched along."""
    authors = sorted(item.authorships.all(), key=lambda author: author.position)
    return "、".join(author.name for author in authors)


def item_workbook(items: Iterable[Item], count: int, today: date, columns: Sequence[Column[Item]]) -> BytesIO:
    """The list as it is on screen, of all pages."""
    heading = _("List of items (%(day)s, %(count)s in all)") % {
        "day": date_format(today, "Y年n月j日"),
        "count": count,
    }
    return list_workbook(sheet_name=_("Items"), heading=heading, number=_("No."), columns=columns, rows=items)
