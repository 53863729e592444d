"""The files that reviewers marked, to download."""

from __future__ import annotations

import mimetypes

from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from accounts.reader import reader_of
from reviews.models import MarkedFile
from submissions.models import Item


@require_safe
def marked_file(request: HttpRequest, pk: int) -> FileResponse:
    """A file that a reviewer marked up, for whoever may read the item."""
    items = Item.objects.visible_to(reader_of(request))
    marked = get_object_or_404(MarkedFile.objects.filter(decision__item__in=items), pk=pk)
    kind = mimetypes.guess_type(marked.name)[0] or "application/octet-stream"
    try:
        content = marked.file.open()
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(content, as_attachment=True, filename=marked.name, content_type=kind)
    response["Content-Security-Policy"] = "sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    return response
