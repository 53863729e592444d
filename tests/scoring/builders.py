"""Short ways to write the facts of the counting tests: three counties, the year 2026, a plain scheme."""

import csv
from datetime import date
from pathlib import Path

from scoring.engine.counting import count
from scoring.figures.facts import AdoptionFact, CreditFact, EventFact, FilingFact, UnitFact
from scoring.periods.period import Period
from scoring.schemes.reading import parse_scheme
from scoring.schemes.timetable import Timetable

CASES = Path(__file__).parent.parent / "golden" / "cases"
NAIMAN, KAILU, KULUN = (
    UnitFact(1, "奈曼旗", "奈曼", "county", 1),
    UnitFact(2, "开鲁县", "开鲁", "county", 2),
    UnitFact(3, "库伦旗", "库伦", "county", 3),
)
UNITS = (NAIMAN, KAILU, KULUN)
YEAR = Period.parse("2026")


def scheme_data(*, rules=({"level": "city", "points": "10"},), modifiers=(), apply="all", **settings):
    """A scheme with city at 10 points and the highest score counting, changed by keyword.

    A policy alone may be written as a text: several_outlets="sum".
    """
    adoption = {"rules": list(rules), "modifiers": list(modifiers), "modifiers_apply": apply}
    data = {"name": "试用办法", "adoption": adoption, "several_outlets": "highest"} | settings
    policies = ("several_outlets", "several_units", "several_authors", "reposts")
    return {
        key: {"policy": value} if key in policies and isinstance(value, str) else value
        for key, value in data.items()
    }


def scheme(**settings):
    """50, 20, 10 and 5 points by level, halves for merged, nothing for reposts; changed by keyword."""
    worth = {"central": 50, "province": 20, "city": 10, "county": 5}
    usual = {
        "rules": [{"level": level, "points": points} for level, points in worth.items()],
        "modifiers": [{"mode": "merged", "factor": "0.5"}],
        "reposts": "zero",
    }
    return parse_scheme(scheme_data(**usual | settings))


def always(**settings):
    """A timetable with one scheme for all time."""
    return Timetable.of([(date(1900, 1, 1), scheme(**settings))])


def adoption(number, day, level="city", *, item=1, shares=((1, 1),), **fields):
    """An adoption on (month, day) of 2026, by default all Naiman's; `shares` are (unit id, parts)."""
    return AdoptionFact(
        **{
            "id": number,
            "item_id": item,
            "item_title": f"稿件{item}",
            "outlet_name": f"媒体{number}",
            "level": level,
            "carrier": "website",
            "mode": "single",
            "date": date(2026, *day),
            "credits": tuple(CreditFact(*share) for share in shares),
        }
        | fields
    )


def event(number, day, kind, *, item=None, unit=1, shares=None, **fields):
    """An event on (month, day) of 2026, by default Naiman's; `shares` as for adoptions."""
    return EventFact(
        **{
            "id": number,
            "kind": kind,
            "date": date(2026, *day),
            "credits": tuple(CreditFact(*share) for share in shares or [(unit, 1)]),
            "item_id": item,
            "item_title": f"稿件{item}" if item else "",
        }
        | fields
    )


def filed(number, day=(1, 5), unit=1, first=1, **fields):
    """So many items filed by a unit on one day of 2026, with ids from `first` on."""
    return [FilingFact(item, unit, date(2026, *day), **fields) for item in range(first, first + number)]


def figures(
    *facts, period=YEAR, filings=(), issues=(), adjustments=(), timetable=None, units=UNITS, as_of=None
):
    """The count by unit id; `facts` are adoptions and events."""
    counts = count(
        period=period,
        units=units,
        filings=filings,
        issues=issues,
        adoptions=[fact for fact in facts if isinstance(fact, AdoptionFact)],
        events=[fact for fact in facts if isinstance(fact, EventFact)],
        adjustments=adjustments,
        timetable=timetable or always(),
        as_of=as_of,
    )
    return {row.unit.id: row for row in counts}


def case(name):
    """The rows of a published table."""
    (path,) = CASES.glob(f"{name}_*.csv")
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def several(before, number, unit, *, outlet, level, day):
    """So many adoptions of as many items, numbered on from those before."""
    return [
        adoption(index, (1, 1), level, item=index, shares=[(unit.id, 1)], outlet_name=outlet, date=day)
        for index in range(len(before), len(before) + number)
    ]
