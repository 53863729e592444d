"""Months of the calendar of Asia/Shanghai, and the day on which a moment falls there."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Self
from zoneinfo import ZoneInfo

ZONE: Final = ZoneInfo("Asia/Shanghai")
YEARS_ACCEPTED: Final = range(1900, 2200)

_MONTH: Final = re.compile(r"([0-9]{4})-([0-9]{2})")


class PeriodError(ValueError):
    """A text or a pair of days that names no period. The message is for logs, callers word their own."""


def local_date(moment: datetime) -> date:
    """The day on which an aware `moment` falls in Asia/Shanghai. ValueError for a naive one."""
    if moment.tzinfo is None:
        raise ValueError("a naive datetime has no local date")
    return moment.astimezone(ZONE).date()


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """One calendar month; months are ordered in time."""

    year: int
    month: int

    def __post_init__(self) -> None:
        # The end of December 9999 would be a date that does not exist.
        if not (1 <= self.year <= 9998 and 1 <= self.month <= 12):
            raise PeriodError(f"no such month: {self.year}-{self.month}")

    @classmethod
    def of(cls, day: date) -> Self:
        """The month in which `day` lies."""
        return cls(day.year, day.month)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read "2026-03". PeriodError for anything else."""
        match = _MONTH.fullmatch(text)
        if match is None or int(match[1]) not in YEARS_ACCEPTED:
            raise PeriodError(f"not a month: {text!r}")
        return cls(int(match[1]), int(match[2]))

    @property
    def start(self) -> date:
        """The first day."""
        return date(self.year, self.month, 1)

    @property
    def end(self) -> date:
        """The first day after the month."""
        return date(self.year + self.month // 12, self.month % 12 + 1, 1)

    @property
    def label(self) -> str:
        """As documents print it: 2026年3月."""
        return f"{self.year}年{self.month}月"

    def plus(self, months: int) -> "Month":
        """The month so many months later; earlier when negative."""
        year, index = divmod(self.year * 12 + self.month - 1 + months, 12)
        return Month(year, index + 1)

    def next(self) -> "Month":
        """The month after this one."""
        return self.plus(1)

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"
