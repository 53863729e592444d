"""Writes to outlets and adoptions. Ledgers are imported by `adoptions.importing`."""

from adoptions.services.outlets import OutletChanged, OutletFacts, create_outlet, edit_outlet, stamp
from adoptions.services.registering import (
    AdoptionChanged,
    AdoptionFacts,
    AlreadyRegistered,
    Share,
    edit_adoption,
    register_adoption,
    revoke_adoption,
    standing_days,
    state_of,
)

__all__ = [
    "AdoptionChanged",
    "AdoptionFacts",
    "AlreadyRegistered",
    "OutletChanged",
    "OutletFacts",
    "Share",
    "create_outlet",
    "edit_adoption",
    "edit_outlet",
    "register_adoption",
    "revoke_adoption",
    "stamp",
    "standing_days",
    "state_of",
]
