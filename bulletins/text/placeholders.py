"""The placeholders of a bulletin's wording: what each writes, and out of which figures. Pure.

They are named in Chinese, because the office that words its bulletins writes them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import Final

from bulletins.document.document import LEVEL_ORDER, BulletinDocument
from bulletins.document.rows import ZeroRow
from bulletins.text import sources
from stats.reports import FigureGroup, FigureRow


@dataclass(frozen=True, slots=True)
class Piece:
    """Some text, and the path of the figure if it is one."""

    text: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Scope:
    """What a placeholder may look at: the document, the group of the line, and whether |to100 is asked."""

    document: BulletinDocument
    group: FigureGroup | None = None
    to100: bool = False

    def figure(self, source: str) -> Piece:
        return Piece(sources.resolve(self.document, source), source)


type Writer = Callable[[Scope], Sequence[Piece]]


@dataclass(frozen=True, slots=True)
class Placeholder:
    """`write` gives nothing when there is nothing to say; `of_group` repeats its line for every group."""

    name: str
    about: str
    write: Writer
    of_group: bool = False
    to100: bool = False


#: How units that are ranked together are called in a document.
GROUP_NAMES: Final = {"county": "旗县市区", "team": "巡察组", "section": "科室", "department": "部门"}


def group_name(kind: str) -> str:
    """A group of the scheme's own is called as the scheme calls it."""
    return GROUP_NAMES.get(kind, kind)


def _figure(source: str) -> Writer:
    return lambda scope: [scope.figure(source)]


def _rate(scope: Scope) -> Sequence[Piece]:
    return [scope.figure("now.rate")] if sources.rate(scope.document.now) is not None else []


def _moved(name: str, unit: str) -> Writer:
    """比上季度增加12条, 与上季度持平; nothing when there is no period to compare with."""

    def write(scope: Scope) -> Sequence[Piece]:
        document = scope.document
        if document.before is None:
            return []
        by = getattr(document.now, name) - getattr(document.before, name)
        if not by:
            return [Piece(f"与{_last(scope)}持平")]
        words = f"比{_last(scope)}{'增加' if by > 0 else '减少'}"
        return [Piece(words), scope.figure(f"change.{name}"), Piece(unit)]

    return write


def _rate_moved(scope: Scope) -> Sequence[Piece]:
    by = sources.rate_change(scope.document)
    if by is None:
        return []
    if not by:
        return [Piece(f"与{_last(scope)}持平")]
    words = f"比{_last(scope)}{'提高' if by > 0 else '下降'}"
    return [Piece(words), scope.figure("change.rate"), Piece("个百分点")]


def _share(level: str) -> Writer:
    def write(scope: Scope) -> Sequence[Piece]:
        if not scope.document.now.adopted:
            return []
        return [scope.figure(f"share100.{level}" if scope.to100 else f"share.{level}")]

    return write


def _before(scope: Scope) -> Sequence[Piece]:
    return [Piece(_last(scope))] if scope.document.before else []


def _last(scope: Scope) -> str:
    return sources.last_period(scope.document.period)


def _names(what: str) -> Writer:
    return lambda scope: _joined([_name(scope, row)] for row in sources.listed(scope.document, what))


def _count(what: str) -> Writer:
    def write(scope: Scope) -> Sequence[Piece]:
        return [scope.figure(f"count.{what}")] if sources.listed(scope.document, what) else []

    return write


def _all_have(what: str, words: str) -> Writer:
    def write(scope: Scope) -> Sequence[Piece]:
        rows = sources.ranked_rows(scope.document)
        return [Piece(words)] if rows and not sources.listed(scope.document, what) else []

    return write


def _streaks(kind: str, words: str) -> Writer:
    """科尔沁区、开鲁县连续3个季度零报送，库伦旗连续2个季度零报送."""

    def write(scope: Scope) -> Sequence[Piece]:
        counted_in = sources.span_word(scope.document.period)
        rows = sources.streaks(scope.document, kind)
        sentences = (
            [
                *_joined([Piece(row.unit, f"unit.{row.unit_id}.name")] for row in group),
                Piece("连续"),
                scope.figure(f"streak.{kind}.{group[0].unit_id}"),
                Piece(counted_in + words),
            ]
            for group in _by_length(rows, kind)
        )
        return _joined(sentences, between="，")

    return write


def _by_length(rows: Sequence[ZeroRow], kind: str) -> list[list[ZeroRow]]:
    """Rows of one length together; they come sorted by it."""
    return [list(group) for _length, group in groupby(rows, key=attrgetter(f"{kind}_streak"))]


def _shared(scope: Scope) -> Sequence[Piece]:
    """采用稿件多2条、采用多3条次: what the rows of the units have more than the total."""
    return _joined(
        [Piece(words), scope.figure(f"shared.{name}"), Piece(measure)]
        for name, words, measure in (("items_adopted", "采用稿件多", "条"), ("adopted", "采用多", "条次"))
        if sources.excess(scope.document, name)
    )


def _without_row(scope: Scope) -> Sequence[Piece]:
    """霍林郭勒市（采用3条次，20分）."""
    return _joined(
        [
            Piece(f"{row.name}（采用"),
            scope.figure(f"gone.{row.unit_id}.adopted_to_date"),
            Piece("条次，"),
            scope.figure(f"gone.{row.unit_id}.points_to_date"),
            Piece("分）"),
        ]
        for row in sources.without_row(scope.document)
    )


def _group_name(scope: Scope) -> Sequence[Piece]:
    return [Piece(group_name(scope.group.kind))] if scope.group else []


