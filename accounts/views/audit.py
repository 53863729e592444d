"""The audit trail, for auditors alone; reading it leaves a row itself."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.actions import ACTIONS, TARGETS
from accounts.forms import AuditFilter
from accounts.models import AuditEntry
from accounts.querysets import AuditEntryQuerySet
from accounts.reader import reader_of
from accounts.rules import may_read_audit
from accounts.services import record

PAGE_SIZE = 50


@require_safe
def audit_list(request: HttpRequest) -> HttpResponse:
    reader = reader_of(request)
    if not may_read_audit(reader):
        raise PermissionDenied(_("The audit trail is read by auditors."))
    form = AuditFilter(request.GET or None)
    entries = _narrowed(AuditEntry.objects.visible_to(reader), form).newest_first()
    page = Paginator(entries, PAGE_SIZE).get_page(request.GET.get("page"))
    rows = [
        (entry, ACTIONS.get(entry.action, entry.action), TARGETS.get(entry.target_type, entry.target_type))
        for entry in page
    ]
    record(
        actor=reader,
        action="audit.read",
        target=reader,
        office=reader.office,
        now=timezone.now(),
        detail={"query": request.GET.urlencode()[:500]},
    )
    return render(request, "accounts/audit_list.html", {"page": page, "rows": rows, "filter_form": form})


def _narrowed(entries: AuditEntryQuerySet, form: AuditFilter) -> AuditEntryQuerySet:
    wanted = form.cleaned_data if form.is_bound and form.is_valid() else {}
    if words := wanted.get("q", "").strip():
        entries = entries.filter(Q(actor__display_name__icontains=words) | Q(target_label__icontains=words))
    if action := wanted.get("action"):
        entries = entries.filter(action=action)
    if first := wanted.get("date_from"):
        entries = entries.filter(at__date__gte=first)
    if last := wanted.get("date_to"):
        entries = entries.filter(at__date__lte=last)
    return entries
