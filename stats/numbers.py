"""Numbers as pages and documents write them. Pure."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from django.utils.translation import gettext as _

DASH: Final = "—"


def points_text(points: Decimal) -> str:
    """Points without needless zeros: 12.5, 30."""
    return f"{points.normalize():f}" if points else "0"


def rate_text(rate: Decimal | None) -> str:
    """A rate in percent with one decimal, or a dash."""
    return DASH if rate is None else f"{(rate * 100).quantize(Decimal('0.1'), ROUND_HALF_UP)}%"


def minus(number: str) -> str:
    """With a real minus sign, which a reader does not take for a dash."""
    return f"−{number[1:]}" if number.startswith("-") else number


def signed_points(points: Decimal) -> str:
    """Points given or taken, told apart by the sign: +5, −12.5."""
    return f"{'−' if points < 0 else '+'}{points_text(abs(points))}"


def difference_text(difference: Decimal | int) -> str:
    """More or less than before: +3, −2.5; nothing in between is said in words."""
    return signed_points(Decimal(difference)) if difference else _("unchanged")


def change_text(gained: int) -> str:
    """Ranks gained or lost, told apart without colour: ↑3, ↓1."""
    if gained == 0:
        return _("unchanged")
    return f"↑{gained}" if gained > 0 else f"↓{-gained}"
