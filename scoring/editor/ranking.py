"""Sections about the whole: name and year, groups and targets, groups of outlets, notes."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from scoring import terms
from scoring.editor.cells import Cell, Kind
from scoring.editor.parts import Card, NamedLists, Table
from scoring.editor.shared import OF_ITEMS, Section, metric, window

BASICS: Final = Section(
    "basics",
    _("Basics"),
    _("What the scheme is called, when the assessment year begins, and how units are ranked."),
    (
        Card(
            "basics",
            _("The scheme"),
            (
                Cell(
                    "name",
                    _("Name of the scheme"),
                    help=_("As it stands at the head of the published rules."),
                ),
                Cell(
                    "year_start_month",
                    _("The assessment year begins in month"),
                    Kind.WHOLE,
                    _("1 for a calendar year; 12 when the year runs from 1 December to 30 November."),
                ),
                Cell(
                    "rounding.places",
                    _("Decimals"),
                    Kind.WHOLE,
                    _("Points are rounded half up to so many decimals; blank means 2."),
                ),
                Cell(
                    "rank_by",
                    _("Units are ranked by"),
                    Kind.CHOICE,
                    terms=terms.METRICS,
                    blank=_("not set: points"),
                ),
                Cell(
                    "ties.rule",
                    _("Ties"),
                    Kind.CHOICE,
                    _("How ranks go on after units that are level."),
                    terms=terms.TIES,
                    blank=_("not set: ranks are skipped (1, 2, 2, 4)"),
                ),
            ),
        ),
        Table(
            "ties",
            _("Among equals, the order is decided by"),
            (Cell("", _("Figure"), Kind.CHOICE, terms=terms.METRICS, blank=_("choose")),),
            "ties.then",
            _("Add a figure"),
            _("For example: of equal points, more city adoptions come first. Empty: a shared rank."),
            ordered=True,
        ),
    ),
)

GROUPS: Final = Section(
    "groups",
    _("Groups and targets"),
    _(
        "Units are ranked within their group. Without groups here, counties, teams, sections and "
        "departments are each a group."
    ),
    (
        Table(
            "groups",
            _("Ranking groups"),
            (
                Cell("name", _("Group")),
                Cell(
                    "units",
                    _("Units"),
                    Kind.NAMES,
                    _("Names or codes, with 、 between them."),
                    suggestions="units",
                ),
            ),
            "groups",
            _("Add a group"),
            _("Units that stand in no group keep to their kind."),
            ordered=True,
        ),
        Table(
            "targets",
            _("Targets"),
            (
                Cell("group", _("Group"), Kind.CHOICE, offer="groups", blank=_("all units")),
                Cell("unit", _("or one unit"), suggestions="units"),
                metric(_("What is counted")),
                *OF_ITEMS,
                window(_("In each")),
                Cell("value", _("Target"), Kind.NUMBER),
            ),
            "targets",
            _("Add a target"),
            _("A unit's own target goes before that of its group, and that before everybody's."),
        ),
    ),
)

OUTLETS: Final = Section(
    "outlets",
    _("Outlet groups"),
    _(
        "Outlets that are worth the same can be put together under a name, to be used in the tables of "
        "points. Not needed when level and carrier say enough."
    ),
    (
        NamedLists(
            "outlet_groups",
            _("Outlet groups"),
            (
                Cell("name", _("Group")),
                Cell("outlets", _("Outlets"), Kind.NAMES, _("Registered names, with 、 between them.")),
            ),
            "outlet_groups",
            _("Add a group"),
        ),
    ),
)

NOTES: Final = Section(
    "notes",
    _("Notes"),
    _("Where the scheme comes from and what has to be known to read it. Shown, never counted."),
    (
        Card(
            "source",
            _("Source"),
            (
                Cell("title", _("Published as")),
                Cell("url", _("Address")),
            ),
            "source",
        ),
        Card(
            "notes",
            _("Notes"),
            (
                Cell("notes", _("Notes"), Kind.LINES, _("One sentence a line.")),
                Cell(
                    "cut",
                    _("Left out"),
                    Kind.LINES,
                    _(
                        "Parts of the source that the scheme does not hold, one a line. What only a person "
                        "can judge is settled by an adjustment of points."
                    ),
                ),
            ),
        ),
    ),
)
