"""A bulletin document for renderers: one quarter of a city with eight counties, as it would be issued.

Everything adds up: the tables are sums of the lines. `sample_document(rows=300)` gives as many adoptions.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from accounts.enums import UnitKind
from bulletins.document.building import attachments
from bulletins.document.document import BulletinDocument
from bulletins.document.rows import (
    LateRow,
    Letterhead,
    LineRow,
    MonthRow,
    OfficeFigures,
    OutletRow,
    SchemeUsed,
    ZeroRow,
)
from bulletins.text.writing import edited, written
from scoring.periods.month import Month
from scoring.periods.period import Period
from stats.reports import FigureGroup, FigureRow, total

COUNTIES = (
    "科尔沁左翼中旗",
    "科尔沁左翼后旗",
    "科尔沁区",
    "开鲁县",
    "库伦旗",
    "奈曼旗",
    "扎鲁特旗",
    "霍林郭勒市",
)
OTHERS = ((UnitKind.TEAM, "第一巡察组"), (UnitKind.TEAM, "第二巡察组"), (UnitKind.SECTION, "综合科"))
OUTLETS = (
    ("中国纪检监察报", "central", Decimal(50)),
    ("内蒙古日报", "province", Decimal(20)),
    ("内蒙古自治区纪委监委网站", "province", Decimal(20)),
    ("通辽日报", "city", Decimal(10)),
    ("清风通辽", "city", Decimal(10)),
    ("奈曼旗融媒体中心", "county", Decimal(5)),
)
PERIOD = Period.parse("2026Q1")
LETTERHEAD = Letterhead(
    red_head="中共通辽市委巡察工作领导小组办公室",
    code="通巡办通报",
    addressees="各旗县市区委巡察办，市委各巡察组，机关各科室",
    copies_to="市委巡察工作领导小组组长、副组长、成员",
    signature="中共通辽市委巡察工作领导小组办公室",
    printed_by="中共通辽市委巡察工作领导小组办公室",
    contact="联系人：包喆，电话：0475-0000000",
)


def sample_document(rows: int = 24, *, issued: bool = True) -> BulletinDocument:
    """The bulletin on the first quarter of 2026, with so many adoptions."""
    units: list[tuple[int, str, str]] = [
        (at, UnitKind.COUNTY, name) for at, name in enumerate(COUNTIES, start=1)
    ]
    units += [(at, kind, name) for at, (kind, name) in enumerate(OTHERS, start=len(units) + 1)]
    # The last two counties file nothing at all.
    writing = [unit for unit in units if unit[2] not in COUNTIES[6:]]
    lines = sorted(
        (_line(at, *writing[at % len(writing)]) for at in range(rows)),
        key=lambda line: (line.unit_id, line.date),
    )
    lines = [replace(line, position=at) for at, line in enumerate(lines, start=1)]
    groups = tuple(
        _group(kind, [unit for unit in units if unit[1] == kind], lines)
        for kind in (UnitKind.COUNTY, UnitKind.TEAM, UnitKind.SECTION)
    )
    now = _office(groups, PERIOD)
    document = BulletinDocument(
        office_id=99,
        office="中共通辽市委巡察工作领导小组办公室",
        title="关于2026年第一季度稿件报送及采用情况的通报",
        period=PERIOD,
        cutoff=datetime(2026, 4, 8, 2, 30, tzinfo=UTC),
        schemes=(SchemeUsed(1, "宣传稿件计分办法（试行）", date(2025, 12, 1), {"name": "试行"}),),
        groups=groups,
        lines=tuple(lines),
        now=now,
        before=replace(now, period=PERIOD.previous(), filed=now.filed - 5, adopted=max(now.adopted - 3, 0)),
        outlets=tuple(
            OutletRow(name, level)
            for name, level in [(name, level) for name, level, _points in OUTLETS]
            + [("通辽市广播电视台", "city")]
        ),
        late=(_late(units[2][0], units[2][2]),),
        zeros=tuple(ZeroRow(at, COUNTIES[at - 1], UnitKind.COUNTY, at - 6, 2) for at in (7, 8)),
        history=tuple(_history(units)),
        attachments=attachments(has_late=True),
        letterhead=LETTERHEAD,
    )
    document = written(document)
    praised = document.text[-1].generated + "对工作突出的单位予以通报表扬。"
    document = replace(document, text=edited(document.text, document.text[-1].key, praised))
    return document.issued(year=2026, number=3, on=date(2026, 4, 10)) if issued else document


def _line(at: int, unit_id: int, _kind: str, name: str) -> LineRow:
    outlet, level, points = OUTLETS[at % len(OUTLETS)]
    merged, repost = at % 7 == 3, at % 11 == 5
    worth = Decimal(0) if repost else points / 2 if merged else points
    return LineRow(
        key=f"adoption:{at + 1}",
        position=at + 1,
        unit_id=unit_id,
        unit=name,
        kind="adoption",
        date=PERIOD.start + timedelta(days=at * 7 % 90),
        item_id=1000 + at,
        item_title="=SUM(A1)式标题也照原样印出" if at == 4 else f"{name}𬱖喆推动整改落地见效（{at + 1}）",
        adoption_id=at + 1,
        outlet=outlet,
        level=level,
        mode="repost" if repost else "merged" if merged else "single",
        rule=f"adoption.rules[{at % 4}]",
        scheme_from=date(2025, 12, 1),
        arithmetic=f"{points} × 0" if repost else f"{points} × 0.5" if merged else str(points),
        share="1",
        points=worth,
        note="mode_earns_nothing" if repost else "counted",
    )


def _group(kind: str, units: Sequence[tuple[int, str, str]], lines: list[LineRow]) -> FigureGroup:
    rows = []
    for unit_id, _kind, name in units:
        own = [line for line in lines if line.unit_id == unit_id]
        levels: dict[str, Any] = {
            level: sum(line.level == level for line in own) for _o, level, _p in OUTLETS
        }
        points = sum((line.points for line in own), Decimal(0))
        rows.append(
            FigureRow(
                unit_id=unit_id,
                name=name,
                filed=len(own) * 2,
                issued=len(own) + len(own) // 2,
                items_adopted=len(own),
                points=points,
                adopted_to_date=len(own) + 2,
                points_to_date=points + 30,
                central=levels["central"],
                province=levels["province"],
                city=levels["city"],
                county=levels["county"],
            )
        )
    rows.sort(key=lambda row: (-row.points, row.unit_id or 0))
    ranked = [
        replace(
            row,
            rank=1 + sum(other.points > row.points for other in rows),
            tied=sum(other.points == row.points for other in rows) > 1,
            change=at % 3 - 1,
        )
        for at, row in enumerate(rows)
    ]
    return FigureGroup(kind, tuple(ranked), total(ranked))


def _office(groups: tuple[FigureGroup, ...], period: Period) -> OfficeFigures:
    names = ("filed", "issued", "adopted", "central", "province", "city", "county", "items_adopted")
    return OfficeFigures(
        period, **{name: sum(getattr(group.total, name) for group in groups) for name in names}
    )


def _late(unit_id: int, name: str) -> LateRow:
    line = replace(_line(900, unit_id, UnitKind.COUNTY, name), date=date(2025, 12, 20), position=1)
    return LateRow("added", line, line.points, Period.parse("2025Q4"), 2026, 1)


def _history(units: Sequence[tuple[int, str, str]]) -> list[MonthRow]:
    return [
        MonthRow(unit_id, Month(2025, 4).plus(back).start, unit_id % 5, unit_id * back % 3, Decimal(10))
        for back in range(12)
        for unit_id, _kind, _name in units
    ]
