"""Why a total is not the sum of its rows, in words: beside every table whose figures could make one doubt.

Rules R89 and R90 of docs/scoring.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kit.columns import text_at
from kit.numbers import points_text
from scoring.wording import group_label
from stats.columns import FIGURES
from stats.comparing import ComparedGroup
from stats.reports import FigureGroup, FigureRow

#: The counts of which the rows may have more than the total.
SHARED: Final[dict[str, Promise]] = {
    "items_adopted": gettext_lazy("items adopted %(number)s more"),
    "adopted": gettext_lazy("adoptions %(number)s more"),
    "adopted_to_date": gettext_lazy("adoptions to date %(number)s more"),
}


def how_totals_are_made() -> str:
    """What holds of every table of figures."""
    return _(
        "Adoption rate: items adopted for each item filed. What several units have together stands in each "
        "one's row, and once in the total, which has an item in the month of its first adoption; the points "
        "of the rows add up."
    )


def remarks(group: FigureGroup) -> list[str]:
    """Of a group's table; nothing where the rows add up."""
    name = {"group": group_label(group.kind)}
    said = []
    if more := _more(group):
        said.append(
            _(
                "%(group)s: the total counts once what several units have together; "
                "added up, the rows have %(more)s."
            )
            % (name | {"more": more})
        )
    if group.gone:
        said.append(
            _("%(group)s: the total to date includes units without a row in this period: %(units)s.")
            % (name | {"units": _units(group.gone)})
        )
    return said


def summary(groups: Sequence[FigureGroup], whole: FigureGroup | None) -> FigureGroup | None:
    """The groups' totals and what all units come to; None where that is what the only group comes to."""
    totals = tuple(group.total for group in groups)
    if whole is None or (totals in ((), (whole.total,)) and not whole.gone):
        return None
    return replace(whole, rows=totals)


def in_all_words(groups: Sequence[FigureGroup], whole: FigureGroup | None) -> list[str]:
    """What all units come to, where no table has a line of it, and why that is not the sum of the totals."""
    in_all = summary(groups, whole)
    if in_all is None:
        return []
    keys = (
        "filed",
        "issued",
        "items_adopted",
        "adopted",
        "rate",
        "points",
        "adopted_to_date",
        "points_to_date",
    )
    figures = {key: text_at(FIGURES, in_all.total, key) for key in keys}
    words = _(
        "All units together: %(filed)s filed, %(issued)s issued, %(items_adopted)s items adopted, "
        "%(adopted)s adoptions, adoption rate %(rate)s, %(points)s points; "
        "to date %(adopted_to_date)s adoptions, %(points_to_date)s points."
    )
    return [words % figures, *remarks_on_all(groups, whole)]


def remarks_on_all(groups: Sequence[FigureGroup], whole: FigureGroup | None) -> list[str]:
    """Why what all units come to is not the sum of the groups' totals."""
    in_all = summary(groups, whole)
    if in_all is None:
        return []
    said = []
    if more := _more(in_all):
        said.append(
            _(
                "All units: what several groups have together counts once; "
                "added up, their totals have %(more)s."
            )
            % {"more": more}
        )
    if in_all.gone:
        said.append(
            _("All units: the total to date includes units that stand in no table of this period: %(units)s.")
            % {"units": _units(in_all.gone)}
        )
    return said


def remarks_on_comparison(group: ComparedGroup) -> list[str]:
    """Of a group beside other periods."""
    if not group.gone:
        return []
    units = "、".join(group.gone)
    return [
        _("The total is compared with all that the group was then, %(units)s included.") % {"units": units}
    ]


def _more(group: FigureGroup) -> str:
    """What the rows have more than the total, such as: items adopted 2 more, adoptions 3 more."""
    return "、".join(_counts(group))


def _counts(group: FigureGroup) -> Iterator[str]:
    for key, words in SHARED.items():
        if number := group.excess(key):
            yield str(words) % {"number": number}


def _units(rows: Sequence[FigureRow]) -> str:
    return "、".join(
        _("%(name)s (%(adopted)s adoptions, %(points)s points)")
        % {"name": row.name, "adopted": row.adopted_to_date, "points": points_text(row.points_to_date)}
        for row in rows
    )
