"""How long a bulletin takes as a workbook, as a Word document and as a PDF.

Run `python -m bench.bulletin` in the project folder. Ends with 1 when a bulletin of 300 adoptions takes
longer than the limits below, or when a workbook of 300 counties takes twenty times as long as one of 30.
"""

import os
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from time import perf_counter
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "publicity.settings")
django.setup()

from bulletins.document.document import BulletinDocument  # noqa: E402
from bulletins.files.pdf import bulletin_pdf  # noqa: E402
from bulletins.files.word.building import bulletin_docx  # noqa: E402
from bulletins.files.xlsx import bulletin_workbook  # noqa: E402
from stats.reports import FigureGroup, total  # noqa: E402
from tests.bulletins.sample import sample_document  # noqa: E402

#: Seconds for 300 adoptions, on two cores.
LIMITS: dict[str, tuple[Callable[[BulletinDocument], Any], float]] = {
    "xlsx": (bulletin_workbook, 1),
    "docx": (bulletin_docx, 2),
    "pdf": (bulletin_pdf, 2),
}


def counties(number: int) -> BulletinDocument:
    """A bulletin with so many counties and three times as many adoptions."""
    sample = sample_document(rows=3 * number)
    first = sample.groups[0].rows[0]
    rows = tuple(
        replace(first, unit_id=place, name=f"第{place}县", rank=place, points=Decimal(5))
        for place in range(1, number + 1)
    )
    lines = tuple(
        replace(line, unit_id=at % number + 1, unit=f"第{at % number + 1}县", date=date(2026, 3, 1))
        for at, line in enumerate(sample.lines)
    )
    return replace(
        sample, groups=(FigureGroup("county", rows, total(rows)),), lines=lines, late=(), history=()
    )


def seconds(render: Callable[[BulletinDocument], Any], document: BulletinDocument) -> float:
    """The best of three."""
    times = []
    for _ in range(3):
        begin = perf_counter()
        render(document)
        times.append(perf_counter() - begin)
    return min(times)


def main() -> int:
    """Print the times, the limits and the ratio."""
    failed = False
    for name, (render, limit) in LIMITS.items():
        taken = seconds(render, sample_document(rows=300))
        failed |= taken > limit
        print(f"300 adoptions as {name}: {taken:.2f} s (limit {limit} s)")
    small, large = seconds(bulletin_workbook, counties(30)), seconds(bulletin_workbook, counties(300))
    print(f"workbook of 30 counties {small:.3f} s, of 300 counties {large:.3f} s, ratio {large / small:.1f}")
    return 1 if failed or large / small > 20 else 0


if __name__ == "__main__":
    sys.exit(main())
