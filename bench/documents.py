"""How long a bulletin takes as a workbook, as Word and as PDF: 300 adoptions, and how that grows from 30.

Run `python -m bench.documents` in the project folder. Ends with 1 when 300 rows take longer than they may.
"""

import os
import sys
from collections.abc import Callable
from time import perf_counter

import django
from django.utils import translation

from stats.bulletins import BulletinDocument
from stats.exports import bulletin_docx, bulletin_pdf, bulletin_workbook
from tests.stats.bulletin_sample import sample_document

#: The seconds that 300 rows may take on two cores.
ALLOWED = {"xlsx": 1.0, "docx": 2.0, "pdf": 2.0}
RENDERERS: dict[str, Callable[[BulletinDocument], object]] = {
    "xlsx": bulletin_workbook,
    "docx": bulletin_docx,
    "pdf": bulletin_pdf,
}


def seconds(render: Callable[[BulletinDocument], object], rows: int) -> float:
    """The best of three."""
    document, times = sample_document(rows=rows), []
    for _ in range(3):
        begin = perf_counter()
        render(document)
        times.append(perf_counter() - begin)
    return min(times)


def main() -> int:
    """Print the times, their ratio and what is allowed."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "publicity.settings")
    django.setup()
    slow = False
    with translation.override("zh-hans"):
        for form, render in RENDERERS.items():
            small, large = seconds(render, 30), seconds(render, 300)
            slow |= large > ALLOWED[form]
            print(
                f"{form}: 30 rows {small:.2f} s, 300 rows {large:.2f} s (at most {ALLOWED[form]:.0f} s), "
                f"ratio {large / small:.1f}"
            )
    return int(slow)


if __name__ == "__main__":
    sys.exit(main())
