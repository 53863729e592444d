"""Reading the ledger: the list, one adoption, its proof."""

from __future__ import annotations

import mimetypes

from django.core.paginator import Paginator
from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import Unit
from accounts.reader import reader_of
from accounts.saved_lists import opens_as_saved
from adoptions.entries.history import corrections_of
from adoptions.exports import adoption_columns, adoption_workbook
from adoptions.filters import DEFAULT_ORDER, AdoptionFilter, in_order
from adoptions.models import Adoption, AdoptionChange
from adoptions.rules import may_change, may_register
from kit.lists import chosen, on_screen
from submissions.filters import OFFERED_UNITS
from submissions.models import Item
from submissions.querysets import ItemQuerySet

PAGE_SIZE = 25
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
@opens_as_saved
def adoption_list(request: HttpRequest) -> HttpResponse:
    """Adoptions the person may see, filtered, ordered and paged."""
    user = reader_of(request)
    found = AdoptionFilter(request.GET, user=user)
    adoptions = in_order(found.qs, request.GET.get("o")).with_parts()
    page = Paginator(adoptions, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        **on_screen(adoption_columns(), page, request.GET),
        "filter_form": found.form,
        "has_asked": found.has_asked,
        "only_item": _only_item(request, Item.objects.visible_to(user)),
        "units": Unit.objects.visible_to(user).in_order()[:OFFERED_UNITS],
        "default_order": DEFAULT_ORDER,
        "may_register": may_register(user),
    }
    return render(request, "adoptions/list.html", context)


@require_safe
def adoption_export(request: HttpRequest) -> FileResponse:
    """The same adoptions as the list shows, of all pages, as an Excel workbook."""
    found = AdoptionFilter(request.GET, user=reader_of(request))
    adoptions = in_order(found.qs, request.GET.get("o")).with_parts()
    today, columns = timezone.localdate(), chosen(adoption_columns(), request.GET)
    book = adoption_workbook(adoptions.iterator(chunk_size=500), adoptions.count(), today, columns)
    name = _("Adoptions %(day)s.xlsx") % {"day": f"{today:%Y%m%d}"}
    return FileResponse(book, as_attachment=True, filename=name, content_type=XLSX)


@require_safe
def adoption_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One adoption: its facts, whom it is credited to, its proof, and how it was corrected."""
    user = reader_of(request)
    adoptions = Adoption.objects.visible_to(user).select_related(
        "item__unit", "item__office", "outlet", "ledger", "registered_by", "revoked_by"
    )
    adoption = get_object_or_404(adoptions, pk=pk)
    parts = list(adoption.credits.select_related("unit").order_by("-share", "unit__path"))
    context = {
        "adoption": adoption,
        "item": adoption.item,
        "item_is_open": Item.objects.visible_to(user).filter(pk=adoption.item_id).exists(),
        "credits": parts,
        "shares": sum(credit.share for credit in parts),
        "corrections": corrections_of(adoption),
        "may_change": may_change(user, adoption),
        "may_register": may_register(user, adoption.item.office),
    }
    return render(request, "adoptions/detail.html", context)


@require_safe
def proof_download(request: HttpRequest, pk: int) -> FileResponse:
    """The proof file of an adoption the person may see; never shown inside the site."""
    adoption = get_object_or_404(Adoption.objects.visible_to(reader_of(request)), pk=pk)
    return download(adoption.proof_file, adoption.proof_name)


@require_safe
def former_proof_download(request: HttpRequest, pk: int, change_pk: int) -> FileResponse:
    """The proof file that a correction replaced or removed, for whoever may see the adoption."""
    adoption = get_object_or_404(Adoption.objects.visible_to(reader_of(request)), pk=pk)
    before = get_object_or_404(AdoptionChange, pk=change_pk, adoption=adoption).before
    file = FieldFile(adoption, Adoption._meta.get_field("proof_file"), before["proof_file"])
    return download(file, before["proof_name"])


def download(file: FieldFile, name: str) -> FileResponse:
    """A stored file under the name people gave it, as a download. Raises Http404 when there is none."""
    if not file:
        raise Http404
    try:
        content = file.open()
    except FileNotFoundError as error:
        raise Http404 from error
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    response = FileResponse(content, as_attachment=True, filename=name, content_type=kind)
    response["Content-Security-Policy"] = "sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _only_item(request: HttpRequest, items: ItemQuerySet) -> Item | None:
    """The item whose adoptions alone are asked for, to name it above the list."""
    asked = request.GET.get("item", "")
    return items.filter(pk=int(asked)).first() if asked.isdecimal() and len(asked) < 10 else None
