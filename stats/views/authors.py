"""What authors have earned: the table of those a person may see, and one author's lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from accounts.listing import Asked, ListPage
from accounts.models import Unit, User
from accounts.reader import reader_of
from kit.columns import Column, chosen
from kit.numbers import whole
from kit.paging import LONG, page_of
from paper.answers import workbook
from paper.tables import table_workbook
from scoring.periods.month import Month
from scoring.periods.period import Period
from stats import authors, links
from stats.author_points import AuthorPoints
from stats.authors import AuthorRow, AuthorTotal
from stats.facts.authors import Person, is_author, named, person_of
from stats.facts.loading import load_facts
from stats.forms.authors import AuthorSearch
from stats.pages import choices, neighbours
from stats.views.asked import asked_period, year_start


@dataclass(frozen=True, slots=True)
class AskedAuthors(Asked):
    """The same, over a period; `unit` when one alone is asked for."""

    period: Period = field(kw_only=True)
    unit: Unit | None = field(kw_only=True)


def _authors(request: HttpRequest) -> AskedAuthors:
    """The authors whom the person may see, with adoptions and points of a period, in order."""
    reader, today = reader_of(request), timezone.localdate()
    period = asked_period(request.GET.get("period", str(Month.of(today))), year_start(reader.office))
    form = AuthorSearch(request.GET, units=Unit.objects.visible_to(reader), office=reader.office)
    rows: list[AuthorRow] = []
    if form.is_valid():
        found = load_facts(reader.office, period, as_of=today)
        rows = authors.author_rows(found, period, reader, form.asked_unit, form.cleaned_data["q"])
    ordered = [
        replace(row, url=_page_of(row.person, period)) for row in authors.in_order(rows, request.GET.get("o"))
    ]
    return AskedAuthors(reader, ordered, form, period=period, unit=form.asked_unit)


def _beside(request: HttpRequest, asked: Asked, _rows: Sequence[AuthorRow]) -> dict[str, Any]:
    """The period, the way to others, and what all rows come to."""
    assert isinstance(asked, AskedAuthors)
    today = timezone.localdate()

    def address_of(other: Period) -> str:
        """The same list of another period."""
        query = request.GET.copy()
        query.pop("page", None)
        query["period"] = str(other)
        return f"{request.path}?{query.urlencode()}"

    before, after = neighbours(asked.period, today, address_of)
    return {
        "period": asked.period,
        "unit": asked.unit,
        "totals": authors.totals(asked.rows, _printed(request)),
        "choices": choices(asked.period, today, year_start(asked.reader.office), address_of),
        "before": before,
        "after": after,
    }


class AuthorsPage(ListPage):
    """The list of authors; its workbook is a table of figures, with a total."""

    def export(self, request: HttpRequest) -> HttpResponse:
        asked = _authors(request)
        title = _("Points of authors, %(period)s") % {"period": asked.period.label}
        content = table_workbook(
            title,
            asked.unit.name if asked.unit else asked.reader.office.name,
            columns=_printed(request),
            rows=asked.rows,
            total=AuthorTotal.of(asked.rows),
            now=timezone.now(),
            below=_("An adoption of several authors stands in each one's row, and once in the total."),
        )
        return workbook(content, title)


AUTHORS = AuthorsPage(
    noun="author",
    template="stats/authors/list.html",
    title=gettext_lazy("Points of the authors"),
    paper=gettext_lazy("Points of the authors"),
    ask=_authors,
    columns=lambda _today: authors.AUTHORS,
    order=authors.DEFAULT_ORDER,
    size=LONG,
    more=_beside,
)


@require_safe
def author_mine(request: HttpRequest) -> HttpResponse:
    """My own points."""
    return redirect("stats:author", reader_of(request).pk)


@require_safe
def author(request: HttpRequest, pk: int) -> HttpResponse:
    """Why a person has their points; 404 unless it is the reader or somebody they answer for."""
    people = User.objects.filter(unit__office=reader_of(request).office).select_related("unit")
    return _author(request, person_of(get_object_or_404(people, pk=pk)))


@require_safe
def author_named(request: HttpRequest) -> HttpResponse:
    """The same of an author without an account: a name that items of a unit bear."""
    unit_id, name = whole(request.GET.get("unit", "")), request.GET.get("name", "")
    unit = get_object_or_404(Unit.objects.visible_to(reader_of(request)), pk=unit_id or 0)
    person = named(name, unit)
    if not is_author(person, reader_of(request).office):
        raise Http404
    return _author(request, person)


def _author(request: HttpRequest, person: Person) -> HttpResponse:
    reader, today = reader_of(request), timezone.localdate()
    if not authors.may_see(reader, person):
        raise Http404
    office, this_month = reader.office, str(Month.of(today))
    period = asked_period(request.GET.get("period", this_month), year_start(office))
    points = AuthorPoints.of(person, office, period, today)
    sums = points.subtotals()
    kind = request.GET.get("kind") if request.GET.get("kind") in {entry.kind for entry in sums} else None
    page = page_of(request, points.lines(kind), LONG)

    def address_of(other: Period) -> str:
        return _page_of(person, other)

    before, after = neighbours(period, today, address_of)
    context = {
        "person": person,
        "is_me": person.user_id == reader.pk,
        "period": period,
        "row": points.row,
        "points": points.row.points,
        "subtotals": sums,
        "kind": kind,
        "lines": page,
        "explained": points.explained(list(page), reader),
        "list_url": links.author_list(period) if authors.paths_of_authors(reader) else "",
        "choices": choices(period, today, year_start(office), address_of),
        "before": before,
        "after": after,
    }
    return render(request, "stats/authors/detail.html", context)


def _printed(request: HttpRequest) -> list[Column]:
    """The columns on screen, the running number before them."""
    return [authors.NUMBER, *chosen(authors.AUTHORS, request.GET)]


def _page_of(person: Person, period: Period) -> str:
    return links.author_page(person.user_id, person.unit_id, person.name, period)
