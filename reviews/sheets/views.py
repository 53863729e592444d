"""Sheets to print: of an item with everything that was signed, and of a meeting's agenda."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.reader import reader_of
from paper.answers import DOCX, PDF, attachment
from paper.sheet import Sheet
from paper.sheet_pdf import sheet_pdf
from paper.sheet_word import sheet_docx
from paper.trouble import missing_signs, trouble
from paper.typesetting import TypesettingError
from reviews.meetings.agenda import name_of
from reviews.meetings.reader import meeting_reader, visible_meeting
from reviews.reader import visible_item
from reviews.sheets.approval import approval_sheet
from reviews.sheets.meeting import agenda_sheet


@require_GET
def item_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """The approval sheet of a filed item as PDF."""
    sheet, name = _of_item(request, pk)
    return _pdf(request, sheet, name, reverse("submissions:item-detail", args=[pk]))


@require_GET
def item_sheet_docx(request: HttpRequest, pk: int) -> HttpResponse:
    """The same as a Word file."""
    sheet, name = _of_item(request, pk)
    return attachment(sheet_docx(sheet, timezone.now()), name, "docx", DOCX)


@require_GET
def meeting_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """The agenda of a meeting as PDF; once it is concluded, with what was said and resolved."""
    sheet, name = _of_meeting(request, pk)
    return _pdf(request, sheet, name, reverse("reviews:meeting-detail", args=[pk]))


@require_GET
def meeting_sheet_docx(request: HttpRequest, pk: int) -> HttpResponse:
    """The same as a Word file."""
    sheet, name = _of_meeting(request, pk)
    return attachment(sheet_docx(sheet, timezone.now()), name, "docx", DOCX)


def _of_item(request: HttpRequest, pk: int) -> tuple[Sheet, str]:
    item = visible_item(request, pk)
    if not item.version:
        raise Http404("not filed yet")
    sheet = approval_sheet(item, reader_of(request), timezone.now())
    return sheet, f"{_('Approval sheet')} {item.number}"


def _of_meeting(request: HttpRequest, pk: int) -> tuple[Sheet, str]:
    user = meeting_reader(request)
    meeting = visible_meeting(user, pk)
    sheet = agenda_sheet(meeting, user, timezone.now())
    return sheet, f"{name_of(meeting)}{sheet.title}"


def _pdf(request: HttpRequest, sheet: Sheet, name: str, back_url: str) -> HttpResponse:
    try:
        done = sheet_pdf(sheet)
    except TypesettingError as error:
        context = {"message": trouble(error), "back_url": back_url}
        return render(request, "unprintable.html", context, status=503)
    if done.missing:
        # The file is a download: the next page says it.
        messages.warning(request, missing_signs(done.missing))
    return attachment(done.files[0], name, "pdf", PDF)
