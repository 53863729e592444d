"""The twelve months up to a period's end, as components/chart.html wants them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from kit.numbers import json_number
from scoring.periods.month import Month
from scoring.periods.period import Period
from scoring.schemes.words import LEVELS
from stats.charts import UnitMonth
from stats.facts.loading import Totals
from stats.links import period_page
from stats.tallies import WHOLE, Tallied

MONTHS = 12


def trend_period(period: Period) -> Period:
    """The months of a trend that ends with the month of the period's last day."""
    return Period(period.last.plus(1 - MONTHS), period.last)


def history(tallied: Tallied, period: Period) -> list[UnitMonth]:
    """The stored months of every unit within the trend."""
    months = trend_period(period)
    levels = slice(len(WHOLE) - len(LEVELS), None)
    return [
        UnitMonth(unit_id, row.month, row.numbers[0], sum(row.numbers[levels]))
        for unit_id, rows in tallied.figures.items()
        for row in rows
        if months.contains(row.month)
    ]


def office_trend(tallied: Tallied, period: Period) -> dict[str, Any]:
    """Items filed, items issued and adoptions of the whole office."""
    months = trend_period(period).months
    return _items(months, [tallied.totals(Period.of(month)) for month in months])


def unit_trend(tallied: Tallied, period: Period, unit_id: int) -> dict[str, Any]:
    """Items filed, items issued and adoptions of one unit."""
    months = trend_period(period).months
    rows = [tallied.of_unit(unit_id, Period.of(month)) for month in months]
    return _items(months, [Totals(row.filed, row.issued, row.adopted_total) for row in rows])


def points_trend(tallied: Tallied, period: Period, unit_id: int) -> dict[str, Any]:
    """One unit's points."""
    months = trend_period(period).months
    points = [json_number(tallied.of_unit(unit_id, Period.of(month)).points) for month in months]
    return _chart(_("points"), months, [(_("Points"), "bar", points)])


def _items(months: Sequence[Month], rows: Sequence[Totals]) -> dict[str, Any]:
    lines: list[tuple[str, str, list[int]]] = [
        (_("Filed"), "bar", [row.filed for row in rows]),
        (_("Issued"), "line", [row.issued for row in rows]),
        (_("Adopted"), "line", [row.adopted for row in rows]),
    ]
    return _chart(_("items"), months, lines)


def _chart(
    unit: str, months: Sequence[Month], lines: Sequence[tuple[str, str, Sequence[int | float]]]
) -> dict[str, Any]:
    """Every point leads to its month."""
    urls = [period_page(Period.of(month)) for month in months]
    return {
        "categories": [str(month) for month in months],
        "unit": unit,
        "series": [
            {
                "name": name,
                "type": kind,
                "data": [{"value": value, "url": url} for value, url in zip(values, urls, strict=True)],
            }
            for name, kind, values in lines
        ],
    }
