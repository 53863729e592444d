"""The form of a scoring scheme, section by section: what can be set, where it stands, what it means.

One table for all of it: the pages, the reading and writing of the JSON and the placing of problems follow it.
A test compares it with the JSON Schema, so that no setting is without its field.
"""

from __future__ import annotations

from typing import Final

from scoring.editor.earning import ADOPTION, BONUSES, MODIFIERS, SHARING
from scoring.editor.parts import Rules
from scoring.editor.ranking import BASICS, GROUPS, NOTES, OUTLETS
from scoring.editor.shared import Section
from scoring.editor.windows import CONSEQUENCES, FILING, LIMITS, PENALTIES

SECTIONS: Final[tuple[Section, ...]] = (
    BASICS,
    GROUPS,
    OUTLETS,
    ADOPTION,
    MODIFIERS,
    SHARING,
    BONUSES,
    FILING,
    PENALTIES,
    LIMITS,
    CONSEQUENCES,
    NOTES,
)


def section(code: str) -> Section | None:
    """The section of that code."""
    return next((each for each in SECTIONS if each.code == code), None)


def home_of(path: str, rules: Rules) -> Section | None:
    """The section in which a problem at `path` of these rules can be mended; None when in no form."""
    return next((each for each in SECTIONS if any(part.spot(path, rules) for part in each.parts)), None)
