"""Template filters for figures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from django import template

from stats import numbers
from stats.exports.bulletin_rows import CHANGES

register = template.Library()


@register.filter
def points(value: Decimal) -> str:
    """Points without needless zeros: 12.5, 30, −5."""
    return numbers.points_text(value)


@register.filter
def signed_points(value: Decimal) -> str:
    """Points given or taken, told apart by the sign: +5, −12."""
    return numbers.signed_points(value)


@register.filter
def by_category(chart: Mapping[str, Any]) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """The points of a chart category by category; its series hold pairs of `value` and `url`."""
    return zip(
        chart["categories"], zip(*(series["data"] for series in chart["series"]), strict=True), strict=True
    )


@register.filter
def late_change(code: str) -> str:
    """What happened to a line after its issue: entered late, corrected, withdrawn."""
    return str(CHANGES.get(code, code))
