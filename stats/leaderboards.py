"""The board on the wall: who leads in each group this month, this quarter, this assessment year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final

from django.utils.translation import gettext as _

from accounts.enums import UnitKind
from accounts.models import User
from kit.numbers import change_text, points_text
from scoring.periods.month import Month
from scoring.periods.period import Period
from scoring.wording import group_label
from stats import tallies
from stats.facts.loading import Totals
from stats.pages import Stat, terms_of
from stats.querysets import stale_months
from stats.reports import FigureGroup, FigureRow, tables

#: Rows of the first group and of the others: what can be read from across the room.
FIRST_GROUP: Final = 10
OTHER_GROUPS: Final = 5


class Span(StrEnum):
    """What the board shows; in this order when it turns by itself."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"

    def following(self) -> Span:
        spans = list(Span)
        return spans[(spans.index(self) + 1) % len(spans)]


@dataclass(frozen=True, slots=True)
class BoardRow:
    """A unit's line; `share` is its part of the leader's points in percent, the length of its bar.

    The first three lead, if they have any points at all.
    """

    rank: str
    leads: bool
    name: str
    points: str
    share: int
    adopted: int
    change: str
    tone: str


@dataclass(frozen=True, slots=True)
class BoardGroup:
    """The best of a group; `more` units are not shown."""

    label: str
    rows: Sequence[BoardRow]
    more: int


@dataclass(frozen=True, slots=True)
class Board:
    """The whole screen."""

    span: Span
    period: Period
    stats: Sequence[Stat]
    groups: Sequence[BoardGroup]
    being_counted: int


def leaderboard(reader: User, span: Span, today: date) -> Board:
    """The figures of the reader's office to date; the number of queries does not depend on its size."""
    office = reader.office
    period = _period(reader, span, today)
    terms = terms_of(office, period)
    tallied = tallies.load(office, terms.span(period))
    groups = [group for group in tables(tallied, period, terms) if group.kind != UnitKind.OFFICE]
    return Board(
        span=span,
        period=period,
        stats=_stats(tallied.totals(period), tallied.totals(period.previous())),
        groups=[_group(group, OTHER_GROUPS if at else FIRST_GROUP) for at, group in enumerate(groups)],
        being_counted=stale_months(office, period).count(),
    )


def span_label(span: Span) -> str:
    """What the span is called on the board."""
    return {
        Span.MONTH: _("This month"),
        Span.QUARTER: _("This quarter"),
        Span.YEAR: _("This assessment year"),
    }[span]


def _period(reader: User, span: Span, today: date) -> Period:
    """The whole month, quarter or assessment year of today: nothing is known of its days to come."""
    month = Month.of(today)
    if span is Span.MONTH:
        return Period.of(month)
    if span is Span.QUARTER:
        return Period.quarter_of(month)
    return Period.year_of(month, terms_of(reader.office, Period.of(month)).year_start_month)


def _stats(now: Totals, before: Totals) -> list[Stat]:
    """The office's totals, beside those of the whole period before where something is known of it."""
    figures = [
        (_("Filed"), now.filed, before.filed, _("items")),
        (_("Issued"), now.issued, before.issued, _("items")),
        (_("Adopted"), now.adopted, before.adopted, _("times")),
    ]
    known = before != Totals()
    return [
        Stat(
            label=label,
            number=number,
            suffix=suffix,
            hint=_("the whole period before: %(number)s") % {"number": then} if known else "",
        )
        for label, number, then, suffix in figures
    ]


def _group(group: FigureGroup, shown: int) -> BoardGroup:
    best = max((row.points for row in group.rows), default=Decimal(0))
    return BoardGroup(
        label=group_label(group.kind),
        rows=[_row(row, best) for row in group.rows[:shown]],
        more=max(0, len(group.rows) - shown),
    )


def _row(row: FigureRow, best: Decimal) -> BoardRow:
    return BoardRow(
        rank="" if row.rank is None else str(row.rank),
        leads=row.rank is not None and row.rank <= 3 and row.points > 0,
        name=row.name,
        points=points_text(row.points),
        share=int(max(row.points, Decimal(0)) * 100 / best) if best > 0 else 0,
        adopted=row.adopted,
        change="" if not row.change else change_text(row.change),
        tone="" if not row.change else "up" if row.change > 0 else "down",
    )
