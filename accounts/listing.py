"""A list page is one description: what stands in it, its columns, filter, order and workbook are said once.

What is on screen stands in the address (filters, order ``o``, columns ``c``), so that a link, a saved list
and an export mean the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django import forms
from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.saved_lists import opening_of
from kit.columns import Column, cells, chosen, ordering
from kit.conditions import having
from kit.forms import DayInput
from kit.paging import SIZE, page_of
from paper.answers import XLSX
from paper.lists import list_workbook

#: The title of the running numbers in a workbook.
NUMBER: Final = gettext_lazy("No.")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reader asked a list for: the form that says it, and what it comes to, not yet in order."""

    reader: User
    rows: Any
    form: forms.Form | None = None


class Search(forms.Form):
    """Words to be found in a list, under a label; without one there are none to ask for."""

    q = forms.CharField(required=False, max_length=60)

    def __init__(self, request: HttpRequest, label: str) -> None:
        super().__init__(request.GET)
        self.fields["q"].label = label
        if not label:
            del self.fields["q"]

    def asked(self, name: str) -> str:
        """What a field asks for; what is not understood asks for nothing, and is told beside the field."""
        self.is_valid()
        return str(self.cleaned_data.get(name) or "")


def searched(
    request: HttpRequest,
    reader: User,
    rows: QuerySet[Any],
    *fields: str,
    label: str = "",
    choices: Sequence[str] = (),
    day: str = "",
) -> Asked:
    """The rows that have every word typed in one of the fields, the values chosen of others, and their `day`
    between two days."""
    form = Search(request, label)
    for name in choices:
        field = rows.model._meta.get_field(name)
        offered = [("", _("All")), *(field.choices or ())]
        form.fields[name] = forms.ChoiceField(label=field.verbose_name, choices=offered, required=False)
    conditions = {name: name for name in choices}
    if day:
        form.fields["date_from"] = forms.DateField(label=_("From"), required=False, widget=DayInput())
        form.fields["date_to"] = forms.DateField(label=_("To"), required=False, widget=DayInput())
        conditions |= {f"{day}__gte": "date_from", f"{day}__lte": "date_to"}
    wanted = {condition: value for condition, name in conditions.items() if (value := form.asked(name))}
    return Asked(reader, rows.filter(having(form.asked("q"), *fields), **wanted), form)


def unit_column(title: str, width: float, of: str = "unit", **how: Any) -> Column:
    """The unit of a row, by which one sorts in the order of units."""
    order = [f"{of.replace('.', '__')}__{field}" for field in ("position", "code")]
    return Column("unit", title, width, f"{of}.name", order=order, shown=True, nowrap=False, **how)


@dataclass(frozen=True, kw_only=True)
class ListPage:
    """A list. Its addresses are called `noun`-list and `noun`-export.

    `ask` reads the request: it refuses whom the list is not for. `columns` are all there are, as of a day;
    those with an `order` sort, by default the one named `order`, and `then` decides among equals. `title`
    stands over the sheet of the workbook, `paper`, if it is another, over its rows and in its file's name.
    `more` adds to what the template is given; `seen` is told what was given out, with the number of the page,
    None for the file.
    """

    noun: str
    template: str
    title: str | Promise
    paper: str | Promise = ""
    ask: Callable[[HttpRequest], Asked]
    columns: Callable[[date], Sequence[Column]]
    order: str = ""
    then: Sequence[Any] = ("-pk",)
    number: str | Promise = NUMBER
    size: int = SIZE
    most: int | None = None
    drawn: Callable[[Any], Any] = lambda row: row
    more: Callable[[HttpRequest, Asked, Sequence[Any]], Mapping[str, Any]] = lambda *_asked: {}
    seen: Callable[[Asked, int | None], None] = lambda *_asked: None

    def urls(self, at: str = "") -> list[URLPattern]:
        """The page at an address, and its export below."""
        return [
            path(at, require_safe(self.page), name=f"{self.noun}-list"),
            path(f"{at}export/", require_safe(self.export), name=f"{self.noun}-export"),
        ]

    def page(self, request: HttpRequest) -> HttpResponse:
        """One page of the list; asked for without any condition, it opens as its reader has saved it."""
        if kept := opening_of(request):
            return redirect(f"{request.path}?{kept.query}")
        asked, columns = self.ask(request), self.columns(timezone.localdate())
        page = page_of(request, self._in_order(asked, columns, request), self.size)
        rows, shown = [self.drawn(row) for row in page], chosen(columns, request.GET)
        context = {
            "title": self.title,
            "page": page,
            "columns": shown,
            "all_columns": columns,
            "lines": [(row, cells(shown, row)) for row in rows],
            "filter_form": asked.form,
            "default_order": self.order,
            "export": f"{request.resolver_match.app_name}:{self.noun}-export",  # type: ignore[union-attr]
            "today": timezone.localdate(),
            **self.more(request, asked, rows),
        }
        self.seen(asked, page.number)
        return render(request, self.template, context)

    def export(self, request: HttpRequest) -> HttpResponseBase:
        """The same records as the page shows, of all pages, as an Excel workbook."""
        asked, today = self.ask(request), timezone.localdate()
        columns = self.columns(today)
        rows = self._in_order(asked, columns, request)
        count = len(rows) if isinstance(rows, list) else rows.count()
        given = min(count, self.most or count)
        paper = self.paper or self.title
        told = {"title": paper, "day": date_format(today, "Y年n月j日"), "count": given}
        self.seen(asked, None)
        book = list_workbook(
            sheet_name=str(self.title),
            heading=_("%(title)s (%(day)s, %(count)s in all)") % told,
            number=str(self.number),
            columns=chosen(columns, request.GET),
            rows=map(self.drawn, self._all_of(rows)),
        )
        name = f"{paper}{today:%Y%m%d}.xlsx"
        return FileResponse(book, as_attachment=True, filename=name, content_type=XLSX)

    def _in_order(self, asked: Asked, columns: Sequence[Column], request: HttpRequest) -> Any:
        """The records by the column that the address names; what has no order stands as it was found."""
        if isinstance(asked.rows, list) or not self.order:
            return asked.rows
        return asked.rows.order_by(*ordering(columns, request.GET.get("o"), self.order), *self.then)

    def _all_of(self, rows: Any) -> Iterable[Any]:
        """All of them, or the first `most`, without holding them in memory together."""
        limited = rows[: self.most] if self.most else rows
        return limited.iterator(chunk_size=500) if isinstance(limited, QuerySet) else limited
