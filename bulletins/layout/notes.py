"""What stands beside the tables in words: the issue, and how the figures came about."""

from __future__ import annotations

from django.utils.translation import gettext as _

from bulletins.document.document import SUMMED, BulletinDocument
from kit.days import in_words
from kit.numbers import points_text
from stats.remarks import how_totals_are_made, remarks, remarks_on_all


def issue_text(document: BulletinDocument) -> str:
    """Year, number and day of issue; of one in preparation, that it is."""
    if document.number is None or document.issued_on is None:
        return _("Draft, not issued")
    return _("No. %(number)s of %(year)s, issued on %(day)s") % {
        "number": document.number,
        "year": document.year,
        "day": in_words(document.issued_on),
    }


def total_notes(document: BulletinDocument) -> list[str]:
    """Why totals are not the sums of their rows, for all groups."""
    said = [remark for group in document.groups for remark in remarks(group)]
    return [*said, *remarks_on_all(document.groups, document.whole)]


def notes(document: BulletinDocument, *, with_points: bool = False) -> list[str]:
    """How the figures came about, below the first table."""
    written = [
        _("Scored by: %(name)s, version %(version)s, in force from %(day)s.")
        % {"name": scheme.name, "version": scheme.version, "day": in_words(scheme.effective_from)}
        for scheme in document.schemes
    ]
    if document.format == SUMMED:
        written.append(
            _(
                "Adoption rate: items adopted for each item filed. "
                "An adoption of several units stands in each one's row."
            )
        )
    else:
        written.append(how_totals_are_made())
    if with_points:
        written.append(
            _("Counts with their points: 3/30 is three items worth 30 points. Other points are in the total.")
        )
    if document.other_points:
        points = points_text(document.other_points)
        written.append(
            _("The points include %(points)s that do not come from adoptions.") % {"points": points}
        )
    if document.corrects:
        issue = {"year": document.corrects.year, "number": document.corrects.number}
        written.append(_("This issue corrects No. %(number)s of %(year)s.") % issue)
    return written


def lines_of_several(document: BulletinDocument) -> list[str]:
    """Why the list of adoptions has more lines than there were adoptions, where it has."""
    lines = document.adoptions
    distinct = len({line.adoption_id for line in lines})
    if len(lines) == distinct:
        return []
    numbers = {"lines": len(lines), "adoptions": distinct}
    return [
        _("An adoption of several units has a line for each: %(lines)s lines, %(adoptions)s adoptions.")
        % numbers
    ]
