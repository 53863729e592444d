"""The demo city from its founding to this morning."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from publicity.demo import figures, hands, targets, telling
from publicity.demo.adopting import Desk
from publicity.demo.city import City, found
from publicity.demo.filing import Life
from publicity.demo.happenings import Happenings
from publicity.demo.meetings import GroupMeetings
from publicity.demo.plan import Planner, Story
from publicity.demo.window import Window
from submissions.models import Item


@transaction.atomic
def build(today: date) -> City:
    """The whole demo city as of the morning of `today`, or nothing of it."""
    window = Window(today)
    city = found(window)
    desk, happenings = Desk(city), Happenings(city)
    figures.schedule(city)
    telling.schedule(city)
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
