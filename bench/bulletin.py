"""How long a bulletin's workbook takes: ten times the adoptions should cost about ten times the time.

Run `python -m bench.bulletin` in the project folder. Ends with 1 when the ratio is above 20. A bulletin
of 300 units with 300 adoptions is timed beside it; an office waits for that one.
"""

import os
import sys
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from time import perf_counter

import django
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "publicity.settings")
os.environ.setdefault("PUBLICITY_ENV", "test")
if not settings.configured:
    django.setup()

from stats.bulletins import AdoptionRow, BulletinDocument, SchemeUsed, title
from stats.exports import bulletin_workbook
from stats.periods import Period
from stats.reports import FigureGroup, FigureRow, total
from stats.schemes import LEVELS, MODES

QUARTER = Period.parse("2026Q1")


def rows(number: int) -> tuple[FigureRow, ...]:
    """So many units in order of rank."""
    return tuple(
        FigureRow(
            unit_id=place,
            name=f"科尔沁左翼第{place}旗",
            filed=20,
            issued=18,
            central=1,
            province=2,
            city=3,
            county=4,
            items_adopted=9,
            points=Decimal(number - place),
            adopted_to_date=30,
            points_to_date=Decimal("250.5"),
            rank=place,
            change=place % 5 - 2,
        )
        for place in range(1, number + 1)
    )


def adoptions(number: int) -> tuple[AdoptionRow, ...]:
    """So many lines of the list of adoptions."""
    return tuple(
        AdoptionRow(
            position=place,
            unit_id=place % 300,
            unit=f"科尔沁左翼第{place % 300}旗",
            item_id=place,
            item_title="扎实推进巡察整改，让群众看得见变化",
            outlet="示例自治区日报",
            level=LEVELS[place % 4],
            mode=MODES[place % 4],
            date=date(2026, 1, 1) + timedelta(days=place % 90),
            share="1/2",
            points=Decimal("12.5"),
            note="counted",
        )
        for place in range(1, number + 1)
    )


def document(units: int, adopted: int) -> BulletinDocument:
    """A draft over the first quarter of 2026."""
    counties = rows(units)
    return BulletinDocument(
        office_id=1,
        office="某市委巡察办",
        title=title(QUARTER),
        period=QUARTER,
        cutoff=datetime(2026, 4, 10, tzinfo=UTC),
        schemes=(SchemeUsed(1, "示范计分办法", date(2026, 1, 1)),),
        groups=(FigureGroup("county", counties, total(counties)),),
        adoptions=adoptions(adopted),
        filing_points=Decimal(0),
    )


def seconds(units: int, adopted: int) -> float:
    """The best of three workbooks of such a bulletin."""
    bulletin = document(units, adopted)
    times = []
    for _ in range(3):
        begin = perf_counter()
        bulletin_workbook(bulletin)
        times.append(perf_counter() - begin)
    return min(times)


def main() -> int:
    """Print the times and their ratio."""
    print(f"300 units with 300 adoptions {seconds(300, 300):.2f} s")
    small, large = seconds(20, 300), seconds(20, 3_000)
    print(f"300 adoptions {small:.2f} s, 3,000 adoptions {large:.2f} s, ratio {large / small:.1f}")
    return 0 if large / small <= 20 else 1


if __name__ == "__main__":
    sys.exit(main())
