"""A bulletin as a workbook: its tables, the matrix of outlets, its lists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from bulletins.columns import ADOPTIONS, LATE, LINES, paired
from bulletins.document.document import BulletinDocument
from bulletins.layout.notes import issue_text, lines_of_several, notes
from bulletins.layout.rows import LateLine, matrix_sheets, paired_keys, paired_rows
from kit.columns import Column
from scoring.wording import group_label
from stats.columns import FIGURES
from stats.exports.workbooks import Banner, Book
from stats.remarks import in_all_words, remarks


def bulletin_workbook(document: BulletinDocument, *, with_points: bool = False) -> bytes:
    """A bulletin: a sheet for each group of units, outlets by units, adoptions, all lines, late entries.

    `with_points` writes counts as 3/30, the points of what is counted beside it (篇/分). The bytes depend on
    the document and this choice alone, whoever exports it and when.
    """
    with document.rates():
        return _workbook(document, with_points=with_points)


def _workbook(document: BulletinDocument, *, with_points: bool) -> bytes:
    book = Book(
        Banner(document.title, document.office, issue_text(document), document.period, document.cutoff)
    )
    below = [*in_all_words(document.groups, document.whole), *notes(document, with_points=with_points)]
    for group in document.groups:
        table: tuple[Sequence[Column], Sequence[Any], Any] = (FIGURES, group.rows, group.total)
        if with_points:
            table = (paired(FIGURES, paired_keys(document)), *paired_rows(document, group))
        book.table(group_label(group.kind), *table, below=[*remarks(group), *below])
        below = []
    if not document.groups:
        book.table(_("Figures"), FIGURES, [], empty=_("No units to count in this period."), below=below)
    for part in matrix_sheets(document):
        sheet = book.table(
            _("Outlets by unit"), part.columns, part.rows, part.total, empty=_("The office lists no outlet.")
        )
        if part.rows:
            sheet.closing(part.points, _("Points of adoptions"))
    book.table(
        _("Adoptions in detail"),
        ADOPTIONS,
        document.adoptions,
        PointsTotal(document.adoption_points),
        empty=_("Nothing was adopted in the period."),
        below=lines_of_several(document),
    )
    book.table(
        _("Every line of points"),
        LINES,
        document.lines,
        PointsTotal(sum((line.points for line in document.lines), Decimal(0))),
        empty=_("Nothing earned points in this period."),
    )
    if document.late:
        late = [LateLine.of(position, row) for position, row in enumerate(document.late, start=1)]
        book.table(_("Late entries"), LATE, late, PointsTotal(sum((row.points for row in late), Decimal(0))))
    return book.finish(document.cutoff)


@dataclass(frozen=True, slots=True)
class PointsTotal:
    """What the points of a list come to."""

    points: Decimal
