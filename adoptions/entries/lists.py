"""The lists of adoptions and of events: the page, and the same as an Excel workbook."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import Unit
from accounts.reader import reader_of
from adoptions.entries.filters import DEFAULT_ORDER, EntryFilter
from adoptions.ledger.columns import title_of
from adoptions.rules import may_register
from kit.lists import Column, chosen, list_workbook, on_screen
from paper.answers import XLSX
from submissions.filters import OFFERED_UNITS

PAGE_SIZE = 25


def registered() -> Column[Any]:
    """The column that says when an entry was registered."""
    return Column(
        "registered",
        _("Registered on"),
        13,
        lambda one: timezone.localdate(one.registered_at),
        order="registered",
        descending=True,
        shown=True,
    )


def list_page(
    request: HttpRequest, found: EntryFilter, columns: Sequence[Column[Any]], template: str
) -> HttpResponse:
    """A page of what was found."""
    user = reader_of(request)
    page = Paginator(found.rows, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        **on_screen(columns, page, request.GET),
        "filter_form": found.form,
        "has_asked": found.has_asked,
        "only_item": found.only_item,
        "units": Unit.objects.visible_to(user).in_order()[:OFFERED_UNITS],
        "default_order": DEFAULT_ORDER,
        "may_register": may_register(user),
    }
    return render(request, template, context)


def list_file(
    request: HttpRequest,
    found: EntryFilter,
    columns: Sequence[Column[Any]],
    *,
    sheet_name: str,
    heading: str,
    file_name: str,
) -> FileResponse:
    """All that was found, in the columns on screen.

    `heading` has places for %(day)s and %(count)s, `file_name` one for %(day)s.
    """
    rows, today = found.rows, timezone.localdate()
    book = list_workbook(
        sheet_name=sheet_name,
        heading=heading % {"day": date_format(today, "Y年n月j日"), "count": rows.count()},
        number=title_of("number"),
        columns=chosen(columns, request.GET),
        rows=rows.iterator(chunk_size=500),
    )
    name = file_name % {"day": f"{today:%Y%m%d}"}
    return FileResponse(book, as_attachment=True, filename=name, content_type=XLSX)
