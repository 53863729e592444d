"""What the pages of figures show: tables, totals, trends, and the way to other periods."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import Unit, User
from kit.columns import text_at
from kit.numbers import difference_text, points_text, rate_text
from scoring.figures.counts import Flag, TargetCount
from scoring.periods.month import Month
from scoring.periods.period import Period, PeriodKind
from scoring.sentences import ranking_sentences
from scoring.timetables import timetable_of
from scoring.wording import metric_text
from stats import tallies
from stats.charts import PageCharts, page_charts
from stats.columns import FIGURES
from stats.comparing import compare
from stats.explanations import window_label
from stats.facts.loading import Facts, Totals, load_facts
from stats.links import Links, adoption_list, item_list, period_page
from stats.models import Tally
from stats.querysets import stale_months
from stats.remarks import how_totals_are_made, in_all_words
from stats.reports import FigureGroup, FigureRow, Remembered, Terms, tables, whole
from stats.tables import Table, compared_table, figure_table
from stats.tallies import Tallied
from stats.trends import history, office_trend, points_trend, trend_period, unit_trend

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
    """The figures of an office in a period for one reader; those `being_counted` may still move."""

    period: Period
    groups: Sequence[FigureGroup]
    tables: Sequence[Table]
    compared: Sequence[Table]
    remarks: Sequence[str]
    how: str
    before: Period
    year_ago: Period
    stats: Sequence[Stat]
    trend: dict[str, Any]
    charts: PageCharts
    tally: Tally | None
    being_counted: int
    is_over: bool
    ranking: Sequence[str]


@dataclass(frozen=True, slots=True)
class UnitPage:
    """The figures of one ranking unit in a period."""

    stats: Sequence[Stat]
    trend: dict[str, Any]
    points_trend: dict[str, Any]
    being_counted: int


class Source(Remembered):
    """Where a page takes its figures from: the stored months, or the facts themselves for other days."""

    def __init__(self, office: Unit, period: Period, terms: Terms, today: date) -> None:
        self._office = office
        earlier = [period.year_ago(), terms.span(period)]
        span = Period.days(min(other.start for other in earlier), period.last_day)
        months = trend_period(period)
        stored = Period(min(span.first, months.first), span.last) if period.whole_months else months
        self.tallied = tallies.load(office, stored)
        self._source: Tallied | Facts = self.tallied
        if not period.whole_months:
            self._source = load_facts(office, span, as_of=today)
        super().__init__(self._source)

    def totals(self, period: Period) -> Totals:
        return self._source.totals(period)

    def being_counted(self) -> int:
        """How many of the stored months that the page shows may still move; none when it shows facts."""
        return stale_months(self._office, self.tallied.span).count() if self._source is self.tallied else 0


def terms_of(office: Unit, period: Period) -> Terms:
    """How the office ranks in the period and when its assessment year begins."""
    return Terms.of(timetable_of(office), period)


def figures_page(reader: User, period: Period, today: date) -> FiguresPage:
    """Everything a page of figures shows; the number of queries does not depend on the number of units."""
    office = reader.office
    terms = terms_of(office, period)
    source = Source(office, period, terms, today)
    groups = tables(source, period, terms)
    before, year_ago = period.previous(), period.year_ago()
    compared = compare(groups, source.counts(period), source.counts(before), source.counts(year_ago), terms)
    links = Links.of(reader, period, period.to_date(terms.year_start_month))
    tally = source.tallied.months.get(period.first) if period.kind is PeriodKind.MONTH else None
    return FiguresPage(
        period=period,
        groups=groups,
        tables=[figure_table(group, links) for group in groups],
        compared=[compared_table(group, links) for group in compared],
        remarks=in_all_words(groups, whole(source, period, terms, groups)),
        how=how_totals_are_made(),
        before=before,
        year_ago=year_ago,
        stats=_totals(source, period, whole_office=office.pk in links.codes),
        trend=office_trend(source.tallied, period),
        charts=page_charts(groups, history(source.tallied, period), links, with_months=False),
        tally=tally,
        being_counted=source.being_counted(),
        is_over=period.end <= today,
        ranking=ranking_sentences(terms.scheme),
    )


def unit_page(reader: User, unit: Unit, period: Period, today: date) -> UnitPage:
    """What is shown of a ranking unit beside its score lines."""
    terms = terms_of(reader.office, period)
    source = Source(reader.office, period, terms, today)
    links = Links.of(reader, period, period.to_date(terms.year_start_month))
    stats = [
        stat
        for group in tables(source, period, terms)
        for row in group.rows
        if row.unit_id == unit.pk
        for stat in _standing(row, len(group.rows), links)
    ]
    return UnitPage(
        stats=stats,
        trend=unit_trend(source.tallied, period, unit.pk),
        points_trend=points_trend(source.tallied, period, unit.pk),
        being_counted=source.being_counted(),
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
    before, after = period.previous(), _following(period)
    later = Choice(after.label, page(after)) if after.start <= today else None
    return Choice(before.label, page(before)), later


@dataclass(frozen=True, slots=True)
class TargetLine:
    """How far a unit is towards a target: parameters of components/progress.html."""

    label: str
    reached: str
    target: str
    completion: str
    value: int
    most: int


def target_lines(targets: Iterable[TargetCount]) -> list[TargetLine]:
    """Targets in words, with what was reached of them."""
    return [
        TargetLine(
            label=_("%(metric)s, %(window)s")
            % {"metric": metric_text(target.metric, target.match), "window": window_label(target.window)},
            reached=points_text(target.reached),
            target=points_text(target.value),
            completion=rate_text(target.completion),
            value=int(min(max(target.reached, Decimal(0)), target.value) * 100),
            most=int(target.value * 100),
        )
        for target in targets
    ]


def flag_lines(flags: Iterable[Flag]) -> list[str]:
    """The consequences that a unit's figures have, each with its reason."""
    return [
        _("%(text)s: %(metric)s %(reached)s in %(window)s, below %(below)s")
        % {
            "text": flag.text,
            "metric": metric_text(flag.metric, flag.match),
            "reached": points_text(flag.reached),
            "window": window_label(flag.window),
            "below": points_text(flag.below),
        }
        for flag in flags
    ]


def _following(period: Period) -> Period:
    """The period of the same length just after."""
    if period.whole_months:
        return period.shifted(len(period))
    return Period.days(period.end, period.end + (period.last_day - period.start))


def _totals(source: Source, period: Period, *, whole_office: bool) -> list[Stat]:
    """The office's totals; lists of everybody's items are for those who see the whole office."""
    now, before = source.totals(period), source.totals(period.previous())
    year_ago = source.totals(period.year_ago())
    figures = [
        (_("Filed"), now.filed, before.filed, year_ago.filed, _("items"), item_list("filed", period)),
        (_("Issued"), now.issued, before.issued, year_ago.issued, _("items"), item_list("issued", period)),
        (_("Adopted"), now.adopted, before.adopted, year_ago.adopted, _("times"), adoption_list(period)),
    ]
    return [
        Stat(
            label=label,
            number=number,
            suffix=suffix,
            delta=number - then if before != Totals() else None,
            url=url if whole_office else "",
            hint=_against_year(number - year) if year_ago != Totals() else "",
        )
        for label, number, then, year, suffix, url in figures
    ]


def _against_year(difference: int) -> str:
    return _("against the year before %(difference)s") % {"difference": difference_text(difference)}


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
