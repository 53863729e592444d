"""Workbooks of tables under one banner: the figures of any period; bulletins are built of the same."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.utils.translation import gettext as _
from openpyxl import Workbook

from kit.columns import Column
from kit.days import in_words
from paper.workbook import finish
from paper.worksheet import HEAD, LEFT, TITLE, Sheet
from scoring.periods.month import ZONE
from scoring.periods.period import Period
from scoring.wording import group_label
from stats.columns import FIGURES
from stats.remarks import remarks
from stats.reports import FigureGroup

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


def figures_workbook(
    office: str, period: Period, groups: Sequence[FigureGroup], now: datetime, below: Sequence[str] = ()
) -> bytes:
    """The tables of a period as they are counted at the moment; not a bulletin. `below` is said of all."""
    title = _("Figures of %(period)s") % {"period": period.label}
    banner = Banner(title, office, _("Not a bulletin: figures may still change"), period, now)
    book = Book(banner)
    for group in groups:
        said = [*remarks(group), *below]
        book.table(group_label(group.kind), FIGURES, group.rows, group.total, below=said)
    if not groups:
        book.table(_("Figures"), FIGURES, [], empty=_("No units to count in this period."))
    return book.finish(now)


class Book:
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
