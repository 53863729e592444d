"""Bulletins of made-up offices, composed from facts alone: units of several groups that write together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from bulletins.composing import compose, span_of
from bulletins.document.document import BulletinDocument
from bulletins.document.inputs import Inputs
from bulletins.document.late import Printed
from bulletins.document.rows import Letterhead, SchemeUsed
from bulletins.text.wording import SHIPPED
from scoring.figures.facts import AdoptionFact, CreditFact, FilingFact, IssueFact, UnitFact
from scoring.periods.period import Period
from scoring.schemes.reading import parse_scheme
from scoring.schemes.timetable import Timetable

OFFICE = 99
RULES: Mapping[str, Any] = {
    "name": "试用办法",
    "adoption": {"rules": [{"level": "province", "points": "20"}, {"level": "city", "points": "10"}]},
}
NAMES = ("甲县", "乙县", "丙县", "一组", "二组")
KINDS = ("county", "county", "county", "team", "team")


def unit(number: int, group: str = "", *, since: str = "2020-01-01", until: str | None = None) -> UnitFact:
    """Counties 1 to 3, teams 4 and 5, the office itself is 99."""
    name = "巡察办" if number == OFFICE else NAMES[number - 1]
    return UnitFact(
        id=number,
        name=name,
        short_name=name,
        group=group or ("office" if number == OFFICE else KINDS[number - 1]),
        position=number,
        code=f"c{number}",
        active_from=date.fromisoformat(since),
        active_to=date.fromisoformat(until) if until else None,
        assessed=number != OFFICE,
    )


def adopted(number: int, day: str, *units: int, item: int = 0, level: str = "city") -> AdoptionFact:
    """An adoption of the item (by default of its own number) that is credited to these units."""
    return AdoptionFact(
        id=number,
        item_id=item or number,
        item_title=f"第{item or number}篇",
        outlet_name={"province": "省报", "city": "市报"}[level],
        level=level,
        carrier="newspaper",
        mode="single",
        date=date.fromisoformat(day),
        credits=tuple(CreditFact(each) for each in units),
    )


def filed(units: Iterable[int], day: str = "2026-02-01", first: int = 1) -> list[FilingFact]:
    """One item of each of these units, with ids from `first` on."""
    return [
        FilingFact(item, one, date.fromisoformat(day), f"第{item}篇") for item, one in enumerate(units, first)
    ]


def inputs(
    adoptions: Sequence[AdoptionFact] = (),
    filings: Sequence[FilingFact] = (),
    *,
    units: Sequence[UnitFact] = (),
    period: str = "2026Q1",
    schemes: Mapping[str, Mapping[str, Any]] | None = None,
    **more: Any,
) -> Inputs:
    """Everything a bulletin is made of; `schemes` are settings beside RULES by the first day they hold."""
    span = Period.parse(period)
    dated = schemes or {"2020-01-01": {}}
    used = [
        SchemeUsed(version, "试用办法", date.fromisoformat(day), {**RULES, **settings})
        for version, (day, settings) in enumerate(dated.items(), start=1)
    ]
    timetable = Timetable.of((scheme.effective_from, parse_scheme(scheme.rules)) for scheme in used)
    looked_at = span_of(timetable, span)
    last_day = looked_at.end - timedelta(days=1)
    given = Inputs(
        office_id=OFFICE,
        office="某市委巡察办",
        period=span,
        cutoff=datetime(2026, 12, 31, tzinfo=UTC),
        as_of=date(2027, 1, 1),
        span=looked_at,
        units=tuple(units or map(unit, (1, 2, 3, 4, 5, OFFICE))),
        filings=tuple(fact for fact in filings if fact.date <= last_day),
        issues=tuple(
            IssueFact(fact.item_id, fact.unit_id, fact.date) for fact in filings if fact.date <= last_day
        ),
        adoptions=tuple(fact for fact in adoptions if fact.date <= last_day),
        events=(),
        adjustments=(),
        schemes=tuple(used),
        outlets=(),
        months=(),
        counted=(),
        printed=Printed(),
        letterhead=Letterhead(),
        wording=SHIPPED,
    )
    return replace(given, **more)


def composed(*args: Any, **options: Any) -> BulletinDocument:
    return compose(inputs(*args, **options))


def points(document: BulletinDocument) -> Decimal:
    """What all lines come to."""
    return sum((line.points for line in document.lines), Decimal(0))
