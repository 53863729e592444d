"""Who arranges, records and concludes meetings, and when a meeting has heard everybody.

Meetings deal with items of the whole office, so they are for those who review for all of it, and for its
administrator to look at; the heads of units have no part in them.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.enums import REVIEWERS, Role
from accounts.models import StandIn, Unit, User
from accounts.querysets import UserQuerySet
from accounts.rules import has_any_role
from reviews.chain import GROUP, MEETING, Level
from reviews.enums import APPROVING, Action, MeetingKind
from reviews.meetings.agenda import Entry, entry_of
from reviews.models import AgendaItem, Meeting
from submissions.enums import Status
from submissions.models import Item

#: Those who review for the whole office.
ARRANGING: Final = REVIEWERS - {Role.UNIT_HEAD}
#: The level at which a meeting of a kind decides, and whose roles are called to it.
LEVEL_OF: Final[dict[str, Level]] = {MeetingKind.GROUP: GROUP, MeetingKind.DIRECTORS: MEETING}
CALLED: Final[dict[str, tuple[Role, ...]]] = {
    MeetingKind.GROUP: (Role.GROUP_MEMBER,),
    MeetingKind.DIRECTORS: (Role.PRINCIPAL_LEADER, Role.SUPERVISING_LEADER, Role.SECTION_HEAD),
}
KIND_AT: Final = {level.waiting: kind for kind, level in LEVEL_OF.items()}


def may_arrange(user: User) -> bool:
    """Call meetings and set their agendas."""
    return has_any_role(user, ARRANGING)


def may_see_meetings(user: User) -> bool:
    return has_any_role(user, ARRANGING | {Role.OFFICE_ADMIN})


def may_minute(user: User, meeting: Meeting) -> bool:
    """Record what the members said and what was resolved."""
    return user.pk in {meeting.recorder_id, meeting.chair_id} and may_arrange(user)


def may_speak(user: User, meeting: Meeting) -> bool:
    """Give an opinion of one's own."""
    return may_arrange(user) and meeting.members.filter(pk=user.pk).exists()


def callable_to(kind: str, office: Unit, now: datetime) -> UserQuerySet:
    """The people who can be called to a meeting of this kind."""
    return _holding(CALLED[kind], office, now)


def arrangers(office: Unit, now: datetime) -> UserQuerySet:
    """The people who can keep the record of a meeting."""
    return _holding(sorted(ARRANGING), office, now)


def _holding(roles: Iterable[Role], office: Unit, now: datetime) -> UserQuerySet:
    day = timezone.localdate(now)
    held = Q(pk__in=[])
    for role in roles:
        held |= Q(pk__in=User.objects.holding(role, office, day).values("pk"))
    people: UserQuerySet = User.objects.filter(held).order_by("unit__position", "pk")
    return people


def may_chair(user: User, kind: str, office: Unit, moment: datetime) -> bool:
    """Whether the person decides at the level of such meetings, or stands in then for somebody who does."""
    holders = User.objects.holding(LEVEL_OF[kind].role, office, timezone.localdate(moment))
    stands_in = StandIn.objects.at(moment).filter(stand_in=user, absent__in=holders)
    return holders.filter(pk=user.pk).exists() or stands_in.exists()


def unheard(entry: Entry) -> str:
    """What is still missing before a meeting can approve an item; empty when everybody was heard.

    Everybody who was called, less the item's own writers, has said something or is recorded as absent, and
    more than half of them were there.
    """
    if entry.missing:
        names = "、".join(person.display_name for person in entry.missing)
        return _("There is no opinion yet of %(names)s: record it, or that they were absent.") % {
            "names": names
        }
    if 2 * len(entry.present) <= len(entry.speakers):
        return _("Half of the members or more were absent: put the item on the agenda of another meeting.")
    return ""


def not_discussed(item: Item, action: Action, now: datetime) -> str:
    """Why an item that waits for the director's meeting cannot be approved yet; empty when it can.

    It has to stand, as the version that is current, on the agenda of a meeting that has begun and in which
    everybody was heard.
    """
    if item.status != Status.MEETING_REVIEW or action not in APPROVING:
        return ""
    entries = AgendaItem.objects.filter(
        item=item,
        version__number=item.version,
        meeting__kind=MeetingKind.DIRECTORS,
        meeting__held_at__lte=now,
    )
    entry = entries.order_by("-meeting__held_at").first()
    if entry is None:
        return _(
            "Items of this office are approved by the director's meeting: put this one on the agenda of a "
            "meeting, and record there what the members say of it."
        )
    return unheard(entry_of(entry))
