"""A scoring scheme in words: tables that an administrator reads, not JSON."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from adoptions.enums import Mode
from stats.columns import points_text
from stats.schemes import Scheme
from stats.wording import SEVERAL_OUTLETS, SEVERAL_UNITS, TIES, rule_text


@dataclass(frozen=True, slots=True)
class PointsLine:
    """What adoptions of a kind earn."""

    adoptions: str
    points: str
    note: str


@dataclass(frozen=True, slots=True)
class SchemePage:
    """Tables of one scheme: points, factors by mode, and everything else as (setting, value)."""

    points: list[PointsLine]
    factors: list[tuple[str, str]]
    settings: list[tuple[str, str]]
    notes: tuple[str, ...]


def scheme_page(scheme: Scheme) -> SchemePage:
    """The scheme in words. A mode without a factor of its own counts once."""
    return SchemePage(
        points=[
            PointsLine(rule_text(rule), points_text(rule.points), rule.note)
            for rule in scheme.adoption_rules
        ],
        factors=[
            (str(Mode(rule.match.mode).label), points_text(rule.factor))
            for rule in scheme.modifiers
            if rule.match.mode and rule.factor is not None
        ],
        settings=[
            (_("One item in several outlets"), str(SEVERAL_OUTLETS[scheme.several_outlets.policy])),
            (_("One adoption of several units"), str(SEVERAL_UNITS[scheme.several_units.policy])),
            (_("Ties"), str(TIES[scheme.ties.rule])),
            (_("Assessment year"), _("Begins in month %(month)s") % {"month": scheme.year_start_month}),
            (_("Rounding"), _("%(places)s decimals, half up") % {"places": scheme.places}),
        ],
        notes=scheme.notes,
    )