def _group_leading(scope: Scope) -> Sequence[Piece]:
    """开鲁县（85分）、科尔沁区（60分）."""
    rows = sources.leading(scope.group, scope.document.format) if scope.group else []
    return _joined(
        [_name(scope, row), Piece("（"), scope.figure(f"unit.{row.unit_id}.points"), Piece("分）")]
        for row in rows
    )


def _late_count(scope: Scope) -> Sequence[Piece]:
    return [scope.figure("late.count")] if scope.document.late else []


def _late_points(scope: Scope) -> Sequence[Piece]:
    return [scope.figure("late.points")] if scope.document.late else []


def _late_attachment(scope: Scope) -> Sequence[Piece]:
    kinds = [attachment.kind for attachment in scope.document.attachments]
    return [scope.figure("attachment.late")] if "late" in kinds else []


def _corrected(scope: Scope) -> Sequence[Piece]:
    return [scope.figure("corrects")] if scope.document.corrects else []


def _what_is_corrected(scope: Scope) -> Sequence[Piece]:
    return [Piece(scope.document.corrects.what.rstrip("。；"))] if scope.document.corrects else []


def _name(scope: Scope, row: FigureRow) -> Piece:
    return Piece(row.name, f"unit.{row.unit_id}.name")


def _joined(parts: Iterable[Sequence[Piece]], between: str = "、") -> list[Piece]:
    """The parts, one after the other."""
    pieces: list[Piece] = []
    for part in parts:
        pieces += [Piece(between), *part] if pieces else part
    return pieces


_LEVELS: Final = dict(zip(LEVEL_ORDER, ("中央级", "自治区级", "市级", "县级"), strict=True))

_ALL: Final = (
    Placeholder("本期", "本期名称，如 2026年第一季度", _figure("period")),
    Placeholder("上期", "上一期的叫法，如 上季度；没有上期数据时为空", _before),
    Placeholder("单位数", "参加排名的单位个数", _figure("count.units")),
    Placeholder("报送", "全部单位报送稿件条数", _figure("now.filed")),
    Placeholder("签发", "签发稿件条数", _figure("now.issued")),
    Placeholder("采用稿件", "被采用的稿件条数，一篇多家采用计一条", _figure("now.items_adopted")),
    Placeholder("采用", "采用条次，一篇多家采用分别计", _figure("now.adopted")),
    Placeholder("采用率", "采用稿件 ÷ 报送；没有报送时为空", _rate),
    *(
        Placeholder(name, f"{name}媒体、刊物采用条次", _figure(f"now.{level}"))
        for level, name in _LEVELS.items()
    ),
    *(
        Placeholder(
            f"{name}占比",
            f"{name}占全部采用的百分比；写成 {{{name}占比|to100}} 时各级相加凑足 100%",
            _share(level),
            to100=True,
        )
        for level, name in _LEVELS.items()
    ),
    Placeholder("报送增减", "如 比上季度增加12条、与上季度持平；没有上期数据时为空", _moved("filed", "条")),
    Placeholder("采用稿件增减", "如 比上季度减少3条；没有上期数据时为空", _moved("items_adopted", "条")),
    Placeholder("采用增减", "如 比上季度增加5条次；没有上期数据时为空", _moved("adopted", "条次")),
    Placeholder("采用率增减", "如 比上季度提高2.3个百分点；没有可比的采用率时为空", _rate_moved),
    Placeholder(
        "共有条数",
        "如 采用稿件多2条、采用多3条次：几个单位合写的在合计中只计一次，各单位之和比合计多的；不多时为空",
        _shared,
    ),
    Placeholder(
        "未单列单位",
        "本期没有单列（如本期以前撤销）而计入累计合计的单位和累计数；没有时为空",
        _without_row,
    ),
    Placeholder("组名", "分组名称；含有它的一行每组写一次", _group_name, of_group=True),
    Placeholder(
        "组内前列",
        "该组前三名（不超过半数，须有得分）及得分；没有时整行略去",
        _group_leading,
        of_group=True,
    ),
    Placeholder("零报送单位数", "没有报送的单位个数；没有时为空", _count("zero_filing")),
    Placeholder("零报送单位", "没有报送的单位名单；没有时为空", _names("zero_filing")),
    Placeholder("零采用单位数", "没有采用的单位个数；没有时为空", _count("zero_adoption")),
    Placeholder("零采用单位", "没有采用的单位名单；没有时为空", _names("zero_adoption")),
    Placeholder("连续零报送", "如 库伦旗连续2个季度零报送；没有时为空", _streaks("filing", "零报送")),
    Placeholder("连续零采用", "如 奈曼旗连续3个季度零采用；没有时为空", _streaks("adoption", "零采用")),
    Placeholder(
        "均有报送", "没有零报送单位时写“各单位均有稿件报送”", _all_have("zero_filing", "各单位均有稿件报送")
    ),
    Placeholder(
        "均有采用",
        "没有零采用单位时写“各单位均有稿件被采用”",
        _all_have("zero_adoption", "各单位均有稿件被采用"),
    ),
    Placeholder("补登条数", "补登、更正的条数；没有时为空", _late_count),
    Placeholder("补登得分", "补登、更正计入累计的得分；没有时为空", _late_points),
    Placeholder("补登附件", "补登明细是第几个附件；没有时为空", _late_attachment),
    Placeholder("更正期号", "被更正的一期，如 2026年第3期；不是更正时为空", _corrected),
    Placeholder("更正内容", "更正什么；不是更正时为空", _what_is_corrected),
)

PLACEHOLDERS: Final = {placeholder.name: placeholder for placeholder in _ALL}
