"""Pages of items: the list, the form, the text and its files."""

from __future__ import annotations

import re

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from accounts.reader import reader_of, reader_who
from paper import answers
from submissions.drafting import (
    bind_and_save,
    blank_draft,
    refusal,
    render_item_form,
    render_locked,
    shown_findings,
)
from submissions.forms.items import ItemForm
from submissions.item_docx import item_docx
from submissions.models import Item, Version
from submissions.reading import as_filed, facts_of, files_of, reading_for
from submissions.rules import is_writer_of, may_discard, may_edit, may_file
from submissions.services.checking import findings_of
from submissions.services.drafts import ItemLocked, discard_draft, remove_attachment
from submissions.views.files import readable_file


@require_http_methods(["GET", "HEAD", "POST"])
def item_create(request: HttpRequest) -> HttpResponse:
    """A blank form; sent, it becomes a draft."""
    user = reader_who(may_file, request)
    if request.method != "POST":
        return render_item_form(request, blank_draft(user, None))
    return _save(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
def item_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The form of a draft, or of an item that came back."""
    user = reader_of(request)
    item = _writers_item(user, pk)
    if request.method == "POST":
        return _save(request, item)
    draft = blank_draft(user, item)
    return render_item_form(request, draft) if may_edit(user, item) else render_locked(request, draft)


def _save(request: HttpRequest, item: Item | None) -> HttpResponse:
    bound = bind_and_save(request, item)
    answer = refusal(request, bound)
    if answer is not None:
        return answer
    assert bound.item is not None
    messages.success(request, _("The draft is saved. It is not filed yet."))
    return redirect("submissions:item-edit", bound.item.pk)


@require_POST
def item_check(request: HttpRequest) -> HttpResponse:
    """What the checks say of a text that is being written; stores nothing, files at hand are left out."""
    user = reader_who(may_file, request)
    form = ItemForm(request.POST, user=user, item=None, day=timezone.localdate())
    form.is_valid()
    typed = {name: form.typed().get(name, "") for name in ("title", "body", "genre")}
    found = findings_of(Item(office=user.office, **typed))
    return render(request, "submissions/_findings.html", {"form": form} | shown_findings(found))


@require_safe
def item_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The text with its facts, files and versions; other apps add what they know about it."""
    user = reader_of(request)
    item = get_object_or_404(Item.objects.visible_to(user).with_people().select_related("office"), pk=pk)
    reading = reading_for(user, item)
    context = {
        "item": item,
        "content": reading.content,
        "shown_version": reading.version,
        "facts": facts_of(reading.content),
        "files": files_of(item, reading.content),
        "versions": item.versions.select_related("made_by").order_by("-number"),
        "today": timezone.localdate(),
        "may_edit": may_edit(user, item),
        "may_discard": may_discard(user, item),
    }
    return render(request, "submissions/items/detail.html", context)


@require_safe
def item_word(request: HttpRequest, pk: int) -> HttpResponse:
    """The text the item's page shows, as a Word file."""
    user = reader_of(request)
    item = get_object_or_404(Item.objects.visible_to(user).select_related("office", "unit", "round"), pk=pk)
    content = reading_for(user, item).content
    file = item_docx(content, office=item.office.name, moment=timezone.now())
    name = re.sub(r'[\\/:*?"<>|]', " ", content["title"] or item.number or str(item.pk))
    return answers.attachment(file, name, "docx", answers.DOCX)


@require_safe
def version_detail(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One text as it was filed."""
    item = get_object_or_404(Item.objects.visible_to(reader_of(request)), pk=pk)
    version = get_object_or_404(Version.objects.select_related("made_by"), item=item, number=number)
    return render(request, "submissions/items/version.html", as_filed(item, version))


@require_http_methods(["GET", "HEAD", "POST"])
def item_discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then delete a draft that was never filed."""
    user = reader_of(request)
    item = get_object_or_404(Item.objects.visible_to(user), pk=pk)
    if not may_discard(user, item):
        raise PermissionDenied
    if request.method != "POST":
        return render(request, "submissions/items/discard.html", {"item": item})
    try:
        discard_draft(item=item, by=user, now=timezone.now())
    except ItemLocked:
        return render_locked(request, blank_draft(user, item))
    messages.success(request, _("The draft “%(title)s” was discarded.") % {"title": item})
    return redirect("submissions:item-list")


@require_POST
def attachment_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """A button of the form: store what was typed, then take the file out."""
    user = reader_of(request)
    attachment = readable_file(user, pk)
    item = _writers_item(user, attachment.item_id)
    bound = bind_and_save(request, item) if "form_key" in request.POST else blank_draft(user, item)
    if bound.outcome.stored:
        try:
            remove_attachment(attachment=attachment, now=timezone.now())
        except ItemLocked:
            return render_locked(request, bound)
    answer = refusal(request, bound)
    if answer is None:
        messages.success(request, _("“%(name)s” was removed.") % {"name": attachment.name})
        answer = redirect("submissions:item-edit", item.pk)
    return answer


def _writers_item(user: User, pk: int) -> Item:
    """An item this person writes: 404 when they may not see it, 403 when it is somebody else's."""
    item = get_object_or_404(Item.objects.visible_to(user).select_related("unit", "submitter"), pk=pk)
    if not is_writer_of(user, item):
        raise PermissionDenied
    return item
