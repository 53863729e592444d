"""What is on a meeting's agenda, what its members say of it, and the chair's conclusion."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from kit.answers import form_page
from reviews.meetings.agenda import Entry, entries_of, entry_of, name_of
from reviews.meetings.concluding import conclude
from reviews.meetings.forms import AgendaForm, ConcludeForm, OpinionForm, ResolutionForm
from reviews.meetings.reader import arranger, meeting_reader, over, visible_meeting, waiting_for
from reviews.meetings.rules import KIND_AT, may_minute, may_speak, unheard
from reviews.meetings.services import (
    MeetingOver,
    NotForMeeting,
    move_on_agenda,
    put_on_agenda,
    record_opinion,
    resolve,
    take_off_agenda,
)
from reviews.models import AgendaItem, Meeting
from reviews.reader import visible_item
from reviews.steps import refusals
from submissions.models import Item


def _entry(user: User, pk: int) -> AgendaItem:
    rows = AgendaItem.objects.filter(meeting__office=user.office)
    return get_object_or_404(rows.select_related("meeting__office", "item", "version"), pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def agenda_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose among the items that wait for such a meeting."""
    user = arranger(request)
    meeting = visible_meeting(user, pk)
    if meeting.concluded_at:
        return over(request, meeting)
    waiting = waiting_for(meeting.kind, user).select_related("unit")
    form = AgendaForm(request.POST or None, waiting=waiting)
    if form.is_bound and form.is_valid():
        return _put(request, meeting, user, list(form.cleaned_data["items"]))
    context = {"meeting": meeting, "name": name_of(meeting), "items": waiting, "form": form}
    return form_page(request, "reviews/meetings/agenda_add.html", context)


