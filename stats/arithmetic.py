"""How the points of a line come about, in figures and signs alone: anybody can recompute them. Pure."""

from __future__ import annotations

from decimal import Decimal

from stats.columns import points_text
from stats.figures import Operator, ScoreLine

_SIGNS = {Operator.TIMES: "×", Operator.PLUS: "+", Operator.AT_MOST: "→"}


def arithmetic(line: ScoreLine) -> str:
    """(50 × 0.5 + 10 − 10) × 1/2; an arrow leads to the most that is allowed. Nothing without a base."""
    if not line.base:
        return ""
    steps = _number(line.base)
    for step in line.steps:
        if step.operator is Operator.PLUS and step.value < 0:
            steps += f" − {points_text(-step.value)}"
            continue
        if step.operator is Operator.TIMES and " + " in steps:
            steps = f"({steps})"
        steps += f" {_SIGNS[step.operator]} {points_text(step.value)}"
    if line.deducted:
        steps += f" − {points_text(line.deducted)}"
    if line.share != "1":
        whole = f"({steps})" if " " in steps else steps
        steps = f"{whole} × {line.share}"
    return steps


def _number(value: Decimal) -> str:
    """With a real minus sign."""
    return f"−{points_text(-value)}" if value < 0 else points_text(value)
