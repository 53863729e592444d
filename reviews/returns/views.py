"""The files that reviewers marked, to download."""

from __future__ import annotations

from django.http import FileResponse, HttpRequest
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from accounts.reader import reader_of
from kit.answers import download
from reviews.models import MarkedFile
from submissions.models import Item


@require_safe
def marked_file(request: HttpRequest, pk: int) -> FileResponse:
    """A file that a reviewer marked up, for whoever may read the item."""
    items = Item.objects.visible_to(reader_of(request))
    marked = get_object_or_404(MarkedFile.objects.filter(decision__item__in=items), pk=pk)
    return download(marked.file, marked.name)
