"""What reviewers do beside deciding: change a text, merge two items, take a decision back, be away.

One leader was away for a week and comes to be away again, in a week: `ducha` signs as 某某代.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

from demo.city import City
from reviews.checklists import choices
from reviews.enums import Action
from reviews.handling.editing import edit_text
from reviews.handling.merging import merge
from reviews.querysets import inbox
from reviews.stand_ins.services import name_stand_in
from reviews.steps.services import take_step
from reviews.undoing.services import undo_step
from submissions.models import Item

#: Hours before the end; each of the acts has an item of its own, the longest waiting first.
BEFORE_END = timedelta(hours=7)
#: Days before and after the end at which a leader begins to be away.
AWAY_AGO, AWAY_IN = 40, 7


def schedule(city: City) -> None:
    for minutes, act in enumerate((_edit, _merge, _decide_and_undo)):
        city.agenda.enter(city.window.end - BEFORE_END + timedelta(minutes=10 * minutes), partial(act, city))
    for begins, days, reason in ((-AWAY_AGO, 7, "赴外地参加培训"), (AWAY_IN, 3, "出差")):
        since = city.window.end + timedelta(days=begins, hours=8)
        named = min(since, city.window.end) - timedelta(hours=9)
        city.agenda.enter(named, partial(_be_away, city, since, timedelta(days=days), reason))


def _be_away(city: City, since: datetime, time_away: timedelta, reason: str, now: datetime) -> None:
    leader, stand_in = city.people["fenguan"], city.people["ducha"]
    until = since + time_away
    name_stand_in(
        absent=leader, stand_in=stand_in, since=since, until=until, reason=reason, by=leader, now=now
    )


def _waiting(city: City) -> list[Item]:
    """What the section head has before them as it was filed, the longest waiting first."""
    waiting = inbox(city.people["zonghe"]).filter(version=1).order_by("status_since", "pk")
    return list(waiting.exclude(decisions__action=Action.SEND_BACK))


def _edit(city: City, now: datetime) -> None:
    item = _waiting(city)[0]
    edit_text(
        item=item,
        by=city.people["zonghe"],
        source=item.status,
        version=item.version,
        title=item.title,
        body=item.body.replace("。", "，有关情况正在跟进。", 1),
        comment="补充一句进展。",
        now=now,
    )


def _merge(city: City, now: datetime) -> None:
    part, whole = _waiting(city)[1:3]
    merge(
        item=part,
        into=whole,
        by=city.people["zonghe"],
        seen=(part.status, part.version),
        seen_into=(whole.status, whole.version),
        now=now,
    )


def _decide_and_undo(city: City, now: datetime) -> None:
    item, head = _waiting(city)[-1], city.people["zonghe"]
    decision = take_step(
        item=item,
        action=Action.PASS,
        by=head,
        source=item.status,
        version=item.version,
        checked=[code for code, _words in choices(item.status)],
        now=now,
    )
    undo_step(decision=decision, by=head, now=now + timedelta(minutes=2))
