"""The demo city from its founding to this morning."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from demo import figures, hands, targets, telling
from demo.adopting import Desk
from demo.city import City, found
from demo.filing import Life
from demo.happenings import Happenings
from demo.meetings import GroupMeetings
from demo.plan import Planner, Story
from demo.telling import Sweep
from demo.window import Window
from submissions.models import Item


@transaction.atomic
def build(today: date, sweeps: Sequence[Sweep]) -> City:
    """The whole demo city as of the morning of `today`, or nothing of it.

    `sweeps` are what the system does unasked in the mornings, such as reminding.
    """
    window = Window(today)
    city = found(window)
    desk, happenings = Desk(city), Happenings(city)
    figures.schedule(city)
    telling.schedule(city, sweeps)
    targets.schedule(city)
    hands.schedule(city)

    def issued(city: City, story: Story, item: Item, now: datetime) -> None:
        desk.item_issued(city, story, item, now)
        happenings.item_issued(story, item, now)

    lives = [Life(city, story, issued) for story in Planner(window).stories()]
    GroupMeetings(city, lives)
    city.agenda.run(window.end)
    figures.settle(city)
    telling.settle(city)
    return city
