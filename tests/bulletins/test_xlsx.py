"""The workbook of a bulletin: sheets, heads, totals, print set-up, and what can never become a formula."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.urls import reverse

from accounts.enums import UnitKind
from accounts.services.units import create_unit
from bulletins.document.codec import digest
from bulletins.document.document import BulletinDocument
from bulletins.files.xlsx import bulletin_workbook
from scoring.services.versions import create_default_scheme
from tests.bulletins.sample import sample_document
from tests.conftest import LONG_AGO, filed, shanghai
from tests.stats.world import AFTER, QUARTER, adopted, drafted, opened, put_out

EVIL = '=HYPERLINK("http://evil.example","点我")'


@pytest.fixture
def document(cast, city, outlets) -> BulletinDocument:
    create_default_scheme(office=city.office, effective_from=LONG_AGO, now=AFTER)
    adopted(cast, outlets["city"], "2026-02-11", title=EVIL)
    adopted(cast, outlets["central"], "2026-03-11", title="+1-800", mode="merged")
    adopted(
        cast, outlets["province"], "2026-03-12", city.county, city.other_county, city.team, title="三家合写"
    )
    filed(cast.other_author, shanghai("2026-03-12"), title="只报送")
    create_unit(
        parent=city.office, kind=UnitKind.COUNTY, code="evil", name="@丙县", position=9, active_from=LONG_AGO
    )
    return drafted(city.office).content


@pytest.fixture
def book(document):
    return opened(bulletin_workbook(document))


def head_row(sheet) -> int:
    return title_rows(sheet)[0]


def title_rows(sheet) -> tuple[int, int]:
    """The first and the last row that every printed page repeats."""
    found = re.fullmatch(r"\$(\d+):\$(\d+)", sheet.print_title_rows)
    assert found
    return int(found[1]), int(found[2])


def test_every_group_has_its_own_sheet_before_matrix_adoptions_and_lines(book, city) -> None:
    names = ["旗县市区", "巡察组", "科室", "媒体采用情况", "采用明细", "得分明细"]
    assert [sheet.title for sheet in book.worksheets] == names
    counties, teams, sections, *_others = book.worksheets
    assert {city.county.name, city.other_county.name} <= {cell.value for cell in counties["B"]}
    assert city.team.name not in {cell.value for cell in counties["B"]}
    assert city.team.name in {cell.value for cell in teams["B"]}
    assert city.section.name in {cell.value for cell in sections["B"]}
    assert EVIL in {cell.value for cell in book["采用明细"]["C"]}
    assert EVIL in {cell.value for cell in book["得分明细"]["D"]}


def test_every_sheet_names_title_office_period_and_cutoff(book, document) -> None:
    for sheet in book.worksheets:
        said = " ".join(str(cell.value) for row in sheet.iter_rows(max_row=4) for cell in row if cell.value)
        assert document.title in said
        assert sheet.title in said
        assert document.office in said
        assert "2026年1月1日" in said
        assert "2026年3月31日" in said
        assert "2026年4月2日 10:00" in said


def test_the_head_has_two_merged_rows_with_the_levels_under_adoptions(book) -> None:
    sheet = book.worksheets[0]
    top = head_row(sheet)
    merged = {str(cells) for cells in sheet.merged_cells.ranges}
    assert {f"A{top}:A{top + 1}", f"E{top}:I{top}", f"N{top}:O{top}"} <= merged
    assert all(sheet.cell(top + 1, column).value for column in range(5, 10))


def test_the_head_is_frozen_and_repeated_on_a4_landscape(book) -> None:
    for sheet in book.worksheets:
        assert sheet.freeze_panes == f"C{title_rows(sheet)[1] + 1}"
        assert sheet.page_setup.orientation == ("portrait" if sheet.title == "媒体采用情况" else "landscape")
        assert sheet.page_setup.paperSize == 9
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)


def test_totals_are_formulas_that_come_to_the_stored_numbers(document) -> None:
    content = bulletin_workbook(document)
    formulas = opened(content)
    stored = opened(content, data_only=True)
    sums = 0
    for sheet in formulas.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                found = re.fullmatch(r"=SUM\((.+)\)", str(cell.value))
                if found and cell.data_type == "f":
                    above: Any = sheet[found[1]]
                    added = sum((Decimal(str(one.value or 0)) for (one,) in above), start=Decimal(0))
                    assert added == Decimal(str(stored[sheet.title][cell.coordinate].value))
                    sums += 1
    assert sums > 25
    by_kind = {group.kind: group.total for group in document.groups}
    assert by_kind["county"].points + by_kind["team"].points == document.adoption_points == Decimal("55")


def test_text_never_becomes_a_formula(book, cast) -> None:
    formulas = [
        cell.value for sheet in book.worksheets for row in sheet.iter_rows() for cell in row
        if cell.data_type == "f"
    ]  # fmt: skip
    assert formulas
    assert all(re.match(r"=(SUM|IF)\(", formula) for formula in formulas)
    dangerous = [(EVIL, "采用明细"), ("+1-800", "得分明细"), ("@丙县", "旗县市区"), ("@丙县", "媒体采用情况")]
    for text, name in dangerous:
        cells = [cell for row in book[name].iter_rows() for cell in row if cell.value == text]
        assert cells
        assert all(cell.data_type == "s" and cell.quotePrefix for cell in cells)


def test_the_bytes_depend_on_the_document_alone(document) -> None:
    again = BulletinDocument.from_json(document.to_json())
    assert again == document
    assert bulletin_workbook(again) == bulletin_workbook(document)


def test_an_issued_bulletin_bears_its_number_and_hash(cast, city, outlets) -> None:
    create_default_scheme(office=city.office, effective_from=LONG_AGO, now=AFTER)
    adopted(cast, outlets["city"], "2026-02-11")
    before = opened(bulletin_workbook(drafted(city.office).content))
    bulletin = put_out(cast)
    assert bulletin.sha256 == digest(bulletin.document)
    after = opened(bulletin_workbook(bulletin.content))
    assert "2026年第1期" in str([cell.value for cell in after.worksheets[0][3]])
    assert "2026年第1期" not in str([cell.value for cell in before.worksheets[0][3]])


def test_a_bulletin_of_nothing_is_a_workbook_all_the_same(city) -> None:
    book = opened(bulletin_workbook(drafted(city.office, QUARTER).content))
    assert [cell.value for cell in book.worksheets[0]["B"]].count(city.county.name) == 1


# The shapes a bulletin may take --------------------------------------------------------------------------


def values(sheet) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def row_of(sheet, name: str, column: int = 2) -> list[Any]:
    (found,) = (row for row in values(sheet) if row[column - 1] == name)
    return found


def test_notes_stand_on_the_first_sheet_only() -> None:
    book = opened(bulletin_workbook(sample_document()))
    told = [
        any("计分依据" in str(value) for row in values(sheet) for value in row if value)
        for sheet in book.worksheets
    ]
    assert told == [True, *[False] * (len(told) - 1)]


def test_counts_stand_with_their_points_when_asked_for() -> None:
    document = sample_document()
    plain = opened(bulletin_workbook(document))
    paired = opened(bulletin_workbook(document, with_points=True))
    first = document.groups[0].rows[0]
    own = [line for line in document.adoptions if line.unit_id == first.unit_id]
    central = [line.points for line in own if line.level == "central"]
    assert row_of(plain["旗县市区"], first.name)[4] == len(central)
    assert row_of(paired["旗县市区"], first.name)[4] == f"{len(central)}/{sum(central):f}"
    assert row_of(paired["旗县市区"], first.name)[8] == f"{len(own)}/{first.points:f}"
    total = document.groups[0].total
    assert row_of(paired["旗县市区"], "合计")[8] == f"{total.adopted}/{total.points:f}"
    assert row_of(paired["旗县市区"], "合计")[2] == "=SUM(C7:C14)"
    assert row_of(paired["旗县市区"], first.name)[11] == first.points


def test_the_share_of_pairs_adds_up_to_the_points_of_adoptions() -> None:
    document = sample_document(rows=100)
    book = opened(bulletin_workbook(document, with_points=True))
    earned = Decimal(0)
    for group, sheet in zip(document.groups, book.worksheets, strict=False):
        for row in group.rows:
            cell = str(row_of(sheet, row.name)[8])
            earned += Decimal(cell.partition("/")[2] or 0)
    assert earned == document.adoption_points


def test_the_matrix_has_units_across_outlets_down_and_keeps_blank_outlets() -> None:
    document = sample_document()
    sheet = opened(bulletin_workbook(document))["媒体采用情况"]
    top = head_row(sheet)
    across = [cell.value for cell in sheet[top + 1]][3:-1]
    assert across == [row.name for group in document.groups for row in group.rows]
    blank = row_of(sheet, "通辽市广播电视台")
    assert blank[3:] == [None] * (len(across) + 1)
    for outlet in {line.outlet for line in document.adoptions}:
        expected = [
            sum(line.outlet == outlet and line.unit == unit for line in document.adoptions) or None
            for unit in across
        ]
        assert row_of(sheet, outlet)[3:-1] == expected


def test_the_last_row_of_the_matrix_holds_the_points_of_adoptions() -> None:
    document = sample_document()
    *_rows, last = values(opened(bulletin_workbook(document))["媒体采用情况"])
    assert last[1] == "采用得分"
    assert last[-1] == float(document.adoption_points)


def test_a_hundred_units_are_cut_into_sheets_that_can_be_read() -> None:
    document = sample_document()
    (group, *_others) = document.groups
    many = tuple(
        replace(group.rows[0], unit_id=1000 + at, name=f"第{at}县", central=0, province=0, city=0, county=0)
        for at in range(100)
    )
    wide = replace(document, groups=(replace(group, rows=many),), lines=())
    book = opened(bulletin_workbook(wide))
    parts = [sheet for sheet in book.worksheets if sheet.title.startswith("媒体采用情况")]
    assert len(parts) == 5
    seen = [cell.value for sheet in parts for cell in sheet[head_row(sheet) + 1] if cell.value]
    assert [name for name in seen if str(name).startswith("第")] == [row.name for row in many]


def test_late_entries_name_the_issue_to_which_they_belong() -> None:
    sheet = opened(bulletin_workbook(sample_document()))["补登"]
    (late,) = sample_document().late
    row = row_of(sheet, late.line.unit)
    assert row[2:4] == ["补登", "2025年第四季度（2026年第1期）"]
    without = replace(sample_document(), late=())
    assert "补登" not in opened(bulletin_workbook(without)).sheetnames


def test_every_line_of_points_is_listed_and_adds_up() -> None:
    document = sample_document()
    sheet = opened(bulletin_workbook(document), data_only=True)["得分明细"]
    listed = [row for row in values(sheet) if isinstance(row[0], int)]
    assert len(listed) == len(document.lines)
    assert values(sheet)[-1][8] == float(sum(line.points for line in document.lines))


def test_two_groups_of_one_name_get_sheets_of_their_own() -> None:
    document = sample_document()
    groups = (document.groups[0], *document.groups)
    names = opened(bulletin_workbook(replace(document, groups=groups))).sheetnames
    assert names[:2] == ["旗县市区", "旗县市区 2"]


def test_the_page_and_the_command_give_the_same_file_with_points_beside_counts(
    cast, city, outlets, as_user, tmp_path
) -> None:
    create_default_scheme(office=city.office, effective_from=LONG_AGO, now=AFTER)
    adopted(cast, outlets["city"], "2026-02-11")
    bulletin = drafted(city.office)
    address = reverse("bulletins:bulletin-export", args=[bulletin.pk])
    plain, paired = (as_user(cast.admin).get(address, asked).content for asked in ({}, {"cells": "pair"}))
    file = tmp_path / "通报.xlsx"
    asked = ["bulletin", "2026Q1", "--office", city.office.code, "--output", str(file)]
    call_command(*asked, stdout=StringIO())
    assert file.read_bytes() == plain
    call_command(*asked, "--with-points", stdout=StringIO())
    assert file.read_bytes() == paired
    assert row_of(opened(paired)["旗县市区"], city.county.name)[8] == "1/10"
    assert row_of(opened(plain)["旗县市区"], city.county.name)[8] == 1


def test_an_outlet_of_the_office_without_adoption_has_its_blank_row(cast, city, outlets) -> None:
    create_default_scheme(office=city.office, effective_from=LONG_AGO, now=AFTER)
    adopted(cast, outlets["city"], "2026-02-11")
    sheet = opened(bulletin_workbook(drafted(city.office).content))["媒体采用情况"]
    assert not any(row_of(sheet, outlets["county"].name)[3:])
    assert any(row_of(sheet, outlets["city"].name)[3:])


def test_an_outlet_that_was_closed_before_the_period_has_no_row(cast, city, outlets) -> None:
    outlets["county"].active_to = QUARTER.start - timedelta(days=1)
    outlets["county"].save()
    sheet = opened(bulletin_workbook(drafted(city.office).content))["媒体采用情况"]
    assert outlets["county"].name not in {cell.value for cell in sheet["B"]}
