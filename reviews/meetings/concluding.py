"""The end of a meeting: its chair carries out what was resolved."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.services.audit import record
from notices.enums import Kind
from notices.services import tell
from reviews.chain import IllegalStep, approval, road_of
from reviews.enums import Action, Reason
from reviews.meetings.agenda import Entry, entries_of, name_of
from reviews.meetings.rules import LEVEL_OF, unheard
from reviews.meetings.services import open_meeting
from reviews.models import Decision, Meeting
from reviews.returns.points import Point
from reviews.steps.moving import Overtaken, TextChanged
from reviews.steps.services import NobodyCanDecide, SecrecyPending, take_step


@transaction.atomic
def conclude(*, meeting: Meeting, checked: Sequence[str], by: User, now: datetime) -> list[Entry]:
    """Take, as the chair's decisions, the steps that the meeting resolved, and close its record.

    `checked` are the points of the level's checklist. What could not go through stays where it is, with the
    reason beside it; what was not resolved goes on waiting. Raises MeetingOver when it was concluded before.
    """
    meeting = open_meeting(meeting)
    if by.pk != meeting.chair_id or now < meeting.held_at:
        raise PermissionDenied(_("A meeting is concluded by its chair, once it has begun."))
    # One order for everybody who takes several items, so that two of them never wait for each other.
    for entry in sorted(entries_of(meeting), key=lambda each: each.row.item_id):
        if entry.row.approved is None:
            continue
        try:
            with transaction.atomic():
                entry.row.decision = _carry_out(meeting, entry, checked, by, now)
        except Refused as error:
            entry.row.failure = str(error)[:300]
        entry.row.save(update_fields=["decision", "failure"])
    meeting.concluded_at = now
    meeting.save(update_fields=["concluded_at"])
    entries = entries_of(meeting)
    _publish(meeting, entries, by, now)
    return entries


class Refused(Exception):
    """The resolution could not be carried out; says why."""


def _carry_out(meeting: Meeting, entry: Entry, checked: Sequence[str], by: User, now: datetime) -> Decision:
    item, approved = entry.row.item, bool(entry.row.approved)
    waiting = LEVEL_OF[meeting.kind].waiting
    if approved and (missing := unheard(entry)):
        raise Refused(missing)
    verdict = _("%(meeting)s: approved.") if approved else _("%(meeting)s: to be revised.")
    comment = verdict % {"meeting": name_of(meeting)}
    demands = [line.strip() for line in entry.row.resolution.splitlines() if line.strip()]
    try:
        return take_step(
            item=item,
            action=approval(road_of(item), waiting) if approved else Action.RETURN,
            by=by,
            source=waiting,
            version=entry.row.version.number,
            comment=comment + "".join(demands) if approved else comment,
            checked=checked if approved else (),
            points=[] if approved else [Point(Reason.OTHER, text) for text in demands],
            now=now,
        )
    except Overtaken:
        item.refresh_from_db()
        raise Refused(
            _("It has moved on meanwhile: %(status)s.") % {"status": item.get_status_display()}
        ) from None
    except TextChanged as error:
        shown = {"read": error.read, "current": error.current}
        raise Refused(
            _("Version %(read)s was on the table, version %(current)s is current.") % shown
        ) from None
    except PermissionDenied as error:
        raise Refused(str(error)) from None
    except SecrecyPending:
        raise Refused(_("Its secrecy review is still missing.")) from None
    except (IllegalStep, NobodyCanDecide):
        raise Refused(_("This step does not exist where the item stands.")) from None


def _publish(meeting: Meeting, entries: Sequence[Entry], by: User, now: datetime) -> None:
    counts = {
        "accepted": sum(entry.row.decision is not None for entry in entries),
        "refused": sum(bool(entry.row.failure) for entry in entries),
    }
    record(actor=by, action="meeting.conclude", target=meeting, office=meeting.office, now=now, detail=counts)
    tell(
        [person for person in meeting.members.all() if person != by],
        kind=Kind.MEETING,
        subject=f"meeting:{meeting.pk}",
        text=_("Concluded: %(meeting)s. See what was resolved.") % {"meeting": name_of(meeting)},
        link=reverse("reviews:meeting-detail", args=[meeting.pk]),
        key=f"meeting:{meeting.pk}:concluded",
        now=now,
    )
