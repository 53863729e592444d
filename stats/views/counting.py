"""How far the counting is, for pages that show figures which may still move."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET
from django_htmx.http import HttpResponseClientRefresh

from accounts.reader import reader_of
from kit.numbers import whole
from stats.desk import months_being_counted

#: Months of a century: more than any office owes.
MOST = 1_200


@require_GET
def counting(request: HttpRequest) -> HttpResponse:
    """A line with a bar; when nothing is left the page that asked is drawn anew, with the new figures.

    `of` is how many months waited when that page was drawn.
    """
    left, of = months_being_counted(reader_of(request).office), whole(request.GET.get("of", "")) or 0
    if not left and request.headers.get("HX-Request"):
        return HttpResponseClientRefresh()
    most = max(left, min(of, MOST))
    context = {"number": left, "most": most, "done": most - left}
    return render(request, "stats/_counting.html", context)
