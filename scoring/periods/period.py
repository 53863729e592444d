"""Which days a figure covers: whole months or any days, half-open, on the calendar of Asia/Shanghai.

Rules R01–R09 of docs/scoring.md. Nothing here knows today's date.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final, Self

from scoring.periods.month import YEARS_ACCEPTED, Month, PeriodError

LONGEST_IN_MONTHS: Final = 120

_WHOLE: Final = re.compile(r"([0-9]{4})(?:-([0-9]{2})|Q([1-4])|H([12]))?")
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_CHINESE_DIGITS: Final = "〇一二三四"


class PeriodKind(StrEnum):
    """What people call a span of months of this length and place."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"
    RANGE = "range"
    DAYS = "days"


@dataclass(frozen=True, slots=True)
class Period:
    """Whole months from `first` to `last`, both included; as dates half-open: start <= day < end.

    `opens` and `closes` cut the first and the last month short: the first and the last day covered. They
    are None where the period covers the month from its beginning or to its end, see `Period.days`.
    """

    first: Month
    last: Month
    opens: date | None = None
    closes: date | None = None

    def __post_init__(self) -> None:
        if self.end <= self.start:
            raise PeriodError(f"a period cannot end before it begins: {self.first}..{self.last}")

    @classmethod
    def days(cls, first_day: date, last_day: date) -> Self:
        """From one day to another, both included; whole months when the days are a month's first and last."""
        first, last = Month.of(first_day), Month.of(last_day)
        return cls(
            first,
            last,
            opens=None if first_day == first.start else first_day,
            closes=None if last_day + timedelta(days=1) == last.end else last_day,
        )

    @classmethod
    def parse(cls, text: str, year_start_month: int = 1) -> Self:
        """Read 2026-03, 2026Q1, 2026H1, 2026 (the assessment year of that name) or 2018-01..2018-02.

        Days are read as 2026-03-05..2026-04-10. PeriodError for anything else, for years out of
        reach and for spans above ten years.
        """
        written = text.strip().upper()
        head, dots, tail = written.partition("..")
        if dots:
            whole = not _DAY.fullmatch(head)
            period = cls(Month.parse(head), Month.parse(tail)) if whole else cls.days(_day(head), _day(tail))
            if len(period) > LONGEST_IN_MONTHS:
                raise PeriodError(f"longer than {LONGEST_IN_MONTHS} months: {text!r}")
            return period
        match = _WHOLE.fullmatch(written)
        if match is None or int(match[1]) not in YEARS_ACCEPTED:
            raise PeriodError(f"not a period: {text!r}")
        year, month, quarter, half = (int(part or 0) for part in match.groups())
        if match[2]:
            return cls._lasting(Month(year, month), 1)
        if quarter:
            return cls._lasting(Month(year, 3 * quarter - 2), 3)
        if half:
            return cls._lasting(Month(year, 6 * half - 5), 6)
        return cls._lasting(_year_start(year, year_start_month), 12)

    @classmethod
    def of(cls, month: Month) -> Self:
        """The period that is this one month."""
        return cls(month, month)

    @classmethod
    def quarter_of(cls, month: Month) -> Self:
        """The calendar quarter in which the month lies."""
        return cls._lasting(Month(month.year, month.month - (month.month - 1) % 3), 3)

    @classmethod
    def half_of(cls, month: Month) -> Self:
        """The calendar half-year in which the month lies."""
        return cls._lasting(Month(month.year, month.month - (month.month - 1) % 6), 6)

    @classmethod
    def year_of(cls, month: Month, year_start_month: int = 1) -> Self:
        """The assessment year in which the month lies."""
        return cls._lasting(month.plus(-((month.month - year_start_month) % 12)), 12)

    @classmethod
    def _lasting(cls, first: Month, months: int) -> Self:
        return cls(first, first.plus(months - 1))

    @property
    def start(self) -> date:
        """The first day."""
        return self.opens or self.first.start

    @property
    def end(self) -> date:
        """The first day after the period."""
        return self.closes + timedelta(days=1) if self.closes else self.last.end

    @property
    def last_day(self) -> date:
        """The last day covered."""
        return self.end - timedelta(days=1)

    @property
    def whole_months(self) -> bool:
        """Whether the period begins with the first and ends with the last day of a month."""
        return self.opens is None and self.closes is None

    def __lt__(self, other: "Period") -> bool:
        return (self.start, self.end) < (other.start, other.end)

    def __len__(self) -> int:
        """The number of months touched."""
        return (self.last.year - self.first.year) * 12 + self.last.month - self.first.month + 1

    @property
    def months(self) -> tuple[Month, ...]:
        """Every month of the period in order. ValueError unless they are whole."""
        if not self.whole_months:
            raise ValueError(f"not whole months: {self}")
        return self.months_touched

    @property
    def months_touched(self) -> tuple[Month, ...]:
        """Every month that has a day of the period, in order."""
        return tuple(self.first.plus(offset) for offset in range(len(self)))

    @property
    def kind(self) -> PeriodKind:
        """Quarters and halves are those of the calendar; any twelve months are a year."""
        if not self.whole_months:
            return PeriodKind.DAYS
        starts_at, length = self.first.month, len(self)
        if length == 3 and starts_at in (1, 4, 7, 10):
            return PeriodKind.QUARTER
        if length == 6 and starts_at in (1, 7):
            return PeriodKind.HALF
        return {1: PeriodKind.MONTH, 12: PeriodKind.YEAR}.get(length, PeriodKind.RANGE)

    @property
    def label(self) -> str:
        """As documents print it, in Chinese: 2026年第一季度, 2015年8月—2016年6月."""
        year, month = self.first.year, self.first.month
        match self.kind:
            case PeriodKind.MONTH:
                return self.first.label
            case PeriodKind.QUARTER:
                return f"{year}年第{_CHINESE_DIGITS[(month + 2) // 3]}季度"
            case PeriodKind.HALF:
                return f"{year}年{'上' if month == 1 else '下'}半年"
            case PeriodKind.YEAR if month == 1:
                return f"{year}年度"
            case PeriodKind.YEAR:
                return f"{_year_name(self.first)}年度（{self._span}）"
            case PeriodKind.DAYS:
                return self._day_span
        return self._span

    @property
    def _day_span(self) -> str:
        first, last = self.start, self.last_day
        text = f"{first.year}年{first.month}月{first.day}日"
        if first == last:
            return text
        year = "" if first.year == last.year else f"{last.year}年"
        return f"{text}—{year}{last.month}月{last.day}日"

    @property
    def _span(self) -> str:
        if self.first.year == self.last.year:
            return f"{self.first.year}年{self.first.month}—{self.last.month}月"
        return f"{self.first.label}—{self.last.label}"

    def contains(self, day: date) -> bool:
        """Whether the day, already a local one, lies in the period."""
        return self.start <= day < self.end

    def shifted(self, months: int) -> "Period":
        """A period of the same length so many months later; earlier when negative.

        Of days, the same days of other months; a day that the month does not have becomes its last.
        """
        return Period(
            self.first.plus(months),
            self.last.plus(months),
            self.opens and _same_day(self.opens, months),
            self.closes and _same_day(self.closes, months),
        )

    def previous(self) -> "Period":
        """The period of the same length just before (环比): as many months, or as many days."""
        if self.whole_months:
            return self.shifted(-len(self))
        return Period.days(self.start - (self.end - self.start), self.start - timedelta(days=1))

    def year_ago(self) -> "Period":
        """The same months or days a year earlier (同比)."""
        return self.shifted(-12)

    def to_date(self, year_start_month: int = 1) -> "Period":
        """The running total's period (累计): from the start of the assessment year to the end of this one.

        It is never shorter than the period itself, even when the assessment year turns inside it.
        """
        year = Period.year_of(self.last, year_start_month)
        return Period.days(min(self.start, year.start), self.last_day)

    def __str__(self) -> str:
        # A year is written out: "2026" alone would mean other months once the office moves its year start.
        match self.kind:
            case PeriodKind.MONTH:
                return str(self.first)
            case PeriodKind.QUARTER:
                return f"{self.first.year:04d}Q{(self.first.month + 2) // 3}"
            case PeriodKind.HALF:
                return f"{self.first.year:04d}H{(self.first.month + 5) // 6}"
            case PeriodKind.DAYS:
                return f"{self.start}..{self.last_day}"
        return f"{self.first}..{self.last}"


def _year_start(name: int, start_month: int) -> Month:
    """The first month of the assessment year called `name`."""
    return Month(name if start_month <= 6 else name - 1, start_month)


def _year_name(first: Month) -> int:
    """An assessment year is called after the calendar year that holds most of it; of 6 + 6, the later."""
    return first.year if first.month <= 6 else first.year + 1


def _day(text: str) -> date:
    """Read "2026-03-05". PeriodError for anything else."""
    try:
        day = date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        day = None
    if day is None or day.year not in YEARS_ACCEPTED:
        raise PeriodError(f"not a day: {text!r}")
    return day


def _same_day(day: date, months: int) -> date:
    """The day of that number so many months later, or the last day of that month."""
    month = Month.of(day).plus(months)
    return min(month.start + timedelta(days=day.day - 1), month.end - timedelta(days=1))
