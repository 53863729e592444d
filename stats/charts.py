"""Charts of figures on pages: ranking bars, levels, twelve months, and where units stood at zero. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Protocol

from django.utils.translation import gettext as _

from accounts.enums import UnitKind
from adoptions.enums import OutletLevel
from kit.numbers import json_number
from scoring.periods.month import Month
from scoring.wording import group_label
from stats.reports import FigureGroup, FigureRow

#: From a row and the key of a value to the list behind it, or nothing.
type Link = Callable[[FigureRow, str], str]
#: More bars than this cannot be told apart; the tables have every unit.
BARS: Final = 40


class OfMonth(Protocol):
    """What was filed and adopted in a month, by its first day."""

    @property
    def month(self) -> date: ...
    @property
    def filed(self) -> int: ...
    @property
    def adopted(self) -> int: ...


class MonthOfUnit(OfMonth, Protocol):
    """One unit's month: the rows of a bulletin's history, or stored months."""

    @property
    def unit_id(self) -> int: ...


@dataclass(frozen=True, slots=True)
class UnitMonth:
    """A stored month of a unit."""

    unit_id: int
    month: date
    filed: int
    adopted: int


@dataclass(frozen=True, slots=True)
class Named:
    """A chart as components/chart.html draws it, with the id and the title it bears on the page."""

    id: str
    title: str
    chart: dict[str, Any]


@dataclass(frozen=True, slots=True)
class ZeroCell:
    """One month of one unit: `state` is adopted, filed (nothing adopted), none (nothing filed) or unknown."""

    state: str
    text: str
    words: str


@dataclass(frozen=True, slots=True)
class ZeroRow:
    name: str
    url: str
    cells: Sequence[ZeroCell]


@dataclass(frozen=True, slots=True)
class ZeroMap:
    """Units down, months across."""

    label: str
    months: Sequence[str]
    rows: Sequence[ZeroRow]


@dataclass(frozen=True, slots=True)
class PageCharts:
    """Everything drawn on the page of a bulletin or a period."""

    drawn: Sequence[Named]
    zero_maps: Sequence[ZeroMap]


def page_charts(
    groups: Sequence[FigureGroup],
    history: Iterable[MonthOfUnit],
    link: Link,
    *,
    with_months: bool = True,
    months: Iterable[OfMonth] = (),
) -> PageCharts:
    """The charts of these groups; `history` are the twelve months up to the period's end, in any order.

    Without `with_months` for a page that has its own chart of the months; `months` are the office's own,
    else what the units have is added up.
    """
    ranked = [group for group in groups if group.kind != UnitKind.OFFICE and len(group.rows) > 1]
    rows = list(history)
    return PageCharts(
        drawn=[
            *(
                chart
                for at, group in enumerate(ranked)
                for chart in (_ranking(at, group, link), _levels(at, group, link))
                if chart is not None
            ),
            *(_months(list(months) or rows) if with_months else []),
        ],
        zero_maps=zero_maps(ranked, rows, link),
    )


def zero_maps(groups: Sequence[FigureGroup], history: Iterable[MonthOfUnit], link: Link) -> list[ZeroMap]:
    """Who filed nothing and who had nothing adopted, month by month.

    A month in which nobody at all filed or was adopted says nothing about anybody: it stays blank.
    """
    known: dict[tuple[int, date], MonthOfUnit] = {(row.unit_id, row.month): row for row in history}
    months = sorted({month for _unit, month in known})
    alive = {row.month for row in known.values() if row.filed or row.adopted}
    if not alive:
        return []
    return [
        ZeroMap(
            label=group_label(group.kind),
            months=[str(Month.of(month)) for month in months],
            rows=[
                ZeroRow(
                    name=row.name,
                    url=link(row, "name"),
                    cells=[
                        _cell(known.get((row.unit_id or 0, month)) if month in alive else None)
                        for month in months
                    ],
                )
                for row in group.rows
            ],
        )
        for group in groups
    ]


def _cell(month: MonthOfUnit | None) -> ZeroCell:
    if month is None:
        return ZeroCell("unknown", "", _("no figures"))
    words = _("%(filed)s filed, %(adopted)s adopted") % {"filed": month.filed, "adopted": month.adopted}
    if month.adopted:
        return ZeroCell("adopted", str(month.adopted), words)
    if month.filed:
        return ZeroCell("filed", "○", _("zero adoption") + "，" + words)
    return ZeroCell("none", "×", _("zero filing"))


def _ranking(at: int, group: FigureGroup, link: Link) -> Named | None:
    if group.total.points <= 0:
        return None
    data = [{"value": json_number(row.points), "url": link(row, "points")} for row in group.rows[:BARS]]
    chart = {
        "categories": [row.name for row in group.rows[:BARS]],
        "unit": _("points"),
        "horizontal": True,
        "series": [{"name": _("Points"), "type": "bar", "data": data}],
    }
    return Named(f"ranking-{at}", _title(_("%(group)s: points"), group), chart)


def _levels(at: int, group: FigureGroup, link: Link) -> Named | None:
    rows = [row for row in group.rows if row.adopted][:BARS]
    if not rows:
        return None
    chart = {
        "categories": [row.name for row in rows],
        "unit": _("times"),
        "horizontal": True,
        "stacked": True,
        "series": [
            {
                "name": str(level.label),
                "type": "bar",
                "data": [{"value": getattr(row, level.value), "url": link(row, level.value)} for row in rows],
            }
            for level in OutletLevel
        ],
    }
    return Named(f"levels-{at}", _title(_("%(group)s: adoptions by level"), group), chart)


def _months(history: Sequence[OfMonth]) -> list[Named]:
    """What was filed and adopted, added up by month; nothing to draw with fewer than two."""
    filed: Mapping[date, list[int]] = defaultdict(list)
    adopted: Mapping[date, list[int]] = defaultdict(list)
    for row in history:
        filed[row.month].append(row.filed)
        adopted[row.month].append(row.adopted)
    months = sorted(filed)
    if len(months) < 2:
        return []
    chart = {
        "categories": [str(Month.of(month)) for month in months],
        "unit": _("items"),
        "series": [
            {"name": _("Filed"), "type": "line", "data": [sum(filed[month]) for month in months]},
            {"name": _("Adopted"), "type": "line", "data": [sum(adopted[month]) for month in months]},
        ],
    }
    return [Named("months", _("Filed and adopted in twelve months"), chart)]


def _title(text: str, group: FigureGroup) -> str:
    title = text % {"group": group_label(group.kind)}
    if len(group.rows) > BARS:
        title += _(" (the first %(number)s)") % {"number": BARS}
    return title
