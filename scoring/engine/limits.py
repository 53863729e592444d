"""Corrections of a unit's running points: caps, floors, and windows that a finding makes void.

Every correction is the running difference between what counts and what was earned, on the day on which it
changes; so the corrections of a window add up to its limit, wherever it is cut. A window ends where the
scheme changes. Rules R65–R67 of docs/scoring.md.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from scoring.engine.records import EARNING
from scoring.engine.tariffs import Tariffs
from scoring.engine.windows import Piece, Span, pieces
from scoring.figures.lines import ZERO, LineKind, Note, ScoreLine
from scoring.schemes.model import Limit
from scoring.schemes.scheme import Scheme
from scoring.schemes.words import LimitOf, Voids, Window

#: Narrow windows first: what a month's limit took is gone before the year's is looked at.
ORDER: Final = tuple(Window)
_KINDS: Final = (LimitOf.ADOPTION, LimitOf.BONUS, LimitOf.FILING, LimitOf.PENALTY)


@dataclass(frozen=True, slots=True)
class Change:
    """By how much a correction changes on a day on which the total, not corrected, is `reached`."""

    day: date
    reached: Decimal
    points: Decimal


class Corrections:
    """A unit's lines while they are corrected: limits on kinds, then void windows, then limits on the total.

    What a limit on one kind takes or gives counts as a line of that kind in all that follows.
    """

    def __init__(self, unit_id: int, lines: Iterable[ScoreLine], tariffs: Tariffs, span: Span) -> None:
        self.unit_id = unit_id
        self.span = span
        self.tariffs = [each for each in tariffs.within(span.start, span.end) if each.scheme.corrects]
        self.total = list(lines)
        self.of_kind: defaultdict[str, list[ScoreLine]] = defaultdict(list)
        for line in self.total if self.tariffs else ():
            self.of_kind[line.kind].append(line)
        self.made: list[ScoreLine] = []

    def lines(self) -> list[ScoreLine]:
        """The lines that correct the others."""
        for kind in _KINDS:
            self._limit(kind, self.of_kind[kind])
        self._void()
        self._limit(LimitOf.TOTAL, self.total)
        return self.made

    def _limit(self, of: LimitOf, lines: list[ScoreLine]) -> None:
        for rule, limit, piece in self._limits(of):
            inside = [line for line in lines if piece.holds(line.date)]
            for change in changes(inside, limit.min, limit.max):
                note, bound = _told(limit, change.reached)
                self._make(piece, change, lines, rule=rule, note=note, bound=bound)

    def _void(self) -> None:
        """From the day of the finding on nothing earned in the window counts; what is deducted stays."""
        earned = [line for kind in sorted(EARNING) for line in self.of_kind[kind]]
        for rule, found_on, piece in self._findings():
            inside = [line for line in earned if piece.holds(line.date)]
            for change in changes(inside, None, ZERO, found_on):
                self._make(piece, change, earned, rule=rule, note=Note.VOIDS_WINDOW, bound=ZERO)

    def _limits(self, of: LimitOf) -> Iterator[tuple[str, Limit, Piece]]:
        """Every limit with its place and every piece of its windows, narrow windows first."""
        for tariff in self.tariffs:
            for place, limit in _narrow_first(tariff.scheme, of):
                assert limit.window is not None, "only the limit on one item has no window"
                for piece in pieces(limit.window, tariff, self.span.start, self.span.end):
                    yield f"limits[{place}]", limit, piece

    def _findings(self) -> Iterator[tuple[str, date, Piece]]:
        """Every piece that is void, with the penalty's place and the day since when it is."""
        for tariff in self.tariffs:
            for place, penalty in enumerate(tariff.scheme.penalties):
                if penalty.voids in (None, Voids.ITEM):
                    continue
                rule = f"penalties[{place}]"
                told = [line for line in self.of_kind[LineKind.PENALTY] if line.rule == rule]
                void = pieces(Window(penalty.voids), tariff, self.span.start, self.span.end)
                for piece in void if told else ():
                    found_on = _found_on((line for line in told if piece.holds(line.date)), penalty.times)
                    if found_on:
                        yield rule, found_on, piece

    def _make(
        self,
        piece: Piece,
        change: Change,
        corrected: list[ScoreLine],
        *,
        rule: str,
        note: Note,
        bound: Decimal | None,
    ) -> None:
        line = ScoreLine(
            unit_id=self.unit_id,
            date=change.day,
            kind=LineKind.LIMIT,
            key=f"{rule}:window:{change.day}",
            rule=rule,
            scheme_from=piece.scheme_from,
            base=change.points,
            earned=change.points,
            points=change.points,
            note=note,
            window=piece.name,
            reached=change.reached,
            bound=bound,
        )
        self.made.append(line)
        self.total.append(line)
        if corrected is not self.total:
            corrected.append(line)


def changes(
    lines: Iterable[ScoreLine], least: Decimal | None, most: Decimal | None, from_day: date = date.min
) -> Iterator[Change]:
    """The days on which the running total needs another correction to stay between the bounds.

    The changes so far always bring it there. Zero lies between the bounds.
    """
    by_day: defaultdict[date, Decimal] = defaultdict(Decimal)
    for line in lines:
        by_day[line.date] += line.points
    if from_day != date.min:
        by_day.setdefault(from_day, ZERO)
    total, corrected = ZERO, ZERO
    for day in sorted(by_day):
        total += by_day[day]
        counts = total if most is None else min(total, most)
        counts = counts if least is None else max(counts, least)
        wanted = counts - total if day >= from_day else ZERO
        if wanted != corrected:
            yield Change(day, total, wanted - corrected)
            corrected = wanted


def _found_on(told: Iterable[ScoreLine], times: int) -> date | None:
    """The day on which something had happened so many times; a line that multiplies tells of several."""
    happened = 0
    for line in sorted(told, key=lambda line: line.date):
        happened += int(line.steps[0].value) if line.steps else 1
        if happened >= times:
            return line.date
    return None


def _told(limit: Limit, reached: Decimal) -> tuple[Note, Decimal | None]:
    """Which bound a total lies beyond; within both, what an earlier correction did is undone."""
    if limit.max is not None and reached > limit.max:
        return Note.CAPPED, limit.max
    if limit.min is not None and reached < limit.min:
        return Note.RAISED, limit.min
    return Note.RELEASED, limit.max if limit.min is None else limit.min


def _narrow_first(scheme: Scheme, of: LimitOf) -> list[tuple[int, Limit]]:
    """The limits with their places, those on narrow windows first."""
    found = [(place, limit) for place, limit in enumerate(scheme.limits) if limit.of is of]
    return sorted(found, key=lambda one: ORDER.index(one[1].window or Window.YEAR))
