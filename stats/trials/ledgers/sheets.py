"""The sheets that may stand beside a ledger: units, outlets, and facts other than filing and adoption."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import IO, Any, Final

from django.utils.translation import gettext as _

from adoptions.enums import OutletLevel
from adoptions.ledger.tables import Problem, TableRow, Titles, Told, find_header, open_table
from adoptions.ledger.values import as_moment, as_number, as_text
from adoptions.ledger.words import level_of
from adoptions.ledger.workbook import LedgerUnreadable, open_sheets
from kit.numbers import whole
from kit.spelling import key
from scoring.schemes.words import Happening, Metric, Window
from stats.trials.ledgers.words import (
    ADJUSTMENTS,
    ALWAYS,
    COMMISSIONS,
    ENDINGS,
    FORWARDED,
    INSTRUCTIONS,
    KINDS,
    METRICS,
    OUTLETS,
    PENALTIES,
    TASKS,
    UNITS,
    WINDOWS,
)

_UNIT: Final = ("单位", "单位名称", "报送单位")
_TITLE: Final = ("标题", "稿件标题", "信息标题", "稿件", "题目")
_LEVEL: Final = ("级别", "层级", "批示级别", "领导级别", "转报级别", "采用级别")
_DATE: Final = ("日期", "时间", "批示日期", "批示时间", "转报日期", "办理日期", "发生日期")
_COUNT: Final = ("次数", "数量", "篇数", "件数")
_FORMER: Final = ("曾用名", "原名", "其他名称", "别名")
_NOTE: Final = ("备注", "说明")


#: Sheet → its columns; the first essential one must be named for a row to be taken as the header.
SHEETS: Final[Mapping[str, Titles]] = {
    UNITS: Titles(
        {
            "unit": _UNIT,
            "short_name": ("简称", "单位简称"),
            "code": ("代码", "单位代码", "编码"),
            "former": _FORMER,
            "group": ("组", "组别", "分组", "排名组", "类别"),
            "target": ("目标", "目标值", "目标分", "任务目标"),
            "metric": ("目标指标", "指标"),
            "window": ("目标周期", "周期"),
        },
        ("unit",),
    ),
    OUTLETS: Titles(
        {
            "outlet": ("媒体", "媒体名称", "采用媒体", "刊物"),
            "level": ("级别", "媒体级别"),
            "carrier": ("载体", "载体类型", "媒体类型"),
            "former": _FORMER,
        },
        ("outlet", "level"),
    ),
    INSTRUCTIONS: Titles(
        {"level": _LEVEL, "date": _DATE, "title": _TITLE, "unit": _UNIT, "count": _COUNT, "note": _NOTE},
        ("level", "date"),
    ),
    COMMISSIONS: Titles(
        {
            "kind": ("情形", "结果", "类型", "办理情况", "办理结果"),
            "date": _DATE,
            "title": _TITLE,
            "unit": _UNIT,
            "level": _LEVEL,
            "count": _COUNT,
            "note": _NOTE,
        },
        ("kind", "date"),
    ),
    PENALTIES: Titles(
        {
            "kind": ("情形", "事项", "类型", "扣分事项", "扣分情形"),
            "date": _DATE,
            "title": _TITLE,
            "unit": _UNIT,
            "count": _COUNT,
            "note": _NOTE,
        },
        ("kind", "date"),
    ),
    FORWARDED: Titles(
        {"level": _LEVEL, "date": _DATE, "title": _TITLE, "unit": _UNIT, "count": _COUNT, "note": _NOTE},
        ("level", "date"),
    ),
    TASKS: Titles(
        {"unit": _UNIT, "date": _DATE, "level": _LEVEL, "count": _COUNT, "note": _NOTE}, ("unit", "date")
    ),
    ADJUSTMENTS: Titles(
        {
            "unit": _UNIT,
            "date": _DATE,
            "points": ("加减分", "分值", "得分", "分数"),
            "reason": ("理由", "事由", "原因", "备注", "说明"),
        },
        ("unit", "date", "points", "reason"),
    ),
}


@dataclass(slots=True)
class Row:
    """One row of such a sheet. Texts are as written; what a sheet has no column for is empty."""

    sheet: str
    number: int
    cells: dict[str, str]
    texts: dict[str, str] = field(default_factory=dict)
    date: date | None = None
    count: int = 1
    level: OutletLevel | None = None
    kind: Happening | None = None
    metric: Metric | None = None
    window: Window | None = None
    value: Decimal | None = None
    problems: list[Problem] = field(default_factory=list)

    def refuse(self, name: str, reason: str) -> None:
        """Note a problem at a field; one without a column is charged to the row's first cell."""
        self.problems.append(Problem(self.cells.get(name) or next(iter(self.cells.values())), reason))

    def text(self, name: str) -> str:
        return self.texts.get(name, "")


