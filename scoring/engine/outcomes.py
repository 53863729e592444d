"""What becomes of a unit's figures: targets with their completion, consequences, what is left to judge.

Rules R46, R69 and R104 of docs/scoring.md.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from scoring.engine.closings import target_for
from scoring.engine.records import Standing
from scoring.engine.tariffs import Tariff, Tariffs
from scoring.engine.windows import Span, closing, existed_throughout, window_of, windows_between
from scoring.figures.counts import Flag, TargetCount
from scoring.periods.period import Period
from scoring.schemes.model import Consequence, Reminder
from scoring.schemes.timetable import Timetable
from scoring.schemes.words import Window


def flags(standing: Standing, tariffs: Tariffs, span: Span) -> list[Flag]:
    """The consequences reached at the ends of windows within the span, in order of time."""
    reached: list[tuple[date, int, Flag]] = []
    for tariff in tariffs.within(span.start, span.end):
        for place, consequence in enumerate(tariff.scheme.consequences):
            for window in closing(consequence.window, tariff, span):
                below = _line(standing, tariff, consequence)
                if below is not None and _stays_below(standing, tariffs, consequence, window):
                    flag = Flag(
                        text=consequence.text,
                        metric=consequence.metric,
                        window=str(window),
                        reached=standing.value(consequence, window, tariff.scheme),
                        below=below,
                        times=consequence.times,
                        rule=f"consequences[{place}]",
                        match=consequence.match,
                    )
                    reached.append((window.end, place, flag))
    return [flag for _, _, flag in sorted(reached, key=lambda each: each[:2])]


def target_counts(standing: Standing, tariff: Tariff, period: Period) -> Iterator[TargetCount]:
    """The unit's targets by the scheme of the period's last day, over all windows that it was there for.

    A monthly target counts three times in a quarter; a yearly one is compared with the year so far. A week
    belongs to the period of its last day.
    """
    unit = standing.unit
    begin, end = max(period.start, unit.active_from), period.end
    if unit.active_to is not None:
        end = min(end, unit.active_to + timedelta(days=1))
    asked = {(each.metric, each.window, each.match): each for each in tariff.scheme.targets if unit.assessed}
    for one in asked.values():
        target = target_for(tariff.scheme, unit, tariff.group(unit), one)
        windows = windows_between(one.window, begin, end, tariff.scheme.year_start_month)
        if one.window is Window.WEEK:
            windows = tuple(window for window in windows if window.end <= period.end)
        if target and windows:
            first, last = windows[0].start, windows[-1].last_day
            yield TargetCount(
                metric=target.metric,
                window=str(Period.days(first, last)),
                value=target.value * len(windows),
                reached=standing.value(target, Period.days(first, min(last, period.last_day)), tariff.scheme),
                match=target.match,
            )


def reminders(timetable: Timetable, period: Period) -> list[Reminder]:
    """What a person has to judge because a window ends within the period, by the scheme of its last day."""
    due: dict[Reminder, None] = {}
    for entry in timetable.entries:
        start, end = max(period.start, entry.effective_from), min(period.end, timetable.end_of(entry))
        for reminder in entry.scheme.reminders:
            windows = windows_between(reminder.window, start, end, entry.scheme.year_start_month)
            if any(window.end <= end for window in windows):
                due[reminder] = None
    return list(due)


def _line(standing: Standing, tariff: Tariff, consequence: Consequence) -> Decimal | None:
    """What the unit must not stay below; None when that is its own target, and it has none."""
    if consequence.below is not None:
        return consequence.below
    group = tariff.group(standing.unit)
    own = target_for(tariff.scheme, standing.unit, group, consequence)
    return own.value if own else None


def _stays_below(standing: Standing, tariffs: Tariffs, consequence: Consequence, window: Period) -> bool:
    """Whether the unit was below in this window and in those before it, all of them under some scheme."""
    for _ in range(consequence.times):
        tariff = tariffs.on(window.last_day)
        if tariff is None or not existed_throughout(standing.unit, window):
            return False
        below = _line(standing, tariff, consequence)
        if below is None or standing.value(consequence, window, tariff.scheme) >= below:
            return False
        before = window.start - timedelta(days=1)
        window = window_of(consequence.window, before, tariff.scheme.year_start_month)
    return True
