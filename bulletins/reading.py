"""A bulletin's text and totals as its page shows them: every figure leads to where it comes from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from adoptions.enums import OutletLevel
from bulletins.document.document import BulletinDocument
from bulletins.document.rows import OfficeFigures, Paragraph
from bulletins.text.sources import DASH, OFFICE, rate, shown
from kit.numbers import signed_or_zero
from scoring.wording import group_label

#: Where on the page a figure stands, by the head of its path; a unit's stands in the table of its group.
PLACES: Final = {
    "now": "totals",
    "before": "totals",
    "year_ago": "totals",
    "change": "totals",
    "shared": "totals",
    "gone": "totals",
    "share": "totals",
    "share100": "totals",
    "late": "late",
    "attachment": "late",
    "streak": "zeros",
    "corrects": "correction",
}

_TOTALS: Final[Sequence[tuple[str, Promise]]] = (
    ("filed", gettext_lazy("Items filed")),
    ("issued", gettext_lazy("Items issued")),
    ("items_adopted", gettext_lazy("Items adopted")),
    ("rate", gettext_lazy("Adoption rate")),
    ("adopted", gettext_lazy("Adoptions at all levels")),
    *((level.value, level.label) for level in OutletLevel),
)


@dataclass(frozen=True, slots=True)
class Part:
    """Some text; a figure has the place on the page where it stands, and what it is."""

    text: str
    place: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class TextLine:
    """A paragraph with its parts; an edited one has what stood there before in `generated`."""

    key: str
    section: str
    parts: Sequence[Part]
    is_heading: bool
    edited: bool
    stale: bool
    generated: str


@dataclass(frozen=True, slots=True)
class TotalsRow:
    """One figure of the whole office, beside the period before and the same period a year earlier."""

    label: str
    now: str
    before: str
    change: str
    year_ago: str
    change_of_year: str


def text_lines(document: BulletinDocument) -> list[TextLine]:
    """The text as it will be printed; a paragraph that was taken out is not among it."""
    return [_line(document, paragraph) for paragraph in document.text if paragraph.text or paragraph.stale]


def totals_table(document: BulletinDocument) -> list[TotalsRow]:
    """The figures that the text speaks of; differences of rates are in percentage points."""
    now, before, year_ago = document.now, document.before, document.year_ago
    return [
        TotalsRow(
            label=str(label),
            now=shown(now, name),
            before=shown(before, name),
            change=_difference(now, before, name),
            year_ago=shown(year_ago, name),
            change_of_year=_difference(now, year_ago, name),
        )
        for name, label in _TOTALS
    ]


def _line(document: BulletinDocument, paragraph: Paragraph) -> TextLine:
    lines = paragraph.body
    edited = paragraph.edited is not None
    return TextLine(
        key=paragraph.key,
        section=paragraph.section,
        parts=[Part(paragraph.text)] if edited else list(_parts(document, paragraph)),
        is_heading=bool(lines) and all(line.is_heading for line in lines),
        edited=edited,
        stale=paragraph.stale,
        generated=paragraph.generated,
    )


def _parts(document: BulletinDocument, paragraph: Paragraph) -> Iterator[Part]:
    at = 0
    for link in paragraph.links:
        if link.start > at:
            yield Part(paragraph.generated[at : link.start])
        yield Part(link.text, _place(document, link.source), link.source)
        at = link.start + len(link.text)
    if at < len(paragraph.generated):
        yield Part(paragraph.generated[at:])


def _place(document: BulletinDocument, source: str) -> str:
    head, _dot, rest = source.partition(".")
    if head == "unit":
        unit_id = int(rest.partition(".")[0])
        for number, group in enumerate(document.groups, start=1):
            if any(row.unit_id == unit_id for row in group.rows):
                return f"group-{number}"
    if head == "count":
        return "zeros" if rest.startswith("zero") else "group-1"
    return PLACES.get(head, "")


def _difference(now: OfficeFigures, then: OfficeFigures | None, name: str) -> str:
    if then is None:
        return DASH
    if name != "rate":
        return signed_or_zero(Decimal(getattr(now, name) - getattr(then, name)))
    newer, older = rate(now), rate(then)
    if newer is None or older is None:
        return DASH
    return _("%(difference)s points") % {"difference": signed_or_zero(newer - older)}


def zeros_by_group(document: BulletinDocument) -> list[tuple[str, list[tuple[str, str, str]]]]:
    """Units at zero with what they are at and for how many periods in a row: label of group, then rows."""
    rows: dict[str, list[tuple[str, str, str]]] = {}
    for zero in document.zeros:
        if zero.group != OFFICE:
            filing, adoption = (
                _("%(number)s in a row") % {"number": streak}
                if streak > 1
                else _("this period")
                if streak
                else ""
                for streak in (zero.filing_streak, zero.adoption_streak)
            )
            rows.setdefault(zero.group, []).append((zero.unit, filing, adoption))
    return [(group_label(group), entries) for group, entries in rows.items()]
