"""How counting grows with the facts: ten times the adoptions should cost about ten times the time.

Run `python -m bench.count` in the project folder. Ends with 1 when the ratio is above 20.
"""

import sys
from datetime import date, timedelta
from time import perf_counter

from scoring.engine.counting import count
from scoring.figures.facts import AdoptionFact, CreditFact, FilingFact, UnitFact
from scoring.periods.period import Period
from scoring.schemes.reading import parse_scheme, shipped
from scoring.schemes.timetable import Timetable
from scoring.schemes.words import LEVELS, MODES

UNITS = [UnitFact(number, f"单位{number}", f"单位{number}", "county", number) for number in range(1, 101)]
TIMETABLE = Timetable.of([(date(2020, 1, 1), parse_scheme(shipped("demo")))])
YEAR = Period.parse("2026")


def adoptions(number: int) -> list[AdoptionFact]:
    """Three adoptions an item, spread over two years, every second one shared by two units."""
    return [
        AdoptionFact(
            id=index,
            item_id=index // 3,
            item_title="稿件",
            outlet_name=f"媒体{index % 40}",
            level=LEVELS[index % 4],
            carrier="website",
            mode=MODES[index % 5 % 4],
            date=date(2025, 1, 1) + timedelta(days=index * 7 % 730),
            credits=tuple(CreditFact(1 + (index + step) % 100) for step in range(1 + index % 2)),
        )
        for index in range(number)
    ]


def seconds(number: int) -> float:
    """The best of three counts of a year out of so many adoptions and filings."""
    facts = adoptions(number)
    filings = [FilingFact(fact.id, fact.credits[0].unit_id, fact.date) for fact in facts]
    times = []
    for _ in range(3):
        begin = perf_counter()
        count(period=YEAR, units=UNITS, filings=filings, issues=[], adoptions=facts, timetable=TIMETABLE)
        times.append(perf_counter() - begin)
    return min(times)


def main() -> int:
    """Print the times and their ratio."""
    small, large = seconds(2_000), seconds(20_000)
    print(f"2,000 adoptions {small:.3f} s, 20,000 adoptions {large:.3f} s, ratio {large / small:.1f}")
    return 0 if large / small <= 20 else 1


if __name__ == "__main__":
    sys.exit(main())
