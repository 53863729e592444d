"""What an open system must not hold: marks of classified papers, inner matters, personal numbers.

The rules name contexts, not words: 保密意识 and 保守国家秘密法 are no secrets, 秘密★1年 is one. What
they find has to be taken out, or a named person answers for it; see `Severity.STATEMENT`.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from submissions.checks.findings import Finding, Reason, Severity, at
from submissions.checks.plain import PlainText

#: The rules; its first lines say how they are written.
_TABLE: Final = Path(__file__).with_name("secrecy_rules.txt")
_SENTENCE_END: Final = re.compile(r"[。;!?\n]")
#: How far from it a sentence is looked at: a text without full stops costs no more time than another.
_REACH: Final = 100


#: How grave, why, and from where to where in the original.
type _Place = tuple[Severity, Reason, int, int]


@dataclass(frozen=True, slots=True)
class _Rule:
    """Found where `first` is, when its sentence holds every one of `others` too and nothing of `unless`."""

    reason: Reason
    severity: Severity
    first: re.Pattern[str]
    others: tuple[re.Pattern[str], ...] = ()
    unless: re.Pattern[str] | None = None

    def find(self, plain: PlainText, ends: Sequence[int]) -> Iterator[_Place]:
        """From the first to the last of what was found; `ends` are where sentences end."""
        for match in self.first.finditer(plain.plain):
            start, end = match.span()
            head = max(ends[bisect_right(ends, start) - 1], start - _REACH)
            tail = min(ends[bisect_left(ends, end)], end + _REACH)
            if self.unless and self.unless.search(plain.plain, head, tail):
                continue
            found = [match, *(other.search(plain.plain, head, tail) for other in self.others)]
            if all(found):
                places = [place for one in found if one for place in one.span()]
                yield self.severity, self.reason, *plain.place(min(places), max(places))


def _read(table: str) -> Iterator[_Rule]:
    fragments: dict[str, str] = {}

    def pattern(written: str) -> re.Pattern[str]:
        return re.compile(re.sub(r"<\w+>", lambda name: fragments[name[0]], written))

    reason: Reason | None = None
    severity = Severity.STATEMENT
    unless: re.Pattern[str] | None = None
    for line in table.splitlines():
        if not line or line.startswith("#"):
            continue
        if head := re.fullmatch(r"\[(\w+)( hint)?(?: unless (.+))?\]", line):
            reason, severity = Reason(head[1]), Severity.HINT if head[2] else Severity.STATEMENT
            unless = pattern(head[3]) if head[3] else None
        elif reason is None:
            name, fragment = line.split(" ", 1)
            fragments[name] = pattern(fragment).pattern
        else:
            first, *others = map(pattern, line.split(" & "))
            yield _Rule(reason, severity, first, tuple(others), unless)


_RULES: Final = tuple(_read(_TABLE.read_text(encoding="utf-8")))

_IDENTITY: Final = re.compile(r"(?<![0-9A-Za-z])[1-9]\d{5}(?:[ -]?)\d{8}(?:[ -]?)\d{3}[0-9Xx](?![0-9A-Za-z])")
_MOBILE: Final = re.compile(
    r"(?<![0-9])(?<![0-9]\.)(?:\+?86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\.?[0-9]|[ ,]*[元万亿条人个户亩吨])"
)
_OLD_IDENTITY: Final = re.compile(
    r"(?:身份证|证件)[^。]{0,8}?([1-9]\d{5}\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])\d{3})(?!\d)"
)
_SPOKEN: Final = re.compile(r"一[三四五六七八九][〇零一二三四五六七八九]{9}(?![〇零一二三四五六七八九])")
#: No part of a decimal fraction, of which every table of rates has many.
_CARD: Final = re.compile(r"(?<![0-9])(?<![0-9]\.)[3-6]\d{3}(?:[ -]?\d{4}){3}(?:[ -]?\d{1,3})?(?![0-9])")
_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def secrets(text: str, source: str) -> Iterator[Finding]:
    """Every mark, inner matter, case detail and personal number; overlapping ones are one, the first, and
    a hint is none beside what has to be answered for."""
    plain = PlainText.of(text)
    ends = [0, *(end.end() for end in _SENTENCE_END.finditer(plain.plain)), len(plain.plain)]
    marked = (place for rule in _RULES for place in rule.find(plain, ends))
    numbers = ((Severity.STATEMENT, *number) for number in _numbers(plain))
    found = sorted([*numbers, *marked], key=lambda one: (one[0] is Severity.HINT, one[2], -one[3]))
    taken: list[tuple[int, int]] = []
    for severity, reason, start, end in found:
        near = bisect_left(taken, (end, 0))
        if near and taken[near - 1][1] > start:
            continue
        taken.insert(near, (start, end))
        yield at(text, start, end, reason=reason, severity=severity, source=source)


def _numbers(plain: PlainText) -> Iterator[tuple[Reason, int, int]]:
    digits = plain.with_digits()
    yield from _plain_numbers(plain)
    if digits != plain:
        yield from _plain_numbers(digits)


def _plain_numbers(plain: PlainText) -> Iterator[tuple[Reason, int, int]]:
    for match, start, end in plain.find(_IDENTITY):
        if is_identity_number(re.sub(r"[ -]", "", match[0])):
            yield Reason.IDENTITY_NUMBER, start, end
    for _, start, end in plain.find(_OLD_IDENTITY):
        yield Reason.IDENTITY_NUMBER, start, end
    for pattern in (_MOBILE, _SPOKEN):
        for _, start, end in plain.find(pattern):
            yield Reason.MOBILE_NUMBER, start, end
    for match, start, end in plain.find(_CARD):
        digits = re.sub(r"[ -]", "", match[0])
        if len(digits) >= 16 and not is_identity_number(digits) and passes_luhn(digits):
            yield Reason.BANK_CARD, start, end


def is_identity_number(text: str) -> bool:
    """Whether 18 signs are a citizen's identity number (GB 11643): a real birthday and the check digit."""
    if not re.fullmatch(r"\d{17}[\dXx]", text):
        return False
    try:
        born = date(int(text[6:10]), int(text[10:12]), int(text[12:14]))
    except ValueError:
        return False
    weighed = sum(int(digit) * weight for digit, weight in zip(text[:17], _WEIGHTS, strict=True))
    return born.year >= 1900 and "10X98765432"[weighed % 11] == text[17].upper()


def passes_luhn(digits: str) -> bool:
    """Whether the last digit of a card number fits the others (ISO/IEC 7812)."""
    doubled = (int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits)))
    return sum(number - 9 if number > 9 else number for number in doubled) % 10 == 0
