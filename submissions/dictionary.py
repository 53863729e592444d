"""The dictionary of wrong words as its keepers see it: their own entries first, then the shipped ones."""

from __future__ import annotations

from dataclasses import dataclass

from accounts.models import Unit
from submissions.enums import WordSeverity
from submissions.models import OfficeWord
from submissions.services.checking import shipped_words


@dataclass(frozen=True, slots=True)
class Line:
    """One word of the list; `own` is the id of the office's entry, None for a shipped one."""

    wrong: str
    right: str
    severity: WordSeverity
    note: str
    own: int | None = None

    def as_form(self) -> dict[str, str]:
        return {"wrong": self.wrong, "right": self.right, "severity": self.severity, "note": self.note}


def listed(office: Unit) -> list[Line]:
    """Every word once; an own entry hides the shipped one of the same word."""
    own = [
        Line(word.wrong, word.right, WordSeverity(word.severity), word.note, word.pk)
        for word in OfficeWord.objects.filter(office=office).order_by("wrong")
    ]
    hidden = {line.wrong for line in own}
    shipped = (
        Line(word.wrong, word.right, WordSeverity(word.severity), word.note)
        for word in shipped_words()
        if word.wrong not in hidden
    )
    return [*own, *shipped]
