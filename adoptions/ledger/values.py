"""What a cell says: text, a day, a moment. ValueError for what it does not say clearly."""

from __future__ import annotations

import math
import re
import unicodedata
from datetime import date, datetime, time
from decimal import Decimal

from adoptions.ledger.words import plain

#: 2026-04-10, 2026/4/10, 2026.4.10, 2026年4月10日, 20260410; a time of day may follow.
DAY = re.compile(
    r"(?P<year>\d{4})(?:(?P<mark>[-/.])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})"
    r"|年(?P<month_zh>\d{1,2})月(?P<day_zh>\d{1,2})日|(?P<month_8>\d{2})(?P<day_8>\d{2}))"
    r"(?:[ T]?(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::\d{2}(?:\.\d+)?)?)?"
)
NUMBER = re.compile(r"[-+]?\d{1,4}(\.\d{1,4})?")
LENGTH = re.compile(r"(\d{1,7})\s*字?")
SHARES = re.compile(r"[、;,:/比]")
ERRORS = frozenset({"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#GETTING_DATA"})


def is_empty(value: object) -> bool:
    return value is None or (isinstance(value, str) and not plain(value))


def is_running_number(value: object) -> bool:
    """Whether a cell holds nothing but the number of a row."""
    return isinstance(value, int | float) or (isinstance(value, str) and plain(value).isdigit())


def as_text(value: object) -> str:
    """A cell as one line of text. ValueError for an error value and for control characters."""
    if value is None:
        return ""
    if isinstance(value, float):
        if not math.isfinite(value):
            raise ValueError(value)
        value = int(value) if value.is_integer() else value
    if isinstance(value, datetime) and not (value.hour or value.minute or value.second):
        value = value.date()
    text = str(value)
    if text in ERRORS:
        raise ValueError(text)
    if any(unicodedata.category(char) == "Cc" and char not in "\t\n\r" for char in text):
        raise ValueError(text)
    return plain(text)


def as_moment(value: object) -> datetime | None:
    """A cell as a local moment without zone, midnight when it names a day alone; None when it is empty."""
    if is_empty(value):
        return None
    if isinstance(value, datetime):
        return value.replace(tzinfo=None)
    if isinstance(value, date):
        return datetime.combine(value, time())
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise ValueError(value)
    text = unicodedata.normalize("NFKC", as_text(value))
    match = DAY.fullmatch(text.replace(" ", "", text.count(" ") if "年" in text else 0))
    if not match:
        raise ValueError(text)
    part = match.groupdict()
    month = part["month"] or part["month_zh"] or part["month_8"]
    day = part["day"] or part["day_zh"] or part["day_8"]
    clock = time(int(part["hour"] or 0), int(part["minute"] or 0))
    return datetime.combine(date(int(part["year"]), int(month), int(day)), clock)


def as_whole(text: str) -> int | None:
    """A length such as 1200 or 1200字; None when it is empty. ValueError for anything else and for 0."""
    if not text:
        return None
    match = LENGTH.fullmatch(unicodedata.normalize("NFKC", text).replace(",", ""))
    if not match or int(match[1]) < 1:
        raise ValueError(text)
    return int(match[1])


def as_shares(text: str) -> tuple[int, ...]:
    """Parts such as 2、1 or 2:1 or 60%、40%; none when it is empty. ValueError for other texts and 0."""
    parts = SHARES.split(unicodedata.normalize("NFKC", text).replace(" ", "")) if text else []
    shares = tuple(int(part.removesuffix("%")) for part in parts if part.removesuffix("%").isdecimal())
    if len(shares) < len(parts) or not all(0 < share <= 10_000 for share in shares):
        raise ValueError(text)
    return shares


def as_number(text: str, *, least: int, most: int) -> Decimal:
    """A number such as -2.5, within the limits, with at most four decimals. ValueError for anything else."""
    written = unicodedata.normalize("NFKC", text).replace("−", "-").removesuffix("分").strip()
    if not NUMBER.fullmatch(written) or not least <= Decimal(written) <= most:
        raise ValueError(text)
    return Decimal(written)
