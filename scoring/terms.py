"""The words for the codes of a scoring scheme, the same on forms, in sentences and in explanations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from adoptions.enums import Carrier, EventKind, Mode, OutletLevel, Position
from submissions.enums import Genre

type Terms = Mapping[str, str | Promise]

LEVELS: Final[Terms] = dict(OutletLevel.choices)
CARRIERS: Final[Terms] = dict(Carrier.choices)
MODES: Final[Terms] = dict(Mode.choices)
POSITIONS: Final[Terms] = dict(Position.choices)
GENRES: Final[Terms] = dict(Genre.choices)

METRICS: Final[Terms] = {
    "points": _("points scored"),
    "filed": _("items filed"),
    "issued": _("items issued"),
    "adopted": _("adoptions"),
    "items_adopted": _("items adopted"),
    "central": _("central adoptions"),
    "province": _("autonomous-region adoptions"),
    "city": _("city adoptions"),
    "county": _("county adoptions"),
}
WINDOWS: Final[Terms] = {
    "week": _("calendar week"),
    "month": _("calendar month"),
    "quarter": _("quarter"),
    "half": _("half year"),
    "year": _("assessment year"),
}
JOINT_COUNTS: Final[Terms] = {
    "whole": _("One for every unit"),
    "share": _("Its share for every unit: half an item is 0.5"),
}
SEVERAL_OUTLETS: Final[Terms] = {
    "highest": _("Only the highest score counts"),
    "sum": _("Every adoption counts"),
    "highest_per_class": _("Only the highest score of each class counts"),
    "first": _("Only the first adoption counts"),
}
CLASSES: Final[Terms] = {
    "level": _("outlet level"),
    "carrier": _("carrier"),
    "outlet": _("outlet"),
    "outlet_group": _("outlet group"),
}
REPOSTS: Final[Terms] = {
    "zero": _("Reposts earn nothing"),
    "as_listed": _("A repost earns what the table of points says"),
    "by_length": _("A repost earns points by its length"),
}
SEVERAL_UNITS: Final[Terms] = {
    "split": _("The points are divided by share"),
    "full": _("Every unit gets all the points"),
    "fixed": _("Every unit gets the same fixed points, never more than alone"),
    "flat": _("Every unit gets the same fixed points, even more than alone"),
    "factor": _("Every unit gets a part of the points"),
}
SEVERAL_AUTHORS: Final[Terms] = {
    "split": _("The points are divided by share"),
    "full": _("Every author gets all the points"),
    "fixed": _("Every author gets the same fixed points, never more than alone"),
    "flat": _("Every author gets the same fixed points, even more than alone"),
    "factor": _("Every author gets a part of the points"),
}
BONUS_EVENTS: Final[Terms] = {
    kind.value: kind.label
    for kind in (
        EventKind.INSTRUCTION,
        EventKind.COMMISSION_FILED,
        EventKind.COMMISSION_ADOPTED,
        EventKind.FORWARDED,
        EventKind.TASK,
    )
}
PENALTY_EVENTS: Final[Terms] = {
    kind.value: kind.label
    for kind in (
        EventKind.LATE,
        EventKind.MISSING,
        EventKind.COMMISSION_MISSED,
        EventKind.UNTRUE,
        EventKind.NEGATIVE,
    )
}
VOIDS: Final[Terms] = {
    "item": _("the item's points"),
    "week": _("the week's points"),
    "month": _("the month's points"),
    "quarter": _("the quarter's points"),
    "half": _("the half year's points"),
    "year": _("the assessment year's points"),
}
LIMITS: Final[Terms] = {
    "total": _("all points"),
    "adoption": _("points for adoptions"),
    "bonus": _("bonus points"),
    "filing": _("points for filing"),
    "penalty": _("deductions"),
    "item": _("points of one item"),
}
REMAINDERS: Final[Terms] = {
    "whole": _("only whole groups count"),
    "parts": _("parts of a group count in proportion"),
}
MODIFIERS_APPLY: Final[Terms] = {
    "all": _("All that fit, one after the other in this order"),
    "first": _("Only the first that fits"),
}
TIES: Final[Terms] = {
    "competition": _("Equal points, equal rank; the next ranks are skipped (1, 2, 2, 4)"),
    "dense": _("Equal points, equal rank; no rank is skipped (1, 2, 2, 3)"),
}


def term(terms: Terms, code: str) -> str:
    """The word for a code; a code that has none speaks for itself."""
    return str(terms.get(code, code))
