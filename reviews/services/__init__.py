"""Writes of review. `moving.move` alone changes an item's status; all that does is built on it."""

from reviews.services.assigning import assign
from reviews.services.editing import edit_text
from reviews.services.merging import merge
from reviews.services.moving import Overtaken, TextChanged
from reviews.services.opening import note_opened
from reviews.services.secrecy import review_secrecy
from reviews.services.stand_ins import end_stand_in, name_stand_in
from reviews.services.steps import (
    NobodyCanDecide,
    NotReady,
    ReasonMissing,
    SecrecyPending,
    take_step,
)
from reviews.services.terms import create_default_calendar, set_day, set_terms, unset_day
from reviews.services.undoing import CannotUndo, undo_step

__all__ = [
    "CannotUndo",
    "NobodyCanDecide",
    "NotReady",
    "Overtaken",
    "ReasonMissing",
    "SecrecyPending",
    "TextChanged",
    "assign",
    "create_default_calendar",
    "edit_text",
    "end_stand_in",
    "merge",
    "name_stand_in",
    "note_opened",
    "review_secrecy",
    "set_day",
    "set_terms",
    "take_step",
    "undo_step",
    "unset_day",
]
