"""Reading what earned or cost points beside filing and adoption: the list, one event, its proof."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.db.models.fields.files import FieldFile
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import Unit
from accounts.reader import reader_of
from accounts.saved_lists import opens_as_saved
from adoptions.entries.history import corrections_of_event
from adoptions.enums import EventKind
from adoptions.events.forms import COUNT_LABELS
from adoptions.exports import event_columns, event_workbook
from adoptions.filters import DEFAULT_ORDER, EventFilter, events_in_order
from adoptions.models import Event, EventChange
from adoptions.reading import XLSX, download
from adoptions.rules import may_change_event, may_register
from kit.lists import chosen, on_screen
from submissions.filters import OFFERED_UNITS
from submissions.models import Item

PAGE_SIZE = 25


@require_safe
@opens_as_saved
def event_list(request: HttpRequest) -> HttpResponse:
    """Events the person may see, filtered, ordered and paged."""
    user = reader_of(request)
    found = EventFilter(request.GET, user=user)
    events = events_in_order(found.qs, request.GET.get("o")).with_parts()
    page = Paginator(events, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        **on_screen(event_columns(), page, request.GET),
        "filter_form": found.form,
        "has_asked": found.has_asked,
        "only_item": found.only_item,
        "units": Unit.objects.visible_to(user).in_order()[:OFFERED_UNITS],
        "default_order": DEFAULT_ORDER,
        "may_register": may_register(user),
    }
    return render(request, "adoptions/events/list.html", context)


@require_safe
def event_export(request: HttpRequest) -> FileResponse:
    """The same events as the list shows, of all pages, as an Excel workbook."""
    found = EventFilter(request.GET, user=reader_of(request))
    events = events_in_order(found.qs, request.GET.get("o")).with_parts()
    today, columns = timezone.localdate(), chosen(event_columns(), request.GET)
    book = event_workbook(events.iterator(chunk_size=500), events.count(), today, columns)
    name = _("Events for points %(day)s.xlsx") % {"day": f"{today:%Y%m%d}"}
    return FileResponse(book, as_attachment=True, filename=name, content_type=XLSX)


@require_safe
def event_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One event: its facts, whom it concerns, its proof, and how it was corrected."""
    user = reader_of(request)
    events = Event.objects.visible_to(user).select_related(
        "office", "item__unit", "unit", "registered_by", "revoked_by"
    )
    event = get_object_or_404(events, pk=pk)
    context = {
        "event": event,
        "item_is_open": event.item_id is not None
        and Item.objects.visible_to(user).filter(pk=event.item_id).exists(),
        "count_label": COUNT_LABELS.get(EventKind(event.kind), _("Occurrences")),
        "corrections": corrections_of_event(event),
        "may_change": may_change_event(user, event),
        "may_register": may_register(user, event.office),
    }
    return render(request, "adoptions/events/detail.html", context)


@require_safe
def event_proof(request: HttpRequest, pk: int) -> FileResponse:
    """The proof file of an event the person may see; never shown inside the site."""
    event = get_object_or_404(Event.objects.visible_to(reader_of(request)), pk=pk)
    return download(event.proof_file, event.proof_name)


@require_safe
def event_former_proof(request: HttpRequest, pk: int, change_pk: int) -> FileResponse:
    """The proof file that a correction replaced or removed, for whoever may see the event."""
    event = get_object_or_404(Event.objects.visible_to(reader_of(request)), pk=pk)
    before = get_object_or_404(EventChange, pk=change_pk, event=event).before
    file = FieldFile(event, Event._meta.get_field("proof_file"), before["proof_file"])
    return download(file, before["proof_name"])
