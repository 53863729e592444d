"""Corrections of a unit's running points: caps, floors, and windows that a finding makes void.

Every correction is the running difference between what counts and what was earned, on the day on which it
changes; so the corrections of a window add up to its limit, wherever it is cut. A window ends where the
scheme changes. Rules R46 and R49 of docs/scoring.md.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Final

from stats.figures import ZERO, LineKind, Note, ScoreLine
from stats.periods import Period
from stats.schemes import Limit, LimitOf, Scheme, Voids, Window
from stats.scoring.closings import Span
from stats.scoring.tariffs import Tariff, Tariffs
from stats.scoring.windows import pieces

#: Narrow windows first: what a month's limit took is gone before the year's is looked at.
ORDER: Final = (Window.MONTH, Window.QUARTER, Window.HALF, Window.YEAR)


@dataclass(frozen=True, slots=True)
class _Piece:
    """The part of a window that lies under one scheme."""

    tariff: Tariff
    window: Period
    since: date
    until: date

    def holds(self, day: date) -> bool:
        return self.since <= day < self.until


@dataclass(slots=True)
class Correction:
    """A unit's lines while they are corrected; those of limits on one kind count as lines of that kind."""

    unit_id: int
    span: Span
    tariffs: Tariffs
    total: list[ScoreLine]
    made: list[ScoreLine] = field(default_factory=list)

    def lines(self) -> list[ScoreLine]:
        """Limits on kinds, then void windows, then limits on the total."""
        tariffs = [t for t in self.tariffs.within(self.span.start, self.span.end) if _corrects(t.scheme)]
        if tariffs and self.total:
            of_kind: defaultdict[str, list[ScoreLine]] = defaultdict(list)
            for line in self.total:
                of_kind[line.kind].append(line)
            for tariff in tariffs:
                for place, limit in _limits(tariff.scheme, lambda of: of is not LimitOf.TOTAL):
                    self._limit(tariff, place, limit, of_kind[limit.of])
            for tariff in tariffs:
                self._void(tariff)
            for tariff in tariffs:
                for place, limit in _limits(tariff.scheme, lambda of: of is LimitOf.TOTAL):
                    self._limit(tariff, place, limit, self.total)
        return self.made

    def _limit(self, tariff: Tariff, place: int, limit: Limit, lines: list[ScoreLine]) -> None:
        assert limit.window is not None, "only the limit on an item has none"
        for piece in self._pieces(tariff, limit.window):
            clamped = [line for line in lines if piece.holds(line.date)]
            for day, before, points in corrections(clamped, limit.min, limit.max):
                note = Note.CAPPED if points < 0 else Note.RAISED
                bound = limit.max if limit.max is not None and before > limit.max else limit.min
                rule = f"limits[{place}]"
                line = self._line(piece, day, points, rule, f"{rule}:{day}", note, before, bound)
                self._add(line, lines)

    def _void(self, tariff: Tariff) -> None:
        """From the day of the finding on nothing counts in the window but what the finding itself costs."""
        for place, penalty in enumerate(tariff.scheme.penalties):
            if penalty.voids in (None, Voids.ITEM):
                continue
            rule = f"penalties[{place}]"
            findings = [line for line in self.total if line.rule == rule and line.event_id is not None]
            for piece in self._pieces(tariff, Window(penalty.voids)) if findings else ():
                days = [line.date for line in findings if piece.holds(line.date)]
                if not days:
                    continue
                voided = [line for line in self.total if piece.holds(line.date) and line.rule != rule]
                for day, before, points in corrections(voided, None, ZERO, from_day=min(days)):
                    line = self._line(
                        piece, day, points, rule, f"{rule}:void:{day}", Note.VOIDS_WINDOW, before, ZERO
                    )
                    self._add(line, self.total)

    def _pieces(self, tariff: Tariff, kind: Window) -> Iterator[_Piece]:
        for window, since, until in pieces(kind, tariff, self.span.start, self.span.end):
            yield _Piece(tariff, window, since, until)

    def _add(self, line: ScoreLine, lines: list[ScoreLine]) -> None:
        self.made.append(line)
        self.total.append(line)
        if lines is not self.total:
            lines.append(line)

    def _line(
        self,
        piece: _Piece,
        day: date,
        points: Decimal,
        rule: str,
        key: str,
        note: Note,
        reached: Decimal,
        bound: Decimal | None,
    ) -> ScoreLine:
        return ScoreLine(
            unit_id=self.unit_id,
            date=day,
            kind=LineKind.LIMIT,
            key=key,
            rule=rule,
            scheme_from=piece.tariff.since,
            base=points,
            earned=points,
            points=points,
            note=note,
            window=str(piece.window),
            reached=reached,
            bound=bound,
        )


def corrections(
    lines: Iterable[ScoreLine], least: Decimal | None, most: Decimal | None, from_day: date = date.min
) -> Iterator[tuple[date, Decimal, Decimal]]:
    """(day, running total, correction of the day) for every day on which the correction changes.

    The corrections so far always bring the total between the bounds, of which nothing lies outside zero.
    """
    by_day: defaultdict[date, Decimal] = defaultdict(Decimal)
    for line in lines:
        by_day[line.date] += line.points
    by_day.setdefault(from_day, ZERO)
    total, corrected = ZERO, ZERO
    for day in sorted(by_day):
        total += by_day[day]
        counts = total if most is None else min(total, most)
        counts = counts if least is None else max(counts, least)
        wanted = counts - total if day >= from_day else ZERO
        if wanted != corrected:
            yield day, total, wanted - corrected
            corrected = wanted


def _corrects(scheme: Scheme) -> bool:
    windows = any(limit.of is not LimitOf.ITEM for limit in scheme.limits)
    return windows or any(penalty.voids not in (None, Voids.ITEM) for penalty in scheme.penalties)


def _limits(scheme: Scheme, of: Callable[[LimitOf], bool]) -> list[tuple[int, Limit]]:
    """The limits on windows with their places, narrow windows first."""
    found = [
        (place, limit)
        for place, limit in enumerate(scheme.limits)
        if limit.window is not None and of(limit.of)
    ]
    return sorted(found, key=lambda one: ORDER.index(one[1].window or Window.YEAR))