def read_sheets(file: IO[bytes], extension: str, told: Told) -> dict[str, list[Row]]:
    """The rows of every such sheet there is, by its name. Raises LedgerUnreadable with what to do."""
    found: dict[str, list[Row]] = {}
    for sheet in open_sheets(file, extension):
        name = key(sheet.name)
        if name not in SHEETS or extension == "csv":
            continue
        titles = SHEETS[name]
        header, _seen = find_header(sheet, titles)
        if header is None:
            raise LedgerUnreadable(
                _("The sheet “%(sheet)s” has no header row. It must have the columns %(columns)s.")
                % {"sheet": sheet.name, "columns": "、".join(map(titles.first, titles.essential))}
            )
        try:
            # What was said of single rows is about those of the ledger.
            table = open_table(sheet, *header, titles, Told(told.year, told.hidden))
            found[name] = [_parsed(name, row, titles, told.year) for row in table.rows]
        except LedgerUnreadable as error:
            raise LedgerUnreadable(
                _("Sheet “%(sheet)s”: %(reason)s") % {"sheet": sheet.name, "reason": error}
            ) from error
    return found


def _parsed(sheet: str, raw: TableRow, titles: Titles, year: int | None) -> Row:
    row = Row(sheet, raw.number, raw.cells, problems=raw.problems)
    if raw.skipped:
        row.refuse(titles.essential[0], raw.skipped)
    if raw.values is None or raw.skipped:
        return row
    for name, value in raw.values.items():
        _read_cell(row, name, value, year)
    broken = {problem.cell for problem in row.problems}
    for name in titles.essential:
        empty = row.date is None if name == "date" else not row.text(name)
        if empty and row.cells[name] not in broken:
            row.refuse(name, _("“%(column)s” is missing.") % {"column": titles.first(name)})
    if sheet in ALWAYS:
        row.kind = ALWAYS[sheet]
    return row


def _read_cell(row: Row, name: str, value: Any, year: int | None) -> None:
    try:
        if name == "date":
            moment = as_moment(value, year)
            row.date = moment.date() if moment else None
            return
        text = row.texts[name] = as_text(value)
    except (ValueError, TypeError):
        reason = _("“%(text)s” cannot be read here; a date is written as 2026-04-10.")
        row.refuse(name, reason % {"text": str(value)[:40]})
        return
    if text and name in _READERS:
        _READERS[name](row, text)


def _read_count(row: Row, text: str) -> None:
    count = whole(text) or 0
    if 1 <= count <= 1000:
        row.count = count
    else:
        row.refuse("count", _("The number of times must be a whole number from 1 to 1000."))


def _read_level(row: Row, text: str) -> None:
    row.level = _level(text)
    if row.level is None:
        row.refuse("level", unknown_level(text))


def unknown_level(text: str) -> str:
    return _("“%(text)s” is no level: write 中央, 省 (自治区), 市 or 县.") % {"text": text}


def _level(text: str) -> OutletLevel | None:
    for ending in ("", *ENDINGS):
        for second in ("", *ENDINGS):
            rest = key(text).removesuffix(ending).removesuffix(second)
            if level := level_of(rest):
                return level
    return None


def _read_kind(row: Row, text: str) -> None:
    row.kind = _word(KINDS[row.sheet], text)
    if row.kind is None:
        known = "、".join(words.split()[0] for words in KINDS[row.sheet].values())
        row.refuse("kind", _not_one_of(text, known))


def _read_metric(row: Row, text: str) -> None:
    row.metric = _word(METRICS, text)
    if row.metric is None:
        row.refuse("metric", _not_one_of(text, "、".join(words.split()[0] for words in METRICS.values())))


def _read_window(row: Row, text: str) -> None:
    row.window = _word(WINDOWS, text)
    if row.window is None:
        row.refuse("window", _not_one_of(text, "、".join(words.split()[0] for words in WINDOWS.values())))


def _not_one_of(text: str, known: str) -> str:
    return _("“%(text)s” is not understood here: write one of %(known)s.") % {"text": text, "known": known}


def _read_value(name: str, least: int) -> Callable[[Row, str], None]:
    def read(row: Row, text: str) -> None:
        try:
            row.value = as_number(text, least=least, most=9999)
        except ValueError:
            row.refuse(name, _("“%(text)s” is no number with at most four decimals.") % {"text": text})

    return read


_READERS: Final[Mapping[str, Callable[[Row, str], None]]] = {
    "count": _read_count,
    "level": _read_level,
    "kind": _read_kind,
    "metric": _read_metric,
    "window": _read_window,
    "target": _read_value("target", 0),
    "points": _read_value("points", -9999),
}


def _word[Word](words: Mapping[Word, str], text: str) -> Word | None:
    wanted = key(text)
    return next((word for word, known in words.items() if wanted in known.split()), None)
