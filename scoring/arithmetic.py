"""How the points of a line come about, in figures and signs alone: anybody can recompute them. Pure."""

from __future__ import annotations

from kit.numbers import points_text
from scoring.engine.pricing import worked
from scoring.figures.lines import Operator, ScoreLine

_SIGNS = {Operator.TIMES: "×", Operator.PLUS: "+", Operator.AT_MOST: "→", Operator.INSTEAD: "→"}


def arithmetic(line: ScoreLine, share: str = "") -> str:
    """(50 × 0.5 + 10 − 10) × 1/2; an arrow leads to the most that is allowed or to what counts
    instead, ≈ to what is left by rounding. Nothing without a base.

    `share` is an author's instead of the unit's.
    """
    share = share or line.share
    if not line.base:
        return ""
    steps = points_text(line.base)
    for step in line.steps:
        if step.operator is Operator.PLUS and step.value < 0:
            steps += f" − {points_text(-step.value)}"
            continue
        if step.operator is Operator.TIMES and " + " in steps:
            steps = f"({steps})"
        steps += f" {_SIGNS[step.operator]} {points_text(step.value)}"
    alone = line.earned + line.deducted
    if worked(line.base, line.steps) != alone and (line.deducted or share != "1"):
        steps += f" ≈ {points_text(alone)}"
    if line.deducted:
        steps += f" − {points_text(line.deducted)}"
    if share != "1":
        whole = f"({steps})" if " " in steps else steps
        steps = f"{whole} × {share}"
    return steps
