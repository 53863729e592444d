"""Meetings: when, with whom, and what is on their agenda."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kit.answers import form_page
from reviews.enums import MeetingKind
from reviews.meetings.agenda import entries_of, name_of
from reviews.meetings.forms import MeetingForm
from reviews.meetings.reader import arranger, meeting_reader, over, visible_meeting
from reviews.meetings.rules import LEVEL_OF, may_arrange, may_minute, may_speak
from reviews.meetings.services import MeetingOver, call_meeting, cancel_meeting, change_meeting


@require_http_methods(["GET", "HEAD", "POST"])
def meeting_create(request: HttpRequest, kind: str) -> HttpResponse:
    """Call a meeting of one kind."""
    user, now = arranger(request), timezone.now()
    if kind not in LEVEL_OF:
        raise Http404
    form = MeetingForm(
        request.POST or None, kind=kind, office=user.office, now=now, initial={"recorder": user.pk}
    )
    if request.method == "POST" and form.is_valid():
        meeting = call_meeting(office=user.office, kind=kind, facts=form.facts, by=user, now=now)
        messages.success(request, _("The meeting is called, and its members are told."))
        return redirect("reviews:agenda-add", meeting.pk)
    if not form.is_bound:
        people = form.fields["members"].queryset  # type: ignore[attr-defined]
        form.initial["members"] = [person.pk for person in people]
    context = {"form": form, "kind": MeetingKind(kind)}
    return form_page(request, "reviews/meetings/form.html", context)


@require_GET
def meeting_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """A meeting's agenda, with what was said and resolved."""
    user = meeting_reader(request)
    meeting = visible_meeting(user, pk)
    is_open = meeting.concluded_at is None
    context = {
        "meeting": meeting,
        "name": name_of(meeting),
        "members": meeting.members.order_by("unit__position", "pk"),
        "entries": entries_of(meeting),
        "waiting": LEVEL_OF[meeting.kind].waiting,
        "may_arrange": is_open and may_arrange(user),
        "may_minute": is_open and may_minute(user, meeting),
        "may_speak": is_open and may_speak(user, meeting),
        "may_conclude": is_open and user == meeting.chair,
        "begun": meeting.held_at <= timezone.now(),
    }
    return render(request, "reviews/meetings/detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def meeting_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change time, place or people of a meeting."""
    user, now = arranger(request), timezone.now()
    meeting = visible_meeting(user, pk)
    if meeting.concluded_at:
        return over(request, meeting)
    form = MeetingForm.of(meeting, now, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            change_meeting(meeting=meeting, facts=form.facts, by=user, now=now)
        except MeetingOver:
            return over(request, meeting)
        messages.success(request, _("The meeting is changed, and its members are told."))
        return redirect("reviews:meeting-detail", meeting.pk)
    context = {"form": form, "kind": MeetingKind(meeting.kind), "meeting": meeting, "name": name_of(meeting)}
    return form_page(request, "reviews/meetings/form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def meeting_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Call a meeting off."""
    user = arranger(request)
    meeting = visible_meeting(user, pk)
    if meeting.concluded_at:
        return over(request, meeting)
    if request.method == "POST":
        try:
            cancel_meeting(meeting=meeting, by=user, now=timezone.now())
        except MeetingOver:
            return over(request, meeting)
        messages.success(request, _("The meeting is called off, and its members are told."))
        return redirect("reviews:meeting-list")
    return render(request, "reviews/meetings/cancel.html", {"meeting": meeting, "name": name_of(meeting)})
