"""What a check says of a text: where, why, and what to do about it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, Self


class Severity(StrEnum):
    """What a finding asks of the writer before the item can be filed."""

    #: To be looked at; nothing is held up.
    HINT = "hint"
    #: To be corrected.
    BLOCK = "block"
    #: To be taken out, or answered for by a named person.
    STATEMENT = "statement"


class Reason(StrEnum):
    """Why a place was found; submissions/wording.py puts it in words."""

    WRONG_WORD = "wrong_word"
    SECRECY_MARK = "secrecy_mark"
    INTERNAL_MATTER = "internal_matter"
    CASE_DETAIL = "case_detail"
    IDENTITY_NUMBER = "identity_number"
    MOBILE_NUMBER = "mobile_number"
    BANK_CARD = "bank_card"
    TITLES_ORDER = "titles_order"
    NO_TIME = "no_time"
    NO_PLACE = "no_place"
    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    UNREADABLE = "unreadable"


#: A number that names a person is shown by its ends alone: the findings are stored and printed.
PERSONAL = frozenset({Reason.IDENTITY_NUMBER, Reason.MOBILE_NUMBER, Reason.BANK_CARD})


@dataclass(frozen=True, slots=True)
class Finding:
    """One place in one text.

    `source` is "title", "body" or the name of a file; `start` and `end` count characters of it and are equal
    when the whole text is meant. `suggestion` is the right wording, where there is one.
    """

    reason: Reason
    severity: Severity
    source: str
    start: int = 0
    end: int = 0
    before: str = ""
    found: str = ""
    after: str = ""
    suggestion: str = ""
    note: str = ""

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """The finding of `to_json`."""
        kinds = {"reason": Reason(data["reason"]), "severity": Severity(data["severity"])}
        return cls(**{**data, **kinds})

    @property
    def order(self) -> tuple[int, str, int]:
        """The gravest first, then from top to bottom."""
        return (_GRAVITY[self.severity], self.source, self.start)


_GRAVITY = {Severity.STATEMENT: 0, Severity.BLOCK: 1, Severity.HINT: 2}
#: Characters shown on either side of a place; long numbers in it are hidden.
AROUND = 12
_LONG_NUMBER = re.compile(r"[\d-]{4,}")


def at(
    text: str,
    start: int,
    end: int,
    *,
    reason: Reason,
    severity: Severity,
    source: str,
    suggestion: str = "",
    note: str = "",
) -> Finding:
    """The finding of `text[start:end]` with what stands around it."""
    found = text[start:end]
    return Finding(
        reason=reason,
        severity=severity,
        source=source,
        start=start,
        end=end,
        before=_LONG_NUMBER.sub("…", text[max(0, start - AROUND) : start].rpartition("\n")[2]),
        found=f"{found[:3]}****{found[-2:]}" if reason in PERSONAL else found,
        after=_LONG_NUMBER.sub("…", text[end : end + AROUND].partition("\n")[0]),
        suggestion=suggestion,
        note=note,
    )
