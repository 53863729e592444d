"""What a single cell or title of a printed bulletin says. Pure."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from enum import StrEnum
from typing import Final


class Measure(StrEnum):
    """A figure of a unit that this system counts as well."""

    FILED = "filed"
    ADOPTED = "adopted"
    POINTS = "points"


_NUMBER: Final = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?")

#: Titles of columns that count rows or places: adding them up means nothing.
RANKS: Final = frozenset({"序号", "编号", "排名", "名次", "位次", "排序"})
TOTALS: Final = frozenset({"合计", "总计", "共计", "小计", "总数"})

#: What a column, or a row under columns of units, says of a unit. Only these titles: nothing is guessed.
_NOW: Final = "(?:本(?:期|月|季|季度|年|年度)|当(?:期|月|季|年)|全年)?"
_OF_WHAT: Final = "(?:信息|稿件|宣传信息)?"
_HOW_MANY: Final = "(?:数|数量|条数|篇数|件数|则数|总数|总条数|总篇数)?"
#: Adopted by somebody who is named: a part of what was adopted.
ADOPTED_BY: Final = re.compile(f"{_NOW}被.+?(?:采用|采纳|录用|刊发|刊用){_OF_WHAT}{_HOW_MANY}")
RATES: Final = frozenset({"采用率", "采纳率", "录用率", "用稿率"})
_MEASURES: Final = {
    Measure.FILED: re.compile(f"{_NOW}(?:报送|上报|报){_OF_WHAT}{_HOW_MANY}"),
    Measure.ADOPTED: re.compile(f"{_NOW}(?:被)?(?:采用|采纳|录用|用稿|刊发|刊用){_OF_WHAT}{_HOW_MANY}"),
    Measure.POINTS: re.compile(f"{_NOW}(?:总|合计)?(?:得分|分数|积分|总分)"),
}


def measure_of(title: str) -> Measure | None:
    """The figure a column, or a row under columns of units, has by its title; None for all others.

    What has been added up since an earlier day ("累计") is not of the bulletin's period.
    """
    if "累计" in title:
        return None
    written = plain(title)
    return next((measure for measure, titles in _MEASURES.items() if titles.fullmatch(written)), None)


def number(text: str) -> Decimal | None:
    """The number that a printed cell is, None for an empty cell and for anything but a number."""
    written = unicodedata.normalize("NFKC", text).replace(",", "").strip()
    return Decimal(written) if _NUMBER.fullmatch(written) else None


def percent(text: str) -> Decimal | None:
    """The rate in percent that a printed cell is, with the decimals it has; None for anything else."""
    written = unicodedata.normalize("NFKC", text).strip()
    return number(written.removesuffix("%")) if written.endswith("%") else None


def plain(title: str) -> str:
    """A title without the spaces by which tables stretch it ("合  计"), and without what is in brackets."""
    narrow = "".join(unicodedata.normalize("NFKC", title).split())
    return re.sub(r"\([^)]*\)$", "", narrow)
