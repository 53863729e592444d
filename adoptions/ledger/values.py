"""What a cell says: text, a day, a moment. ValueError for what it does not say clearly."""

from __future__ import annotations

import math
import re
import unicodedata
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from adoptions.ledger.words import BRACKETED, plain

#: 2026-04-10, 2026/4/10, 2026.4.10, 2026年4月10日, 20260410, 26.4.10; without a year 4.10, 4-10, 4月10日.
#: A time of day may follow.
DAY = re.compile(
    r"(?:(?P<year_8>\d{4})(?P<month_8>\d{2})(?P<day_8>\d{2})"
    r"|(?:(?P<year>\d{4}|\d{2})(?P<mark>[-/.]))?(?P<month>\d{1,2})(?(mark)(?P=mark)|[-/.])(?P<day>\d{1,2})[日号]?"
    r"|(?:(?P<year_zh>\d{4}|\d{2})年)?(?P<month_zh>\d{1,2})月(?P<day_zh>\d{1,2})[日号]?)"
    r"(?:[ T]?(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::\d{2}(?:\.\d+)?)?)?"
)
#: Blanks around what parts a date, as in 2026. 4. 16.
MARKS = re.compile(r"\s*([-/.年月日号])\s*")
#: Day 0 of the numbers that spreadsheets keep dates as, and which of them are taken for dates: 2000 to 2049.
DAY_ZERO = datetime(1899, 12, 30)  # noqa: DTZ001 local moments have no zone here
SERIALS = range(36_526, 54_789)
#: Years that two digits may stand for: 1/2/26 is no date of 2001.
SHORT_YEARS = range(10, 50)
NUMBER = re.compile(r"[-+]?\d{1,4}(\.\d{1,4})?")
LENGTH = re.compile(r"(\d{1,7})\s*字?")
SHARES = re.compile(r"[、;,:/比]")
ERRORS = frozenset({"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#GETTING_DATA"})


class YearMissing(ValueError):
    """The text names a day, but not of which year."""


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


def shown(value: object) -> str:
    """A cell for somebody to read and correct: a day as 2026-04-10, and no endless text."""
    if isinstance(value, datetime) and not (value.hour or value.minute or value.second):
        value = value.date()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return plain(str(value))[:500] if value is not None else ""


def as_moment(value: object, year: int | None = None) -> datetime | None:
    """A cell as a local moment without zone, midnight when it names a day alone; None when it is empty.

    `year` is that of days written without one. Raises YearMissing where it is needed and not given,
    ValueError for what is no day, or could be two: the number 4.2 may be 2 or 20 April.
    """
    if is_empty(value):
        return None
    if isinstance(value, datetime):
        return value.replace(tzinfo=None)
    if isinstance(value, date):
        return datetime.combine(value, time())
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise ValueError(value)
    text = unicodedata.normalize("NFKC", as_text(value))
    if (moment := _of_serial(text)) is not None:
        return moment
    if isinstance(value, float) and re.fullmatch(r"\d{1,2}\.[1-3]", text):
        raise ValueError(text)
    match = DAY.fullmatch(MARKS.sub(r"\1", BRACKETED.sub("", text)).strip().rstrip("."))
    if not match:
        raise ValueError(text)
    part = match.groupdict()
    month, day = (part[name] or part[f"{name}_zh"] or part[f"{name}_8"] for name in ("month", "day"))
    named = part["year_8"] or part["year"] or part["year_zh"]
    clock = time(int(part["hour"] or 0), int(part["minute"] or 0))
    if not named and year is None:
        date(2000, int(month), int(day))  # a day of some year, or none at all
        raise YearMissing(text)
    return datetime.combine(date(_year(named) if named else year or 0, int(month), int(day)), clock)


def _of_serial(text: str) -> datetime | None:
    """The moment that a spreadsheet keeps as a number, such as 46292 or 46292.5; None for other texts."""
    if not re.fullmatch(r"\d{5}(\.\d+)?", text) or int(float(text)) not in SERIALS:
        return None
    moment = DAY_ZERO + timedelta(days=float(text))
    return (moment + timedelta(milliseconds=500)).replace(microsecond=0)


def _year(written: str) -> int:
    if len(written) > 2:
        return int(written)
    if int(written) not in SHORT_YEARS:
        raise ValueError(written)
    return 2000 + int(written)


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
