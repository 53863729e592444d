"""What an item of its kind should have: a time, a place or unit, and about the usual length."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from submissions.checks.findings import Finding, Reason, Severity
from submissions.enums import Genre

#: Characters of the body without white space, from — to.
LENGTHS: Final[dict[str, tuple[int, int]]] = {
    Genre.NEWS: (150, 1500),
    Genre.INFORMATION: (150, 2500),
    Genre.EXPERIENCE: (600, 4000),
    Genre.RESEARCH: (1000, 8000),
    Genre.COMMENTARY: (500, 3000),
    Genre.FEATURE: (500, 4000),
    Genre.PICTURE: (20, 600),
}
_TIME: Final = re.compile(
    r"[0-9０-９〇零一二三四五六七八九十]+(?:年|月|日|时|季度)|近日|日前|近期|近年|连日|目前|当前|今[年日天]|昨[日天]|去年"
    r"|本[月周季年轮]|上[月周]|年初|年底|以来|期间|春节|国庆|清明|端午|中秋"
)
_PLACE: Final = re.compile(
    r"[\u4e00-\u9fff](?:市|旗|县|区|盟|镇|乡|苏木|嘎查|村|街道|社区|局|委|办|组|院|校|中心|公司|集团)"
)


def gaps(*, title: str, body: str, genre: str, units: Iterable[str]) -> Iterator[Finding]:
    """What is missing, as hints on the body; an empty body is not judged, it cannot be filed anyway."""
    length = len("".join(body.split()))
    if not length:
        return
    text = f"{title}\n{body}"
    if not _TIME.search(text):
        yield _hint(Reason.NO_TIME)
    if not _PLACE.search(text) and not any(unit and unit in text for unit in units):
        yield _hint(Reason.NO_PLACE)
    least, most = LENGTHS.get(genre, (0, length))
    if length < least:
        yield _hint(Reason.TOO_SHORT, f"{length} / {least}–{most}")
    if length > most:
        yield _hint(Reason.TOO_LONG, f"{length} / {least}–{most}")


def _hint(reason: Reason, note: str = "") -> Finding:
    return Finding(reason, Severity.HINT, "body", note=note)
