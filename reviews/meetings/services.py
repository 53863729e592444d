"""Writes to meetings and their agendas, up to the moment at which the chair concludes them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Unit, User
from accounts.services.audit import record
from kit.days import to_the_minute
from notices.enums import Kind
from notices.services import tell
from reviews.meetings.agenda import entry_of, name_of
from reviews.meetings.rules import LEVEL_OF, may_arrange, may_chair, may_minute, may_speak
from reviews.models import AgendaItem, Meeting, Opinion
from submissions.models import Item


class MeetingOver(Exception):
    """The meeting is concluded; its record stays as it is."""


class NotForMeeting(Exception):
    """The item does not wait for such a meeting, or stands on the agenda of another one; says which."""


@dataclass(frozen=True, slots=True)
class MeetingFacts:
    held_at: datetime
    place: str
    chair: User
    recorder: User
    members: Collection[User]


@transaction.atomic
def call_meeting(*, office: Unit, kind: str, facts: MeetingFacts, by: User, now: datetime) -> Meeting:
    """Call a meeting of an office, and tell its members."""
    _allow(may_arrange(by) and by.office == office and may_chair(facts.chair, kind, office, facts.held_at))
    meeting = Meeting.objects.create(
        office=office,
        kind=kind,
        held_at=facts.held_at,
        place=facts.place,
        chair=facts.chair,
        recorder=facts.recorder,
        created_at=now,
    )
    meeting.members.set({facts.chair, *facts.members})
    record(actor=by, action="meeting.call", target=meeting, office=office, now=now, detail=_detail(meeting))
    _tell(meeting, now)
    return meeting


@transaction.atomic
def change_meeting(*, meeting: Meeting, facts: MeetingFacts, by: User, now: datetime) -> None:
    """Change time, place or people; whoever has not been told of this time and place is told."""
    meeting = open_meeting(meeting)
    office = meeting.office
    _allow(may_arrange(by) and may_chair(facts.chair, meeting.kind, office, facts.held_at))
    members = {facts.chair, *facts.members}
    # What somebody said at the meeting is not lost by taking the name off its list.
    spoke = User.objects.filter(pk__in=Opinion.objects.filter(entry__meeting=meeting).values("member"))
    meeting.held_at, meeting.place = facts.held_at, facts.place
    meeting.chair, meeting.recorder = facts.chair, facts.recorder
    meeting.save(update_fields=["held_at", "place", "chair", "recorder"])
    meeting.members.set(members | set(spoke))
    record(actor=by, action="meeting.change", target=meeting, office=office, now=now, detail=_detail(meeting))
    _tell(meeting, now)


@transaction.atomic
def cancel_meeting(*, meeting: Meeting, by: User, now: datetime) -> None:
    """Call off a meeting that has not been concluded; its items wait for another one."""
    meeting = open_meeting(meeting)
    _allow(may_arrange(by))
    record(
        actor=by,
        action="meeting.cancel",
        target=meeting,
        office=meeting.office,
        now=now,
        detail=_detail(meeting),
    )
    tell(
        meeting.members.all(),
        kind=Kind.MEETING,
        subject=f"meeting:{meeting.pk}",
        text=_("Called off: %(meeting)s.") % {"meeting": name_of(meeting)},
        link=reverse("reviews:meeting-list"),
        key=f"meeting:{meeting.pk}:cancelled",
        now=now,
    )
    meeting.delete()


@transaction.atomic
def put_on_agenda(*, meeting: Meeting, item: Item, by: User, now: datetime) -> AgendaItem:
    """Put an item on the agenda as the version it has now.

    An item that is on it already is taken in its present version; what was said of an earlier one goes.
    Raises NotForMeeting when it does not wait for such a meeting.
    """
    meeting = open_meeting(meeting)
    _allow(may_arrange(by))
    item = Item.objects.select_for_update(of=["self"]).get(pk=item.pk, office=meeting.office)
    if item.status != LEVEL_OF[meeting.kind].waiting:
        raise NotForMeeting(_("“%(title)s” does not wait for this meeting any more.") % {"title": item})
    elsewhere = AgendaItem.objects.filter(item=item, meeting__concluded_at=None).exclude(meeting=meeting)
    if other := elsewhere.select_related("meeting").first():
        shown = {"title": item, "meeting": name_of(other.meeting)}
        raise NotForMeeting(_("“%(title)s” is on the agenda of the %(meeting)s already.") % shown)
    version = item.versions.get(number=item.version)
    last = meeting.agenda.aggregate(last=Max("position"))["last"] or 0
    entry, new = AgendaItem.objects.get_or_create(
        meeting=meeting, item=item, defaults={"version": version, "position": last + 1}
    )
    if not new and entry.version_id == version.pk:
        return entry
    if not new:
        entry.opinions.all().delete()
        entry.version, entry.approved, entry.resolution = version, None, ""
        entry.save(update_fields=["version", "approved", "resolution"])
    _record(entry, "agenda.put", by, now, {"version": version.number, "sha256": version.sha256})
    return entry


@transaction.atomic
def take_off_agenda(*, entry: AgendaItem, by: User, now: datetime) -> None:
    """Take an item off, with what was said of it; it goes on waiting."""
    open_meeting(entry.meeting)
    _allow(may_arrange(by))
    _record(entry, "agenda.take-off", by, now, {})
    entry.delete()


@transaction.atomic
def move_on_agenda(*, entry: AgendaItem, up: bool, by: User, now: datetime) -> None:
    """One place up or down; at the end of the list nothing happens."""
    meeting = open_meeting(entry.meeting)
    _allow(may_arrange(by))
    rows = list(meeting.agenda.order_by("position", "pk"))
    place = next(at for at, row in enumerate(rows) if row.pk == entry.pk)
    other = place + (-1 if up else 1)
    if 0 <= other < len(rows):
        rows[place], rows[other] = rows[other], rows[place]
    for position, row in enumerate(rows, start=1):
        row.position = position
    AgendaItem.objects.bulk_update(rows, ["position"])
    _record(entry, "agenda.move", by, now, {"position": entry.position})


@transaction.atomic
def record_opinion(
    *, entry: AgendaItem, member: User, stance: str, text: str, by: User, now: datetime
) -> Opinion:
    """What a member said of an item: recorded by the member, or by whoever keeps the minutes."""
    meeting = open_meeting(entry.meeting)
    own = member == by and may_speak(by, meeting)
    has_a_say = member in [speaker.member for speaker in entry_of(entry).speakers]
    _allow(has_a_say and (own or may_minute(by, meeting)))
    kept = Opinion.objects.filter(entry=entry, member=member).first()
    if kept and (kept.stance, kept.text) == (stance, text):
        return kept
    opinion, _created = Opinion.objects.update_or_create(
        entry=entry,
        member=member,
        defaults={"stance": stance, "text": text, "recorded_by": by, "at": now},
    )
    _record(entry, "agenda.opinion", by, now, {"person": member.display_name, "stance": stance})
    return opinion


@transaction.atomic
def resolve(*, entry: AgendaItem, approved: bool | None, text: str, by: User, now: datetime) -> None:
    """What the meeting resolved on an item; nothing happens to the item before the chair concludes."""
    meeting = open_meeting(entry.meeting)
    _allow(may_minute(by, meeting))
    if (entry.approved, entry.resolution) == (approved, text):
        return
    entry.approved, entry.resolution = approved, text
    entry.save(update_fields=["approved", "resolution"])
    _record(entry, "agenda.resolve", by, now, {"approved": approved})


def open_meeting(meeting: Meeting) -> Meeting:
    """The meeting, held against others until this transaction ends. Raises MeetingOver when concluded."""
    held = Meeting.objects.select_for_update(of=["self"]).select_related("office", "chair", "recorder")
    meeting = held.get(pk=meeting.pk)
    if meeting.concluded_at:
        raise MeetingOver
    return meeting


def _allow(allowed: bool) -> None:
    if not allowed:
        raise PermissionDenied(_("This is for those who arrange or record the meeting."))


def _detail(meeting: Meeting) -> dict[str, object]:
    return {
        "kind": meeting.kind,
        "time": to_the_minute(meeting.held_at),
        "person": meeting.chair.display_name,
    }


def _record(entry: AgendaItem, action: str, by: User, now: datetime, detail: dict[str, object]) -> None:
    office = entry.meeting.office
    about = {"number": entry.item.number, "meeting": entry.meeting_id} | detail
    record(actor=by, action=action, target=entry, office=office, now=now, detail=about)


def _tell(meeting: Meeting, now: datetime) -> None:
    """Tell the members of a meeting's time and place, once for each."""
    shown = {"meeting": meeting.get_kind_display(), "time": to_the_minute(meeting.held_at)}
    text = _("%(meeting)s at %(time)s") % shown
    tell(
        meeting.members.all(),
        kind=Kind.MEETING,
        subject=f"meeting:{meeting.pk}",
        text=f"{text}，{meeting.place}" if meeting.place else text,
        link=reverse("reviews:meeting-detail", args=[meeting.pk]),
        key=f"meeting:{meeting.pk}:{meeting.held_at:%Y%m%d%H%M}:{meeting.place}"[:120],
        now=now,
    )
