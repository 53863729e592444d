"""The pages of what earns or costs points beside filing and adoption: registering, one event, correcting."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import Unit, User
from accounts.reader import reader_of
from adoptions.entries.services import AlreadyRegistered
from adoptions.entries.views import changeable, correct, detail, sent, show_form, visible
from adoptions.enums import PENALTIES, UNIT_KINDS, EventKind
from adoptions.events.forms import COUNT_LABELS, KIND_HINTS, EventForm
from adoptions.events.services import register_event
from adoptions.models import Event
from adoptions.reader import registrar_of
from kit.numbers import whole
from submissions.filters import OFFERED_UNITS
from submissions.models import Item


@require_safe
def event_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One event: its facts, whom it concerns, its proof, and how it was corrected."""
    event = visible(request, Event, pk)
    context = {
        **detail(reader_of(request), event),
        "count_label": COUNT_LABELS.get(EventKind(event.kind), _("Occurrences")),
    }
    return render(request, "adoptions/events/detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def event_register(request: HttpRequest) -> HttpResponse:
    """Register an event of a `kind`, of an `item` or of what the form names; without a kind, ask for it."""
    user = registrar_of(request)
    item = _asked_item(request.GET, user)
    kinds = [kind for kind in EventKind if item is None or kind not in UNIT_KINDS]
    if request.GET.get("kind") not in kinds:
        return _ask_for_kind(request, kinds, item)
    kind = EventKind(request.GET["kind"])
    initial = {"unit": request.GET.get("unit", ""), "date": request.GET.get("date", "")}
    form = EventForm(*sent(request), kind=kind, user=user, item=item, initial=initial)
    event, first = _register(form, user)
    if event is None:
        return _show_form(request, form, None, first)
    if first:
        messages.info(request, _("This is registered already; nothing was added."))
    else:
        messages.success(request, _("Registered: %(kind)s.") % {"kind": kind.label})
    if "again" in request.POST:
        return redirect(request.get_full_path())
    return redirect("adoptions:event-detail", event.pk)


def _asked_item(asked: QueryDict, user: User) -> Item | None:
    """The item that the address names. Raises Http404 when there is none to be seen."""
    wanted = asked.get("item", "")
    if not wanted:
        return None
    items = Item.objects.visible_to(user).filed().select_related("office", "unit")
    return get_object_or_404(items, pk=whole(wanted) or 0)


def _ask_for_kind(request: HttpRequest, kinds: list[EventKind], item: Item | None) -> HttpResponse:
    told = [(kind, KIND_HINTS[kind], kind in PENALTIES) for kind in kinds]
    context = {
        "groups": [
            (_("Earns points"), [(kind, hint) for kind, hint, costs in told if not costs]),
            (_("Costs points"), [(kind, hint) for kind, hint, costs in told if costs]),
        ],
        "item": item,
    }
    return render(request, "adoptions/events/kinds.html", context)


def _register(form: EventForm, user: User) -> tuple[Event | None, Event | None]:
    """The event and the one that stood in its way: the same one, when a form was sent twice.

    Without an event the form tells what is wrong, or the second what it would double.
    """
    if not form.is_valid() or form.subject is None:
        return None, None
    facts, proof = form.facts(), form.cleaned_data.get("proof")
    try:
        event = register_event(
            kind=form.kind, subject=form.subject, facts=facts, proof=proof, by=user, now=timezone.now()
        )
    except AlreadyRegistered as known:
        sent_twice = known.first.registered_by_id == user.pk and facts.stand_in(known.first)
        return (known.first if sent_twice and not proof else None), known.first
    except ValidationError as error:
        form.refuse(error)
        return None, None
    return event, None


@require_http_methods(["GET", "HEAD", "POST"])
def event_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct an event, with the reason; not when somebody else changed it meanwhile."""
    event = changeable(request, Event, pk)
    form = EventForm(*sent(request), kind=EventKind(event.kind), user=reader_of(request), event=event)
    return correct(request, form, event, partial(_show_form, request, form, event))


def _show_form(
    request: HttpRequest, form: EventForm, event: Event | None, first: Event | None
) -> HttpResponse:
    item = form.item
    others = item.events.standing().order_by("-date", "-pk") if item else Event.objects.none()
    return show_form(
        request,
        "adoptions/events/form.html",
        form,
        entry=event,
        first=first,
        kind=form.kind,
        hint=KIND_HINTS[form.kind],
        item=item,
        others=others.exclude(pk=event.pk) if event else others,
        units=Unit.objects.visible_to(form.user).in_order()[:OFFERED_UNITS],
    )
