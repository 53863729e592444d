"""Who reads a page of meetings, and the meeting it is about."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.reader import reader_who
from reviews.meetings.rules import LEVEL_OF, may_arrange, may_see_meetings
from reviews.models import AgendaItem, Meeting
from submissions.models import Item
from submissions.querysets import ItemQuerySet


def meeting_reader(request: HttpRequest) -> User:
    refusal = _("Only reviewers of the office and its administrator see meetings.")
    return reader_who(may_see_meetings, request, refusal)


def arranger(request: HttpRequest) -> User:
    meeting_reader(request)
    return reader_who(may_arrange, request, _("Only reviewers of the office arrange meetings."))


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
