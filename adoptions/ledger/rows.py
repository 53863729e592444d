"""One entry of a ledger: what its row says, and what is wrong with it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _

from adoptions.enums import Mode, Position
from adoptions.ledger.columns import NOT_READ, TITLES
from adoptions.ledger.tables import Problem
from adoptions.ledger.values import YearMissing, as_moment, as_shares, as_text, as_whole
from adoptions.ledger.words import mode_of, plain, position_of, says_issued, speaks_of_front_page

LIMITS = {"title": 120, "page": 40, "link": 500, "note": 200}
AUTHOR_LIMIT = 40
is_web_address = URLValidator(schemes=["http", "https"])
HAS_SCHEME = re.compile(r"https?://", re.IGNORECASE)
#: An address as it is often copied, beginning with the name of its host.
WITHOUT_SCHEME = re.compile(r"(?i:www\.)\S+|[a-z0-9-]+(\.[a-z0-9-]+)*\.(cn|com|net|org)(/\S*)?", re.ASCII)


@dataclass(slots=True)
class LedgerRow:
    """One entry; `number` is its row in the file, `cells` the cell of every field it has a column for.

    Texts are as in the ledger, names not yet looked up (units, outlet, level, carrier, genre); `filed` is a
    local moment, `outlet` empty for an item that was only filed. `length` is in characters; `shares` are the
    parts of the units in their order, empty when the ledger does not tell them.
    """

    number: int
    cells: dict[str, str]
    title: str = ""
    unit: str = ""
    authors: tuple[str, ...] = ()
    filed: datetime | None = None
    outlet: str = ""
    level: str = ""
    carrier: str = ""
    date: date | None = None
    page: str = ""
    position: Position | None = None
    length: int | None = None
    genre: str = ""
    shares: tuple[int, ...] = ()
    mode: Mode = Mode.SINGLE
    link: str = ""
    note: str = ""
    problems: list[Problem] = field(default_factory=list)
    skipped: str = ""
    hidden: bool = False
    #: A day is written without its year, which nobody has told yet.
    lacks_year: bool = False
    #: Told to be an item of its own, though another title differs in spelling alone; which one does.
    apart: bool = False
    alike: str = ""
    #: What the file says, by field; `before` where somebody said otherwise.
    values: dict[str, Any] = field(default_factory=dict)
    before: dict[str, Any] = field(default_factory=dict)

    def refuse(self, name: str, reason: str) -> None:
        """Note a problem at a field; fields without a column are charged to the title."""
        self.problems.append(Problem(self.cells.get(name) or self.cells["title"], reason, name))


def parse(entry: LedgerRow, values: dict[str, Any], links: dict[str, str], year: int | None) -> None:
    texts = {name: _text(entry, name, values.get(name)) for name in TITLES if name not in NOT_READ}
    entry.title, entry.unit, entry.outlet = texts["title"], texts["unit"], texts["outlet"]
    entry.level, entry.carrier, entry.page = texts["level"], texts["carrier"], texts["page"]
    entry.link = texts["link"] = _link(texts["link"], links)
    entry.note, entry.genre = texts["note"], texts["genre"]
    entry.authors = _names(values.get("authors"))
    entry.filed = _moment(entry, "filed", values.get("filed"), year)
    adopted = _moment(entry, "date", values.get("date"), year)
    entry.date = adopted.date() if adopted else None
    _place(entry, texts["position"])
    _measures(entry, texts)
    _check(entry, texts)


def _place(entry: LedgerRow, written: str) -> None:
    """版位, or else what 版面 says of the front page. Another place than the front page is kept as 版面."""
    entry.position = position_of(written or entry.page)
    if entry.position:
        return
    if not speaks_of_front_page(written):
        entry.page = entry.page or written
    else:
        entry.refuse("position", _("The place on the page must be 头版头条, 头版 or another page."))


def _measures(entry: LedgerRow, texts: dict[str, str]) -> None:
    """字数 and 份额, where they are given."""
    try:
        entry.length = as_whole(texts["length"])
    except ValueError:
        entry.refuse("length", _("The length must be a whole number of characters, such as 1200."))
    try:
        entry.shares = as_shares(texts["shares"])
    except ValueError:
        entry.refuse(
            "shares", _("Write the shares as whole numbers in the order of the units, such as 2、1.")
        )


def _text(entry: LedgerRow, name: str, value: Any) -> str:
    if name in {"filed", "date"}:
        return ""
    try:
        return as_text(value)
    except ValueError:
        entry.refuse(name, _("The cell holds an error value or control characters: write what is meant."))
        return ""


def _link(written: str, behind: dict[str, str]) -> str:
    """The address of the proof: in the cell, or behind it, the outlet's or the title's."""
    if WITHOUT_SCHEME.fullmatch(written):
        return f"https://{written}"
    if HAS_SCHEME.match(written):
        return written
    targets = [behind[name] for name in ("link", "outlet", "title") if HAS_SCHEME.match(behind.get(name, ""))]
    return targets[0] if targets else written


def _moment(entry: LedgerRow, name: str, value: Any, year: int | None) -> datetime | None:
    try:
        return as_moment(value, year)
    except YearMissing:
        entry.lacks_year = True
        entry.refuse(
            name,
            _("“%(text)s” has no year: say first of which year the ledger is.") % {"text": str(value)[:40]},
        )
        return None
    except (ValueError, TypeError):
        entry.refuse(
            name, _("“%(text)s” is no full date: write it as 2026-04-10.") % {"text": str(value)[:40]}
        )
        return None


def _names(value: Any) -> tuple[str, ...]:
    """Names in one cell, each once, apart by 、 ; or a new line."""
    text = str(value or "").replace("；", ";").replace("\n", ";").replace("、", ";")
    return tuple(dict.fromkeys(name for part in text.split(";") if (name := plain(part))))


def _check(entry: LedgerRow, texts: dict[str, str]) -> None:
    """What can be judged without knowing the office."""
    broken = {problem.cell for problem in entry.problems}
    for name, reason in (("title", _("The title is missing.")), ("unit", _("The filing unit is missing."))):
        if not texts[name] and entry.cells[name] not in broken:
            entry.refuse(name, reason)
    for name, limit in LIMITS.items():
        if len(texts[name]) > limit:
            entry.refuse(name, _("The text is longer than %(limit)d characters.") % {"limit": limit})
    if any(len(name) > AUTHOR_LIMIT for name in entry.authors):
        entry.refuse("authors", _("The text is longer than %(limit)d characters.") % {"limit": AUTHOR_LIMIT})
    if texts["status"] and not says_issued(texts["status"]):
        entry.refuse(
            "status",
            _("Only issued items belong in the ledger; “%(text)s” does not say so.")
            % {"text": texts["status"]},
        )
    if entry.link:
        try:
            is_web_address(entry.link)
        except ValidationError:
            entry.refuse("link", _("This is no web address (http://…): put other remarks into 备注."))
    if texts["mode"]:
        mode = mode_of(texts["mode"])
        if mode is None:
            entry.refuse("mode", _("The mode must be 单篇, 综合, 简讯 or 转载."))
        else:
            entry.mode = mode
    _check_adoption(entry, broken)


def _check_adoption(entry: LedgerRow, broken: set[str]) -> None:
    """An adoption needs a day; an item that was only filed needs the day of filing and nothing else."""
    told = {problem.cell for problem in entry.problems} | broken
    if entry.outlet:
        if entry.date is None and entry.cells["date"] not in told:
            entry.refuse("date", _("The date of adoption is missing."))
        return
    if entry.cells["outlet"] in told:
        return
    if entry.date or entry.page or entry.position or entry.link or entry.cells["date"] in told:
        entry.refuse("outlet", _("The outlet is missing, but the row speaks of an adoption."))
    elif entry.filed is None and entry.cells.get("filed") not in told:
        entry.refuse("filed", _("Neither an adoption nor a filing date is given."))
