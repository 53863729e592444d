"""A table in a sheet: its header row, found by the titles of its columns, and the rows below it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter

from adoptions.ledger.merged import MergedCells
from adoptions.ledger.values import is_empty, is_running_number
from adoptions.ledger.words import TOTALS, header_key, plain
from adoptions.ledger.workbook import MAX_ROWS, LedgerUnreadable, Row, Sheet, too_many_rows
from kit.spelling import key

#: How far down the header row is looked for; titles and notes may stand above it.
HEADER_WITHIN = 20
#: Beginnings of lines below a table that are signed or explained, not counted.
FOOTER = re.compile(
    r"(?:填表|制表|填报|填写|审核|审批|复核|负责|分管|经办|联系|统计|单位|报送)(?:人|单位|时间|日期|电话|领导|负责人|盖章)?"
    r"(?:\([^()]*\))?[::]|(?:备注|说明|注)\d*[::]"
)


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, and in which cell (such as H12); `name` is the field to correct."""

    cell: str
    reason: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody said about a file that it does not say itself.

    `year` is that of days written without one; `hidden` whether hidden rows are taken (None: not said yet);
    `cells` are values by row and field that stand for those in the file; rows `left_out` are no entries; rows
    `apart` are items of their own, though another title differs in spelling alone.
    """

    year: int | None = None
    hidden: bool | None = None
    cells: Mapping[int, Mapping[str, str]] = field(default_factory=dict)
    left_out: frozenset[int] = frozenset()
    apart: frozenset[int] = frozenset()


NOTHING_TOLD = Told()


@dataclass(frozen=True, slots=True)
class Titles:
    """The columns a table may have: field → the titles it may bear, the first is the one we write ourselves.

    A table without the `essential` ones is none. `unread` fields are known, but nothing is taken from them.
    """

    of: Mapping[str, tuple[str, ...]]
    essential: tuple[str, ...]
    unread: frozenset[str] = frozenset()

    def first(self, name: str) -> str:
        return self.of[name][0]

    def known_fields(self, row: Sequence[object]) -> list[tuple[int, str]]:
        """The columns of this row that bear a known title: (position from 0, field)."""
        field_of = {title: name for name, titles in self.of.items() for title in titles}
        return [
            (position, found)
            for position, value in enumerate(row)
            if isinstance(value, str) and (found := field_of.get(header_key(value)))
        ]

    def looks_like_header(self, row: Sequence[object]) -> bool:
        """Whether the row names the first essential column and, if there are more, another of them."""
        fields = {name for _position, name in self.known_fields(row)}
        named = len(fields.intersection(self.essential))
        return self.essential[0] in fields and named >= min(2, len(self.essential))

    def missing(self, fields: Iterable[str]) -> list[str]:
        """Titles of the essential columns that are not among `fields`."""
        present = set(fields)
        return [self.first(name) for name in self.essential if name not in present]

    def synonyms(self, present: Iterable[str]) -> str:
        """Other titles of the essential columns that are not among `present`."""
        return "；".join(
            f"{self.first(name)}（{'、'.join(self.of[name][1:])}）"
            for name in self.essential
            if name not in set(present) and len(self.of[name]) > 1
        )


@dataclass(slots=True)
class TableRow:
    """One row: `number` in the file, the cell and the value of every field that has a column.

    No values at all when the row as a whole cannot be read; `problems` say why. `skipped` says why the row is
    no entry. `links` are the addresses behind cells, by field.
    """

    number: int
    cells: dict[str, str]
    values: dict[str, Any] | None = None
    links: dict[str, str] = field(default_factory=dict)
    hidden: bool = False
    skipped: str = ""
    problems: list[Problem] = field(default_factory=list)
    #: What the file says where somebody said otherwise.
    before: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Table:
    """The rows below a header, to be read once; `ignored` are titles of columns that are not read."""

    sheet: str
    rows: Iterator[TableRow]
    ignored: list[str]


def find_header(sheet: Sheet, titles: Titles) -> tuple[tuple[int, Row] | None, list[str]]:
    """The header row with its number; without one, the most known fields that any row named.

    It is the first row with every essential column, which may be merged downwards from a row above; without
    such a row the first that looks like one.
    """
    seen: list[str] = []
    alike: tuple[int, Row] | None = None
    merged = MergedCells.of(sheet)
    for number, written in sheet.rows:
        row = merged.fill(number, written)[0]
        named = [name for _position, name in titles.known_fields(row)]
        if not titles.missing(named):
            return (number, row), []
        if titles.looks_like_header(row):
            alike = alike or (number, row)
        seen = max(seen, named, key=len)
        if number >= HEADER_WITHIN:
            break
    return alike, seen


def open_table(sheet: Sheet, number: int, header: Row, titles: Titles, told: Told) -> Table:
    """The table below a header row. Raises LedgerUnreadable for columns that are missing or stand twice."""
    columns: dict[str, int] = {}
    for position, name in titles.known_fields(header):
        if name in columns:
            first, second = (f"{get_column_letter(at + 1)}{number}" for at in (columns[name], position))
            raise LedgerUnreadable(
                _("The cells %(first)s and %(second)s both name the column “%(column)s”: rename one of them.")
                % {"first": first, "second": second, "column": titles.first(name)}
            )
        columns[name] = position
    if lacking := titles.missing(columns):
        raise LedgerUnreadable(
            _("The header row %(row)d lacks the columns: %(missing)s. Also understood: %(known)s.")
            % {"row": number, "missing": "、".join(lacking), "known": titles.synonyms(columns)}
        )
    used = {position for name, position in columns.items() if name not in titles.unread}
    ignored = [plain(str(value)) for at, value in enumerate(header) if at not in used and not is_empty(value)]
    return Table(sheet.name, _rows(sheet, number, columns, titles, told), ignored)


def _rows(
    sheet: Sheet, header: int, columns: dict[str, int], titles: Titles, told: Told
) -> Iterator[TableRow]:
    """The rows that say something."""
    merged = MergedCells.of(sheet)
    first = merged.bottom_of(header) + 1
    count = 0
    for number, row in sheet.rows:
        filled, origins, sideways = merged.fill(number, row)
        uncalculated = _uncalculated(sheet, number, columns, titles)
        if number < first or not (_says_something(row, columns) or uncalculated):
            continue
        count += 1
        if count > MAX_ROWS:
            raise LedgerUnreadable(too_many_rows())
        cells = {
            name: origins.get(at) or f"{get_column_letter(at + 1)}{number}" for name, at in columns.items()
        }
        found = TableRow(number, cells, hidden=number in sheet.hidden or not sheet.visible)
        found.values = {name: filled[at] for name, at in columns.items() if at < len(filled)}
        found.links = {name: sheet.links[place] for name, place in cells.items() if place in sheet.links}
        found.skipped = _no_entry(found, row, sideways, titles, told)
        if not found.skipped:
            _find_problems(found, sideways, uncalculated, told)
        yield found


def _no_entry(found: TableRow, row: Row, sideways: str, titles: Titles, told: Told) -> str:
    """Why a row that says something is no entry all the same; "" for an entry."""
    words = [value for value in row if isinstance(value, str) and not is_empty(value)]
    if found.number in told.left_out:
        return _("Set aside by hand.")
    if found.hidden and told.hidden is False:
        return _("Hidden in the file; hidden rows are left out.")
    if words and key(words[0]) in TOTALS:
        return _("A total is no entry; totals are not imported.")
    if words and FOOTER.match(key(words[0])) and len(titles.essential) - _filled(found, titles) > 1:
        return _("Signatures and notes around the table are no entries.")
    if titles.looks_like_header(row):
        return _("The header row once more.")
    if sideways and sum(not is_empty(value) for value in row) == 1:
        return _("A heading between the entries.")
    return ""


def _filled(found: TableRow, titles: Titles) -> int:
    """How many of the columns that an entry needs have anything in them."""
    values = found.values or {}
    return sum(not is_empty(values.get(name)) for name in titles.essential)


def _find_problems(found: TableRow, sideways: str, uncalculated: Sequence[str], told: Told) -> None:
    """What keeps an entry from being read; what was said of its cells is taken first."""
    assert found.values is not None
    mended = told.cells.get(found.number, {})
    if found.hidden and told.hidden is None:
        reason = _("The row is hidden in the file: say first whether hidden rows are imported.")
        found.problems.append(Problem(next(iter(found.cells.values())), reason))
    if sideways and not mended:
        reason = _("The cells are merged across columns: unmerge them.")
        found.problems.append(Problem(sideways, reason))
        found.values = None
        return
    reason = _("The formula has no stored result: replace it by its value.")
    found.problems += [
        Problem(found.cells[name], reason, name) for name in uncalculated if name not in mended
    ]
    found.before = {name: found.values.get(name) for name in mended}
    found.values |= mended


def _says_something(row: Row, columns: dict[str, int]) -> bool:
    """Whether there is an entry at all: empty rows, and rows that were only numbered, are none."""
    filled = [at for at, value in enumerate(row) if not is_empty(value)]
    if len(filled) == 1 and filled[0] == columns.get("number"):
        return not is_running_number(row[filled[0]])
    return bool(filled)


def _uncalculated(sheet: Sheet, number: int, columns: dict[str, int], titles: Titles) -> list[str]:
    """Fields we read whose formula in this row was never calculated."""
    if not sheet.uncalculated:
        return []
    return [
        name
        for name, at in columns.items()
        if name not in titles.unread and f"{get_column_letter(at + 1)}{number}" in sheet.uncalculated
    ]
