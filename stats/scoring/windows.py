"""Windows of time on the calendar: the months, quarters, halves and assessment years of a rule."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from stats.figures import UnitFact
from stats.periods import Month, Period
from stats.schemes import Window
from stats.scoring.tariffs import Tariff


@dataclass(frozen=True, slots=True)
class Span:
    """The days from `start` to the day before `end`. A window that has days from `as_of` on is open."""

    start: date
    end: date
    as_of: date | None

    def is_closed(self, window: Period) -> bool:
        """Whether all of the window's facts are known."""
        return self.as_of is None or window.end <= self.as_of


def window_of(kind: Window, day: date, year_start_month: int) -> Period:
    """The window in which the day lies."""
    month = Month.of(day)
    match kind:
        case Window.MONTH:
            return Period.of(month)
        case Window.QUARTER:
            return Period.quarter_of(month)
        case Window.HALF:
            return Period.half_of(month)
        case Window.YEAR:
            return Period.year_of(month, year_start_month)


def windows_between(kind: Window, start: date, end: date, year_start_month: int) -> Iterator[Period]:
    """Every window that has one of the days from `start` to the day before `end`, in order."""
    while start < end:
        window = window_of(kind, start, year_start_month)
        yield window
        start = window.end


def pieces(kind: Window, tariff: Tariff, start: date, end: date) -> Iterator[tuple[Period, date, date]]:
    """The windows of a tariff between two days, each with its first day and end under the tariff."""
    first, last = max(start, tariff.since), min(end, tariff.until)
    for window in windows_between(kind, first, last, tariff.scheme.year_start_month):
        yield window, max(window.start, tariff.since), min(window.end, tariff.until)


def closing(kind: Window, tariff: Tariff, span: Span) -> Iterator[Period]:
    """The windows that end within the span, closed and on a day of the tariff."""
    for window, _, until in pieces(kind, tariff, span.start, span.end):
        if until == window.end and span.is_closed(window):
            yield window


def existed_throughout(unit: UnitFact, window: Period) -> bool:
    """Whether a window's rules may measure the unit: it is assessed and existed all the time."""
    lasted = unit.active_to is None or window.last_day <= unit.active_to
    return unit.assessed and unit.active_from <= window.start and lasted
