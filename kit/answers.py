"""Answers that pages of several apps give."""

from __future__ import annotations

import mimetypes
from typing import Any

from django.core.files import File
from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render


def conflict(request: HttpRequest, message: str, back_url: str) -> HttpResponse:
    """409: the world has moved on since the page was drawn."""
    return render(request, "409.html", {"message": message, "back_url": back_url}, status=409)


def form_page(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """The page of the `form` in the context: 422 when it was sent and is refused."""
    return render(request, template, context, status=422 if context["form"].is_bound else 200)


def opened(file: FieldFile) -> File[bytes]:
    """A stored file, open to be read. Raises Http404 when there is none."""
    if not file:
        raise Http404
    try:
        return file.open()
    except FileNotFoundError as error:
        raise Http404 from error


def download(file: FieldFile, name: str) -> FileResponse:
    """A stored file under the name people gave it, as a download that is never shown inside the site."""
    content = opened(file)
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    response = FileResponse(content, as_attachment=True, filename=name, content_type=kind)
    response["Content-Security-Policy"] = "sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    return response
