"""What earns or costs points beside filing and adoption, and how the office registers it."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import partial
from random import Random

from accounts.models import Unit, User
from adoptions.entries.services import edit_entry, revoke_entry
from adoptions.enums import LEVEL_KINDS, EventKind, OutletLevel
from adoptions.events.services import EventFacts, register_event
from adoptions.models import Adoption, Event
from demo import cast
from demo.city import City
from demo.plan import Story
from demo.window import ZONE, months_after, working_day
from submissions.models import Item

#: Of the issued items, every so many-th: what happens to it, and how many days after it was issued.
TO_ITEMS: tuple[tuple[int, EventKind, int], ...] = (
    (11, EventKind.INSTRUCTION, 6),
    (9, EventKind.COMMISSION_FILED, 0),
    (18, EventKind.COMMISSION_ADOPTED, 9),
    (16, EventKind.FORWARDED, 3),
    (23, EventKind.LATE, 0),
)
#: What can happen to an item that nobody took up, without puzzling whoever looks at the demo.
BEFORE_ADOPTION = frozenset({EventKind.COMMISSION_FILED, EventKind.LATE})
#: Whose instructions, in turn: most are the city's.
LEVELS = (OutletLevel.CITY, OutletLevel.PROVINCE, OutletLevel.CITY, OutletLevel.CENTRAL)
#: By the calendar: full quarter (from 0) and day in it; the unit; how often; what is noted.
TO_UNITS: tuple[tuple[int, int, EventKind, str, int, str], ...] = (
    (0, 40, EventKind.TASK, "150500-Z2", 1, "承办全市巡察信息工作培训"),
    (0, 55, EventKind.COMMISSION_MISSED, cast.ZERO_FILING, 1, "未按期报送整改成效约稿"),
    (0, 68, EventKind.MISSING, "150526", 2, "月度报送少 2 篇"),
    (1, 33, EventKind.TASK, "150502", 1, "提供采访线索并被采用"),
    (1, 47, EventKind.NEGATIVE, "150521", 1, "媒体反映接访点标识不清，经核属实，已整改"),
    (1, 70, EventKind.COMMISSION_MISSED, cast.ZERO_FILING, 1, "未按期报送典型案例约稿"),
    (2, 41, EventKind.MISSING, cast.ZERO_ADOPTION, 1, "月度报送少 1 篇"),
    (2, 62, EventKind.COMMISSION_MISSED, cast.ZERO_FILING, 1, "未按期报送巡前调研约稿"),
)
NOTES: dict[EventKind, str] = {
    EventKind.COMMISSION_FILED: "按约稿通知按时报送",
    EventKind.COMMISSION_ADOPTED: "约稿被采用",
    EventKind.FORWARDED: "择优转报上级信息刊物",
    EventKind.LATE: "晚于报送时限",
}


class Happenings:
    """Enters on the agenda what the administrators register beside the ledger of adoptions."""

    def __init__(self, city: City) -> None:
        self.city = city
        self.rng = Random(150501)  # noqa: S311 the demo is the same every time
        self.issued = 0
        self.registered: Counter[EventKind] = Counter()
        for quarter, day, kind, code, count, note in TO_UNITS:
            facts = EventFacts(date=self._day(quarter, day), count=count, note=note)
            self._enter(kind, city.units[code], facts)
        for quarter in range(2):
            moment = self._at(self._day(quarter, 85))
            city.agenda.enter(moment, self._find_untrue)

    def item_issued(self, story: Story, item: Item, now: datetime) -> None:
        """Decide what happens to an issued item."""
        self.issued += 1
        ranked = story.unit.code if story.unit.parent == cast.OFFICE else story.unit.parent
        for every, kind, days in TO_ITEMS:
            day = now.date() + timedelta(days=days)
            if self.issued % every or not self._leaves_the_tie(ranked, now.date(), day):
                continue
            if ranked == cast.ZERO_ADOPTION and kind not in BEFORE_ADOPTION:
                continue
            level = LEVELS[self.registered[kind] % len(LEVELS)] if kind in LEVEL_KINDS else ""
            if kind == EventKind.FORWARDED:
                level = OutletLevel.PROVINCE
            self.registered[kind] += 1
            self._enter(kind, item, EventFacts(date=day, level=level, note=NOTES.get(kind, "")))

    def _leaves_the_tie(self, ranked: str, issued: date, day: date) -> bool:
        """Whether something on this day keeps what two counties tie with in the last full quarter: they may
        share in an item that was issued before."""
        last_quarter = months_after(self.city.window.quarter_start, -3)
        return day < last_quarter or (ranked not in cast.TIED and issued >= last_quarter)

    def _find_untrue(self, now: datetime) -> None:
        """An adopted item of the quarter that proves untrue."""
        since = now.date() - timedelta(days=60)
        adoptions = Adoption.objects.counted().filter(
            date__gte=since, item__unit__code__in=("150522", "150521")
        )
        if adoption := adoptions.select_related("item").order_by("date", "pk").first():
            facts = EventFacts(date=now.date(), note="文中数据与实际不符，已商有关媒体更正")
            self._register(EventKind.UNTRUE, adoption.item, facts, now)

    def _enter(self, kind: EventKind, subject: Item | Unit, facts: EventFacts) -> None:
        at = self._at(facts.date + timedelta(days=self.rng.randint(1, 3)))
        self.city.agenda.enter(at, partial(self._register, kind, subject, facts))

    def _register(self, kind: EventKind, subject: Item | Unit, facts: EventFacts, now: datetime) -> None:
        by = self._by()
        event = register_event(kind=kind, subject=subject, facts=facts, by=by, now=now)
        later = now + timedelta(days=2)
        if kind == EventKind.MISSING:
            self.city.agenda.enter(later, partial(self._correct, event, facts))
        elif kind == EventKind.LATE and not Event.objects.revoked().exists():
            self.city.agenda.enter(later, partial(self._revoke, event))

    def _correct(self, event: Event, facts: EventFacts, now: datetime) -> None:
        facts = replace(facts, note=f"{facts.note}（已与单位核对）")
        edit_entry(
            entry=event, facts=facts, reason="与单位核对后补充说明。", revision=1, by=self._by(), now=now
        )

    def _revoke(self, event: Event, now: datetime) -> None:
        revoke_entry(
            entry=event, reason="经核对，在时限内报送，撤销本条。", revision=1, by=self._by(), now=now
        )

    def _by(self) -> User:
        return self.city.people[self.rng.choice(["guanli", "guanli", "guanli2"])]

    def _at(self, day: date) -> datetime:
        return datetime.combine(working_day(day), time(self.rng.randint(9, 16), self.rng.randrange(60)), ZONE)

    def _day(self, quarter: int, day: int) -> date:
        return months_after(self.city.window.first, 3 * quarter) + timedelta(days=day)
