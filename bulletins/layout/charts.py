"""The charts of a bulletin as data; `typst/charts.typ` draws them, in black and white. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import batched
from typing import Final

from accounts.enums import UnitKind
from adoptions.enums import OutletLevel
from bulletins.document.document import BulletinDocument
from kit.numbers import points_text, rate_text
from scoring.wording import group_label
from stats.reports import FigureGroup

#: More bars than this do not fit on a page; the table has them all.
BARS: Final = 30
#: Units on one zero map: more of them take another.
PLACES: Final = 48
#: What the signs of the zero maps mean, in the order in which the template draws them; below the last map.
STATES: Final = ("有采用", "有报送，零采用", "零报送")


@dataclass(frozen=True, slots=True)
class Bar:
    """A named value, with the words printed beside it."""

    name: str
    value: float
    text: str


@dataclass(frozen=True, slots=True)
class Series:
    """One line of a line chart: a value for each label."""

    name: str
    values: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A unit on the zero map: state is adopted, filed (and nothing adopted) or none (nothing filed)."""

    name: str
    state: str


@dataclass(frozen=True, slots=True)
class Chart:
    """One drawing: kind is bars, months, levels or zeros, and fills what that kind draws."""

    kind: str
    title: str
    bars: tuple[Bar, ...] = ()
    labels: tuple[str, ...] = ()
    series: tuple[Series, ...] = ()
    places: tuple[Place, ...] = ()


def charts(document: BulletinDocument) -> tuple[Chart, ...]:
    """Every chart that has something to show."""
    ranked = [group for group in document.groups if group.kind != UnitKind.OFFICE]
    drawn = [_ranking(group) for group in ranked if len(group.rows) > 1 and group.total.points > 0]
    drawn += [chart for chart in (_months(document), _levels(document)) if chart is not None]
    zeros = [chart for group in ranked if len(group.rows) > 1 for chart in _zeros(group)]
    if zeros:
        zeros[-1] = replace(zeros[-1], labels=STATES)
    return (*drawn, *zeros)


def _ranking(group: FigureGroup) -> Chart:
    title = f"{group_label(group.kind)}得分排名"
    if len(group.rows) > BARS:
        title += f"（前{BARS}名）"
    bars = [Bar(row.name, float(max(row.points, Decimal(0))), points_text(row.points)) for row in group.rows]
    return Chart("bars", title, bars=tuple(bars[:BARS]))


def _months(document: BulletinDocument) -> Chart | None:
    filed: dict[date, int] = defaultdict(int)
    adopted: dict[date, int] = defaultdict(int)
    for row in document.months or document.history:
        filed[row.month] += row.filed
        adopted[row.month] += row.adopted
    months = sorted(filed)
    if len(months) < 2:
        return None
    return Chart(
        "months",
        f"近{len(months)}个月报送和采用条数",
        labels=tuple(
            f"{month.year}年{month.month}月" if at == 0 or month.month == 1 else f"{month.month}月"
            for at, month in enumerate(months)
        ),
        series=(
            Series("报送", tuple(filed[month] for month in months)),
            Series("采用", tuple(adopted[month] for month in months)),
        ),
    )


def _levels(document: BulletinDocument) -> Chart | None:
    counts = [(str(level.label), int(getattr(document.now, level.value))) for level in OutletLevel]
    whole = sum(count for _name, count in counts)
    if not whole:
        return None
    bars = (Bar(name, count, f"{count}条，{rate_text(Decimal(count) / whole)}") for name, count in counts)
    return Chart("levels", f"采用级别构成（共{whole}条）", bars=tuple(bars))


def _zeros(group: FigureGroup) -> Iterator[Chart]:
    places = [
        Place(row.name, "adopted" if row.adopted else "filed" if row.filed else "none") for row in group.rows
    ]
    parts = [tuple(part) for part in batched(places, PLACES)]
    for number, part in enumerate(parts, start=1):
        title = f"{group_label(group.kind)}零报送、零采用分布"
        yield Chart("zeros", f"{title}（{number}）" if len(parts) > 1 else title, places=part)
