"""Bulletins as Word and PDF files."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from bulletins.enums import UNDER_REVIEW
from bulletins.files.pdf import bulletin_pdf
from bulletins.files.word.building import bulletin_docx
from bulletins.models import Bulletin
from bulletins.views.showing import visible
from paper.answers import DOCX, PDF, attachment
from paper.trouble import missing_signs, trouble
from paper.typesetting import TypesettingError


@require_GET
def bulletin_docx_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The bulletin as a Word file; `preprinted=1` for paper on which the red head is printed already."""
    bulletin, preprinted = visible(request, pk), _preprinted(request)
    try:
        content = bulletin_docx(
            bulletin.content, preprinted=preprinted, review=bulletin.status in UNDER_REVIEW
        )
    except TypesettingError as error:
        return _trouble(request, bulletin, error)
    return attachment(content, _name(bulletin, preprinted), "docx", DOCX)


@require_GET
def bulletin_pdf_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The bulletin as a PDF file; `preprinted=1` for paper on which the red head is printed already."""
    bulletin, preprinted = visible(request, pk), _preprinted(request)
    review = bulletin.status in UNDER_REVIEW
    try:
        done = bulletin_pdf(bulletin.content, preprinted=preprinted, review=review)
    except TypesettingError as error:
        return _trouble(request, bulletin, error)
    if done.missing:
        # The file is a download: the next page says it.
        messages.warning(request, missing_signs(done.missing))
    return attachment(done.files[0], _name(bulletin, preprinted), "pdf", PDF)


def _preprinted(request: HttpRequest) -> bool:
    return request.GET.get("preprinted") == "1"


def _name(bulletin: Bulletin, preprinted: bool) -> str:
    return f"{bulletin.title}{_('(for preprinted paper)') if preprinted else ''}"


def _trouble(request: HttpRequest, bulletin: Bulletin, error: TypesettingError) -> HttpResponse:
    """What the office can do about it; the figures and the workbook are not concerned."""
    context = {
        "message": trouble(error),
        "back_url": reverse("bulletins:bulletin-detail", args=[bulletin.pk]),
    }
    return render(request, "unprintable.html", context, status=503)
