"""What becomes of a unit's figures: targets with their completion, and consequences.

Rules R58 and R59 of docs/scoring.md.
"""

from collections.abc import Iterator
from datetime import timedelta

from stats.figures import Flag, TargetCount, UnitFact
from stats.periods import Period
from stats.schemes import Consequence
from stats.scoring.closings import Span, target_for
from stats.scoring.records import Earnings, Record
from stats.scoring.tariffs import Tariff, Tariffs
from stats.scoring.windows import closing, existed_throughout, window_of, windows_between


def flags(unit: UnitFact, record: Record, earnings: Earnings, tariffs: Tariffs, span: Span) -> Iterator[Flag]:
    """The consequences reached at the ends of windows within the span."""
    for tariff in tariffs.within(span.start, span.end):
        for place, consequence in enumerate(tariff.scheme.consequences):
            for window in closing(consequence.window, tariff, span.start, span.end):
                if span.is_closed(window) and _stays_below(
                    unit, record, earnings, tariffs, consequence, window
                ):
                    yield Flag(
                        text=consequence.text,
                        metric=consequence.metric,
                        window=str(window),
                        reached=record.value(consequence.metric, window, earnings),
                        below=consequence.below,
                        times=consequence.times,
                        rule=f"consequences[{place}]",
                    )


def target_counts(
    unit: UnitFact, record: Record, earnings: Earnings, tariff: Tariff, period: Period
) -> Iterator[TargetCount]:
    """The unit's targets by the scheme of the period's last day, from the start of the windows it touches.

    A monthly target counts three times in a quarter; a yearly one is compared with the year so far.
    """
    if not unit.assessed:
        return
    wanted = {(target.metric, target.window): None for target in tariff.scheme.targets}
    begin = max(period.start, unit.active_from)
    for metric, kind in wanted:
        target = target_for(tariff.scheme, unit, tariff.group(unit), metric, kind)
        windows = list(windows_between(kind, begin, period.end, tariff.scheme.year_start_month))
        if target is None or not windows:
            continue
        covered = Period.days(windows[0].start, period.last_day)
        yield TargetCount(
            metric=metric,
            window=str(Period.days(windows[0].start, windows[-1].last_day)),
            value=target.value * len(windows),
            reached=record.value(metric, covered, earnings),
        )


def run_start(consequence: Consequence, window: Period, year_start_month: int) -> Period:
    """The first of the windows in a row that end with this one."""
    for _ in range(consequence.times - 1):
        window = window_of(consequence.window, window.start - timedelta(days=1), year_start_month)
    return window


def _stays_below(
    unit: UnitFact,
    record: Record,
    earnings: Earnings,
    tariffs: Tariffs,
    consequence: Consequence,
    window: Period,
) -> bool:
    """Whether the unit was below in this window and in those before it, all of them under some scheme."""
    for _ in range(consequence.times):
        tariff = tariffs.on(window.last_day)
        if tariff is None or not existed_throughout(unit, window):
            return False
        if record.value(consequence.metric, window, earnings) >= consequence.below:
            return False
        before = window.start - timedelta(days=1)
        window = window_of(consequence.window, before, tariff.scheme.year_start_month)
    return True
