"""Template filters for figures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django import template

from accounts.models import Unit
from kit import numbers
from scoring.engine.outcomes import reminders
from scoring.periods.period import Period
from scoring.timetables import timetable_of
from stats.models import Tally

register = template.Library()


@register.filter
def points(value: Decimal) -> str:
    """Points without needless zeros: 12.5, 30, −5."""
    return numbers.points_text(value)


@register.filter
def signed_points(value: Decimal) -> str:
    """Points given or taken, told apart by the sign: +5, −12."""
    return numbers.signed_points(value)


@register.filter
def by_category(chart: Mapping[str, Any]) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """The points of a chart category by category; its series hold pairs of `value` and `url`."""
    return zip(
        chart["categories"], zip(*(series["data"] for series in chart["series"]), strict=True), strict=True
    )


@register.simple_tag
def reminders_of(office: Unit, period: Period) -> list[str]:
    """What the office's schemes leave to a person's judgement in a period."""
    return [reminder.text for reminder in reminders(timetable_of(office), period)]


@register.simple_tag
def counted_since(office: Unit, day: date) -> list[date]:
    """The first days of the months of an office that are counted already and have a day from this one on."""
    counted = Tally.objects.of_office(office).filter(month__gte=day.replace(day=1))
    return list(counted.order_by("month").values_list("month", flat=True))
