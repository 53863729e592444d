"""The days the demo tells of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from submissions.enums import Stage

ZONE = ZoneInfo("Asia/Shanghai")
FULL_QUARTERS = 3


@dataclass(frozen=True, slots=True)
class Window:
    """The days the demo tells of: the last three full quarters, and the one under way up to yesterday."""

    today: date

    @property
    def quarter_start(self) -> date:
        return date(self.today.year, (self.today.month - 1) // 3 * 3 + 1, 1)

    @property
    def first(self) -> date:
        return months_after(self.quarter_start, -3 * FULL_QUARTERS)

    @property
    def end(self) -> datetime:
        """Everything happens before this moment: the midnight in which `today` begins."""
        return datetime.combine(self.today, time(), ZONE)

    @property
    def months(self) -> list[date]:
        """First days of the months, in order."""
        days = (months_after(self.first, offset) for offset in range(12))
        return [day for day in days if day < self.today]

    @property
    def rounds(self) -> list[tuple[str, date, date]]:
        """Inspection rounds as name, first and last day: one in a quarter, the last one under way."""
        starts = [months_after(self.first, 3 * quarter) + timedelta(days=12) for quarter in range(4)]
        return [
            (f"演示第{digit}轮巡察", day, day + timedelta(days=44))
            for digit, day in zip("一二三四", starts, strict=True)
        ]

    def stage_on(self, day: date) -> tuple[Stage, str]:
        """The stage of an inspection on a day, and the round it belongs to."""
        name = ""
        for name, first, last in self.rounds:
            if day < first:
                return Stage.BEFORE, name
            if day <= last:
                return Stage.DURING, name
            if day <= last + timedelta(days=20):
                break
        return Stage.AFTER, name


def months_after(day: date, months: int) -> date:
    """The first day of the month so many months after the one of `day`."""
    year, index = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, index + 1, 1)


def working_day(day: date) -> date:
    """The day itself, or the Monday after a weekend."""
    while day.weekday() > 4:
        day += timedelta(days=1)
    return day
