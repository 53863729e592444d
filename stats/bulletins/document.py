"""What a bulletin says: built once from counted facts, stored as JSON, rendered by every export. Pure.

The document names units and outlets as they were called, and levels, modes and notes by their codes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any, Final, cast

from django.utils.translation import gettext as _

from stats.counting import Note, ScoreLine, UnitCount
from stats.periods import Period
from stats.reports import FigureGroup, FigureRow
from stats.wording import NOTES

#: Changes when the stored form does; a reader refuses what it does not know.
FORMAT: Final = 1


@dataclass(frozen=True, slots=True)
class AdoptionRow:
    """One unit's part of one adoption; `points` may be 0, then `note` says why."""

    position: int
    unit_id: int
    unit: str
    item_id: int
    item_title: str
    outlet: str
    level: str
    mode: str
    date: date
    share: str
    points: Decimal
    note: str

    @property
    def remark(self) -> str:
        """Why the points are not simply those of the outlet; nothing for the ordinary case."""
        return "" if self.note == Note.COUNTED else str(NOTES[Note(self.note)])


@dataclass(frozen=True, slots=True)
class SchemeUsed:
    """A scheme that was in force on a day of the period."""

    version: int
    name: str
    effective_from: date


@dataclass(frozen=True, slots=True)
class BulletinDocument:
    """Everything a bulletin prints. `number`, `year` and `issued_on` are set when it is issued."""

    office_id: int
    office: str
    title: str
    period: Period
    cutoff: datetime
    schemes: tuple[SchemeUsed, ...]
    groups: tuple[FigureGroup, ...]
    adoptions: tuple[AdoptionRow, ...]
    filing_points: Decimal
    year: int | None = None
    number: int | None = None
    issued_on: date | None = None

    def issued(self, *, year: int, number: int, on: date) -> BulletinDocument:
        """The same document with its number."""
        return replace(self, year=year, number=number, issued_on=on)

    @property
    def adoption_points(self) -> Decimal:
        return sum((row.points for row in self.adoptions), Decimal(0))

    def to_json(self) -> dict[str, Any]:
        """Plain JSON data; decimals and dates are texts."""
        data = asdict(self) | {"format": FORMAT, "period": str(self.period)}
        plain: dict[str, Any] = _plain(data)
        return plain

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> BulletinDocument:
        """The document of `to_json`. ValueError for another format."""
        if data.get("format") != FORMAT:
            raise ValueError(f"not a bulletin of format {FORMAT}: {data.get('format')!r}")
        return cls(
            **{name: data[name] for name in ("office_id", "office", "title", "year", "number")},
            period=Period.parse(data["period"]),
            cutoff=datetime.fromisoformat(data["cutoff"]),
            issued_on=_day(data["issued_on"]),
            filing_points=Decimal(data["filing_points"]),
            schemes=tuple(_read(SchemeUsed, scheme) for scheme in data["schemes"]),
            adoptions=tuple(_read(AdoptionRow, row) for row in data["adoptions"]),
            groups=tuple(
                FigureGroup(
                    kind=group["kind"],
                    rows=tuple(_read(FigureRow, row) for row in group["rows"]),
                    total=_read(FigureRow, group["total"]),
                )
                for group in data["groups"]
            ),
        )


def build(
    *,
    office_id: int,
    office: str,
    period: Period,
    cutoff: datetime,
    schemes: Iterable[SchemeUsed],
    groups: Sequence[FigureGroup],
    counts: Iterable[UnitCount],
) -> BulletinDocument:
    """The draft of a bulletin over the period; `groups` and `counts` must come from the same facts."""
    order = {row.unit_id: place for place, row in enumerate(row for group in groups for row in group.rows)}
    by_rank = sorted(counts, key=lambda row: order[row.unit.id])
    lines = [(row.unit.name, line) for row in by_rank for line in row.lines]
    adopted = [(name, line) for name, line in lines if line.adoption_id is not None]
    filed = (line.points for _name, line in lines if line.adoption_id is None)
    return BulletinDocument(
        office_id=office_id,
        office=office,
        title=title(period),
        period=period,
        cutoff=cutoff,
        schemes=tuple(schemes),
        groups=tuple(groups),
        adoptions=tuple(_adoption(place, *entry) for place, entry in enumerate(adopted, start=1)),
        filing_points=sum(filed, Decimal(0)),
    )


def title(period: Period) -> str:
    """The heading of a bulletin over the period."""
    return _("Bulletin on items filed and adopted in %(period)s") % {"period": period.label}


def canonical(data: Mapping[str, Any]) -> str:
    """JSON in the one form that is hashed: sorted keys, no spaces, nothing escaped."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(data: Mapping[str, Any]) -> str:
    """The SHA-256 of a document's JSON data, as built or as read back from the database."""
    return hashlib.sha256(canonical(data).encode()).hexdigest()


def _adoption(position: int, unit: str, line: ScoreLine) -> AdoptionRow:
    return AdoptionRow(
        position=position,
        unit_id=line.unit_id,
        unit=unit,
        item_id=line.item_id,
        item_title=line.item_title,
        outlet=line.outlet_name,
        level=line.level,
        mode=line.mode,
        date=line.date,
        share=line.share,
        points=line.points,
        note=line.note,
    )


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value.value if isinstance(value, Enum) else value


def _read[Row](kind: type[Row], data: Mapping[str, Any]) -> Row:
    """A row from its JSON; texts become the dates and decimals that its fields name."""
    return kind(
        **{field.name: _value(str(field.type), data[field.name]) for field in fields(cast(Any, kind))}
    )


def _value(kind: str, stored: Any) -> Any:
    if kind == "Decimal":
        return Decimal(stored)
    return date.fromisoformat(stored) if kind == "date" else stored


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
