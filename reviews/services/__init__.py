"""Writes of review. `take_step` alone changes an item's status."""

from reviews.services.moving import Overtaken, TextChanged
from reviews.services.stand_ins import end_stand_in, name_stand_in
from reviews.services.steps import (
    NobodyCanDecide,
    NotReady,
    ReasonMissing,
    take_step,
)
from reviews.services.terms import create_default_calendar, set_day, set_terms, unset_day

__all__ = [
    "NobodyCanDecide",
    "NotReady",
    "Overtaken",
    "ReasonMissing",
    "TextChanged",
    "create_default_calendar",
    "end_stand_in",
    "name_stand_in",
    "set_day",
    "set_terms",
    "take_step",
    "unset_day",
]
