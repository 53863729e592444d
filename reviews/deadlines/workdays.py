"""Working days: Monday to Friday, except where an office's calendar says otherwise. Pure.

`exceptions` of a calendar name holidays (False) and weekend days that are worked (True).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

SATURDAY: Final = 5
DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Calendar:
    """Which days are worked."""

    exceptions: Mapping[date, bool] = field(default_factory=dict)

    def works(self, day: date) -> bool:
        return self.exceptions.get(day, day.weekday() < SATURDAY)

    def due(self, arrived: date, days: int) -> date:
        """The last of so many working days after the day of arrival, which itself does not count."""
        day = arrived
        while days:
            day += DAY
            days -= self.works(day)
        return day

    def left(self, due: date, today: date) -> int:
        """Working days until the due day: 0 on it, negative when it has passed."""
        first, last = sorted((due, today))
        passed = sum(self.works(first + DAY * count) for count in range(1, (last - first).days + 1))
        return passed if today <= due else -max(passed, 1)

    def latest_overdue_arrival(self, days: int, today: date) -> date:
        """Whatever arrived on this day or before is overdue today, and nothing that arrived later."""
        arrived = today
        while self.due(arrived, days) >= today:
            arrived -= DAY
        return arrived
