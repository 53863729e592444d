"""Sections about what adoptions and events earn."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from scoring import terms
from scoring.editor.cells import Cell, Kind, Words
from scoring.editor.parts import Card, Table
from scoring.editor.shared import GENRE, MATCH, NOTE, OF_ITEMS, POINTS, TARGET, Section, metric, window


def _sharing(path: str, title: Words, policies: terms.Terms, whose: Words) -> Card:
    return Card(
        path,
        title,
        (
            Cell(
                "policy",
                _("Rule"),
                Kind.CHOICE,
                whose,
                terms=policies,
                blank=_("not set: divided by share"),
            ),
            Cell("points", _("Fixed points"), Kind.NUMBER, _("Only for fixed points, for example 3.")),
            Cell("factor", _("Part"), Kind.NUMBER, _("Only for a part: 0.5 is half for each.")),
        ),
        path,
    )


ADOPTION: Final = Section(
    "adoption",
    _("Points for adoptions"),
    _(
        "Each row says what one adoption earns. Leave blank what does not matter. The most specific row "
        "that fits applies: a named outlet first, then an outlet group, then the row with the most "
        "conditions; of equals the upper one. What no row fits earns nothing."
    ),
    (
        Table(
            "rules",
            _("Table of points"),
            (*MATCH, POINTS, NOTE),
            "adoption.rules",
            _("Add a row"),
            ordered=True,
        ),
    ),
)

MODIFIERS: Final = Section(
    "modifiers",
    _("Multiples and additions"),
    _(
        "After the table of points: head lines doubled, merged items halved, analyses with 10 points more. "
        "Fill in either a multiple or an addition in each row."
    ),
    (
        Card(
            "apply",
            _("When several rows fit"),
            (
                Cell(
                    "modifiers_apply",
                    _("Rule"),
                    Kind.CHOICE,
                    terms=terms.MODIFIERS_APPLY,
                    blank=_("not set: all that fit, in this order"),
                ),
            ),
            "adoption",
        ),
        Table(
            "modifiers",
            _("Multiples and additions, in order"),
            (
                *MATCH,
                Cell("factor", _("Times"), Kind.NUMBER),
                Cell("add", _("Plus"), Kind.NUMBER),
                Cell("max", _("At most"), Kind.NUMBER, rare=True),
                NOTE,
            ),
            "adoption.modifiers",
            _("Add a row"),
            ordered=True,
        ),
    ),
)

SHARING: Final = Section(
    "sharing",
    _("One item, several successes"),
    _(
        "What counts when an item is printed by several outlets, reposted, or written by several units or "
        "authors."
    ),
    (
        Card(
            "several_outlets",
            _("One item in several outlets"),
            (
                Cell(
                    "policy",
                    _("Rule"),
                    Kind.CHOICE,
                    terms=terms.SEVERAL_OUTLETS,
                    blank=_("not set: every adoption counts"),
                ),
                Cell(
                    "class",
                    _("Class"),
                    Kind.CHOICE,
                    _("Only for the highest score of each class."),
                    terms=terms.CLASSES,
                    blank=_("not set: outlet level"),
                ),
            ),
            "several_outlets",
        ),
        Card(
            "reposts",
            _("Reposts"),
            (
                Cell(
                    "policy",
                    _("Rule"),
                    Kind.CHOICE,
                    terms=terms.REPOSTS,
                    blank=_("not set: as the table of points says"),
                ),
                Cell(
                    "characters", _("Every so many characters"), Kind.WHOLE, _("Only by length; blank: 1000.")
                ),
                Cell("points", _("earn points"), Kind.NUMBER),
                Cell(
                    "base",
                    _("Points for every repost"),
                    Kind.NUMBER,
                    _("Only by length: what each repost earns to begin with, its length known or not."),
                ),
                Cell(
                    "base_characters",
                    _("which pay for so many characters"),
                    Kind.WHOLE,
                    _("Only what is longer earns more by length; blank: none are paid for."),
                ),
                Cell("max", _("At most"), Kind.NUMBER),
            ),
            "reposts",
        ),
        _sharing(
            "several_units",
            _("Several units"),
            terms.SEVERAL_UNITS,
            _("An adoption that is credited to two units or more."),
        ),
        _sharing(
            "several_authors",
            _("Several authors"),
            terms.SEVERAL_AUTHORS,
            _("For statistics by person; units' points do not depend on it."),
        ),
        Card(
            "joint_counts",
            _("Numbers of joint adoptions"),
            (
                Cell(
                    "joint_counts",
                    _("In targets, each of several units has"),
                    Kind.CHOICE,
                    _("For targets, deductions, bonus points and consequences that count adoptions."),
                    terms=terms.JOINT_COUNTS,
                    blank=_("not set: one adoption each"),
                ),
            ),
        ),
    ),
)

BONUSES: Final = Section(
    "bonuses",
    _("Bonus points"),
    _(
        "Fixed points for an event, or a multiple of what the item's adoptions earn; one of the two in "
        "each row. The row with the most conditions applies."
    ),
    (
        Table(
            "bonuses",
            _("Bonus points"),
            (
                Cell("event", _("Event"), Kind.CHOICE, terms=terms.BONUS_EVENTS, blank=_("choose")),
                Cell("level", _("Level"), Kind.CHOICE, terms=terms.LEVELS, blank=_("any"), negatable=True),
                GENRE,
                POINTS,
                Cell("factor", _("or times"), Kind.NUMBER),
                NOTE,
            ),
            "bonuses",
            _("Add a row"),
            elsewhere=("event", frozenset({"target_met"})),
        ),
        Table(
            "target_met",
            _("For a target that was met"),
            (
                metric(_("What is counted")),
                *OF_ITEMS,
                window(_("Counted over")),
                TARGET,
                POINTS,
                NOTE,
            ),
            "bonuses",
            _("Add a row"),
            _("Leave the target blank to use the targets of the section “Groups and targets”."),
            constants={"event": "target_met"},
        ),
    ),
)
