"""Scoring schemes as people read them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.reader import reader_of
from scoring.models import SchemeDraft, SchemeVersion
from scoring.names import Present, names_of
from scoring.pages.draft import in_sections
from scoring.pages.scheme import problems_of, scheme_page
from scoring.rules import may_edit_scheme
from scoring.schemes.reading import parse_scheme


@require_GET
def scheme_list(request: HttpRequest) -> HttpResponse:
    """All versions of the office's scheme, the one in force marked, and the drafts of new ones."""
    reader = reader_of(request)
    versions = SchemeVersion.objects.of_office(reader.office).newest_first()
    begun = [version for version in versions if version.effective_from <= timezone.localdate()]
    context = {
        "versions": versions,
        "in_force": begun[0] if begun else None,
        "drafts": SchemeDraft.objects.visible_to(reader).newest_first().select_related("changed_by"),
        "may_edit": may_edit_scheme(reader),
    }
    return render(request, "scoring/list.html", context)


@require_GET
def scheme_detail(request: HttpRequest, version: int) -> HttpResponse:
    """One version's rules as tables, everybody under the present name."""
    versions = SchemeVersion.objects.of_office(reader_of(request).office)
    shown = get_object_or_404(
        versions.select_related("office", "created_by", "confirmed_by"), version=version
    )
    later = versions.filter(effective_from__gt=shown.effective_from).order_by("effective_from").first()
    present = Present.of([shown.meant])
    rules = present.rules(shown.rules, shown.meant)
    context = {
        "version": shown,
        "later": later,
        "renamed": present.changes(shown.meant),
        "problems": in_sections(problems_of(rules, names_of(shown.office)), rules),
        "page": scheme_page(parse_scheme(rules)),
        "today": timezone.localdate(),
    }
    return render(request, "scoring/detail.html", context)
