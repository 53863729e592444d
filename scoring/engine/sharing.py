"""One success of several units or authors: who gets how much of it.

Rules R27, R28 and R34 of docs/scoring.md.
"""

from collections.abc import Hashable, Mapping
from decimal import Decimal
from math import gcd
from typing import NamedTuple

from scoring.schemes.model import SharingPolicy
from scoring.schemes.scheme import Scheme
from scoring.schemes.words import Sharing


class Part(NamedTuple):
    """What one of several gets, and which share of the whole that is, as the arithmetic prints it."""

    points: Decimal
    share: str


def shared[Key: Hashable](
    points: Decimal, parts: Mapping[Key, int], policy: SharingPolicy, scheme: Scheme
) -> dict[Key, Part]:
    """What everybody gets. One alone gets all. Fixed and flat values are a matter of the price."""
    if len(parts) == 1 or policy.policy in (Sharing.FULL, Sharing.FIXED, Sharing.FLAT):
        return dict.fromkeys(parts, Part(points, "1"))
    if policy.policy is Sharing.FACTOR:
        part = Part(scheme.rounded(points * policy.factor), f"{policy.factor.normalize():f}")
        return dict.fromkeys(parts, part)
    total = sum(parts.values())
    divided = split(points, parts, scheme.places)
    return {key: Part(divided[key], _fraction(part, total)) for key, part in parts.items()}


def split[Key: Hashable](points: Decimal, parts: Mapping[Key, int], places: int) -> dict[Key, Decimal]:
    """Divide points by parts so that the shares, with `places` decimals, add up to exactly the points.

    The last unit of the last decimal goes by largest remainder, then to more parts, then to whoever is named
    first. What is taken back is divided as what was given. The points must themselves have no more than
    `places` decimals.
    """
    total = sum(parts.values())
    steps = int(abs(points).scaleb(places))
    shares = {key: divmod(steps * part, total) for key, part in parts.items()}
    missing = steps - sum(whole for whole, _ in shares.values())
    nearest = sorted(parts, key=lambda key: (-shares[key][1], -parts[key]))[:missing]
    sign = -1 if points < 0 else 1
    return {
        key: Decimal(sign * (whole + (key in nearest))).scaleb(-places) for key, (whole, _) in shares.items()
    }


def _fraction(part: int, total: int) -> str:
    divisor = gcd(part, total)
    return "1" if part == total else f"{part // divisor}/{total // divisor}"
