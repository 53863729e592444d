"""The lists of items, of inspection rounds, and of wrong words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.listing import Asked, ListPage, Search, searched, unit_column
from accounts.models import Unit
from accounts.reader import reader_of, reader_who
from kit.columns import Column, Kind
from kit.paging import LONG
from submissions.dictionary import listed
from submissions.enums import NOT_FILED, Genre, Route, Stage, TopicKind
from submissions.filters import OFFERED_UNITS, ItemFilter
from submissions.models import Item, Round, Version
from submissions.rules import may_file, may_keep_rounds, may_keep_words
from submissions.search import searchable
from submissions.wording import status_in_words


def item_columns(today: date) -> list[Column]:
    """Every column there is; the page shows eight of them unless others are chosen."""
    return [
        Column(
            "title", _("Title"), 42, str, order=["filed_title", "title"], shown=True, nowrap=False, fixed=True
        ),
        Column("number", _("Item number"), 18, lambda one: one.number or "", order=["number"], shown=True),
        unit_column(_("Filing unit"), 16),
        Column("authors", _("Authors"), 16, lambda one: told(one)["authors"], shown=True, nowrap=False),
        Column("submitter", _("Submitter"), 10, "submitter.display_name"),
        Column("checker", _("Checker of the unit"), 12, lambda one: told(one)["checker"]),
        Column("genre", _("Genre"), 10, lambda one: told(one)["genre"], order=["genre"], shown=True),
        Column("stage", _("Stage"), 8, lambda one: told(one)["stage"]),
        Column("round", _("Round"), 16, lambda one: told(one)["round"]),
        Column("topic_kind", _("Topic kind"), 8, lambda one: told(one)["topic_kind"]),
        Column("route", _("Importance"), 10, lambda one: told(one)["route"]),
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


def told(item: Item) -> dict[str, str]:
    """What a list says of an item, as it was filed last; of one fetched `with_people`."""
    filed_last: list[Version] = vars(item)["filed_last"]
    for version in filed_last:
        said = version.content
        return {
            "authors": "、".join(name for name, _share in said["authors"]),
            "checker": said["checker"],
            "round": said["round"],
            "genre": str(Genre(said["genre"]).label) if said["genre"] else "",
            "stage": str(Stage(said["stage"]).label),
            "topic_kind": str(TopicKind(said["topic_kind"]).label),
            "route": str(Route(said["route"]).label),
        }
    return {
        "authors": names_of_authors(item),
        "checker": item.checker,
        "round": item.round.name if item.round else "",
        "genre": item.get_genre_display(),
        "stage": item.get_stage_display(),
        "topic_kind": item.get_topic_kind_display(),
        "route": item.get_route_display(),
    }


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
    template="submissions/items/list.html",
    title=gettext_lazy("Items"),
    paper=gettext_lazy("List of items"),
    ask=_items,
    columns=item_columns,
    order="-submitted_at",
    more=_beside,
)


def round_columns(_today: date) -> list[Column]:
    """Of rounds, each with `filed`, the number of items filed in it."""
    return [
        Column(
            "name", _("Round"), 24, order=["name"], fixed=True, nowrap=False, link="submissions:round-edit"
        ),
        Column("starts", _("Starts"), 13, order=["starts"], descending=True, shown=True),
        Column("ends", _("Ends"), 13, order=["ends"], descending=True, shown=True),
        Column("filed", _("Items filed"), 10, kind=Kind.COUNT, shown=True, link=_filed_in),
    ]


def _filed_in(each: Round) -> str:
    return f"{reverse('submissions:item-list')}?round={each.pk}&status=filed"


def _rounds(request: HttpRequest) -> Asked:
    """The rounds of the office."""
    keeper = reader_who(may_keep_rounds, request)
    filed = Count("items", filter=~Q(items__status__in=NOT_FILED))
    rounds = Round.objects.filter(office=keeper.office).annotate(filed=filed)
    return searched(request, keeper, rounds, "name", label=_("Round"))


ROUNDS = ListPage(
    noun="round",
    template="submissions/rounds/list.html",
    title=gettext_lazy("Inspection rounds"),
    ask=_rounds,
    columns=round_columns,
    order="-starts",
)


def word_columns(_today: date) -> list[Column]:
    """Of lines of the dictionary."""
    return [
        Column("wrong", _("Wrong word"), 18, fixed=True, nowrap=False),
        Column("right", _("Right word"), 18, shown=True, nowrap=False),
        Column("severity", _("Severity"), 12, "severity.label", shown=True),
        Column("note", _("Note"), 30, shown=True, nowrap=False),
        Column(
            "source", _("Source"), 10, lambda one: _("your office") if one.own else _("shipped"), shown=True
        ),
    ]


def _words(request: HttpRequest) -> Asked:
    """The office's own words and the shipped ones."""
    keeper, form = reader_who(may_keep_words, request), Search(request, _("Wrong or right word"))
    sought = searchable(form.asked("q"))
    lines = [line for line in listed(keeper.office) if sought in line.wrong or sought in line.right]
    return Asked(keeper, lines, form)


WORDS = ListPage(
    noun="word",
    template="submissions/words/list.html",
    title=gettext_lazy("Wrong words"),
    ask=_words,
    columns=word_columns,
    size=LONG,
    more=lambda *_asked: {"actions": True},
)
