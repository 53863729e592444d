"""Checks of a text before it is filed: wrong words, secrets, gaps. Pure: no database, no clock, no settings.

`check` reads one text of an item; which words are wrong is the office's dictionary, passed in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from submissions.checks.completeness import gaps
from submissions.checks.documents import UnreadableDocument, words_in
from submissions.checks.findings import Finding, Reason, Severity
from submissions.checks.secrecy import secrets
from submissions.checks.wording import Dictionary, WrongWord, titles_in_order

__all__ = [
    "Dictionary",
    "Finding",
    "Reason",
    "Severity",
    "UnreadableDocument",
    "WrongWord",
    "check_item",
    "check_text",
    "gaps",
    "secrets",
    "titles_in_order",
    "words_in",
]


def check_text(text: str, source: str, dictionary: Dictionary) -> Iterator[Finding]:
    """What is found in one text, whatever it is the text of."""
    yield from secrets(text, source)
    yield from dictionary.look(text, source)
    yield from titles_in_order(text, source)


def check_item(
    *, title: str, body: str, genre: str, units: Iterable[str], dictionary: Dictionary
) -> list[Finding]:
    """All findings of an item's own text, the gravest first; `units` are names that count as a place."""
    findings = [
        *check_text(title, "title", dictionary),
        *check_text(body, "body", dictionary),
        *gaps(title=title, body=body, genre=genre, units=units),
    ]
    return sorted(findings, key=lambda finding: finding.order)
