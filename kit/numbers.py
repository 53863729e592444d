"""Numbers as pages and documents write them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from django.utils.translation import gettext as _

DASH: Final = "—"
#: With how many decimals rates are written where nobody has said otherwise.
USUAL_PLACES: Final = 1
_RATE_PLACES: ContextVar[Callable[[], int]] = ContextVar("rate_places", default=lambda: USUAL_PLACES)


@contextmanager
def rates_written(places: Callable[[], int]) -> Iterator[None]:
    """Have rates written with so many decimals meanwhile, in texts, tables and workbooks alike.

    The office decides; `places` is asked only where a rate is written.
    """
    token = _RATE_PLACES.set(places)
    try:
        yield
    finally:
        _RATE_PLACES.reset(token)


def rate_places() -> int:
    """How many decimals rates have here."""
    return _RATE_PLACES.get()()


def rate_format() -> str:
    """The number format of rates in a workbook."""
    return f"0.{'0' * rate_places()}%" if rate_places() else "0%"


def percent(rate: Decimal) -> Decimal:
    """A rate in percent, or a difference of rates in percentage points, with its decimals."""
    return (rate * 100).quantize(Decimal(1).scaleb(-rate_places()), ROUND_HALF_UP)


def whole(text: str) -> int | None:
    """The whole number that an address or a field names, as keys of the database are; None for anything else,
    such as ², ٣, or more digits than `int` reads."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


def wholes(texts: Iterable[str]) -> list[int]:
    """Those of the texts that are whole numbers, in their order."""
    return [number for number in map(whole, texts) if number is not None]


def points_text(points: Decimal) -> str:
    """Points without needless zeros: 12.5, 30; with a real minus sign, which nobody takes for a dash: −5."""
    return f"{points.normalize():f}".replace("-", "−") if points else "0"


def json_number(points: Decimal) -> int | float:
    """Points for a program or a chart: without needless zeros; floats keep their four decimals."""
    return int(points) if points == points.to_integral_value() else float(points)


def rate_text(rate: Decimal | None) -> str:
    """A rate in percent, or a dash."""
    return DASH if rate is None else f"{percent(rate)}%".replace("-", "−")


def signed_points(points: Decimal) -> str:
    """Points given or taken, told apart by the sign: +5, −12.5."""
    return points_text(points) if points < 0 else f"+{points_text(points)}"


def signed_or_zero(points: Decimal) -> str:
    """Points more or less: +5, −12.5, 0."""
    return signed_points(points) if points else "0"


def difference_text(difference: Decimal | int) -> str:
    """More or less than before: +3, −2.5; nothing in between is said in words."""
    return signed_points(Decimal(difference)) if difference else _("unchanged")


def change_text(gained: int) -> str:
    """Ranks gained or lost, told apart without colour: ↑3, ↓1."""
    if gained == 0:
        return _("unchanged")
    return f"↑{gained}" if gained > 0 else f"↓{-gained}"
