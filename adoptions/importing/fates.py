"""What becomes of a row of a ledger, in a form that is stored with the import."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from adoptions.ledger.columns import title_of


class FateKind(models.TextChoices):
    ACCEPTED = "accepted", _("Accepted")
    DUPLICATE = "duplicate", _("Duplicate")
    REFUSED = "refused", _("Refused")
    SKIPPED = "skipped", _("Set aside")


@dataclass(slots=True)
class Fate:
    """One row's fate. `reasons` are (cell, sentence); `unknown` are (kind, name as written) of units and
    outlets that the office does not have; `adoption` is the id of the adoption it doubles, if one is stored.

    `wrong` are (field, text) that keep the row out; `mended` are (field, text in the file, text that counts).
    `asks` are the questions about the file as a whole that the row waits for; `alike` is the title of another
    item that differs in spelling alone.
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
    wrong: list[tuple[str, str]] = field(default_factory=list)
    mended: list[tuple[str, str, str]] = field(default_factory=list)
    asks: list[str] = field(default_factory=list)
    alike: str = ""

    @property
    def fields(self) -> list[tuple[str, str, str, str]]:
        """(field, its column's title, text, text in the file) of the cells that may be corrected."""
        before = {name: written for name, written, _text in self.mended}
        texts = {name: text for name, _written, text in self.mended} | dict(self.wrong)
        return [(name, title_of(name), text, before.get(name, "")) for name, text in texts.items()]

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
            wrong=[(name, text) for name, text in stored.get("wrong", [])],
            mended=[(name, before, text) for name, before, text in stored.get("mended", [])],
            asks=stored.get("asks", []),
            alike=stored.get("alike", ""),
        )


def counts(fates: Iterable[Fate]) -> dict[str, int]:
    """How many rows met each fate; all of them are always there."""
    found = Counter(fate.kind for fate in fates)
    return {kind.value: found[kind.value] for kind in FateKind}
