"""The office's own totals, and how long units have been at zero. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import date

from bulletins.document.rows import MonthRow, OfficeFigures, ZeroRow
from scoring.figures.facts import AdoptionFact, FilingFact, IssueFact, UnitFact
from scoring.periods.period import Period
from stats.reports import FigureGroup


def office_figures(
    period: Period,
    *,
    filings: Iterable[FilingFact],
    issues: Iterable[IssueFact],
    adoptions: Sequence[AdoptionFact],
) -> OfficeFigures:
    """What is credited to several units counts once; an item is adopted on the day of its first adoption."""
    levels = Counter(adoption.level for adoption in adoptions if period.contains(adoption.date))
    first: dict[int, date] = {}
    for adoption in adoptions:
        first[adoption.item_id] = min(adoption.date, first.get(adoption.item_id, adoption.date))
    return OfficeFigures(
        period=period,
        filed=sum(period.contains(filing.date) for filing in filings),
        issued=sum(period.contains(issue.date) for issue in issues),
        adopted=levels.total(),
        central=levels["central"],
        province=levels["province"],
        city=levels["city"],
        county=levels["county"],
        items_adopted=sum(period.contains(day) for day in first.values()),
    )


def zero_rows(
    groups: Iterable[FigureGroup],
    period: Period,
    *,
    units: Iterable[UnitFact],
    earlier: Sequence[MonthRow],
    counted: Collection[date],
) -> tuple[ZeroRow, ...]:
    """The ranked units with nothing filed or nothing adopted, and for how many periods in a row.

    `earlier` are the units' months before the period, `counted` the months (first days) that are known: where
    they end, or where the unit did not exist throughout, the row ends. Periods of free dates have no history.
    """
    since = {unit.id: unit.active_from for unit in units if unit.assessed}
    figures = {(row.unit_id, row.month): row for row in earlier}
    rows = []
    for group in groups:
        for row in group.rows:
            if row.unit_id is None or row.unit_id not in since or (row.filed and row.adopted):
                continue
            past = list(_past(period, since[row.unit_id], counted))
            months = [[figures.get((row.unit_id, day)) for day in days] for days in past]
            rows.append(
                ZeroRow(
                    unit_id=row.unit_id,
                    unit=row.name,
                    group=group.kind,
                    filing_streak=0 if row.filed else 1 + _at_zero(months, "filed"),
                    adoption_streak=0 if row.adopted else 1 + _at_zero(months, "adopted"),
                )
            )
    return tuple(rows)


def _past(period: Period, since: date, counted: Collection[date]) -> Iterable[list[date]]:
    """The months of the periods before, the latest first, as long as they are known and the unit existed."""
    if not period.whole_months:
        return
    while True:
        period = period.previous()
        months = [month.start for month in period.months]
        if since > period.start or not set(months) <= set(counted):
            return
        yield months


def _at_zero(periods: Iterable[list[MonthRow | None]], name: str) -> int:
    """For how many periods from the latest on the figure is 0; a month without a row of the unit is 0 too."""
    number = 0
    for rows in periods:
        if any(row is not None and getattr(row, name) for row in rows):
            break
        number += 1
    return number
