"""What a bulletin says: built once from counted facts, stored as JSON, rendered by every export. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from bulletins.document.codec import plain, read
from bulletins.document.rows import (
    Attachment,
    BodyLine,
    Corrected,
    LateRow,
    Letterhead,
    LineRow,
    MonthRow,
    OfficeFigures,
    OutletRow,
    Paragraph,
    SchemeUsed,
    ZeroRow,
)
from kit.numbers import USUAL_PLACES, rates_written
from scoring.periods.period import Period
from stats.reports import FigureGroup

#: Changes when the stored form does; a reader refuses what it does not know.
FORMAT: Final = 3
#: The form before: totals were the plain sums of their rows, and what all groups come to was not told.
SUMMED: Final = 2
ADOPTION: Final = "adoption"
ZERO: Final = Decimal(0)


@dataclass(frozen=True, slots=True)
class BulletinDocument:
    """Everything a bulletin prints. `number`, `year` and `issued_on` are set when it is issued.

    `now`, `before` and `year_ago` are the office's figures of the period, of the one before and of the same
    one a year earlier; the latter two are None when nothing is known of them. `whole` is what all groups come
    to, `months` the office's latest months for a chart; documents of the format SUMMED have neither. `lines`
    are every reason for points of the period, unit by unit as they are ranked; `late` those of earlier issued
    periods. `outlets` are the office's list, so that those without adoption have a row.
    """

    office_id: int
    office: str
    title: str
    period: Period
    cutoff: datetime
    schemes: tuple[SchemeUsed, ...]
    groups: tuple[FigureGroup, ...]
    lines: tuple[LineRow, ...]
    now: OfficeFigures
    before: OfficeFigures | None = None
    year_ago: OfficeFigures | None = None
    outlets: tuple[OutletRow, ...] = ()
    late: tuple[LateRow, ...] = ()
    zeros: tuple[ZeroRow, ...] = ()
    history: tuple[MonthRow, ...] = ()
    text: tuple[Paragraph, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    letterhead: Letterhead = field(default_factory=Letterhead)
    wording: Mapping[str, str] = field(default_factory=dict)
    corrects: Corrected | None = None
    year: int | None = None
    number: int | None = None
    issued_on: date | None = None
    whole: FigureGroup | None = None
    months: tuple[OfficeFigures, ...] = ()
    format: int = FORMAT

    def issued(self, *, year: int, number: int, on: date) -> BulletinDocument:
        """The same document with its number."""
        return replace(self, year=year, number=number, issued_on=on)

    @property
    def body(self) -> tuple[BodyLine, ...]:
        """The text as it is printed, paragraph by paragraph."""
        return tuple(line for paragraph in self.text for line in paragraph.body)

    @property
    def adoptions(self) -> tuple[LineRow, ...]:
        """The lines that are adoptions, those without points included, numbered among themselves."""
        lines = (line for line in self.lines if line.adoption_id is not None and line.kind == ADOPTION)
        return tuple(replace(line, position=at) for at, line in enumerate(lines, start=1))

    @property
    def other_lines(self) -> tuple[LineRow, ...]:
        """Filing, bonuses, penalties, limits, adjustments: everything that is not an adoption."""
        return tuple(line for line in self.lines if line.adoption_id is None or line.kind != ADOPTION)

    @property
    def adoption_points(self) -> Decimal:
        return sum((line.points for line in self.adoptions), ZERO)

    @property
    def filing_points(self) -> Decimal:
        return sum((line.points for line in self.lines if line.kind == "filing"), ZERO)

    @property
    def other_points(self) -> Decimal:
        """The points of all other lines."""
        return sum((line.points for line in self.other_lines), ZERO)

    def rates(self) -> AbstractContextManager[None]:
        """Where the document is written: rates have the decimals that the office has set for it."""
        return rates_written(lambda: self.letterhead.rate_places)

    @property
    def reference(self) -> str:
        """The number of the document (发文字号), 通巡办通报〔2026〕3号; nothing before it is issued."""
        if self.number is None or not self.letterhead.code:
            return ""
        return f"{self.letterhead.code}〔{self.year}〕{self.number}号"

    @property
    def signed_by(self) -> str:
        """The signature (署名); an office that set none signs with its name."""
        return self.letterhead.signature or self.office

    def to_json(self) -> dict[str, Any]:
        """Plain JSON data in the format of the document; decimals, dates and periods are texts."""
        data: dict[str, Any] = plain(self)
        if self.format == SUMMED:
            del data["whole"], data["months"]
            for group in data["groups"]:
                del group["gone"]
            del data["letterhead"]["rate_places"]
        return data

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> BulletinDocument:
        """The document of `to_json`, also of the former format. ValueError for another one."""
        if data.get("format") == SUMMED:
            groups = [group | {"gone": []} for group in data["groups"]]
            letterhead = {"rate_places": USUAL_PLACES} | data["letterhead"]
            later = {"groups": groups, "letterhead": letterhead, "whole": None, "months": []}
            return read(cls, {**data, **later})
        if data.get("format") != FORMAT:
            raise ValueError(f"not a bulletin of format {SUMMED} or {FORMAT}: {data.get('format')!r}")
        return read(cls, data)

    def matrix(self) -> Matrix:
        """Outlets down, units across: how often each outlet adopted from each unit."""
        return Matrix.of(self)


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """An outlet and its adoptions from each unit, in the order of the matrix's units."""

    outlet: str
    level: str
    cells: tuple[frozenset[object], ...]

    def total(self, places: Iterable[int]) -> int:
        """How many there are from the units at these places; one of several units counts once."""
        return len(frozenset().union(*(self.cells[place] for place in places)))


@dataclass(frozen=True, slots=True)
class Matrix:
    """`units` are (id, name) in the order of the tables; `points` are what the adoptions earned each."""

    units: tuple[tuple[int, str], ...]
    rows: tuple[MatrixRow, ...]
    points: tuple[Decimal, ...]

    @classmethod
    def of(cls, document: BulletinDocument) -> Matrix:
        units = tuple(
            (row.unit_id, row.name)
            for group in document.groups
            for row in group.rows
            if row.unit_id is not None
        )
        place = {unit_id: at for at, (unit_id, _name) in enumerate(units)}
        cells: dict[tuple[str, str], list[set[object]]] = {}
        for outlet in document.outlets:
            cells[outlet.level, outlet.name] = [set() for _unit in units]
        points = [ZERO] * len(units)
        for line in document.adoptions:
            at = place[line.unit_id]
            row = cells.setdefault((line.level, line.outlet), [set() for _unit in units])
            # In totals of the former format an adoption counts for every unit that it is credited to.
            row[at].add((at, line.adoption_id) if document.format == SUMMED else line.adoption_id)
            points[at] += line.points
        rows = tuple(
            MatrixRow(outlet, level, tuple(map(frozenset, sets)))
            for (level, outlet), sets in sorted(cells.items(), key=_by_level)
        )
        return cls(units, rows, tuple(points))


LEVEL_ORDER: Final[Sequence[str]] = ("central", "province", "city", "county")


def _by_level(cell: tuple[tuple[str, str], Any]) -> tuple[int, str]:
    (level, outlet), _sets = cell
    return (LEVEL_ORDER.index(level), outlet)
