"""The audit trail, for auditors alone; reading it leaves a row itself."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.exports import XLSX, audit_columns, audit_workbook
from accounts.filters import AuditFilter, conditions
from accounts.lists import opens_as_saved
from accounts.models import User
from accounts.reader import reader_of
from accounts.rules import may_read_audit
from accounts.services import record
from accounts.wording import AuditLine
from kit.lists import chosen, on_screen

PAGE_SIZE = 50
#: An export is for a question about days or people, not for the whole trail at once.
EXPORTED = 20_000


@require_safe
@opens_as_saved
def audit_list(request: HttpRequest) -> HttpResponse:
    """What was done in the reader's office, the latest first."""
    reader = _auditor(request)
    found = AuditFilter(request.GET, user=reader)
    page = Paginator(found.qs.newest_first(), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        **on_screen(audit_columns(), map(AuditLine, page), request.GET),
        "filter_form": found.form,
        "exported": EXPORTED,
    }
    _leave_a_row(reader, "audit.read", {"page_number": page.number, **conditions(found.form)})
    return render(request, "accounts/audit_list.html", context)


@require_safe
def audit_export(request: HttpRequest) -> FileResponse:
    """The same entries as the list shows, the latest `EXPORTED` of all pages, as an Excel workbook."""
    reader, today = _auditor(request), timezone.localdate()
    found = AuditFilter(request.GET, user=reader)
    _leave_a_row(reader, "audit.export", conditions(found.form))
    entries, columns = found.qs.newest_first()[:EXPORTED], chosen(audit_columns(), request.GET)
    book = audit_workbook(entries, today, columns)
    name = _("Audit trail %(day)s.xlsx") % {"day": f"{today:%Y%m%d}"}
    return FileResponse(book, as_attachment=True, filename=name, content_type=XLSX)


def _auditor(request: HttpRequest) -> User:
    reader = reader_of(request)
    if not may_read_audit(reader):
        raise PermissionDenied(_("The audit trail is read by auditors."))
    return reader


def _leave_a_row(reader: User, action: str, asked: dict[str, Any]) -> None:
    office = reader.office
    record(actor=reader, action=action, target=office, office=office, now=timezone.now(), detail=asked)
