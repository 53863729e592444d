"""Long titles in lines whose lengths make a trapezoid or a diamond, broken between words. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import combinations, pairwise
from typing import Final
from unicodedata import east_asian_width

#: Words of such titles that stay together; everything else may be broken anywhere, at a price.
_MONTHS: Final = r"[0-9]+(?:—[0-9]+)?月(?:[0-9]+日)?"
WORDS: Final = (
    rf"[0-9]+年(?:度|第[一二三四]季度|[上下]半年|{_MONTHS}(?:—(?:[0-9]+年)?{_MONTHS})?)?|{_MONTHS}|[0-9]+日|"
    "关于|稿件|报送|采用|情况|通报|巡察|巡视|宣传|信息|工作|统计|排名|考核|结果|更正|补充|补登|更改|说明|系统|"
    "全[市区省县国]|〔[0-9]+〕[0-9]*号?|第[0-9]+[号期]|[A-Za-z0-9.%]+"
)
_WORD: Final = re.compile(WORDS)
#: A line does not begin with these, nor end with the others.
_NOT_FIRST: Final = "的了、，。；：）》〕！？”’—"
_NOT_LAST: Final = "（《〔“‘第"
#: It reads well to go on after these, and to begin a line with those.
_GOOD_LAST: Final = "的、，；：及和与"
_GOOD_FIRST: Final = ("关于", "及", "和", "与", "的通报", "情况的", "稿件", "采用")


def title_lines(title: str, per_line: float) -> tuple[str, ...]:
    """The title in as few lines as hold it; `per_line` is counted in Chinese characters."""
    pieces = _pieces(title)
    for count in range(1, 5):
        layouts = [lines for lines in _layouts(pieces, count) if max(map(width, lines)) <= per_line]
        if layouts:
            return min(layouts, key=lambda lines: (_cost(lines), lines))
    size = int(per_line)
    return tuple(title[at : at + size] for at in range(0, len(title), size))


@cache
def width(text: str) -> float:
    """How wide a text is, in Chinese characters."""
    return sum(1.0 if east_asian_width(sign) in "WFA" else 0.5 for sign in text)


def _pieces(title: str) -> tuple[str, ...]:
    """What a line break does not tear apart."""
    pieces: list[str] = []
    at = 0
    while at < len(title):
        found = _WORD.match(title, at)
        piece = found[0] if found else title[at]
        if pieces and (piece[0] in _NOT_FIRST or pieces[-1][-1] in _NOT_LAST):
            pieces[-1] += piece
        else:
            pieces.append(piece)
        at += len(piece)
    return tuple(pieces)


def _layouts(pieces: tuple[str, ...], count: int) -> Iterator[tuple[str, ...]]:
    for cuts in combinations(range(1, len(pieces)), count - 1):
        ends = (0, *cuts, len(pieces))
        yield tuple("".join(pieces[one:next_]) for one, next_ in pairwise(ends))


def _cost(lines: tuple[str, ...]) -> float:
    """Low for a trapezoid or a diamond whose lines differ a little and break where one would breathe."""
    sizes = [width(line) for line in lines]
    cost = 0.0
    if len(sizes) == 2:
        cost += abs(abs(sizes[0] - sizes[1]) - 3)
    elif len(sizes) == 3:
        first, middle, last = sizes
        waist = middle < min(first, last)
        cost += (8 if waist else 0) + abs(max(sizes) - min(sizes) - 4)
    for before, after in pairwise(lines):
        cost += 0 if before[-1] in _GOOD_LAST or after.startswith(_GOOD_FIRST) else 2
        cost += 4 if before.endswith("关于") or width(after) < 3 else 0
    return cost
