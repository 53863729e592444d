"""Wrong words and their right ones, and posts named in the wrong order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from submissions.checks.findings import Finding, Reason, Severity, at

#: A post in the government before one in the Party: the Party's comes first.
_TITLES: Final = re.compile(
    r"(?P<state>(?:副?市长|副?旗长|副?县长|副?区长|监委主任|监委副主任))[、,，]"
    r"(?P<party>(?:市委|旗委|县委|区委|纪委)(?:副?书记|常委)(?:、(?:市委|旗委|县委|区委|纪委)?(?:副?书记|常委))*)"
)


@dataclass(frozen=True, slots=True)
class WrongWord:
    """An entry of the dictionary. Where one of `unless` covers the place, the word is right there."""

    wrong: str
    right: str
    severity: Severity = Severity.HINT
    note: str = ""
    unless: tuple[str, ...] = ()


class Dictionary:
    """Entries ready to be looked for; the longest wrong word at a place counts."""

    def __init__(self, entries: Iterable[WrongWord]) -> None:
        self._entries = {entry.wrong: entry for entry in entries}
        longest_first = sorted(self._entries, key=len, reverse=True)
        self._pattern = re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")

    def look(self, text: str, source: str) -> Iterator[Finding]:
        """Every wrong word, with the right one as the suggestion."""
        for match in self._pattern.finditer(text):
            entry = self._entries[match[0]]
            if not _covered(text, match.start(), match.end(), (entry.right, *entry.unless)):
                yield at(
                    text,
                    match.start(),
                    match.end(),
                    reason=Reason.WRONG_WORD,
                    severity=entry.severity,
                    source=source,
                    suggestion=entry.right,
                    note=entry.note,
                )


def titles_in_order(text: str, source: str) -> Iterator[Finding]:
    """Posts of one person in the order state, Party; the suggestion turns them round."""
    for match in _TITLES.finditer(text):
        yield at(
            text,
            match.start(),
            match.end(),
            reason=Reason.TITLES_ORDER,
            severity=Severity.HINT,
            source=source,
            suggestion=f"{match['party']}、{match['state']}",
        )


def _covered(text: str, start: int, end: int, phrases: Iterable[str]) -> bool:
    """Whether one of the phrases stands around the place, as 文化旅游局 around 旅游局."""
    for phrase in phrases:
        if len(phrase) <= end - start:
            continue
        first = max(0, start - len(phrase) + 1)
        place = text.find(phrase, first, end + len(phrase))
        while 0 <= place <= start:
            if place + len(phrase) >= end:
                return True
            place = text.find(phrase, place + 1, end + len(phrase))
    return False
