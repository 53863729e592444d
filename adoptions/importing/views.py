"""Bringing in an old ledger on the web: upload, look, then confirm."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.reader import reader_of
from adoptions.importing.fates import Fate, FateKind
from adoptions.importing.forms import LedgerForm, QuestionsForm, RowsForm
from adoptions.importing.previews import (
    ImportSettled,
    PreviewOutdated,
    confirm_preview,
    discard_preview,
    fates_of,
    recheck_preview,
    store_preview,
)
from adoptions.importing.told import told_of
from adoptions.importing.workbooks import fates_workbook, ledger_notes, ledger_template_workbook
from adoptions.ledger.reader import notes_on, read_ledger
from adoptions.ledger.tables import Told
from adoptions.ledger.workbook import LedgerUnreadable
from adoptions.models import LedgerImport
from adoptions.reader import registrar_of
from kit.answers import download, form_page
from kit.paging import LONG, page_of
from paper.answers import XLSX


@require_http_methods(["GET", "HEAD", "POST"])
def import_start(request: HttpRequest) -> HttpResponse:
    """Upload a ledger. Nothing is written yet: the preview tells every row's fate."""
    user = registrar_of(request)
    form = LedgerForm(request.POST, request.FILES) if request.method == "POST" else LedgerForm()
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            ledger = read_ledger(upload.file, upload.extension)
        except LedgerUnreadable as error:
            form.add_error("file", str(error))
        else:
            stored = store_preview(
                office=user.office, ledger=ledger, upload=upload, by=user, now=timezone.now()
            )
            for note in notes_on(ledger, upload.extension):
                messages.info(request, note)
            return redirect("adoptions:import-preview", stored.pk)
    context = {"form": form, "notes": ledger_notes()}
    return form_page(request, "adoptions/importing/start.html", context)


@require_safe
def import_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """Every row's fate before anything is written."""
    stored = _import(request, pk)
    if stored.confirmed_at:
        return redirect("adoptions:import-detail", stored.pk)
    return render(request, "adoptions/importing/preview.html", _preview(request, stored))


