"""How a bulletin's workbook grows with its rows: ten times the units and adoptions, about ten times the time.

Run `python -m bench.bulletin` in the project folder. Ends with 1 when the ratio is above 20.
"""

import os
import sys
from datetime import UTC, date, datetime
from decimal import Decimal
from time import perf_counter

import django

from stats.bulletins import AdoptionRow, BulletinDocument, SchemeUsed
from stats.exports import bulletin_workbook
from stats.periods import Period
from stats.reports import FigureGroup, FigureRow, total


def document(number: int) -> BulletinDocument:
    """A bulletin with so many counties and three times as many adoptions."""
    rows = tuple(
        FigureRow(
            unit_id=place, name=f"第{place}县", filed=9, issued=8, central=1, province=2, city=3, county=4,
            items_adopted=7, points=Decimal(place) / 4, adopted_to_date=20, points_to_date=Decimal(place),
            rank=place, change=0,
        )
        for place in range(1, number + 1)
    )  # fmt: skip
    adoptions = tuple(
        AdoptionRow(
            position=place, unit_id=place, unit=f"第{place}县", item_id=place,
            item_title="扎实推进巡察整改" * 3, outlet="示例市日报", level="city",
            mode="single", date=date(2026, 3, 1), share="1/2", points=Decimal("2.5"), note="counted",
        )
        for place in range(1, 3 * number + 1)
    )  # fmt: skip
    return BulletinDocument(
        office_id=1, office="某市委巡察办", title="通报", period=Period.parse("2026Q1"),
        cutoff=datetime(2026, 4, 2, tzinfo=UTC), schemes=(SchemeUsed(1, "办法", date(2026, 1, 1)),),
        groups=(FigureGroup("county", rows, total(rows)),), adoptions=adoptions, filing_points=Decimal(0),
    )  # fmt: skip


def seconds(number: int) -> float:
    """The best of three workbooks with so many counties."""
    content, times = document(number), []
    for _ in range(3):
        begin = perf_counter()
        bulletin_workbook(content)
        times.append(perf_counter() - begin)
    return min(times)


def main() -> int:
    """Print the times and their ratio."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "publicity.settings")
    django.setup()
    small, large = seconds(30), seconds(300)
    print(f"30 counties {small:.3f} s, 300 counties {large:.3f} s, ratio {large / small:.1f}")
    return 0 if large / small <= 20 else 1


if __name__ == "__main__":
    sys.exit(main())
