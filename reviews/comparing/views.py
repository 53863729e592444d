"""Pages that show two texts beside each other."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.reader import reader_of
from reviews.comparing.comparison import between, side_by_side
from reviews.reader import visible_item
from submissions.reading import reading_for


@require_GET
def version_compare(request: HttpRequest, pk: int, old: int, new: int) -> HttpResponse:
    """What a later version of an item changed against an earlier one."""
    item = visible_item(request, pk)
    versions = list(item.versions.filter(number__in=[old, new]).select_related("made_by").order_by("number"))
    if old >= new or len(versions) < 2:
        raise Http404
    context = {
        "item": item,
        "versions": versions,
        "old": versions[0],
        "new": versions[1],
        "comparison": between(*versions),
    }
    return render(request, "reviews/comparing/versions.html", context)


@require_GET
def item_compare(request: HttpRequest, pk: int, other: int) -> HttpResponse:
    """Two items side by side, each as the reader may read it."""
    items = [visible_item(request, pk), visible_item(request, other)]
    contents = [reading_for(reader_of(request), item).content for item in items]
    sides = side_by_side(*(content["body"] for content in contents))
    columns = list(zip(items, contents, (sides.left, sides.right), strict=True))
    return render(request, "reviews/comparing/items.html", {"columns": columns, "first": items[0]})
