"""Meetings: when, with whom, and what is on their agenda."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.models import User
from accounts.reader import reader_of
from reviews.enums import MeetingKind
from reviews.meetings.agenda import entries_of, name_of
from reviews.meetings.forms import MeetingForm
from reviews.meetings.rules import LEVEL_OF, may_arrange, may_minute, may_see_meetings, may_speak
from reviews.meetings.services import MeetingOver, call_meeting, cancel_meeting, change_meeting
from reviews.models import AgendaItem, Meeting
from reviews.querysets import inbox
from submissions.models import Item
from submissions.querysets import ItemQuerySet

PER_PAGE = 20


def meeting_reader(request: HttpRequest) -> User:
    user = reader_of(request)
    if not may_see_meetings(user):
        raise PermissionDenied(_("Only reviewers of the office and its administrator see meetings."))
    return user


def arranger(request: HttpRequest) -> User:
    user = meeting_reader(request)
    if not may_arrange(user):
        raise PermissionDenied(_("Only reviewers of the office arrange meetings."))
    return user


def visible_meeting(user: User, pk: int) -> Meeting:
    meetings = Meeting.objects.filter(office=user.office).select_related("office", "chair", "recorder")
    return get_object_or_404(meetings, pk=pk)


def over(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """What was asked for does not fit a meeting that is concluded."""
    messages.info(request, _("This meeting is concluded; its record stays as it is."))
    return redirect("reviews:meeting-detail", meeting.pk)


def waiting_for(kind: str, user: User) -> ItemQuerySet:
    """Items that wait for a meeting of this kind and are on no agenda yet, the longest waiting first."""
    items = Item.objects.visible_to(user).filter(office=user.office, status=LEVEL_OF[kind].waiting)
    on_one = AgendaItem.objects.filter(item=OuterRef("pk"), meeting__concluded_at=None)
    return items.exclude(Exists(on_one)).order_by("-urgent", "status_since", "pk")


@require_GET
def meeting_list(request: HttpRequest) -> HttpResponse:
    """Meetings to come and those that were held."""
    user = meeting_reader(request)
    meetings = Meeting.objects.filter(office=user.office).select_related("chair")
    meetings = meetings.annotate(items=Count("agenda"))
    held = meetings.filter(concluded_at__isnull=False).order_by("-held_at", "-pk")
    context = {
        "coming": meetings.filter(concluded_at=None).order_by("held_at", "pk"),
        "page": Paginator(held, PER_PAGE).get_page(request.GET.get("page")),
        "waiting": [(MeetingKind(kind), waiting_for(kind, user).count()) for kind in LEVEL_OF],
        "may_arrange": may_arrange(user),
        "waiting_count": inbox(user).count(),
    }
    return render(request, "reviews/meetings/list.html", context)


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
    return render(request, "reviews/meetings/form.html", context, status=422 if form.is_bound else 200)


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
    return render(request, "reviews/meetings/form.html", context, status=422 if form.is_bound else 200)


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
