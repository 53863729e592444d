"""The workbooks: figures of any period, and bulletins with their matrix of outlets and their lists."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, Final

from django.utils.translation import gettext as _
from openpyxl import Workbook

from kit.days import in_words
from stats.bulletins import BulletinDocument
from stats.columns import ADOPTIONS, FIGURES, LATE, LINES, Column, paired
from stats.exports.bulletin_rows import LateLine, matrix_sheets, paired_keys, paired_rows
from stats.exports.package import finish
from stats.exports.sheet import HEAD, LEFT, TITLE, Sheet
from stats.numbers import points_text
from stats.periods import ZONE, Period
from stats.reports import FigureGroup
from stats.wording import group_label

#: What a sheet's title must not hold, and how long it may be.
_NOT_IN_TITLES: Final = re.compile(r"[\[\]:*?/\\']")
LONGEST_TITLE: Final = 31


@dataclass(frozen=True, slots=True)
class Banner:
    """What stands above every table of a workbook; `issue` is the number or what it is instead."""

    title: str
    office: str
    issue: str
    period: Period
    counted: datetime

    def draw(self, sheet: Sheet) -> None:
        last = self.period.end - timedelta(days=1)
        span = {"first": in_words(self.period.start), "last": in_words(last)}
        moment = self.counted.astimezone(ZONE)
        sheet.banner(self.title, TITLE, height=36)
        sheet.banner(sheet.worksheet.title, HEAD, height=20)
        sheet.pair(self.office, self.issue, height=18)
        sheet.pair(
            _("Period: %(first)s to %(last)s") % span,
            _("Facts known until %(moment)s") % {"moment": f"{in_words(moment.date())} {moment:%H:%M}"},
            height=18,
        )


@dataclass(frozen=True, slots=True)
class PointsTotal:
    """What the points of a list come to."""

    points: Decimal


def figures_workbook(office: str, period: Period, groups: Sequence[FigureGroup], now: datetime) -> bytes:
    """The tables of a period as they are counted at the moment; not a bulletin."""
    title = _("Figures of %(period)s") % {"period": period.label}
    banner = Banner(title, office, _("Not a bulletin: figures may still change"), period, now)
    book = _Book(banner)
    for group in groups:
        book.table(group_label(group.kind), FIGURES, group.rows, group.total)
    if not groups:
        book.table(_("Figures"), FIGURES, [], empty=_("No units to count in this period."))
    return book.finish(now)


def bulletin_workbook(document: BulletinDocument, *, with_points: bool = False) -> bytes:
    """A bulletin: a sheet for each group of units, outlets by units, adoptions, all lines, late entries.

    `with_points` writes counts as 3/30, the points of what is counted beside it (篇/分). The bytes depend on
    the document and this choice alone, whoever exports it and when.
    """
    book = _Book(
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


class _Book:
    """A workbook whose sheets all have the same banner and page set-up."""

    def __init__(self, banner: Banner) -> None:
        self.book = Workbook()
        self.banner = banner
        self.sheets: list[Sheet] = []

    def table(
        self,
        title: str,
        columns: Sequence[Column],
        rows: Sequence[Any],
        total: Any | None = None,
        *,
        empty: str = "",
        below: Sequence[str] = (),
    ) -> Sheet:
        """A sheet with one table; `empty` is said when there are no rows, `below` after them."""
        worksheet = self.book.active if not self.sheets else self.book.create_sheet()
        assert worksheet is not None
        worksheet.title = self._free(title)
        sheet = Sheet(worksheet, columns)
        self.sheets.append(sheet)
        self.banner.draw(sheet)
        sheet.head()
        sheet.rows(rows, total, _("Total"))
        if not rows and empty:
            sheet.block(empty)
        for line in below:
            sheet.banner(line, height=18, place=LEFT)
        sheet.finish()
        return sheet

    def finish(self, moment: datetime) -> bytes:
        results = {sheet.worksheet.title: sheet.results for sheet in self.sheets}
        return finish(self.book, moment, results)

    def _free(self, title: str) -> str:
        """The title as a sheet may bear it, numbered when there is one already."""
        clean = _NOT_IN_TITLES.sub(" ", title).strip() or _("Figures")
        taken = {sheet.worksheet.title.casefold() for sheet in self.sheets}
        free, number = clean[:LONGEST_TITLE], 1
        while free.casefold() in taken:
            number += 1
            free = f"{clean[: LONGEST_TITLE - 4]} {number}"
        return free
