"""The workbook of a bulletin: sheets, heads, totals, print set-up, and what can never become a formula."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest

from accounts.enums import UnitKind
from accounts.services import create_unit
from stats.bulletins import BulletinDocument, digest
from stats.exports import bulletin_workbook
from stats.services import create_default_scheme
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


def test_the_three_sheets_are_counties_other_groups_and_adoptions(book, city) -> None:
    counties, others, adoptions = book.worksheets
    assert {city.county.name, city.other_county.name} <= {cell.value for cell in counties["B"]}
    assert city.team.name not in {cell.value for cell in counties["B"]}
    assert {city.team.name, city.section.name} <= {cell.value for cell in others["B"]}
    assert EVIL in {cell.value for cell in adoptions["C"]}


def test_every_sheet_names_title_office_period_and_cutoff(book, document) -> None:
    for sheet in book.worksheets:
        said = " ".join(str(cell.value) for row in sheet.iter_rows(max_row=3) for cell in row if cell.value)
        assert document.title in said
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
        assert sheet.page_setup.orientation == "landscape"
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
                    added = sum((Decimal(str(one.value)) for (one,) in above), start=Decimal(0))
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
    dangerous = {EVIL: 2, "+1-800": 2, "@丙县": 0}
    for text, number in dangerous.items():
        cells = [cell for row in book.worksheets[number].iter_rows() for cell in row if cell.value == text]
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
    assert "2026年第1期" in str([cell.value for cell in after.worksheets[0][2]])
    assert "2026年第1期" not in str([cell.value for cell in before.worksheets[0][2]])


def test_a_bulletin_of_nothing_is_a_workbook_all_the_same(city) -> None:
    book = opened(bulletin_workbook(drafted(city.office, QUARTER).content))
    assert [cell.value for cell in book.worksheets[0]["B"]].count(city.county.name) == 1
