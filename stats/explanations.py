"""Why a unit has its points: each score line in words, with its arithmetic and the facts behind it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from accounts.models import User
from adoptions.models import Adoption
from stats.columns import points_text
from stats.counting import Note, ScoreLine
from stats.figures import Operator
from stats.schemes import Timetable
from stats.wording import NOTES, rule_text
from submissions.models import Item

_RULE = re.compile(r"adoption\.rules\[([0-9]+)\]")


SIGNS = {Operator.TIMES: "×", Operator.PLUS: "+", Operator.AT_MOST: "≤"}


@dataclass(frozen=True, slots=True)
class Explained:
    """A line as it is shown; the addresses are empty for what the reader may not open."""

    line: ScoreLine
    rule: str
    arithmetic: str
    note: str
    item_url: str
    adoption_url: str

    @property
    def points(self) -> str:
        return points_text(self.line.points)


def explain(lines: Sequence[ScoreLine], timetable: Timetable, reader: User) -> list[Explained]:
    """The lines in words; two queries, however many there are."""
    item_ids = {line.item_id for line in lines if line.item_id is not None}
    adoption_ids = {line.adoption_id for line in lines if line.adoption_id is not None}
    items = set(Item.objects.visible_to(reader).filter(pk__in=item_ids).values_list("pk", flat=True))
    adoptions = set(
        Adoption.objects.visible_to(reader).filter(pk__in=adoption_ids).values_list("pk", flat=True)
    )
    return [
        Explained(
            line=line,
            rule=_rule(line, timetable),
            arithmetic=arithmetic(line),
            note=str(NOTES[line.note]),
            item_url=reverse("submissions:item-detail", args=[line.item_id]) if line.item_id in items else "",
            adoption_url=(
                reverse("adoptions:adoption-detail", args=[line.adoption_id])
                if line.adoption_id in adoptions
                else ""
            ),
        )
        for line in lines
    ]


def arithmetic(line: ScoreLine) -> str:
    """How the points come about, as anybody can recompute them: (50 × 0.5 − 10) × 1/2."""
    if not line.base:
        return ""
    steps = points_text(line.base)
    for step in line.steps:
        steps += f" {SIGNS[step.operator]} {points_text(step.value)}"
    if line.deducted:
        steps += f" − {points_text(line.deducted)}"
    if line.share != "1":
        steps = f"({steps}) × {line.share}" if line.deducted else f"{steps} × {line.share}"
    return steps


def _rule(line: ScoreLine, timetable: Timetable) -> str:
    """The words of the rule that gave the base points."""
    entry = timetable.entry_on(line.date)
    found = _RULE.fullmatch(line.rule)
    if entry is None or found is None:
        return str(NOTES[Note.FILED]) if line.note == Note.FILED else ""
    return rule_text(entry.scheme.adoption_rules[int(found[1])])
