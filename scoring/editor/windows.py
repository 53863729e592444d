"""Sections about filing, deductions, caps, and lines that units should reach."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from scoring import terms
from scoring.editor.cells import Cell, Kind
from scoring.editor.parts import Card, Table
from scoring.editor.shared import (
    GENRE,
    GROUP,
    LENGTHS,
    NOTE,
    OF_ITEMS,
    POINTS,
    TARGET,
    Section,
    metric,
    window,
)

FILING: Final = Section(
    "filing",
    _("Points for filing"),
    _("What filing alone earns, adopted or not, and the points every unit begins with."),
    (
        Table(
            "per_item",
            _("For each item"),
            (POINTS, GENRE, GROUP, *LENGTHS, NOTE),
            "filing",
            _("Add a row"),
            constants={"kind": "per_item"},
        ),
        Table(
            "per_items",
            _("For every so many items"),
            (
                Cell("items", _("Number of items"), Kind.WHOLE),
                POINTS,
                window(_("Counted over")),
                Cell(
                    "remainder",
                    _("What is left over"),
                    Kind.CHOICE,
                    terms=terms.REMAINDERS,
                    blank=_("only whole groups count"),
                ),
                GENRE,
                GROUP,
                *LENGTHS,
                NOTE,
            ),
            "filing",
            _("Add a row"),
            _("For example 1 point for every 4 items. Say whether 6 items earn 1 point or 1.5."),
            constants={"kind": "per_items"},
        ),
        Table(
            "threshold",
            _("Once a number is reached"),
            (
                Cell("items", _("From items"), Kind.WHOLE),
                POINTS,
                window(_("Counted over")),
                GENRE,
                GROUP,
                *LENGTHS,
                NOTE,
            ),
            "filing",
            _("Add a row"),
            _("All the points once the number is reached, none below: 15 items earn 50, 14 earn 0."),
            constants={"kind": "threshold"},
        ),
        Card(
            "base",
            _("Base points"),
            (
                Cell(
                    "points",
                    _("Points given"),
                    Kind.NUMBER,
                    _("Every unit begins with them; deductions come off."),
                ),
                window(_("In each")),
            ),
            "base",
        ),
    ),
)

PENALTIES: Final = Section(
    "penalties",
    _("Deductions"),
    _("Write how many points are taken away, without a minus sign."),
    (
        Table(
            "penalties",
            _("For what happened"),
            (
                Cell("event", _("Event"), Kind.CHOICE, terms=terms.PENALTY_EVENTS, blank=_("choose")),
                Cell("points", _("Points off"), Kind.NUMBER),
                Cell("voids", _("Also lost"), Kind.CHOICE, terms=terms.VOIDS, blank=_("nothing")),
                Cell("times", _("From time"), Kind.WHOLE, rare=True),
                NOTE,
            ),
            "penalties",
            _("Add a row"),
            _(
                "For example: an untrue report costs 5 points, and the item's own points are lost. "
                "“From time” 2: the points of a period are lost when it happens in it for the second time."
            ),
            elsewhere=("event", frozenset({"low_rate", "shortfall", "target_missed"})),
        ),
        Table(
            "low_rate",
            _("For a low adoption rate"),
            (
                Cell("below", _("Rate below"), Kind.NUMBER),
                window(_("Counted over")),
                Cell("points", _("Points off"), Kind.NUMBER),
                NOTE,
            ),
            "penalties",
            _("Add a row"),
            _("0.3 is 30%. A unit that filed nothing has no rate and loses nothing."),
            constants={"event": "low_rate"},
        ),
        Table(
            "shortfall",
            _("For a target that was missed"),
            (
                metric(_("What is counted")),
                *OF_ITEMS,
                window(_("Counted over")),
                TARGET,
                Cell("factor", _("Off for each one missing"), Kind.NUMBER),
                NOTE,
            ),
            "penalties",
            _("Add a row"),
            _("Leave the target blank to use the targets of the section “Groups and targets”."),
            constants={"event": "shortfall"},
        ),
        Table(
            "target_missed",
            _("For a target that was missed, however much is missing"),
            (
                metric(_("What is counted")),
                *OF_ITEMS,
                window(_("Counted over")),
                TARGET,
                Cell("points", _("Points off"), Kind.NUMBER),
                NOTE,
            ),
            "penalties",
            _("Add a row"),
            constants={"event": "target_missed"},
        ),
    ),
)

LIMITS: Final = Section(
    "limits",
    _("Caps and floors"),
    _("Without a cap points add up without end. A floor of 0 means that deductions stop at 0."),
    (
        Table(
            "limits",
            _("Caps and floors"),
            (
                Cell("of", _("Of"), Kind.CHOICE, terms=terms.LIMITS, blank=_("choose")),
                Cell("window", _("In each"), Kind.CHOICE, terms=terms.WINDOWS, blank=_("— (one item)")),
                Cell("max", _("At most"), Kind.NUMBER),
                Cell("min", _("At least"), Kind.NUMBER),
                NOTE,
            ),
            "limits",
            _("Add a row"),
            _("For deductions write minus numbers: “at least -5” takes no more than 5 points."),
        ),
    ),
)

CONSEQUENCES: Final = Section(
    "consequences",
    _("Consequences"),
    _("What is said of a unit that stays below a line. It is shown beside the unit and changes no points."),
    (
        Table(
            "consequences",
            _("Lines"),
            (
                metric(_("What is counted")),
                *OF_ITEMS,
                window(_("In each")),
                Cell("below", _("Below"), Kind.NUMBER, _("Empty: below the unit's target.")),
                Cell("times", _("Times in a row"), Kind.WHOLE),
                Cell("text", _("What is said")),
            ),
            "consequences",
            _("Add a line"),
            _("For example: fewer than 6 points in a quarter, “not up to standard”."),
        ),
        Table(
            "reminders",
            _("Left to judgement"),
            (
                Cell("text", _("What has to be judged")),
                window(_("At the end of each")),
            ),
            "reminders",
            _("Add a reminder"),
            _(
                "What no rule can measure: discretionary points, ranges, conditions on two targets at once. "
                "It is shown with the figures and the bulletin of every period in which it is due, and "
                "settled by an adjustment of points."
            ),
        ),
    ),
)
