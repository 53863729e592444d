"""What is printed behind the text of a bulletin: tables read off the column trees, and charts. Pure.

Everything here is text already: the Word and the PDF file print the same words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from bulletins.columns import ADOPTIONS, LATE, LINES
from bulletins.document.document import BulletinDocument
from bulletins.document.rows import Attachment
from bulletins.layout.charts import Chart, charts
from bulletins.layout.notes import lines_of_several, notes, total_notes
from bulletins.layout.rows import LateLine, MatrixSheet, matrix_sheets
from bulletins.layout.titles import width
from kit.columns import Column, Kind, depth, heads, leaves, text
from kit.numbers import points_text
from scoring.wording import group_label
from stats.columns import FIGURES
from stats.remarks import summary

#: A table of more characters than this does not fit between the margins of an upright page.
UPRIGHT: Final = 92
#: What stands between the margins, and a cell's characters and padding, in points of 1/72 inch.
PAGE_WIDTH: Final = 156 / 25.4 * 72
PAGE_HEIGHT: Final = 225 / 25.4 * 72
CELL_SIZE: Final = 10.5
CELL_PADDING: Final = 2.5
#: Characters of a long text beyond these do not widen its column.
LONGEST: Final = 36


@dataclass(frozen=True, slots=True)
class HeadCell:
    """A cell of a table's head; rows and columns are counted from 0."""

    text: str
    row: int
    at: int
    colspan: int
    rowspan: int


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table: "row", "total", or "block" for a caption over the whole width, then of one cell."""

    kind: str
    cells: tuple[str, ...]


NOTHING: Final = Line("block", ("（无）",))


@dataclass(frozen=True, slots=True)
class Table:
    """`widths` are in points and fill the page. `left` are the columns set flush left, others are centred."""

    widths: tuple[float, ...]
    left: tuple[bool, ...]
    depth: int
    heads: tuple[HeadCell, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Annex:
    """One attachment (附件): tables with notes below, or charts. Wide tables lie `across` the page (横排)."""

    title: str
    across: bool = False
    tables: tuple[Table, ...] = ()
    notes: tuple[str, ...] = ()
    charts: tuple[Chart, ...] = ()


@dataclass(frozen=True, slots=True)
class _Total:
    """What the points of a list come to."""

    points: Decimal


def annexes(document: BulletinDocument) -> tuple[Annex, ...]:
    """The attachments in their order; charts come last, when there is anything to draw."""
    found = [_annex(document, attachment) for attachment in document.attachments]
    drawn = charts(document)
    if drawn and not any(annex.charts for annex in found):
        found.append(Annex("稿件报送及采用情况统计图", charts=drawn))
    return tuple(found)


def _annex(document: BulletinDocument, attachment: Attachment) -> Annex:
    match attachment.kind:
        case "figures":
            said = [*notes(document), *total_notes(document)]
            return _tabular(attachment, [(FIGURES, _figures(document))], said)
        case "matrix":
            return _tabular(attachment, [_matrix(sheet) for sheet in matrix_sheets(document)])
        case "adoptions":
            total = _Total(document.adoption_points)
            lines = _list(ADOPTIONS, document.adoptions, total)
            return _tabular(attachment, [(ADOPTIONS, lines)], lines_of_several(document))
        case "lines":
            total = _Total(document.other_points)
            return _tabular(attachment, [(LINES, _list(LINES, document.other_lines, total))])
        case "late":
            rows = [LateLine.of(place, row) for place, row in enumerate(document.late, start=1)]
            total = _Total(sum((row.points for row in document.late), Decimal(0)))
            return _tabular(attachment, [(LATE, _list(LATE, rows, total))])
        case "charts":
            return Annex(attachment.title, charts=charts(document))
    raise ValueError(f"no such attachment: {attachment.kind!r}")


def _tabular(
    attachment: Attachment, drawn: Sequence[tuple[Sequence[Column], list[Line]]], notes: Sequence[str] = ()
) -> Annex:
    """The tables on upright pages if all of them fit there."""
    across = any(sum(column.width for column in leaves(columns)) > UPRIGHT for columns, _lines in drawn)
    room = (PAGE_HEIGHT if across else PAGE_WIDTH) - 1
    tables = tuple(_table(columns, lines, room) for columns, lines in drawn)
    return Annex(attachment.title, across, tables, tuple(notes))


def _list(columns: Sequence[Column], rows: Sequence[Any], total: Any) -> list[Line]:
    """A plain list with its total; of nothing, one line that says so."""
    if not rows:
        return [NOTHING]
    return [*(Line("row", _cells(columns, row)) for row in rows), Line("total", _total(columns, total))]


def _figures(document: BulletinDocument) -> list[Line]:
    """Group by group, each with its total; of several with their names above, and what they come to below."""
    lines: list[Line] = []
    for group in document.groups:
        if len(document.groups) > 1:
            lines.append(Line("block", (group_label(group.kind),)))
        lines += [Line("row", _cells(FIGURES, row)) for row in group.rows]
        lines.append(Line("total", _total(FIGURES, group.total)))
    if in_all := summary(document.groups, document.whole):
        lines.append(Line("total", _total(FIGURES, in_all.total, "总计")))
    return lines or [NOTHING]


def _matrix(sheet: MatrixSheet) -> tuple[Sequence[Column], list[Line]]:
    """Outlets down, units across, as many as fit; the last row has the points."""
    if not sheet.rows:
        return sheet.columns, [NOTHING]
    lines = _list(sheet.columns, sheet.rows, sheet.total)
    points = dict(sheet.points)
    shown = leaves(sheet.columns)
    label = next(place for place, column in enumerate(shown) if column.kind is Kind.TEXT)
    cells = (
        points_text(points[column.key]) if column.key in points else "得分" if place == label else ""
        for place, column in enumerate(shown)
    )
    return sheet.columns, [*lines, Line("total", tuple(cells))]


def _table(columns: Sequence[Column], lines: Sequence[Line], room: float) -> Table:
    shown = leaves(columns)
    widths = _widths(shown, lines, room)
    return Table(
        widths=widths,
        left=tuple(_flexible(column) for column in shown),
        depth=depth(columns),
        heads=tuple(
            HeadCell(
                _halved(str(head.column.title), sum(widths[head.at : head.at + head.colspan])),
                head.row,
                head.at,
                head.colspan,
                head.rowspan,
            )
            for head in heads(columns)
        ),
        lines=tuple(lines),
    )


def _halved(label: str, room: float) -> str:
    """A label of four to six characters that does not fit its cell, in two even lines: 名次 and 变化."""
    fits = width(label) * CELL_SIZE + 2 * CELL_PADDING < room
    if fits or not 4 <= len(label) <= 6 or not all("\u4e00" <= sign <= "\u9fff" for sign in label):
        return label
    middle = (len(label) + 1) // 2
    return f"{label[:middle]}\n{label[middle:]}"


def _flexible(column: Column) -> bool:
    """Long texts take more lines; everything else stays in one."""
    return column.kind is Kind.TEXT and column.width > 10


def _widths(columns: Sequence[Column], lines: Sequence[Line], room: float) -> tuple[float, ...]:
    """What cannot be broken gets the width it needs, the long texts share the rest; what is left, all."""
    rows = [line.cells for line in lines if line.kind != "block"]
    needs, shares = [], []
    for place, column in enumerate(columns):
        label = width(str(column.title))
        longest = max((_printed(row[place]) for row in rows), default=0.0)
        # A head of more than three characters takes two lines.
        need = max(label if label <= 3 else label / 2 + 0.5, 0 if _flexible(column) else longest)
        needs.append(need * CELL_SIZE + 2 * CELL_PADDING + 2)
        shares.append(min(longest, LONGEST) if _flexible(column) else 0.0)
    whole = [
        max(need, share * CELL_SIZE + 2 * CELL_PADDING + 2) for need, share in zip(needs, shares, strict=True)
    ]
    if sum(whole) <= room or not any(shares):
        return tuple(room * each / sum(whole) for each in whole)
    spare = room - sum(needs)
    if spare < 0:
        return tuple(room * need / sum(needs) for need in needs)
    return tuple(need + spare * share / sum(shares) for need, share in zip(needs, shares, strict=True))


def _printed(text: str) -> float:
    """How wide a text is in Chinese characters; digits are a little wider than half of one in some fonts."""
    return width(text) * (1.16 if text.isascii() else 1.02)


def _cells(columns: Sequence[Column], row: Any) -> tuple[str, ...]:
    return tuple(text(column, row) for column in leaves(columns))


def _total(columns: Sequence[Column], total: Any, called: str = "合计") -> tuple[str, ...]:
    shown = leaves(columns)
    label = next(place for place, column in enumerate(shown) if column.kind is Kind.TEXT)
    return tuple(
        text(column, total) if column.summed else called if place == label else ""
        for place, column in enumerate(shown)
    )
