"""Sections of the form, and the fields that several of them have."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from django.utils.translation import gettext_lazy as _

from scoring import terms
from scoring.editor.cells import Cell, Kind, Words
from scoring.editor.parts import Part


@dataclass(frozen=True, slots=True)
class Section:
    """One page of the form; `code` stands in its address."""

    code: str
    title: Words
    lead: Words
    parts: tuple[Part, ...]


POINTS: Final = Cell("points", _("Points given"), Kind.NUMBER)
TARGET: Final = Cell("target", _("Target"), Kind.NUMBER)
NOTE: Final = Cell("note", _("Note"))
GROUP: Final = Cell(
    "group", _("Ranking group"), Kind.CHOICE, offer="groups", blank=_("any"), rare=True, negatable=True
)
GENRE: Final = Cell("genre", _("Genre"), Kind.CHOICE, terms=terms.GENRES, blank=_("any"), negatable=True)
LENGTHS: Final = (
    Cell("min_length", _("Characters from"), Kind.WHOLE, rare=True),
    Cell("max_length", _("Characters to"), Kind.WHOLE, rare=True),
)
#: Which adoptions a rule is for.
MATCH: Final = (
    Cell("level", _("Level"), Kind.CHOICE, terms=terms.LEVELS, blank=_("any"), negatable=True),
    Cell("carrier", _("Carrier"), Kind.CHOICE, terms=terms.CARRIERS, blank=_("any"), negatable=True),
    Cell("outlet", _("Outlet"), suggestions="outlets"),
    Cell(
        "outlet_group",
        _("Outlet group"),
        Kind.CHOICE,
        offer="outlet_groups",
        blank=_("any"),
        rare=True,
        negatable=True,
    ),
    GENRE,
    Cell(
        "position",
        _("Position on the page"),
        Kind.CHOICE,
        terms=terms.POSITIONS,
        blank=_("any"),
        negatable=True,
    ),
    Cell("mode", _("Mode"), Kind.CHOICE, terms=terms.MODES, blank=_("any"), negatable=True),
    *LENGTHS,
    GROUP,
)


#: Of which items something is counted.
OF_ITEMS: Final = (replace(GENRE, rare=True), *LENGTHS)


def window(label: Words) -> Cell:
    """The span of time in which something is counted together."""
    return Cell("window", label, Kind.CHOICE, terms=terms.WINDOWS, blank=_("choose"))


def metric(label: Words) -> Cell:
    """Which figure of a unit."""
    return Cell("metric", label, Kind.CHOICE, terms=terms.METRICS, blank=_("choose"))
