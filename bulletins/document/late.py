"""What earlier issues lack or have otherwise (补登): the facts of today against what was printed. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Final

from bulletins.document.building import line_row
from bulletins.document.rows import LateRow, LineRow
from scoring.figures.counts import UnitCount
from scoring.periods.period import Period

ADDED: Final = "added"
CHANGED: Final = "changed"
REMOVED: Final = "removed"

type Key = tuple[int, str]


@dataclass(frozen=True, slots=True)
class IssueOut:
    """An issued bulletin: what it covers, what it printed, and what it listed as late.

    `before` are the days before its period of which readers have nothing but its running total; `told` are
    the lines that came to it.
    """

    year: int
    number: int
    period: Period
    lines: tuple[LineRow, ...]
    late: tuple[LateRow, ...] = ()
    before: Period | None = None
    told: tuple[LineRow, ...] = ()


@dataclass(frozen=True, slots=True)
class Printed:
    """What readers have in their hands: the lines as last printed, and which issue covers which days."""

    lines: tuple[LineRow, ...] = ()
    covered: tuple[tuple[Period, int, int], ...] = ()

    @classmethod
    def of(cls, issues: Iterable[IssueOut]) -> Printed:
        """From the issues in order of issue; a later one speaks for the days it covers."""
        lines: dict[Key, LineRow] = {}
        covered: list[tuple[Period, int, int]] = []
        for issue in issues:
            told = [line for line in issue.told if not _issue_of(line.date, covered)]
            lines |= {(line.unit_id, line.key): line for line in told}
            lines = {key: line for key, line in lines.items() if not issue.period.contains(line.date)}
            for row in issue.late:
                if row.change == REMOVED:
                    lines.pop((row.line.unit_id, row.line.key), None)
                else:
                    lines[row.line.unit_id, row.line.key] = row.line
            # Last, because what was gone from earlier days may have moved into its own.
            lines |= {(line.unit_id, line.key): line for line in issue.lines}
            # An issue of their own speaks for the days, whenever it came out.
            covered[:0] = [(issue.before, issue.year, issue.number)] if issue.before else []
            covered.append((issue.period, issue.year, issue.number))
        return cls(tuple(lines.values()), tuple(covered))

    def before(self, day: date, since: date) -> Printed:
        """Only what concerns periods that lie wholly between the two days; `day` is not included."""
        covered = tuple(entry for entry in self.covered if since <= entry[0].start and entry[0].end <= day)
        lines = (line for line in self.lines if _issue_of(line.date, covered))
        return Printed(tuple(lines), covered)


def late_rows(counts: Iterable[UnitCount], printed: Printed) -> tuple[LateRow, ...]:
    """Every line of the covered days that is new, worth something else or gone, in order of unit and time.

    `counts` must cover those days. A line that earns nothing and is gone, or came, is told as well.
    """
    now = {
        (line.unit_id, line.key): line_row(0, count.unit.name, line)
        for count in counts
        for line in count.lines
        if _issue_of(line.date, printed.covered)
    }
    then = {(line.unit_id, line.key): line for line in printed.lines}
    rows = sorted(_differences(now, then, printed.covered), key=_order)
    return tuple(_numbered(rows))


def _differences(
    now: Mapping[Key, LineRow], then: Mapping[Key, LineRow], covered: Sequence[tuple[Period, int, int]]
) -> Iterator[LateRow]:
    for key in {**now, **then}:
        new, old = now.get(key), then.get(key)
        line = new or old
        assert line is not None
        issue = _issue_of(line.date, covered)
        if issue is None or (new and old and new.points == old.points and new.date == old.date):
            continue
        change = ADDED if old is None else REMOVED if new is None else CHANGED
        points = (new.points if new else Decimal(0)) - (old.points if old else Decimal(0))
        yield LateRow(change, line, points, *issue)


def _issue_of(day: date, covered: Sequence[tuple[Period, int, int]]) -> tuple[Period, int, int] | None:
    """The latest issue that covers the day."""
    return next((entry for entry in reversed(covered) if entry[0].contains(day)), None)


def _order(row: LateRow) -> tuple[str, date, str]:
    return (row.line.unit, row.line.date, row.line.key)


def _numbered(rows: Iterable[LateRow]) -> Iterator[LateRow]:
    for position, row in enumerate(rows, start=1):
        yield replace(row, line=replace(row.line, position=position))
