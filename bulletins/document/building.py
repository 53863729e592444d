"""The draft of a document from counted facts. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from bulletins.document.document import SUMMED, BulletinDocument
from bulletins.document.rows import (
    Attachment,
    Corrected,
    LateRow,
    Letterhead,
    LineRow,
    MonthRow,
    OfficeFigures,
    OutletRow,
    SchemeUsed,
    ZeroRow,
)
from scoring.arithmetic import arithmetic
from scoring.figures.counts import UnitCount
from scoring.figures.lines import ScoreLine
from scoring.periods.period import Period
from stats.reports import FigureGroup, total


def build(
    *,
    office_id: int,
    office: str,
    period: Period,
    cutoff: datetime,
    schemes: Iterable[SchemeUsed],
    groups: Sequence[FigureGroup],
    whole: FigureGroup | None = None,
    counts: Iterable[UnitCount],
    now: OfficeFigures,
    before: OfficeFigures | None = None,
    year_ago: OfficeFigures | None = None,
    outlets: Sequence[OutletRow] = (),
    late: Sequence[LateRow] = (),
    zeros: Sequence[ZeroRow] = (),
    history: Sequence[MonthRow] = (),
    months: Sequence[OfficeFigures] = (),
    letterhead: Letterhead | None = None,
    corrects: Corrected | None = None,
) -> BulletinDocument:
    """The draft of a bulletin over the period, as yet without its text; all parts from the same facts."""
    order = {row.unit_id: place for place, row in enumerate(row for group in groups for row in group.rows)}
    by_rank = sorted(counts, key=lambda row: order[row.unit.id])
    lines = [(row.unit.name, line) for row in by_rank for line in row.lines]
    return BulletinDocument(
        office_id=office_id,
        office=office,
        title=title(period),
        period=period,
        cutoff=cutoff,
        schemes=tuple(schemes),
        groups=tuple(groups),
        lines=tuple(line_row(place, *entry) for place, entry in enumerate(lines, start=1)),
        now=now,
        before=before,
        year_ago=year_ago,
        outlets=tuple(outlets),
        late=tuple(late),
        zeros=tuple(zeros),
        history=tuple(history),
        whole=whole,
        months=tuple(months),
        attachments=attachments(has_late=bool(late)),
        letterhead=letterhead or Letterhead(),
        corrects=corrects,
    )


def summed(document: BulletinDocument) -> BulletinDocument:
    """The document as the former format has it: totals are the plain sums of their rows."""
    groups = (replace(group, total=total(group.rows), gone=()) for group in document.groups)
    return replace(document, groups=tuple(groups), whole=None, months=(), format=SUMMED)


def title(period: Period) -> str:
    """The heading of a bulletin over the period, unless the office's wording gives another."""
    return f"关于{period.label}稿件报送及采用情况的通报"


def attachments(*, has_late: bool) -> tuple[Attachment, ...]:
    """What is printed behind the text."""
    listed = [Attachment("figures", "稿件报送及采用情况统计表"), Attachment("adoptions", "采用稿件明细表")]
    if has_late:
        listed.append(Attachment("late", "补登和更正明细表"))
    return tuple(listed)


def line_row(position: int, unit: str, line: ScoreLine) -> LineRow:
    """A score line as it is stored."""
    return LineRow(
        key=line.key,
        position=position,
        unit_id=line.unit_id,
        unit=unit,
        kind=line.kind.value,
        date=line.date,
        item_id=line.item_id,
        item_title=line.item_title or line.reason,
        adoption_id=line.adoption_id,
        outlet=line.outlet_name,
        level=line.level,
        mode=line.mode,
        rule=line.rule,
        scheme_from=line.scheme_from,
        arithmetic=arithmetic(line),
        share=line.share,
        points=line.points,
        note=line.note.value,
        event=line.event,
        event_id=line.event_id,
        adjustment_id=line.adjustment_id,
        window=line.window,
        reached=line.reached,
        bound=line.bound,
    )
