"""Windows of time on the calendar: the weeks, months, quarters, halves and assessment years of a rule."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from scoring.engine.tariffs import Tariff
from scoring.figures.facts import UnitFact
from scoring.periods.month import Month
from scoring.periods.period import Period
from scoring.schemes.words import Window


@dataclass(frozen=True, slots=True)
class Span:
    """The days from `start` to the day before `end`. A window that has days from `as_of` on is open."""

    start: date
    end: date
    as_of: date | None

    @property
    def begun(self) -> "Span":
        """Without the days after `as_of`: nothing begins on a day that has not come."""
        ends = self.end if self.as_of is None else min(self.end, self.as_of + timedelta(days=1))
        return Span(self.start, ends, self.as_of)

    def is_closed(self, window: Period) -> bool:
        """Whether all of the window's facts are known."""
        return self.as_of is None or window.end <= self.as_of


@dataclass(frozen=True, slots=True)
class Piece:
    """The part of a window that lies under the scheme of `scheme_from`: `since` to the day before `until`."""

    window: Period
    name: str
    since: date
    until: date
    scheme_from: date

    def holds(self, day: date) -> bool:
        """Whether the day lies in it."""
        return self.since <= day < self.until


def window_of(kind: Window, day: date, year_start_month: int) -> Period:
    """The window in which the day lies."""
    month = Month.of(day)
    match kind:
        case Window.WEEK:
            monday = day - timedelta(days=day.weekday())
            return Period.days(monday, monday + timedelta(days=6))
        case Window.MONTH:
            return Period.of(month)
        case Window.QUARTER:
            return Period.quarter_of(month)
        case Window.HALF:
            return Period.half_of(month)
        case Window.YEAR:
            return Period.year_of(month, year_start_month)


@lru_cache(maxsize=1024)
def windows_between(kind: Window, start: date, end: date, year_start_month: int) -> tuple[Period, ...]:
    """Every window that has one of the days from `start` to the day before `end`, in order."""
    windows = []
    while start < end:
        windows.append(window_of(kind, start, year_start_month))
        start = windows[-1].end
    return tuple(windows)


def pieces(kind: Window, tariff: Tariff, start: date, end: date) -> tuple[Piece, ...]:
    """The windows of a tariff between two days."""
    return _pieces(kind, (tariff.since, tariff.until), (start, end), tariff.scheme.year_start_month)


@lru_cache(maxsize=1024)
def _pieces(
    kind: Window, held: tuple[date, date], asked: tuple[date, date], year_start_month: int
) -> tuple[Piece, ...]:
    """The windows that have a day on which the scheme held and which is asked for."""
    begins, ceases = held
    windows = windows_between(kind, max(begins, asked[0]), min(ceases, asked[1]), year_start_month)
    return tuple(
        Piece(window, str(window), max(window.start, begins), min(window.end, ceases), begins)
        for window in windows
    )


def closing(kind: Window, tariff: Tariff, span: Span) -> Iterator[Period]:
    """The windows that end within the span, closed and on a day of the tariff."""
    for piece in pieces(kind, tariff, span.start, span.end):
        window = piece.window
        if piece.until == window.end <= span.end and span.is_closed(window):
            yield window


def existed_throughout(unit: UnitFact, window: Period) -> bool:
    """Whether a window's rules may measure the unit: it is assessed and existed all the time."""
    lasted = unit.active_to is None or window.last_day <= unit.active_to
    return unit.assessed and unit.active_from <= window.start and lasted
