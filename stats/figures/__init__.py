"""What counting takes and gives: facts in, figures and their explanations out. Dates are local days."""

from stats.figures.counts import (
    Flag,
    TargetCount,
    UnitCount,
)
from stats.figures.facts import (
    AdjustmentFact,
    AdoptionFact,
    AuthorFact,
    CreditFact,
    EventFact,
    FilingFact,
    IssueFact,
    UnitFact,
)
from stats.figures.lines import (
    ZERO,
    AuthorLine,
    LineKind,
    Note,
    Operator,
    ScoreLine,
    Step,
)

__all__ = [
    "ZERO",
    "AdjustmentFact",
    "AdoptionFact",
    "AuthorFact",
    "AuthorLine",
    "CreditFact",
    "EventFact",
    "FilingFact",
    "Flag",
    "IssueFact",
    "LineKind",
    "Note",
    "Operator",
    "ScoreLine",
    "Step",
    "TargetCount",
    "UnitCount",
    "UnitFact",
]
