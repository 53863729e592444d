"""The demo city from its founding to this morning."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from publicity.demo import figures
from publicity.demo.adopting import Desk
from publicity.demo.city import City, found
from publicity.demo.filing import Life
from publicity.demo.plan import Planner
from publicity.demo.window import Window


@transaction.atomic
def build(today: date) -> City:
    """The whole demo city as of the morning of `today`, or nothing of it."""
    window = Window(today)
    city = found(window)
    desk = Desk(city)
    figures.schedule(city)
    for story in Planner(window).stories():
        Life(city, story, desk.item_issued)
    city.agenda.run(window.end)
    figures.settle(city)
    return city
