"""What the pages of figures show: tables, totals, trends, and the way to other periods."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import Unit, User
from stats import facts, tallies
from stats.columns import FIGURES, text_at
from stats.facts import Totals
from stats.links import Links, adoption_list, item_list, period_page
from stats.models import Tally
from stats.periods import Month, Period
from stats.querysets import stale_months
from stats.reports import FigureGroup, FigureRow, Terms, tables
from stats.tables import Table, figure_table
from stats.tallies import Tallied
from stats.trends import office_trend, points_trend, trend_period, unit_trend

#: From a period to the address of its page.
type Page = Callable[[Period], str]


@dataclass(frozen=True, slots=True)
class Choice:
    """A link to another period."""

    label: str
    url: str
    active: bool = False


@dataclass(frozen=True, slots=True)
class Stat:
    """One figure above the tables: parameters of components/stat.html."""

    label: str
    number: int | str
    suffix: str = ""
    delta: int | None = None
    url: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class FiguresPage:
    """The stored figures of an office in a period for one reader; those `being_counted` may still move."""

    period: Period
    groups: Sequence[FigureGroup]
    tables: Sequence[Table]
    stats: Sequence[Stat]
    trend: dict[str, Any]
    tally: Tally | None
    being_counted: int
    is_over: bool


@dataclass(frozen=True, slots=True)
class UnitPage:
    """The stored figures of one ranking unit in a period."""

    stats: Sequence[Stat]
    trend: dict[str, Any]
    points_trend: dict[str, Any]
    being_counted: int


def terms_of(office: Unit, period: Period) -> Terms:
    """How the office ranks in the period and when its assessment year begins."""
    return Terms.of(facts.timetable(office), period)


def figures_page(reader: User, period: Period, today: date) -> FiguresPage:
    """Everything a page of figures shows; the number of queries does not depend on the number of units."""
    office = reader.office
    terms = terms_of(office, period)
    tallied = tallies.load(office, _span(period, terms))
    groups = tables(tallied, period, terms)
    links = Links.of(reader, period, period.to_date(terms.year_start_month))
    return FiguresPage(
        period=period,
        groups=groups,
        tables=[figure_table(group, links) for group in groups],
        stats=_totals(tallied, period, whole_office=office.pk in links.codes),
        trend=office_trend(tallied, period),
        tally=tallied.months.get(period.first) if len(period) == 1 else None,
        being_counted=stale_months(office, tallied.span).count(),
        is_over=period.end <= today,
    )


def unit_page(reader: User, unit: Unit, period: Period) -> UnitPage:
    """What is shown of a ranking unit beside its score lines."""
    terms = terms_of(reader.office, period)
    tallied = tallies.load(reader.office, _span(period, terms))
    links = Links.of(reader, period, period.to_date(terms.year_start_month))
    stats = [
        stat
        for group in tables(tallied, period, terms)
        for row in group.rows
        if row.unit_id == unit.pk
        for stat in _standing(row, len(group.rows), links)
    ]
    return UnitPage(
        stats=stats,
        trend=unit_trend(tallied, period, unit.pk),
        points_trend=points_trend(tallied, period, unit.pk),
        being_counted=stale_months(reader.office, tallied.span).count(),
    )


def choices(period: Period, today: date, year_start_month: int, page: Page = period_page) -> list[Choice]:
    """The periods that people ask for most; `page` gives the address of each."""
    month = Period.of(Month.of(today))
    quarter = Period.quarter_of(month.first)
    half = Period.parse(f"{today.year}H{1 if today.month <= 6 else 2}")
    year = Period.year_of(month.first, year_start_month)
    offered = [
        (_("This month"), month),
        (_("Last month"), month.previous()),
        (_("This quarter"), quarter),
        (_("Last quarter"), quarter.previous()),
        (_("This half year"), half),
        (_("This assessment year"), year),
        (_("Last assessment year"), year.previous()),
    ]
    return [Choice(label, page(other), other == period) for label, other in offered]


def neighbours(period: Period, today: date, page: Page = period_page) -> tuple[Choice, Choice | None]:
    """The period before, and the one after unless it lies ahead."""
    before, after = period.previous(), period.shifted(len(period))
    later = Choice(after.label, page(after)) if after.start <= today else None
    return Choice(before.label, page(before)), later


def _span(period: Period, terms: Terms) -> Period:
    """The months that the tables and the trend need."""
    return Period(min(terms.span(period).first, trend_period(period).first), period.last)


def _totals(tallied: Tallied, period: Period, *, whole_office: bool) -> list[Stat]:
    """The office's totals; lists of everybody's items are for those who see the whole office."""
    now, before = tallied.totals(period), tallied.totals(period.previous())
    known = before != Totals()
    figures = [
        (_("Filed"), now.filed, before.filed, _("items"), item_list("filed", period)),
        (_("Issued"), now.issued, before.issued, _("items"), item_list("issued", period)),
        (_("Adopted"), now.adopted, before.adopted, _("times"), adoption_list(period)),
    ]
    return [
        Stat(label, number, suffix, number - then if known else None, url if whole_office else "")
        for label, number, then, suffix, url in figures
    ]


def _standing(row: FigureRow, among: int, links: Links) -> Iterator[Stat]:
    """A unit's rank, unless it is not ranked, and its figures."""
    if row.rank is not None:
        rank = _("%(rank)s (tied)") % {"rank": row.rank} if row.tied else row.rank
        hint = _("of %(among)s") % {"among": among}
        yield Stat(_("Rank"), rank, delta=row.change, hint=hint)
    yield Stat(_("Points"), text_at(FIGURES, row, "points"))
    yield Stat(_("Filed"), row.filed, _("items"), url=links(row, "filed"))
    yield Stat(_("Issued"), row.issued, _("items"), url=links(row, "issued"))
    yield Stat(_("Adopted"), row.adopted, _("times"), url=links(row, "adopted"))
    yield Stat(_("Adoption rate"), text_at(FIGURES, row, "rate"))
