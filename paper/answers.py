"""Answers with a file in them."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.http import content_disposition_header

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"


def attachment(content: bytes, name: str, suffix: str, content_type: str) -> HttpResponse:
    """A file to save under its Chinese name."""
    response = HttpResponse(content, content_type=content_type)
    disposition = content_disposition_header(as_attachment=True, filename=f"{name}.{suffix}")
    assert disposition is not None
    response["Content-Disposition"] = disposition
    return response


def workbook(content: bytes, name: str) -> HttpResponse:
    """A workbook to save as `name`.xlsx."""
    return attachment(content, name, "xlsx", XLSX)
