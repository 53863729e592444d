"""Rules R89 and R90: text, rows and totals agree, and where rows do not add up every format says why."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletins.composing import compose
from bulletins.document.document import LEVEL_ORDER, BulletinDocument
from bulletins.document.inputs import Inputs
from bulletins.document.rows import Corrected, MonthRow
from bulletins.files.xlsx import bulletin_workbook
from bulletins.layout.annexes import annexes
from bulletins.text.sources import resolve
from kit.columns import leaves, text_at
from scoring.figures.facts import AdoptionFact
from scoring.periods.period import Period
from stats.columns import FIGURES
from stats.remarks import summary
from stats.reports import FigureRow
from tests.bulletins.constellations import OFFICE, adopted, composed, filed, inputs, points, unit
from tests.scoring.any_facts import thorough
from tests.stats.world import opened

COUNTS = ("filed", "issued", *LEVEL_ORDER, "adopted", "items_adopted")
SUM = re.compile(r"=SUM\(([A-Z]+)(\d+):[A-Z]+(\d+)\)([+-][\d.]+)?")
RATE = re.compile(r'=IF\(([A-Z]+\d+)=0,"—",([A-Z]+\d+)/([A-Z]+\d+)\)')


def distinct(given: Inputs, period: Period, ids: set[int]) -> dict[str, int]:
    """What these units come to, counted from the facts one by one."""
    theirs = [fact for fact in given.adoptions if fact.parts.keys() & ids]
    levels = Counter(fact.level for fact in theirs if period.contains(fact.date))
    first: dict[int, date] = {}
    for fact in theirs:
        first[fact.item_id] = min(fact.date, first.get(fact.item_id, fact.date))
    return {
        "filed": sum(period.contains(fact.date) and fact.unit_id in ids for fact in given.filings),
        "issued": sum(period.contains(fact.date) and fact.unit_id in ids for fact in given.issues),
        "adopted": levels.total(),
        "items_adopted": sum(map(period.contains, first.values())),
        **{level: levels[level] for level in LEVEL_ORDER},
    }


def told(row: Any) -> dict[str, int]:
    return {name: getattr(row, name) for name in COUNTS}


def recalculated(sheet: Any, cell: Any) -> Decimal | str:
    """What a formula comes to, reckoned from the cells it names."""
    if found := SUM.fullmatch(cell.value):
        letter, first, last, further = found.groups()
        above = (sheet[f"{letter}{row}"].value or 0 for row in range(int(first), int(last) + 1))
        return sum((Decimal(str(value)) for value in above), Decimal(further or 0))
    found = RATE.fullmatch(cell.value)
    assert found, cell.value
    filed_at, adopted_at, again = (recalculated(sheet, sheet[name]) for name in found.groups())
    assert filed_at == again
    return Decimal(adopted_at) / Decimal(filed_at) if filed_at else "—"


def formulas(document: BulletinDocument) -> Iterator[tuple[Decimal | str, Any]]:
    """Every formula of the workbook: recalculated, and as it is stored for previews."""
    content = bulletin_workbook(document)
    stored = opened(content, data_only=True)
    for sheet in opened(content).worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    yield recalculated(sheet, cell), stored[sheet.title][cell.coordinate].value


def said(document: BulletinDocument) -> dict[str, str]:
    """Everything in words: in the text, below the annex, and below the sheets."""
    sheets = opened(bulletin_workbook(document)).worksheets
    return {
        "text": "".join(paragraph.text for paragraph in document.text),
        "annex": "".join(annexes(document)[0].notes),
        "sheets": "".join(str(cell.value) for sheet in sheets for row in sheet.iter_rows() for cell in row),
    }


def agrees(given: Inputs) -> BulletinDocument:
    """The document, of which no number contradicts another one or the facts."""
    document = compose(given)
    everybody = {each.id for each in given.units}
    assert document.whole
    assert told(document.whole.total) == told(document.now) == distinct(given, given.period, everybody)
    assert document.whole.total.points == points(document)
    year = given.period.to_date(1)
    assert document.whole.total.adopted_to_date == distinct(given, year, everybody)["adopted"]
    for row in (row for group in document.groups for row in group.rows):
        assert told(row) == distinct(given, given.period, {row.unit_id or 0})
    for paragraph in document.text:
        for link in paragraph.links:
            assert link.text == resolve(document, link.source)
    in_all = summary(document.groups, document.whole)
    last = annexes(document)[0].tables[0].lines[-1]
    if document.groups:
        assert last.kind == "total"
        assert last.cells[1] == ("总计" if in_all else "合计")
        assert last.cells[leaf_at("rate")] == text_at(FIGURES, document.whole.total, "rate")
    (rates,) = {
        link.text for paragraph in document.text for link in paragraph.links if link.source == "now.rate"
    } or {""}
    assert rates in ("", text_at(FIGURES, document.whole.total, "rate"))
    for group in document.groups:
        assert sum(row.points for row in group.rows) == group.total.points
    for come_to, stored in formulas(document):
        assert come_to == stored or abs(Decimal(come_to) - Decimal(str(stored))) < Decimal("1e-12")
    words = said(document)
    for group in [*document.groups, *([in_all] if in_all else [])]:
        for name, words_of_it in (("items_adopted", "采用件数多"), ("adopted", "采用多")):
            if more := group.excess(name):
                assert f"{words_of_it}{more}" in words["annex"]
                assert f"{words_of_it}{more}" in words["sheets"]
        for row in group.gone:
            assert f"{row.name}（采用{row.adopted_to_date}，得分" in words["annex"]
            assert f"{row.name}（采用{row.adopted_to_date}，得分" in words["sheets"]
            assert f"{row.name}（采用{row.adopted_to_date}条次，" in words["text"]
    for name, words_of_it in (("items_adopted", "采用稿件多{}条"), ("adopted", "采用多{}条次")):
        rows = [getattr(row, name) for group in document.groups for row in group.rows]
        if more := sum(rows) - getattr(document.now, name):
            assert words_of_it.format(more) in words["text"]
    return document


def leaf_at(key: str) -> int:
    return [column.key for column in leaves(FIGURES)].index(key)


def total_of(document: BulletinDocument, kind: str) -> FigureRow:
    return next(group.total for group in document.groups if group.kind == kind)


def test_r89_text_rows_groups_and_all_give_one_rate() -> None:
    """Three counties write everything together, two teams one item with a county: one rate everywhere."""
    adoptions = [
        adopted(1, "2026-01-10", 1, 2, 3),
        adopted(2, "2026-01-20", 1, 2, item=2, level="province"),
        adopted(3, "2026-02-01", 1, 2, item=2),
        adopted(4, "2026-02-10", 3, 4, 5),
        adopted(5, "2026-03-01", 5),
    ]
    filings = filed([1, 1, 2, 3, 4, 5, 5, 5])
    document = agrees(inputs(adoptions, filings))
    county, team = (total_of(document, kind) for kind in ("county", "team"))
    assert [(row.filed, row.items_adopted, row.adopted) for row in (county, team)] == [(4, 3, 4), (4, 2, 2)]
    assert document.whole
    assert (document.whole.total.items_adopted, document.now.items_adopted) == (4, 4)
    assert "采用率50.0%" in said(document)["text"]
    assert "各单位之和比合计采用稿件多5条、采用多6条次" in said(document)["text"]
    assert "旗县市区的合计" in said(document)["sheets"]


def test_the_matrix_counts_an_adoption_of_several_units_once_in_its_totals() -> None:
    document = composed([adopted(1, "2026-01-10", 1, 2, 4), adopted(2, "2026-01-11", 1)], filed([1, 1]))
    (row,) = document.matrix().rows
    assert [row.total([at]) for at in range(5)] == [2, 1, 0, 1, 0]
    assert row.total(range(5)) == 2
    assert row.total([1, 3]) == 1


def test_the_chart_of_months_counts_what_the_whole_office_had() -> None:
    months = tuple(
        MonthRow(number, date(2026, month, 1), 0, 1, Decimal(5)) for month in (1, 2) for number in (1, 2)
    )
    adoptions = [adopted(1, "2026-01-10", 1, 2), adopted(2, "2026-02-10", 1, 2)]
    document = composed(adoptions, months=months)
    assert [(month.month, month.adopted) for month in document.months] == [
        (date(2026, 1, 1), 1),
        (date(2026, 2, 1), 1),
    ]


GONE = [unit(1), unit(2, until="2026-02-28"), unit(3), unit(4), unit(5), unit(OFFICE)]
JOINT = [adopted(number, f"2026-0{number}-10", 1, 2, level="province") for number in (1, 2, 3)]
TWO_GROUPS = [{"name": "甲组", "units": ["甲县", "一组"]}, {"name": "乙组", "units": ["乙县"]}]


def test_r90_a_unit_closed_within_the_year_stays_in_the_totals_to_date() -> None:
    """The example of rule R90: the second county is closed at the end of February."""
    adoptions = [
        adopted(1, "2026-01-05", 1),
        adopted(2, "2026-01-06", 2),
        adopted(3, "2026-02-05", 1),
        *(adopted(number, "2026-02-06", 2) for number in (4, 5, 6)),
        adopted(7, "2026-03-05", 1, level="province"),
    ]
    march = agrees(inputs(adoptions, units=GONE[:2], period="2026-03"))
    (group,) = march.groups
    assert [row.name for row in group.rows] == ["甲县"]
    assert (group.total.points, group.total.points_to_date, group.total.adopted_to_date) == (20, 80, 7)
    assert (
        "旗县市区累计的合计包括本期没有单列的单位（如本期以前撤销的）：乙县（采用4，得分40）"
        in said(march)["annex"]
    )
    assert "累计的合计包括本期没有单列的单位：乙县（采用4条次，40分）。" in said(march)["text"]
    quarter = agrees(inputs(adoptions, units=GONE[:2], period="2026Q1"))
    assert [row.points_to_date for row in quarter.groups[0].rows] == [40, 40]
    assert not quarter.groups[0].gone, "closed within the quarter it has its row"


def test_r90_a_closed_unit_stays_in_the_group_of_its_last_day() -> None:
    """The scheme in force since has dropped it; the group that it was in keeps what it had."""
    old = {"groups": [{"name": "甲组", "units": ["甲县", "乙县"]}]}
    new = {"groups": [{"name": "甲组", "units": ["甲县"]}]}
    given = inputs(
        JOINT, filed([1, 2]), units=GONE, period="2026-03", schemes={"2020-01-01": old, "2026-03-01": new}
    )
    document = agrees(given)
    assert (total_of(document, "甲组").adopted_to_date, total_of(document, "county").adopted_to_date) == (
        3,
        0,
    )


def test_r90_a_group_of_which_nothing_is_left_is_in_what_all_come_to() -> None:
    document = agrees(inputs([adopted(1, "2026-01-10", 2)], units=[GONE[1], unit(4)], period="2026-03"))
    assert [group.kind for group in document.groups] == ["team"]
    assert document.whole
    assert (total_of(document, "team").adopted_to_date, document.whole.total.adopted_to_date) == (0, 1)
    assert "全部单位的累计包括本期各表都没有列出的：乙县（采用1，得分10）" in said(document)["annex"]


def test_points_to_date_of_a_closed_unit_are_in_the_formula_of_the_sheet() -> None:
    document = composed([adopted(1, "2026-01-10", 2, level="province")], units=GONE, period="2026-03")
    sheet = opened(bulletin_workbook(document))["旗县市区"]
    written = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert any(formula.endswith(")+20") for formula in written), written


CONSTELLATIONS: Mapping[str, Inputs] = {
    "all items are everybody's": inputs(
        [adopted(number, f"2026-03-{number:02}", 1, 2, 3, 4, 5) for number in range(1, 6)], filed([1] * 5)
    ),
    "three units of two groups": inputs([adopted(1, "2026-02-10", 1, 4, 2)], filed([4])),
    "a unit that no group of the scheme lists": inputs(
        [adopted(1, "2026-02-10", 1, 2, 3)], filed([3]), schemes={"2020-01-01": {"groups": TWO_GROUPS}}
    ),
    "a unit that changes its group in the middle of the year": inputs(
        [adopted(1, "2026-01-10", 1, 4), adopted(2, "2026-05-10", 1, 4), adopted(3, "2026-05-11", 2, 4)],
        filed([1, 4]),
        period="2026Q2",
        schemes={
            "2020-01-01": {"groups": TWO_GROUPS},
            "2026-04-01": {
                "groups": [{"name": "甲组", "units": ["甲县"]}, {"name": "乙组", "units": ["一组"]}]
            },
        },
    ),
    "a unit that changes its group within the period": inputs(
        JOINT,
        filed([1, 2]),
        schemes={"2020-01-01": {}, "2026-02-15": {"groups": [{"name": "甲组", "units": ["乙县"]}]}},
    ),
    "nothing in the period": inputs([adopted(1, "2025-10-10", 1, 2)], filed([1], day="2025-10-01")),
    "no units": inputs(units=[unit(OFFICE)]),
    "a correction": inputs(
        JOINT, filed([1, 2]), corrects=Corrected(2026, 1, date(2026, 4, 10), "漏了联合稿件")
    ),
    "closed before the year": inputs(
        [adopted(1, "2025-12-10", 2, item=1), adopted(2, "2026-02-10", 1, item=1)],
        units=[unit(1), unit(2, until="2025-12-31"), unit(4)],
    ),
    "closed, with a late adoption": inputs(JOINT, filed([1, 2]), units=GONE, period="2026-03"),
    "opened within the period": inputs(
        JOINT, filed([1, 2]), units=[unit(1), unit(2, since="2026-03-01"), unit(4)]
    ),
    "closed, with a late adoption, of a group that is no more": inputs(
        JOINT,
        filed([1, 2]),
        units=GONE,
        period="2026-03",
        schemes={"2020-01-01": {"groups": TWO_GROUPS}, "2026-03-01": {}},
    ),
    "the office writes with a county": inputs(
        [adopted(1, "2026-01-10", OFFICE, 1), adopted(2, "2026-03-10", 2, OFFICE)], filed([OFFICE, 1])
    ),
    "the office had something before the period": inputs(
        [adopted(1, "2026-01-10", OFFICE, 1)], filed([1]), period="2026-03"
    ),
    "days that are no months": inputs(
        [*JOINT, adopted(4, "2026-02-20", 3, 1, item=1)], filed([1]), period="2026-02-05..2026-03-09"
    ),
    "an item taken over by another group a month later": inputs(
        [adopted(1, "2026-02-10", 1, item=1), adopted(2, "2026-03-10", 4, item=1)],
        filed([1]),
        period="2026-03",
    ),
}


@pytest.mark.parametrize("name", CONSTELLATIONS)
def test_r89_odd_constellations_agree(name: str) -> None:
    agrees(CONSTELLATIONS[name])


@st.composite
def offices(draw: st.DrawFn) -> Inputs:
    """Units that open and close, groups that change, items of several in several outlets."""
    ends = st.sampled_from([None, "2025-12-31", "2026-01-31", "2026-02-28", "2026-03-15"])
    begins = st.sampled_from(["2020-01-01", "2026-02-01", "2026-03-01"])
    units: list[Any] = []
    for number in (1, 2, 3, 4, 5, OFFICE):
        until = draw(ends) if number in (2, 4) else None
        units.append(unit(number, since="2020-01-01" if until else draw(begins), until=until))
    days = st.sampled_from(
        ["2025-02-03", "2025-12-20", "2026-01-10", "2026-02-10", "2026-03-10", "2026-03-31"]
    )
    writers = st.lists(st.sampled_from((1, 2, 3, 4, 5, OFFICE)), min_size=1, max_size=4, unique=True)
    levels = st.sampled_from(["province", "city"])
    found = draw(st.lists(st.tuples(days, writers, st.integers(1, 6), levels), max_size=10))
    adoptions: Sequence[AdoptionFact] = [
        adopted(number, day, *of, item=item, level=level)
        for number, (day, of, item, level) in enumerate(found, start=1)
    ]
    listed = st.lists(st.sampled_from(["甲县", "乙县", "丙县", "一组"]), max_size=3, unique=True)
    groups = [
        {"groups": [{"name": "甲组", "units": names}] if (names := draw(listed)) else []} for _at in "12"
    ]
    return inputs(
        adoptions,
        filed(draw(writers), day=draw(days)),
        units=units,
        period=draw(st.sampled_from(["2026-03", "2026Q1", "2026-02-05..2026-03-09"])),
        schemes=dict(zip(("2020-01-01", "2026-02-15"), groups, strict=True)),
    )


@thorough
@given(given=offices())
def test_r89_no_document_contradicts_itself_or_the_facts(given: Inputs) -> None:
    agrees(given)