@require_POST
def import_recheck(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide the rows' fates again: after names were added, with questions answered and cells corrected."""
    stored = _import(request, pk)
    told, fates = told_of(stored.told), fates_of(stored)
    questions = QuestionsForm(_asked(fates, told) if "answer" in request.POST else (), request.POST)
    if not questions.is_valid():
        context = _preview(request, stored) | {"questions": questions}
        return render(request, "adoptions/importing/preview.html", context, status=422)
    rows = RowsForm(request.POST, fates, told)
    try:
        recheck_preview(
            preview=stored,
            by=reader_of(request),
            now=timezone.now(),
            mend=lambda told: rows.add_to(questions.add_to(told)),
        )
    except ImportSettled:
        return _settled(request, pk)
    except LedgerUnreadable as error:
        messages.error(request, str(error))
        return redirect("adoptions:import-preview", pk)
    messages.success(request, _("The rows were checked again."))
    return redirect("adoptions:import-preview", pk)


@require_POST
def import_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Write what the preview showed; rows that were refused are left out only when that is asked for."""
    stored = _import(request, pk)
    partial = request.POST.get("accept_partial") == "1"
    try:
        outcome = confirm_preview(
            preview=stored, accept_partial=partial, by=reader_of(request), now=timezone.now()
        )
    except ImportSettled:
        return _settled(request, pk)
    except LedgerUnreadable as error:
        messages.error(request, str(error))
        return redirect("adoptions:import-preview", pk)
    except PreviewOutdated:
        messages.warning(
            request, _("Meanwhile other rows would be taken: look at the rows again, then confirm.")
        )
        return redirect("adoptions:import-preview", pk)
    if not outcome.written:
        messages.error(request, _("Nothing was written: rows are refused, or there is nothing new."))
        return redirect("adoptions:import-preview", pk)
    messages.success(request, _("Written: %(count)d rows.") % {"count": outcome.accepted})
    return redirect("adoptions:import-detail", pk)


@require_POST
def import_discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Drop a preview; nothing of it was written."""
    stored = _import(request, pk)
    try:
        discard_preview(preview=stored, by=reader_of(request), now=timezone.now())
    except ImportSettled:
        return _settled(request, pk)
    messages.success(request, _("“%(name)s” was discarded; nothing of it was written.") % {"name": stored})
    return redirect("adoptions:import-list")


@require_safe
def import_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """What became of an imported ledger, row by row."""
    stored = _import(request, pk)
    if not stored.confirmed_at:
        return redirect("adoptions:import-preview", stored.pk)
    return render(request, "adoptions/importing/detail.html", _rows(request, stored))


@require_safe
def import_fates(request: HttpRequest, pk: int) -> FileResponse:
    """Every row's fate as an Excel workbook."""
    stored = _import(request, pk)
    book = fates_workbook(stored.name, fates_of(stored))
    name = _("Rows of %(name)s") % {"name": stored.name.rpartition(".")[0] or stored.name}
    return FileResponse(book, as_attachment=True, filename=f"{name}.xlsx", content_type=XLSX)


@require_safe
def import_file(request: HttpRequest, pk: int) -> FileResponse:
    """The ledger itself, as it was uploaded."""
    stored = _import(request, pk)
    return download(stored.file, stored.name)


@require_safe
def ledger_template(request: HttpRequest) -> FileResponse:
    """An empty ledger with the columns that an import reads."""
    registrar_of(request)
    name = _("Ledger template.xlsx")
    return FileResponse(ledger_template_workbook(), as_attachment=True, filename=name, content_type=XLSX)


def _import(request: HttpRequest, pk: int) -> LedgerImport:
    imports = LedgerImport.objects.filter(office=registrar_of(request).office).select_related("by")
    return get_object_or_404(imports, pk=pk)


def _asked(fates: list[Fate], told: Told) -> set[str]:
    """The questions about the file that are open, or were answered and may be answered otherwise."""
    answered = {name for name in ("year", "hidden") if getattr(told, name) is not None}
    return answered.union(*(fate.asks for fate in fates))


def _preview(request: HttpRequest, stored: LedgerImport) -> dict[str, Any]:
    """The rows, and what is asked about the file as a whole; the year most of its days are of is proposed."""
    context = _rows(request, stored)
    told, fates = told_of(stored.told), fates_of(stored)
    asked = _asked(fates, told)
    years = Counter(fate.date[:4] for fate in fates if fate.date).most_common(1)
    proposed = told.year or int(years[0][0] if years else timezone.localdate().year)
    said = None if told.hidden is None else ("yes" if told.hidden else "no")
    return context | {
        "questions": QuestionsForm(asked, initial={"year": proposed, "hidden": said}) if asked else None,
        "by_hand": told.left_out,
        "mending": True,
    }


def _rows(request: HttpRequest, stored: LedgerImport) -> dict[str, Any]:
    """The rows of one fate, or all; and the names nobody knows, with the number of rows they keep out."""
    fates = fates_of(stored)
    asked = request.GET.get("fate", "")
    shown = [fate for fate in fates if fate.kind == asked] if asked in FateKind.values else fates
    return {
        "stored": stored,
        "rows": len(fates),
        "fate": asked if asked in FateKind.values else "",
        "tabs": [(kind.value, kind.label, getattr(stored, kind.value)) for kind in FateKind],
        "page": page_of(request, shown, LONG),
        "unknown": _unknown(fates),
    }


def _unknown(fates: list[Fate]) -> list[tuple[str, str, int]]:
    """(kind, name as written, rows it keeps out) of units and outlets the office does not have."""
    found = Counter(name for fate in fates for name in fate.unknown)
    return [(kind, name, count) for (kind, name), count in found.most_common()]


def _settled(request: HttpRequest, pk: int) -> HttpResponse:
    messages.warning(request, _("Somebody else has confirmed or discarded this import meanwhile."))
    if LedgerImport.objects.filter(pk=pk).exists():
        return redirect("adoptions:import-detail", pk)
    return redirect("adoptions:import-list")
