"""Words: a bulletin's paragraphs, the office's wording of its sections, and what is printed around them."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models import Unit
from accounts.reader import reader_of, reader_who
from bulletins.document.rows import Paragraph
from bulletins.forms.texts import LetterheadForm, WordingForm
from bulletins.models import Bulletin, BulletinSettings, TextTemplate
from bulletins.reading import text_lines
from bulletins.rules import may_draft, may_edit
from bulletins.services.drafting import BulletinMoved
from bulletins.services.text import edit_text, save_settings, save_template
from bulletins.text.placeholders import PLACEHOLDERS
from bulletins.text.wording import SECTIONS, SHIPPED, TITLE
from bulletins.text.writing import written
from bulletins.views.showing import visible
from bulletins.views.steps import moved
from kit.answers import conflict, form_page


@require_http_methods(["GET", "POST"])
def bulletin_text(request: HttpRequest, pk: int) -> HttpResponse:
    """Every paragraph in a field of its own; what the system wrote stands beside what people made of it."""
    bulletin, reader = visible(request, pk), reader_of(request)
    back = reverse("bulletins:bulletin-detail", args=[pk])
    if bulletin.status not in Bulletin.FOLLOWING:
        return conflict(request, moved(), back)
    if not may_edit(reader, bulletin):
        raise PermissionDenied(_("Only an office administrator edits a bulletin's text."))
    document = bulletin.content
    if request.method == "POST":
        words = dict(_changed(request, document.text))
        try:
            edit_text(
                bulletin=bulletin,
                words=words,
                by=reader,
                sha256=request.POST.get("sha256", ""),
                now=timezone.now(),
            )
        except BulletinMoved:
            return conflict(request, moved(), back)
        messages.success(request, _("Saved. Somebody else checks the bulletin now."))
        return redirect(f"{back}#text")
    context = {"bulletin": bulletin, "document": document, "lines": _fields(document.text), "back": back}
    return render(request, "bulletins/text.html", context)


@require_http_methods(["GET", "POST"])
def bulletin_settings(request: HttpRequest) -> HttpResponse:
    """Red head, number code, addressees, signature."""
    reader = reader_who(
        may_draft, request, _("Only an office administrator changes what bulletins are printed with.")
    )
    settings = BulletinSettings.objects.filter(office=reader.office).first() or BulletinSettings()
    initial = {name: getattr(settings, name) for name in LetterheadForm.base_fields}
    form = LetterheadForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        revision = form.cleaned_data["revision"]
        try:
            save_settings(
                office=reader.office,
                letterhead=form.letterhead,
                revision=revision,
                by=reader,
                now=timezone.now(),
            )
        except BulletinMoved:
            words = _("Somebody else has saved these settings since. Look at them again.")
            return conflict(request, words, reverse("bulletins:bulletin-settings"))
        messages.success(
            request, _("Saved. Drafts show it at once; what is checked or issued keeps its own.")
        )
        return redirect("bulletins:bulletin-settings")
    return form_page(request, "bulletins/settings.html", {"form": form})


@require_http_methods(["GET", "POST"])
def bulletin_wording(request: HttpRequest, section: str = TITLE) -> HttpResponse:
    """The office's wording of a section, with every placeholder explained and a preview."""
    reader = reader_of(request)
    if section not in SHIPPED:
        raise Http404
    if not may_draft(reader):
        raise PermissionDenied(_("Only an office administrator words the bulletins."))
    current = TextTemplate.objects.current(reader.office).get(section, SHIPPED[section])
    form = WordingForm(request.POST or None, initial={"wording": current})
    valid = request.method == "POST" and form.is_valid()
    if valid and "preview" not in request.POST:
        save_template(
            office=reader.office,
            section=section,
            wording=form.cleaned_data["wording"],
            by=reader,
            now=timezone.now(),
        )
        messages.success(request, _("Saved. Drafts are worded anew; what people wrote into them stays."))
        return redirect("bulletins:bulletin-wording", section)
    wording = form.cleaned_data["wording"] if valid else current
    context = {
        "form": form,
        "section": next(known for known in SECTIONS if known.key == section),
        "sections": SECTIONS,
        "placeholders": PLACEHOLDERS.values(),
        "shipped": SHIPPED[section],
        "preview": _preview(reader.office, section, wording),
    }
    status = 422 if request.method == "POST" and not valid else 200
    return render(request, "bulletins/wording.html", context, status=status)


def _preview(office: Unit, section: str, wording: str) -> dict[str, object] | None:
    """The section as it would read in the office's latest bulletin; None without one."""
    bulletin = Bulletin.objects.of_office(office).newest_first().first()
    if bulletin is None:
        return None
    document = written(bulletin.content, TextTemplate.objects.current(office) | {section: wording})
    if section == TITLE:
        return {"bulletin": bulletin, "title": document.title}
    lines = [line for line in text_lines(document) if line.section == section]
    return {"bulletin": bulletin, "lines": lines}


def _fields(text: tuple[Paragraph, ...]) -> list[dict[str, object]]:
    """A field for every paragraph; `rows` so that it shows most of the text without scrolling."""
    return [
        {
            "paragraph": paragraph,
            "name": f"text-{paragraph.key}",
            "rows": 1 + len(paragraph.text) // 48,
        }
        for paragraph in text
    ]


def _changed(request: HttpRequest, text: tuple[Paragraph, ...]) -> list[tuple[str, str | None]]:
    """What was written into the fields that differ from what stands there; None where it is taken back.

    A paragraph that wants a look (需核对) counts as looked at when its box is ticked.
    """
    changed: list[tuple[str, str | None]] = []
    for paragraph in text:
        name = f"text-{paragraph.key}"
        if name not in request.POST:
            continue
        words = "\n".join(line.strip() for line in request.POST[name].splitlines()).strip()
        if f"restore-{paragraph.key}" in request.POST:
            changed.append((paragraph.key, None))
        elif words != paragraph.text or (paragraph.stale and f"looked-{paragraph.key}" in request.POST):
            changed.append((paragraph.key, words))
    return changed
