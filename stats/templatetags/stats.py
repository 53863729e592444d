"""Template filters for figures."""

from __future__ import annotations

from decimal import Decimal

from django import template

from stats import columns

register = template.Library()


@register.filter
def points(value: Decimal) -> str:
    """Points without needless zeros: 12.5, 30."""
    return columns.points_text(value)


@register.filter
def signed_points(value: Decimal) -> str:
    """Points given or taken, told apart by the sign: +5, −12."""
    return columns.signed_points(value)
