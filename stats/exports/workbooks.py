"""The workbooks: figures of any period, and bulletins with their list of adoptions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.utils.translation import gettext as _
from openpyxl import Workbook

from accounts.enums import UnitKind
from stats.bulletins import BulletinDocument
from stats.columns import ADOPTIONS, FIGURES, points_text
from stats.exports.package import finish
from stats.exports.sheet import LEFT, TITLE, Sheet
from stats.periods import ZONE, Period
from stats.reports import FigureGroup
from stats.wording import group_label


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
        sheet.pair(self.office, self.issue, height=18)
        sheet.pair(
            _("Period: %(first)s to %(last)s") % span,
            _("Facts known until %(moment)s") % {"moment": f"{in_words(moment.date())} {moment:%H:%M}"},
            height=18,
        )


@dataclass(frozen=True, slots=True)
class AdoptionTotal:
    """What the points of a list of adoptions come to."""

    points: Decimal


def figures_workbook(office: str, period: Period, groups: Sequence[FigureGroup], now: datetime) -> bytes:
    """The tables of a period as they are counted at the moment; not a bulletin."""
    title = _("Figures of %(period)s") % {"period": period.label}
    book, results = Workbook(), {}
    banner = Banner(title, office, _("Not a bulletin: figures may still change"), period, now)
    for sheet in _figures(book, banner, groups, []):
        results[sheet.worksheet.title] = sheet.results
    return finish(book, now, results)


def bulletin_workbook(document: BulletinDocument) -> bytes:
    """A bulletin: the counties' ranking, the other groups, and every adoption that it counts.

    The bytes depend on the document alone, whoever exports it and when.
    """
    book, results = Workbook(), {}
    banner = Banner(document.title, document.office, issue_text(document), document.period, document.cutoff)
    for sheet in [
        *_figures(book, banner, document.groups, notes(document)),
        _adoptions(book, banner, document),
    ]:
        results[sheet.worksheet.title] = sheet.results
    return finish(book, document.cutoff, results)


def issue_text(document: BulletinDocument) -> str:
    """Year, number and day of issue; of one in preparation, that it is."""
    if document.number is None or document.issued_on is None:
        return _("Draft, not issued")
    return _("No. %(number)s of %(year)s, issued on %(day)s") % {
        "number": document.number,
        "year": document.year,
        "day": in_words(document.issued_on),
    }


def notes(document: BulletinDocument) -> list[str]:
    """How the figures came about, below the ranking."""
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
    if document.filing_points:
        points = points_text(document.filing_points)
        written.append(_("The points include %(points)s for filing.") % {"points": points})
    return written


def in_words(day: date) -> str:
    """A day as documents print it: 2026年4月10日."""
    return f"{day.year}年{day.month}月{day.day}日"


def _figures(
    book: Workbook, banner: Banner, groups: Sequence[FigureGroup], below: Sequence[str]
) -> list[Sheet]:
    """Counties on the first sheet, every other group on the second, each with its totals."""
    counties = [group for group in groups if group.kind == UnitKind.COUNTY]
    others = [group for group in groups if group.kind != UnitKind.COUNTY]
    first = book.active
    assert first is not None
    first.title = _("Ranking of counties")
    second = book.create_sheet(_("Teams and sections"))
    sheets = [Sheet(first, FIGURES), Sheet(second, FIGURES)]
    for sheet, shown in zip(sheets, [counties, others], strict=True):
        banner.draw(sheet)
        sheet.head()
        for group in shown:
            if sheet.worksheet is second:
                sheet.block(group_label(group.kind))
            sheet.rows(group.rows, group.total, _("Total"))
        if not shown:
            sheet.block(_("No units of this kind in the period."))
        for line in below:
            sheet.banner(line, height=18, place=LEFT)
        sheet.finish()
    return sheets


def _adoptions(book: Workbook, banner: Banner, document: BulletinDocument) -> Sheet:
    sheet = Sheet(book.create_sheet(_("Adoptions in detail")), ADOPTIONS)
    banner.draw(sheet)
    sheet.head()
    sheet.rows(document.adoptions, AdoptionTotal(document.adoption_points), _("Total"))
    if not document.adoptions:
        sheet.block(_("Nothing was adopted in the period."))
    sheet.finish()
    return sheet
