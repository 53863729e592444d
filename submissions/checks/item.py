"""Everything that is found in an item, or in one text of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from submissions.checks.completeness import gaps
from submissions.checks.findings import Finding
from submissions.checks.secrecy import secrets
from submissions.checks.wording import Dictionary, titles_in_order


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
