"""How far back the facts of a period go. Rule R47 of docs/scoring.md."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from scoring.engine.limits import ORDER
from scoring.engine.windows import window_of
from scoring.periods.period import Period
from scoring.schemes.scheme import Scheme
from scoring.schemes.timetable import DatedScheme, Timetable
from scoring.schemes.words import FilingKind, LimitOf, Voids, Window


def reach(timetable: Timetable, period: Period) -> date:
    """The first day whose facts decide about the period: the start of the windows that its rules look at.

    The rules are undone in the opposite order of their application, because each looks at what those
    before it made of the window: of the year's total, say, a month of which the month's limit cut.
    """
    day = period.start
    for windows in _STAGES:
        day = min(
            (
                _window_start(kind, times, day, scheme)
                for scheme in _in_force(timetable, day, period.end)
                for kind, times in windows(scheme)
            ),
            default=day,
        )
    return day


type Windows = Iterator[tuple[Window, int]]


def _window_start(kind: Window, times: int, day: date, scheme: Scheme) -> date:
    """The start of so many windows in a row, of which the last has the day."""
    start = window_of(kind, day, scheme.year_start_month).start
    for _ in range(times - 1):
        start = window_of(kind, start - timedelta(days=1), scheme.year_start_month).start
    return start


def _in_force(timetable: Timetable, start: date, end: date) -> Iterator[Scheme]:
    entry: DatedScheme
    for entry in timetable.entries:
        if entry.effective_from < end and start < timetable.end_of(entry):
            yield entry.scheme


def _outcomes(scheme: Scheme) -> Windows:
    yield from ((target.window, 1) for target in scheme.targets)
    yield from ((consequence.window, consequence.times) for consequence in scheme.consequences)


def _limits_on(kind: Window, total: bool) -> Callable[[Scheme], Windows]:
    def windows(scheme: Scheme) -> Windows:
        for limit in scheme.limits:
            if limit.window is kind and (limit.of is LimitOf.TOTAL) is total:
                yield kind, 1

    return windows


def _voids(scheme: Scheme) -> Windows:
    for penalty in scheme.penalties:
        if penalty.voids not in (None, Voids.ITEM):
            yield Window(penalty.voids), 1


def _closings(scheme: Scheme) -> Windows:
    for _, rule in scheme.closings:
        yield rule.window, 1


def _beginnings(scheme: Scheme) -> Windows:
    for rule in scheme.filing:
        if rule.kind is not FilingKind.PER_ITEM:
            yield rule.window, 1
    if scheme.base:
        yield scheme.base.window, 1


_WIDE_FIRST = tuple(reversed(ORDER))
_STAGES: tuple[Callable[[Scheme], Windows], ...] = (
    _outcomes,
    *(_limits_on(kind, True) for kind in _WIDE_FIRST),
    _voids,
    *(_limits_on(kind, False) for kind in _WIDE_FIRST),
    _closings,
    _beginnings,
)
