"""One author's points in a period, line by line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Self

from accounts.models import Unit, User
from scoring.figures.lines import AuthorLine, ScoreLine
from scoring.periods.period import Period
from scoring.timetables import scheme_versions
from stats.authors import AuthorRow, Earned
from stats.explanations import Explained, Explainer, Subtotal, in_order, subtotals
from stats.facts.authors import Person
from stats.facts.loading import Facts, load_facts


@dataclass(frozen=True, slots=True)
class AuthorPoints:
    """What a person has earned and why; `earned` are the same facts for everybody."""

    office: Unit
    found: Facts
    earned: Earned
    row: AuthorRow
    parts: Mapping[ScoreLine, AuthorLine]

    @classmethod
    def of(cls, person: Person, office: Unit, period: Period, today: date) -> Self:
        found = load_facts(office, period, as_of=today)
        earned = Earned.of(found, period)
        parts = {part.line: part for part in earned.parts_of(person)}
        return cls(office, found, earned, earned.row(person), parts)

    def subtotals(self) -> list[Subtotal]:
        return subtotals((line.kind, part.points) for line, part in self.parts.items())

    def lines(self, kind: str | None = None) -> list[ScoreLine]:
        """Kind by kind, or those of one kind, in order of time."""
        return [line for line in in_order(self.parts) if kind in {None, line.kind}]

    def explained(self, lines: Sequence[ScoreLine], reader: User) -> list[Explained]:
        """These lines in words, each with the author's own part of it."""
        explain = Explainer.of(
            lines,
            timetable=self.found.timetable,
            versions=scheme_versions(self.office),
            adoptions=self.found.adoptions,
            reader=reader,
        )
        return [explain(line, share=self.parts[line].share, points=self.parts[line].points) for line in lines]
