"""Short ways to write the facts of the counting tests: three counties, the year 2026, a plain scheme."""

import csv
from datetime import date
from pathlib import Path

from stats.counting import AdoptionFact, CreditFact, UnitFact, count
from stats.periods import Period
from stats.schemes import Timetable, parse_scheme

CASES = Path(__file__).parent.parent / "golden" / "cases"
NAIMAN, KAILU, KULUN = (
    UnitFact(1, "奈曼旗", "奈曼", "county", 1),
    UnitFact(2, "开鲁县", "开鲁", "county", 2),
    UnitFact(3, "库伦旗", "库伦", "county", 3),
)
UNITS = (NAIMAN, KAILU, KULUN)
YEAR = Period.parse("2026")


def scheme_data(**settings):
    """A scheme with city at 10 points, changed by keyword."""
    return {
        "name": "试用办法",
        "adoption_points": [{"level": "city", "points": "10"}],
        "several_outlets": "highest",
        "several_units": "split",
        "tie_rule": "competition",
    } | settings


def scheme(**settings):
    """50, 20, 10 and 5 points by level, halves for merged, nothing for reposts; changed by keyword."""
    worth = {"central": 50, "province": 20, "city": 10, "county": 5}
    rules = [{"level": level, "points": points} for level, points in worth.items()]
    factors = {"merged": "0.5", "repost": "0"}
    return parse_scheme(scheme_data(adoption_points=rules, mode_factors=factors) | settings)


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


def figures(*adoptions, period=YEAR, filings=(), issues=(), timetable=None, units=UNITS):
    """The count by unit id."""
    counts = count(
        period=period,
        units=units,
        filings=filings,
        issues=issues,
        adoptions=adoptions,
        timetable=timetable or always(),
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
