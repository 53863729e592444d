"""The list of items."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.listing import Asked, ListPage
from accounts.models import Unit
from accounts.reader import reader_of
from kit.columns import Column
from submissions.filters import OFFERED_UNITS, ItemFilter
from submissions.models import Item
from submissions.rules import may_file
from submissions.wording import status_in_words


def item_columns(today: date) -> list[Column]:
    """Every column there is; the page shows eight of them unless others are chosen."""
    return [
        Column(
            "title",
            _("Title"),
            42,
            lambda one: one.title,
            order=["title"],
            shown=True,
            nowrap=False,
            fixed=True,
        ),
        Column("number", _("Item number"), 18, lambda one: one.number or "", order=["number"], shown=True),
        Column(
            "unit",
            _("Filing unit"),
            16,
            lambda one: one.unit.name,
            order=["unit__position", "unit__code"],
            shown=True,
            nowrap=False,
        ),
        Column("authors", _("Authors"), 16, names_of_authors, shown=True, nowrap=False),
        Column("submitter", _("Submitter"), 10, lambda one: one.submitter.display_name),
        Column("checker", _("Checker of the unit"), 12),
        Column("genre", _("Genre"), 10, lambda one: one.get_genre_display(), order=["genre"], shown=True),
        Column("stage", _("Stage"), 8, lambda one: one.get_stage_display()),
        Column("round", _("Round"), 16, lambda one: one.round.name if one.round else ""),
        Column("topic_kind", _("Topic kind"), 8, lambda one: one.get_topic_kind_display()),
        Column("route", _("Importance"), 10, lambda one: one.get_route_display()),
        Column(
            "status",
            _("Status"),
            20,
            lambda one: status_in_words(one, today),
            order=["status", "status_since"],
            shown=True,
            nowrap=False,
        ),
        Column(
            "submitted_at",
            _("Filed at"),
            17,
            order=["submitted_at"],
            descending=True,
            shown=True,
        ),
        Column(
            "issued_at",
            _("Issued at"),
            17,
            order=["issued_at"],
            descending=True,
            shown=True,
        ),
    ]


def names_of_authors(item: Item) -> str:
    """In their order; of an item whose authorships were fetched along."""
    authors = sorted(item.authorships.all(), key=lambda author: author.position)
    return "、".join(author.name for author in authors)


def _items(request: HttpRequest) -> Asked:
    """Items the person may see, as far as they were asked for."""
    reader = reader_of(request)
    found = ItemFilter(request.GET, user=reader)
    return Asked(reader, found.qs.with_people(), found.form)


def _beside(_request: HttpRequest, asked: Asked, _rows: Sequence[Item]) -> dict[str, Any]:
    return {
        "units": Unit.objects.visible_to(asked.reader).in_order()[:OFFERED_UNITS],
        "may_file": may_file(asked.reader),
    }


#: In the default order drafts stand first, then what was filed last.
ITEMS = ListPage(
    noun="item",
    template="submissions/item_list.html",
    title=gettext_lazy("Items"),
    paper=gettext_lazy("List of items"),
    ask=_items,
    columns=item_columns,
    order="-submitted_at",
    then=["-pk"],
    more=_beside,
)
