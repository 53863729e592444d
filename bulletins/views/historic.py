"""Historic bulletins: entered from a file, looked at, confirmed; shown as printed."""

from __future__ import annotations

from dataclasses import replace

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.models import User
from accounts.reader import reader_of, reader_who
from adoptions.ledger.workbook import LedgerUnreadable
from bulletins.forms.historic import HistoricForm
from bulletins.historic.files import read_table
from bulletins.historic.pages import historic_page, printed_table
from bulletins.historic.printed import PrintedTable
from bulletins.models import HistoricBulletin
from bulletins.querysets import HistoricBulletinQuerySet
from bulletins.rules import may_enter_historic
from bulletins.services.historic import HistoricSettled, confirm_historic, enter_historic, remove_historic
from kit.answers import conflict, download, form_page


@require_http_methods(["GET", "POST"])
def historic_enter(request: HttpRequest) -> HttpResponse:
    """The table and what stands around it. Nothing is entered before the preview is confirmed."""
    reader = reader_of(request)
    if not may_enter_historic(reader, reader.office):
        raise PermissionDenied(_("Only an office administrator enters historic bulletins."))
    form = HistoricForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        stored = _store(form, reader)
        if stored:
            return redirect("bulletins:historic-preview", stored.pk)
    return form_page(request, "bulletins/historic/enter.html", {"form": form})


@require_GET
def historic_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """How the file was read, before it is confirmed."""
    reader = reader_of(request)
    previews = HistoricBulletin.objects.of_office(reader.office) if _enters(reader) else _visible(reader)
    bulletin = get_object_or_404(previews.select_related("office", "entered_by"), pk=pk)
    if bulletin.confirmed_at:
        return redirect("bulletins:historic-detail", pk)
    context = {"bulletin": bulletin, "page": historic_page(bulletin)}
    return render(request, "bulletins/historic/preview.html", context)


@require_POST
def historic_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """The table stands as printed."""
    reader = reader_of(request)
    bulletin = get_object_or_404(HistoricBulletin.objects.of_office(reader.office), pk=pk)
    try:
        confirm_historic(bulletin=bulletin, by=reader, now=timezone.now())
    except (HistoricSettled, ValidationError):
        message = _("It is entered already.")
        return conflict(request, message, reverse("bulletins:bulletin-list"))
    messages.success(request, _("Entered as printed."))
    return redirect("bulletins:historic-detail", pk)


@require_GET
def historic_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The bulletin as printed, and what it adds up to."""
    reader = reader_of(request)
    bulletin = get_object_or_404(_visible(reader).select_related("office", "entered_by"), pk=pk)
    context = {"bulletin": bulletin, "page": historic_page(bulletin), "may_remove": _enters(reader)}
    return render(request, "bulletins/historic/detail.html", context)


@require_http_methods(["GET", "POST"])
def historic_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take away what was entered by mistake; a preview goes without a question."""
    reader = reader_who(_enters, request, _("Only an office administrator enters historic bulletins."))
    bulletin = get_object_or_404(HistoricBulletin.objects.of_office(reader.office), pk=pk)
    if request.method == "GET":
        return render(request, "bulletins/historic/remove.html", {"bulletin": bulletin})
    try:
        remove_historic(bulletin=bulletin, by=reader, now=timezone.now())
    except HistoricSettled:
        return conflict(request, _("It is gone already."), reverse("bulletins:bulletin-list"))
    messages.success(request, _("Removed: %(title)s") % {"title": bulletin.title})
    return redirect("bulletins:bulletin-list")


@require_GET
def historic_file(request: HttpRequest, pk: int) -> FileResponse:
    """The file it was entered from."""
    reader = reader_of(request)
    bulletins = HistoricBulletin.objects.of_office(reader.office) if _enters(reader) else _visible(reader)
    bulletin = get_object_or_404(bulletins, pk=pk)
    return download(bulletin.file, bulletin.name)


def _store(form: HistoricForm, reader: User) -> HistoricBulletin | None:
    """The preview, or None with the reasons in the form."""
    upload, cleaned = form.cleaned_data["file"], form.cleaned_data
    try:
        read = read_table(upload.file, upload.extension)
        table: PrintedTable = replace(
            printed_table(read, reader.office, cleaned["layout"]), totals=cleaned["totals"]
        )
        if unknown := table.unknown_totals():
            names = "、".join(unknown)
            form.add_error(
                "totals", _("The table has no column of numbers called %(names)s.") % {"names": names}
            )
            return None
        return enter_historic(
            office=reader.office,
            title=cleaned["title"],
            number=cleaned["number"],
            period=form.period,
            table=table,
            notes="\n".join(filter(None, (cleaned["notes"], *read.notes))),
            upload=upload,
            by=reader,
            now=timezone.now(),
        )
    except LedgerUnreadable as error:
        form.add_error("file", str(error))
    except ValidationError as error:
        form.add_error(None, error.messages)
    return None


def _enters(reader: User) -> bool:
    return may_enter_historic(reader, reader.office)


def _visible(reader: User) -> HistoricBulletinQuerySet:
    return HistoricBulletin.objects.visible_to(reader)
