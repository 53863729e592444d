"""What other pages show of targets."""

from __future__ import annotations

from typing import Any

from django import template

from accounts.models import Unit
from incentives.progress import unit_targets as targets_of

register = template.Library()


@register.inclusion_tag("incentives/_unit_targets.html")
def unit_targets(unit: Unit, year: int) -> dict[str, Any]:
    """The section of a unit's targets of a year; nothing when it has none."""
    return {"lines": targets_of(unit.office or unit, unit.pk, year), "year": year}
