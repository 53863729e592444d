"""Everything a bulletin's document is computed from, in a form that can be frozen. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from bulletins.document.codec import plain, read
from bulletins.document.late import Printed
from bulletins.document.rows import Corrected, Letterhead, MonthRow, OutletRow, SchemeUsed
from kit.numbers import USUAL_PLACES
from scoring.figures.facts import AdjustmentFact, AdoptionFact, EventFact, FilingFact, IssueFact, UnitFact
from scoring.periods.period import Period

#: Changes when the stored form does.
FORMAT: Final = 1


@dataclass(frozen=True, slots=True)
class Inputs:
    """The facts of `span` as they were known at `cutoff`, all schemes, and what earlier issues printed.

    `months` are the units' figures of whole months up to the period's end, `counted` the months that were
    counted at all; both reach further back than the facts.
    """

    office_id: int
    office: str
    period: Period
    cutoff: datetime
    as_of: date
    span: Period
    units: tuple[UnitFact, ...]
    filings: tuple[FilingFact, ...]
    issues: tuple[IssueFact, ...]
    adoptions: tuple[AdoptionFact, ...]
    events: tuple[EventFact, ...]
    adjustments: tuple[AdjustmentFact, ...]
    schemes: tuple[SchemeUsed, ...]
    outlets: tuple[OutletRow, ...]
    months: tuple[MonthRow, ...]
    counted: tuple[date, ...]
    printed: Printed
    letterhead: Letterhead
    wording: Mapping[str, str]
    corrects: Corrected | None = None

    def to_json(self) -> dict[str, Any]:
        return {**plain(self), "format": FORMAT}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Inputs:
        """The inputs of `to_json`. ValueError for another format."""
        if data.get("format") != FORMAT:
            raise ValueError(f"not a bulletin's facts of format {FORMAT}: {data.get('format')!r}")
        # Before offices could set the decimals of rates, all were printed with the usual ones.
        letterhead = {"rate_places": USUAL_PLACES} | data["letterhead"]
        stored = {**data, "letterhead": letterhead}
        return read(cls, {name: value for name, value in stored.items() if name != "format"})
