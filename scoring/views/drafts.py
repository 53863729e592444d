"""Drafts of scoring schemes: begun, read, edited section by section, saved to a file, thrown away."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from accounts.reader import reader_of, reader_who
from kit.answers import conflict
from kit.numbers import whole
from paper.answers import attachment
from scoring.editor.editing import SectionForm
from scoring.editor.sections import section as section_of
from scoring.forms import StartForm
from scoring.models import SchemeDraft, SchemeVersion
from scoring.names import names_of
from scoring.pages.draft import draft_page, offers, suggestions
from scoring.rules import may_confirm_scheme, may_edit_scheme
from scoring.services.drafts import DraftMoved, discard_scheme, recall_scheme, save_rules, start_draft
from scoring.timetables import rules_now

OFFERED_VERSIONS = 5


@require_http_methods(["GET", "HEAD", "POST"])
def scheme_draft_start(request: HttpRequest) -> HttpResponse:
    """A draft from a version of the office, a shipped scheme, a file, or nothing."""
    reader, now = scheme_editor(request), timezone.now()
    versions = SchemeVersion.objects.of_office(reader.office).newest_first()[:OFFERED_VERSIONS]
    form = StartForm(
        request.POST or None, request.FILES or None, versions=versions, today=timezone.localdate(now)
    )
    if request.method == "POST" and form.is_valid():
        begun = form.beginning
        draft = start_draft(
            office=reader.office,
            rules=begun.rules,
            based_on=begun.based_on,
            basis=begun.basis,
            by=reader,
            now=now,
        )
        return redirect("scoring:scheme-draft-detail", draft.pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "scoring/start.html", {"form": form}, status=status)


@require_safe
def scheme_draft_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The draft in words, what is still wrong with it, and the next step for whoever may take it."""
    draft, reader = visible_draft(request, pk), reader_of(request)
    context = {
        "draft": draft,
        "page": draft_page(draft.rules, names_of(draft.office)),
        "may_edit": may_edit_scheme(reader, draft.office),
        "may_confirm": may_confirm_scheme(reader, draft),
    }
    return render(request, "scoring/draft.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def scheme_draft_edit(request: HttpRequest, pk: int, section: str) -> HttpResponse:
    """One section as a form; buttons for rows change the page, only saving changes the draft."""
    reader, draft, shown = scheme_editor(request), visible_draft(request, pk), section_of(section)
    if shown is None:
        raise Http404
    if request.method != "POST":
        return _section_page(request, draft, SectionForm.of(shown, draft.rules, {}), draft.revision)
    form, revision = SectionForm.typed(shown, request.POST, {}), asked_revision(request)
    if form.errors:
        return _section_page(request, draft, form, revision, unsaved=True, status=422)
    if "do" in request.POST:
        form.step(request.POST["do"])
        return _section_page(request, draft, form, revision, unsaved=True)
    rules, now = form.rules(draft.rules), timezone.now()
    try:
        save_rules(draft=draft, rules=rules, revision=revision, by=reader, now=now)
    except DraftMoved as moved:
        if moved.draft is None:
            return draft_gone(request)
        return _section_page(
            request, moved.draft, form, moved.draft.revision, unsaved=True, overtaken=True, status=409
        )
    messages.success(request, _("“%(section)s” is saved.") % {"section": shown.title})
    if "back" in request.POST:
        return redirect(f"{reverse('scoring:scheme-draft-detail', args=[pk])}#{section}")
    return redirect(request.path)


@require_http_methods(["GET", "HEAD", "POST"])
def scheme_draft_discard(request: HttpRequest, pk: int) -> HttpResponse:
    """The question, then the end of the draft."""
    reader, draft = scheme_editor(request), visible_draft(request, pk)
    if request.method != "POST":
        return render(request, "scoring/discard.html", {"draft": draft})
    try:
        discard_scheme(draft=draft, revision=asked_revision(request), by=reader, now=timezone.now())
    except DraftMoved as moved:
        return overtaken(request, moved)
    messages.success(request, _("The draft “%(name)s” is discarded.") % {"name": draft.name})
    return redirect("scoring:scheme-list")


@require_safe
def scheme_draft_download(request: HttpRequest, pk: int) -> HttpResponse:
    """The draft as a JSON file."""
    draft = visible_draft(request, pk)
    return json_file(draft.rules, draft.name or _("Scoring scheme"))


@require_safe
def scheme_download(request: HttpRequest, version: int) -> HttpResponse:
    """A version of the scheme as a JSON file, under the names of today."""
    versions = SchemeVersion.objects.of_office(reader_of(request).office)
    found = get_object_or_404(versions, version=version)
    return json_file(rules_now(found), f"{found.name} v{found.version}")


@require_POST
def scheme_draft_recall(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the proposal back, or refuse it."""
    draft = visible_draft(request, pk)
    try:
        recall_scheme(
            draft=draft, revision=asked_revision(request), by=reader_of(request), now=timezone.now()
        )
    except DraftMoved as moved:
        return overtaken(request, moved)
    messages.success(request, _("The proposal is taken back: the scheme can be edited again."))
    return redirect("scoring:scheme-draft-detail", pk)


def visible_draft(request: HttpRequest, pk: int) -> SchemeDraft:
    """A draft that the reader may see, or 404."""
    drafts = SchemeDraft.objects.visible_to(reader_of(request))
    return get_object_or_404(drafts.select_related("office", "changed_by", "proposed_by", "based_on"), pk=pk)


def scheme_editor(request: HttpRequest) -> User:
    """The reader, who must be an administrator of the office."""
    return reader_who(may_edit_scheme, request, _("Only an office administrator edits scoring schemes."))


def asked_revision(request: HttpRequest) -> int:
    """Which state of the draft the page showed; one that never was when the request does not say."""
    return whole(request.POST.get("revision", "")) or 0


def overtaken(request: HttpRequest, moved: DraftMoved) -> HttpResponse:
    """409: somebody else has saved the draft meanwhile, or it is gone."""
    if moved.draft is None:
        return draft_gone(request)
    message = _("%(who)s has changed this draft since you opened it. Read it again before you decide.")
    back = reverse("scoring:scheme-draft-detail", args=[moved.draft.pk])
    return conflict(request, message % {"who": moved.draft.changed_by.display_name}, back)


def draft_gone(request: HttpRequest) -> HttpResponse:
    """409: the draft was put in force or discarded."""
    message = _("This draft no longer exists: it was put in force or discarded.")
    return conflict(request, message, reverse("scoring:scheme-list"))


def json_file(rules: dict[str, Any], name: str) -> HttpResponse:
    """The rules as a file that can be uploaded again."""
    content = json.dumps(rules, ensure_ascii=False, indent=2).encode()
    return attachment(content, name, "json", "application/json")


def _section_page(
    request: HttpRequest,
    draft: SchemeDraft,
    form: SectionForm,
    revision: int,
    *,
    unsaved: bool = False,
    overtaken: bool = False,
    status: int = 200,
) -> HttpResponse:
    """The section as typed or stored, with the problems it would have if it were saved so."""
    rules = form.rules(draft.rules)
    form.offers = offers(rules)
    page = draft_page(rules, names_of(draft.office))
    context = {
        "draft": draft,
        "section": form.section,
        "parts": form.parts(rules, page.problems),
        "errors": form.errors,
        "wide": form.wide,
        "page": page,
        "words": next((each for each in page.scheme.sections if each.code == form.section.code), None),
        "suggestions": suggestions(draft),
        "revision": revision,
        "unsaved": unsaved,
        "overtaken": overtaken,
    }
    return render(request, "scoring/section.html", context, status=status)
