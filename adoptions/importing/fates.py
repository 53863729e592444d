"""What becomes of a row of a ledger, in a form that is stored with the import."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _


class FateKind(models.TextChoices):
    ACCEPTED = "accepted", _("Accepted")
    DUPLICATE = "duplicate", _("Duplicate")
    REFUSED = "refused", _("Refused")


@dataclass(slots=True)
class Fate:
    """One row's fate. `reasons` are (cell, sentence); `unknown` are (kind, name as written) of units and
    outlets that the office does not have; `adoption` is the id of the adoption it doubles, if one is stored.
    """

    row: int
    kind: str
    title: str
    unit: str
    outlet: str
    date: str
    reasons: list[tuple[str, str]] = field(default_factory=list)
    unknown: list[tuple[str, str]] = field(default_factory=list)
    adoption: int | None = None

    def as_json(self) -> dict[str, Any]:
        return {name: value for name, value in asdict(self).items() if value not in ("", [], None)}

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> Self:
        return cls(
            row=stored["row"],
            kind=stored["kind"],
            title=stored.get("title", ""),
            unit=stored.get("unit", ""),
            outlet=stored.get("outlet", ""),
            date=stored.get("date", ""),
            reasons=[(cell, reason) for cell, reason in stored.get("reasons", [])],
            unknown=[(kind, name) for kind, name in stored.get("unknown", [])],
            adoption=stored.get("adoption"),
        )


def counts(fates: Iterable[Fate]) -> dict[str, int]:
    """How many rows met each fate; all three are always there."""
    found = Counter(fate.kind for fate in fates)
    return {kind.value: found[kind.value] for kind in FateKind}
