"""Writes to outlets, adoptions and events. Ledgers are imported by `adoptions.importing`."""

from adoptions.services.events import (
    EventChanged,
    EventFacts,
    EventKnown,
    edit_event,
    event_state,
    register_event,
    revoke_event,
    says_the_same,
)
from adoptions.services.outlets import OutletChanged, OutletFacts, create_outlet, edit_outlet, stamp
from adoptions.services.registering import (
    AdoptionChanged,
    AdoptionFacts,
    AlreadyRegistered,
    Share,
    edit_adoption,
    register_adoption,
    revoke_adoption,
    state_of,
)
from adoptions.services.standing import standing_days

__all__ = [
    "AdoptionChanged",
    "AdoptionFacts",
    "AlreadyRegistered",
    "EventChanged",
    "EventFacts",
    "EventKnown",
    "OutletChanged",
    "OutletFacts",
    "Share",
    "create_outlet",
    "edit_adoption",
    "edit_event",
    "edit_outlet",
    "event_state",
    "register_adoption",
    "register_event",
    "revoke_adoption",
    "revoke_event",
    "says_the_same",
    "stamp",
    "standing_days",
    "state_of",
]