def _put(request: HttpRequest, meeting: Meeting, user: User, items: list[Item]) -> HttpResponse:
    now, put = timezone.now(), 0
    for item in items:
        try:
            put_on_agenda(meeting=meeting, item=item, by=user, now=now)
            put += 1
        except NotForMeeting as error:
            messages.warning(request, str(error))
        except MeetingOver:
            return over(request, meeting)
    if put:
        said = ngettext("%(count)s item is on the agenda.", "%(count)s items are on the agenda.", put)
        messages.success(request, said % {"count": put})
    return redirect("reviews:meeting-detail", meeting.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def item_agenda(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose the meeting on whose agenda an item is put."""
    user, item = arranger(request), visible_item(request, pk)
    kind = KIND_AT.get(item.status)  # type: ignore[call-overload]
    if kind is None:
        return refusals.refused(request, item, _("This item does not wait for a meeting."))
    meetings = Meeting.objects.filter(office=user.office, kind=kind, concluded_at=None).order_by("held_at")
    if request.method == "POST":
        chosen = get_object_or_404(meetings, pk=request.POST.get("meeting") or 0)
        return _put(request, chosen, user, [item])
    context = {
        "item": item,
        "kind": kind,
        "meetings": [(meeting, name_of(meeting)) for meeting in meetings.select_related("chair")],
        "entry": item.agenda_entries.filter(meeting__concluded_at=None).select_related("meeting").first(),
    }
    return render(request, "reviews/meetings/item_agenda.html", context)


@require_POST
def agenda_change(request: HttpRequest, pk: int) -> HttpResponse:
    """`do` is up, down, off, or renew: take the text that is current now."""
    user = arranger(request)
    entry, now, do = _entry(user, pk), timezone.now(), request.POST.get("do")
    try:
        if do in {"up", "down"}:
            move_on_agenda(entry=entry, up=do == "up", by=user, now=now)
        elif do == "off":
            take_off_agenda(entry=entry, by=user, now=now)
        elif do == "renew":
            put_on_agenda(meeting=entry.meeting, item=entry.item, by=user, now=now)
    except NotForMeeting as error:
        messages.warning(request, str(error))
    except MeetingOver:
        return over(request, entry.meeting)
    return redirect("reviews:meeting-detail", entry.meeting_id)


@require_http_methods(["GET", "HEAD", "POST"])
def agenda_record(request: HttpRequest, pk: int) -> HttpResponse:
    """The minutes of one item: every member's opinion, and what was resolved."""
    user = meeting_reader(request)
    row = _entry(user, pk)
    if not may_minute(user, row.meeting):
        raise PermissionDenied(_("Only who keeps the record of the meeting, or chairs it, writes it."))
    if row.meeting.concluded_at:
        return over(request, row.meeting)
    entry, data = entry_of(row), request.POST if request.method == "POST" else None
    opinions = [
        OpinionForm(data, prefix=f"m{each.member.pk}", member=each.member, opinion=each.opinion)
        for each in entry.speakers
    ]
    resolution = ResolutionForm(data, entry=entry)
    if data is not None and _valid([*opinions, resolution]):
        return _write(request, row, user, opinions, resolution)
    context = {
        "entry": entry,
        "meeting": row.meeting,
        "name": name_of(row.meeting),
        "opinions": opinions,
        "resolution": resolution,
    }
    status = 200 if data is None else 422
    return render(request, "reviews/meetings/agenda_record.html", context, status=status)


def _valid(forms: Sequence[Form]) -> bool:
    """Whether all are; each is looked at, so that all faults are shown at once."""
    return sum(not form.is_valid() for form in forms) == 0


def _write(
    request: HttpRequest, row: AgendaItem, user: User, opinions: list[OpinionForm], resolution: ResolutionForm
) -> HttpResponse:
    now = timezone.now()
    try:
        for form in opinions:
            _keep(row, form, user, now)
        text = resolution.cleaned_data["resolution"].strip()
        resolve(entry=row, approved=resolution.verdict, text=text, by=user, now=now)
    except MeetingOver:
        return over(request, row.meeting)
    messages.success(request, _("The record of this item is saved."))
    return redirect("reviews:meeting-detail", row.meeting_id)


def _keep(row: AgendaItem, form: OpinionForm, user: User, now: datetime) -> None:
    said = form.cleaned_data
    if said["stance"] and form.has_changed():
        record_opinion(
            entry=row, member=form.member, stance=said["stance"], text=said["text"].strip(), by=user, now=now
        )


@require_http_methods(["GET", "HEAD", "POST"])
def own_opinions(request: HttpRequest, pk: int) -> HttpResponse:
    """A member's own opinions of all items of a meeting, given on whatever is at hand."""
    user = meeting_reader(request)
    meeting = visible_meeting(user, pk)
    if not may_speak(user, meeting):
        raise PermissionDenied(_("Only members of the meeting give their opinion."))
    if meeting.concluded_at:
        return over(request, meeting)
    data, now = request.POST if request.method == "POST" else None, timezone.now()
    forms = [(entry, _own(entry, user, data)) for entry in entries_of(meeting)]
    given = [(entry, form) for entry, form in forms if form is not None]
    if data is not None and _valid([form for _row, form in given]):
        try:
            for entry, form in given:
                _keep(entry.row, form, user, now)
        except MeetingOver:
            return over(request, meeting)
        messages.success(request, _("Your opinion is recorded."))
        return redirect("reviews:meeting-detail", meeting.pk)
    context = {"meeting": meeting, "name": name_of(meeting), "forms": forms}
    return render(request, "reviews/meetings/own_opinions.html", context, status=200 if data is None else 422)


def _own(entry: Entry, user: User, data: Any) -> OpinionForm | None:
    """None when the member wrote the item and has no say on it."""
    for speaker in entry.speakers:
        if speaker.member == user:
            return OpinionForm(data, prefix=f"e{entry.row.pk}", member=user, opinion=speaker.opinion)
    return None


@require_http_methods(["GET", "HEAD", "POST"])
def meeting_conclude(request: HttpRequest, pk: int) -> HttpResponse:
    """The chair's list to confirm; what it says is then done."""
    user, now = meeting_reader(request), timezone.now()
    meeting = visible_meeting(user, pk)
    if user != meeting.chair:
        raise PermissionDenied(_("A meeting is concluded by its chair, once it has begun."))
    if meeting.concluded_at:
        return over(request, meeting)
    entries = entries_of(meeting)
    approving = any(entry.row.approved for entry in entries)
    form = ConcludeForm(
        request.POST if request.method == "POST" else None, kind=meeting.kind, approving=approving
    )
    if form.is_bound and form.is_valid():
        return _conclude(request, meeting, form.cleaned_data["checked"], user, now)
    context = {
        "meeting": meeting,
        "name": name_of(meeting),
        "lines": [(entry, unheard(entry) if entry.row.approved else "") for entry in entries],
        "form": form,
        "begun": meeting.held_at <= now,
    }
    return form_page(request, "reviews/meetings/conclude.html", context)


def _conclude(
    request: HttpRequest, meeting: Meeting, checked: list[str], user: User, now: datetime
) -> HttpResponse:
    try:
        entries = conclude(meeting=meeting, checked=checked, by=user, now=now)
    except MeetingOver:
        return over(request, meeting)
    failed = [entry for entry in entries if entry.row.failure]
    if failed:
        said = ngettext(
            "The meeting is concluded. %(count)s item could not go through: the reason stands beside it.",
            "The meeting is concluded. %(count)s items could not go through: the reasons stand beside them.",
            len(failed),
        )
        messages.warning(request, said % {"count": len(failed)})
    else:
        messages.success(request, _("The meeting is concluded, and what it resolved is done."))
    return redirect("reviews:meeting-detail", meeting.pk)
