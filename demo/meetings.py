"""Two meetings of the leading group: one that was held a few days ago, one that is called for this week."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from demo.city import City
from demo.filing import Life, find_no_secrets
from demo.window import ZONE, working_day
from reviews.chain import GROUP
from reviews.checklists import choices
from reviews.enums import MeetingKind, Stance
from reviews.meetings.concluding import conclude
from reviews.meetings.services import MeetingFacts, call_meeting, put_on_agenda, record_opinion, resolve
from reviews.models import AgendaItem, Meeting
from reviews.secrecy.rules import is_awaiting_secrecy_review
from submissions.enums import Status
from submissions.models import Item

PLACE = "办公楼三楼会议室"


class GroupMeetings:
    """Calls the meetings and lets them happen. `lives` are all the items there are."""

    def __init__(self, city: City, lives: Sequence[Life]) -> None:
        self.city, self.lives = city, lives
        today = city.window.today
        self.held_at = datetime.combine(_working_days_before(today, 5), time(15), ZONE)
        self.next_at = datetime.combine(working_day(today + timedelta(days=2)), time(9, 30), ZONE)
        self.meeting: Meeting | None = None
        city.agenda.enter(self.held_at - timedelta(hours=4), self._call)
        city.agenda.enter(self.held_at + timedelta(minutes=70), self._conclude)
        city.agenda.enter(city.window.end - timedelta(hours=8), self._call_next)

    def _call(self, now: datetime) -> None:
        self.meeting = self._called(self.held_at, now)

    def _conclude(self, now: datetime) -> None:
        """The first item is approved, the second is to be revised."""
        assert self.meeting is not None
        chair, other = self.city.people["xiaozu"], self.city.people["xiaozu2"]
        recorder = self.meeting.recorder
        for place, entry in enumerate(AgendaItem.objects.filter(meeting=self.meeting).order_by("position")):
            approved = place == 0
            said = (
                [(chair, Stance.AGREE, ""), (other, Stance.AGREE, "导向正确，可以公开。")]
                if approved
                else [
                    (chair, Stance.CHANGES, "做法写得实，成效部分要有数据。"),
                    (other, Stance.CHANGES, "同意修改后再报。"),
                ]
            )
            for member, stance, text in said:
                record_opinion(entry=entry, member=member, stance=stance, text=text, by=recorder, now=now)
            if approved and is_awaiting_secrecy_review(entry.item):
                find_no_secrets(self.city, entry.item, now)
            text = "" if approved else "请补充整改成效的具体数据，核准后再报。"
            resolve(entry=entry, approved=approved, text=text, by=recorder, now=now)
        checked = [code for code, _words in choices(GROUP.waiting)]
        conclude(meeting=self.meeting, checked=checked, by=chair, now=now)

    def _call_next(self, now: datetime) -> None:
        """One member has already given an opinion, on the phone."""
        meeting = self._called(self.next_at, now)
        entry = AgendaItem.objects.filter(meeting=meeting).order_by("position").first()
        if entry:
            other = self.city.people["xiaozu2"]
            record_opinion(
                entry=entry, member=other, stance=Stance.AGREE, text="已阅，同意。", by=other, now=now
            )

    def _called(self, held_at: datetime, now: datetime) -> Meeting:
        people = self.city.people
        members = [people["xiaozu"], people["xiaozu2"]]
        facts = MeetingFacts(held_at, PLACE, people["xiaozu"], people["zonghe"], members)
        meeting = call_meeting(
            office=self.city.office, kind=MeetingKind.GROUP, facts=facts, by=people["zonghe"], now=now
        )
        for item in self._waiting(now):
            put_on_agenda(meeting=meeting, item=item, by=people["zonghe"], now=now)
        return meeting

    def _waiting(self, now: datetime) -> list[Item]:
        """What waits for the leading group and has nothing else before it in the plan."""
        settled = [
            life.item.pk for life in self.lives if life.item is not None and life.story.moves[-1].at < now
        ]
        waiting = Item.objects.filter(pk__in=settled, status=Status.GROUP_REVIEW)
        return list(waiting.order_by("status_since", "pk"))


def _working_days_before(day: date, days: int) -> date:
    for _step in range(days):
        day -= timedelta(days=1)
        while day.weekday() > 4:
            day -= timedelta(days=1)
    return day
