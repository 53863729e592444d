"""Registering, correcting and revoking what earns or costs points beside filing and adoption."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models import Unit, User
from accounts.reader import reader_of
from adoptions.entries.forms import tell
from adoptions.enums import PENALTIES, UNIT_KINDS, EventKind
from adoptions.events.forms import KIND_HINTS, EventForm
from adoptions.events.services import (
    EventChanged,
    EventKnown,
    edit_event,
    register_event,
    revoke_event,
    says_the_same,
)
from adoptions.forms import RevokeForm
from adoptions.models import Event
from adoptions.rules import may_change_event, may_register
from submissions.filters import OFFERED_UNITS
from submissions.models import Item


@require_http_methods(["GET", "HEAD", "POST"])
def event_register(request: HttpRequest) -> HttpResponse:
    """Register an event of a `kind`, of an `item` or of what the form names; without a kind, ask for it."""
    user = reader_of(request)
    if not may_register(user):
        raise PermissionDenied
    item = _asked_item(request.GET, user)
    kinds = [kind for kind in EventKind if item is None or kind not in UNIT_KINDS]
    if request.GET.get("kind") not in kinds:
        return _ask_for_kind(request, kinds, item)
    kind = EventKind(request.GET["kind"])
    if request.method != "POST":
        initial = {"unit": request.GET.get("unit", ""), "date": request.GET.get("date", "")}
        return _show_form(request, EventForm(kind=kind, user=user, item=item, initial=initial), kind, item)
    form = EventForm(request.POST, request.FILES, kind=kind, user=user, item=item)
    event, first = _register(form, kind, user)
    if event is None:
        return _show_form(request, form, kind, item, first=first)
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
    pk = int(wanted) if wanted.isdecimal() and len(wanted) < 10 else 0
    return get_object_or_404(Item.objects.visible_to(user).filed().select_related("office", "unit"), pk=pk)


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


def _register(form: EventForm, kind: EventKind, user: User) -> tuple[Event | None, Event | None]:
    """The event and the one that stood in its way: the same one, when a form was sent twice.

    Without an event the form tells what is wrong, or the second what it would double.
    """
    if not form.is_valid() or form.subject is None:
        return None, None
    facts, proof = form.facts(), form.cleaned_data.get("proof")
    try:
        event = register_event(
            kind=kind, subject=form.subject, facts=facts, proof=proof, by=user, now=timezone.now()
        )
    except EventKnown as known:
        sent_twice = known.first.registered_by_id == user.pk and says_the_same(known.first, facts)
        return (known.first if sent_twice and not proof else None), known.first
    except ValidationError as error:
        tell(form, error)
        return None, None
    return event, None


@require_http_methods(["GET", "HEAD", "POST"])
def event_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct an event, with the reason; not when somebody else changed it meanwhile."""
    user = reader_of(request)
    event = _changeable(user, pk)
    kind = EventKind(event.kind)
    if request.method != "POST":
        form = EventForm(kind=kind, user=user, event=event)
        return _show_form(request, form, kind, event.item, event=event)
    form = EventForm(request.POST, request.FILES, kind=kind, user=user, event=event)
    try:
        first = _correct(form, event, user)
    except EventChanged:
        return _changed(request, event)
    if form.errors or first:
        return _show_form(request, form, kind, event.item, event=event, first=first)
    messages.success(request, _("The correction is saved."))
    return redirect("adoptions:event-detail", event.pk)


def _correct(form: EventForm, event: Event, user: User) -> Event | None:
    """Save a valid correction; else the form tells what is wrong, or the event it would double is given."""
    if not form.is_valid():
        return None
    told = form.cleaned_data
    try:
        edit_event(
            event=event,
            facts=form.facts(),
            proof=told.get("proof"),
            drop_proof=told.get("drop_proof", False),
            reason=told["reason"],
            revision=told["revision"],
            by=user,
            now=timezone.now(),
        )
    except EventKnown as known:
        return known.first
    except ValidationError as error:
        tell(form, error)
    return None


@require_http_methods(["GET", "HEAD", "POST"])
def event_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the reason, then take the event out of the count."""
    user = reader_of(request)
    event = _changeable(user, pk)
    form = RevokeForm(request.POST or None, initial={"revision": event.revision})
    if request.method == "POST" and form.is_valid():
        try:
            revoke_event(event=event, by=user, now=timezone.now(), **form.cleaned_data)
        except EventChanged:
            return _changed(request, event)
        messages.success(request, _("The event is revoked and counts no more."))
        return redirect("adoptions:event-detail", event.pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "adoptions/events/revoke.html", {"event": event, "form": form}, status=status)


def _changeable(user: User, pk: int) -> Event:
    """An event this person may change: 404 when they may not see it, 403 when it is not theirs to keep."""
    events = Event.objects.visible_to(user).select_related("office", "item__unit", "unit")
    event = get_object_or_404(events, pk=pk)
    if not may_change_event(user, event):
        raise PermissionDenied(_("This event cannot be changed: it was revoked.") if event.revoked_at else "")
    return event


def _show_form(
    request: HttpRequest,
    form: EventForm,
    kind: EventKind,
    item: Item | None,
    *,
    event: Event | None = None,
    first: Event | None = None,
) -> HttpResponse:
    others = Event.objects.none()
    if item:
        others = item.events.standing().order_by("-date", "-pk")
    context = {
        "form": form,
        "kind": kind,
        "hint": KIND_HINTS[kind],
        "item": item,
        "event": event,
        "first": first,
        "others": others.exclude(pk=event.pk) if event else others,
        "file_again": form.is_bound and bool(form.files.get("proof")),
        "units": Unit.objects.visible_to(form.user).in_order()[:OFFERED_UNITS],
    }
    return render(request, "adoptions/events/form.html", context, status=422 if form.is_bound else 200)


def _changed(request: HttpRequest, event: Event) -> HttpResponse:
    context = {
        "message": _("Somebody else has changed or revoked this event; your change was not saved."),
        "back_url": reverse("adoptions:event-detail", args=[event.pk]),
    }
    return render(request, "409.html", context, status=409)
