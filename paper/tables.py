"""A table of figures as it is seen, as a workbook."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from openpyxl import Workbook

from kit.columns import Column
from paper.workbook import finish
from paper.worksheet import LEFT, TITLE, Sheet


def table_workbook(
    title: str,
    office: str,
    *,
    columns: Sequence[Column],
    rows: Sequence[Any],
    total: Any | None = None,
    now: datetime,
    below: str = "",
) -> bytes:
    """One sheet: title, office, the rows of a list under the head of their column tree, total and note."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title[:31]
    drawn = Sheet(sheet, columns)
    drawn.banner(title, TITLE, height=36)
    moment = timezone.localtime(now)
    known = _("Facts known until %(moment)s") % {"moment": f"{moment:%Y-%m-%d %H:%M}"}
    drawn.pair(office, known, height=18)
    drawn.head()
    drawn.rows(rows, total, _("Total"))
    if below:
        drawn.banner(below, height=18, place=LEFT)
    drawn.finish()
    return finish(book, now, {sheet.title: drawn.results})
