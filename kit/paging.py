"""Pages of what is too long for one."""

from __future__ import annotations

from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.http import HttpRequest

#: Rows of a page, where nothing speaks for another number.
SIZE: Final = 25
#: Rows of a page where they are short, or read down one after the other.
LONG: Final = 50
#: Rows of a page where each is a thing to open and to deal with.
SHORT: Final = 20


def page_of(request: HttpRequest, rows: Any, size: int = SIZE) -> Page[Any]:
    """The page that the address asks for; the nearest one when there is none of that number."""
    return Paginator(rows, size).get_page(request.GET.get("page"))
