"""What the pages of adoptions and of events do alike: show the form, correct, revoke, hand out the proof."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models.fields.files import FieldFile
from django.http import FileResponse, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from accounts.reader import reader_of
from adoptions.entries.forms import EntryForm, RevokeForm
from adoptions.entries.history import corrections_of
from adoptions.entries.nouns import name_of, noun_of, question_of
from adoptions.entries.services import AlreadyRegistered, EntryChanged, edit_entry, revoke_entry
from adoptions.models import Adoption, Event
from adoptions.rules import may_change, may_register
from kit.answers import conflict, download, form_page
from submissions.models import Item

type Sent = tuple[QueryDict | None, MultiValueDict[str, UploadedFile[bytes]] | None]


def visible[E: (Adoption, Event)](request: HttpRequest, model: type[E], pk: int) -> E:
    return get_object_or_404(model.objects.visible_to(reader_of(request)).in_full(), pk=pk)


def changeable[E: (Adoption, Event)](request: HttpRequest, model: type[E], pk: int) -> E:
    """An entry this person may change: 404 when they may not see it, 403 when it is not theirs to keep."""
    entry = visible(request, model, pk)
    if not may_change(reader_of(request), entry):
        raise PermissionDenied(str(noun_of(entry).settled) if entry.revoked_at else "")
    return entry


def detail(user: User, entry: Adoption | Event) -> dict[str, Any]:
    """What the page of an entry shows, whatever it is."""
    return {
        "entry": entry,
        "noun": noun_of(entry),
        "item_is_open": entry.item is not None
        and Item.objects.visible_to(user).filter(pk=entry.item.pk).exists(),
        "corrections": corrections_of(entry),
        "may_change": may_change(user, entry),
        "may_register": may_register(user, entry.office),
    }


def sent(request: HttpRequest) -> Sent:
    """What a form is to read, nothing before it was sent."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def show_form(
    request: HttpRequest,
    template: str,
    form: EntryForm,
    *,
    entry: Adoption | Event | None,
    first: Adoption | Event | None,
    **context: Any,
) -> HttpResponse:
    context |= {
        "form": form,
        "entry": entry,
        "noun": noun_of(entry) if entry else None,
        "first": first,
        "file_again": form.is_bound and bool(form.files.get("proof")),
    }
    return form_page(request, template, context)


def correct[E: (Adoption, Event)](
    request: HttpRequest, form: EntryForm, entry: E, show: Callable[[E | None], HttpResponse]
) -> HttpResponse:
    """Save a correction, with its reason; not when somebody else changed the entry meanwhile.

    `show` draws the form again, and above it the entry that the correction would double.
    """
    first: E | None = None
    if form.is_valid():
        try:
            edit_entry(entry=entry, by=reader_of(request), now=timezone.now(), **form.correction())
        except EntryChanged:
            return _changed(request, entry)
        except AlreadyRegistered as known:
            first = known.first
        except ValidationError as error:
            form.refuse(error)
        else:
            messages.success(request, _("The correction is saved."))
            return redirect(noun_of(entry).page, entry.pk)
    return show(first)


@require_http_methods(["GET", "HEAD", "POST"])
def entry_revoke[E: (Adoption, Event)](request: HttpRequest, pk: int, model: type[E]) -> HttpResponse:
    """Ask for the reason, then take the entry out of the count."""
    entry = changeable(request, model, pk)
    noun = noun_of(entry)
    form = RevokeForm(request.POST or None, initial={"revision": entry.revision})
    if request.method == "POST" and form.is_valid():
        try:
            revoke_entry(entry=entry, by=reader_of(request), now=timezone.now(), **form.cleaned_data)
        except EntryChanged:
            return _changed(request, entry)
        messages.success(request, str(noun.revoked))
        return redirect(noun.page, entry.pk)
    context = {
        "entry": entry,
        "noun": noun,
        "name": name_of(entry),
        "question": question_of(entry),
        "form": form,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "adoptions/entries/revoke.html", context, status=status)


@require_safe
def entry_proof[E: (Adoption, Event)](request: HttpRequest, pk: int, model: type[E]) -> FileResponse:
    """The proof file of an entry the person may see; never shown inside the site."""
    entry = visible(request, model, pk)
    return download(entry.proof_file, entry.proof_name)


@require_safe
def entry_former_proof[E: (Adoption, Event)](
    request: HttpRequest, pk: int, change_pk: int, model: type[E]
) -> FileResponse:
    """The proof file that a correction replaced or removed, for whoever may see the entry."""
    entry = visible(request, model, pk)
    before = get_object_or_404(entry.changes, pk=change_pk).before
    file = FieldFile(entry, model._meta.get_field("proof_file"), before["proof_file"])
    return download(file, before["proof_name"])


def _changed(request: HttpRequest, entry: Adoption | Event) -> HttpResponse:
    noun = noun_of(entry)
    return conflict(request, str(noun.changed), reverse(noun.page, args=[entry.pk]))
