"""A bulletin as a workbook: its tables, the matrix of outlets, its lists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from bulletins.columns import ADOPTIONS, LATE, LINES, paired
from bulletins.document.document import BulletinDocument
from bulletins.files.rows import LateLine, matrix_sheets, paired_keys, paired_rows
from kit.days import in_words
from scoring.numbers import points_text
from scoring.wording import group_label
from stats.columns import FIGURES, Column
from stats.exports.workbooks import Banner, Book


def bulletin_workbook(document: BulletinDocument, *, with_points: bool = False) -> bytes:
    """A bulletin: a sheet for each group of units, outlets by units, adoptions, all lines, late entries.

    `with_points` writes counts as 3/30, the points of what is counted beside it (篇/分). The bytes depend on
    the document and this choice alone, whoever exports it and when.
    """
    book = Book(
        Banner(document.title, document.office, issue_text(document), document.period, document.cutoff)
    )
    below = notes(document, with_points=with_points)
    for group in document.groups:
        table: tuple[Sequence[Column], Sequence[Any], Any] = (FIGURES, group.rows, group.total)
        if with_points:
            table = (paired(FIGURES, paired_keys(document)), *paired_rows(document, group))
        book.table(group_label(group.kind), *table, below=below)
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


def issue_text(document: BulletinDocument) -> str:
    """Year, number and day of issue; of one in preparation, that it is."""
    if document.number is None or document.issued_on is None:
        return _("Draft, not issued")
    return _("No. %(number)s of %(year)s, issued on %(day)s") % {
        "number": document.number,
        "year": document.year,
        "day": in_words(document.issued_on),
    }


def notes(document: BulletinDocument, *, with_points: bool = False) -> list[str]:
    """How the figures came about, below the first table."""
    written = [
        _("Scored by: %(name)s, version %(version)s, in force from %(day)s.")
        % {"name": scheme.name, "version": scheme.version, "day": in_words(scheme.effective_from)}
        for scheme in document.schemes
    ]
    written.append(
        _(
            "Adoption rate: items adopted for each item filed. "
            "An adoption of several units stands in each one's row."
        )
    )
    if with_points:
        written.append(
            _("Counts with their points: 3/30 is three items worth 30 points. Other points are in the total.")
        )
    if document.other_points:
        points = points_text(document.other_points)
        written.append(
            _("The points include %(points)s that do not come from adoptions.") % {"points": points}
        )
    if document.corrects:
        issue = {"year": document.corrects.year, "number": document.corrects.number}
        written.append(_("This issue corrects No. %(number)s of %(year)s.") % issue)
    return written


@dataclass(frozen=True, slots=True)
class PointsTotal:
    """What the points of a list come to."""

    points: Decimal
