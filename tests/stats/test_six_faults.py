"""Six faults that were found in comparable systems, each proven absent here, on the way people use it."""

from __future__ import annotations

from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command
from openpyxl import Workbook

from adoptions.models import Adoption, LedgerImport
from bulletins.columns import ADOPTIONS
from bulletins.files.xlsx import bulletin_workbook
from bulletins.tables import adoption_table
from kit.columns import leaves
from reviews.enums import Action
from scoring.periods.period import Period
from scoring.services.versions import create_default_scheme
from stats import tallies
from stats.columns import FIGURES
from stats.facts.loading import Facts, load_facts
from stats.models import Tally
from stats.services.months import count_month
from stats.tables import figure_table
from submissions.models import Item
from tests.conftest import LONG_AGO, draft, filed, shanghai, step
from tests.stats.world import AFTER, adopted, counted, drafted, opened


@pytest.fixture(autouse=True)
def _scheme(city) -> None:
    create_default_scheme(office=city.office, effective_from=LONG_AGO, now=AFTER)


def counted_months(office: Any, year: Period) -> None:
    for month in year.months:
        count_month(office=office, month=month, now=AFTER)


def of_the_year(source: Any, year: Period, name: str) -> tuple[int, int, int, object]:
    """Filed, adopted, items adopted and points of a unit in the year."""
    (row,) = [row for row in source.counts(year) if row.unit.name == name]
    return row.filed, row.adopted_total, row.items_adopted, row.points


def loaded(office: Any, year: Period) -> Facts:
    return load_facts(office, year, as_of=AFTER.date())


def test_fault_1_31_december_is_not_lost_and_twelve_months_add_up_to_the_year(cast, city, outlets) -> None:
    """The same item in a better paper each quarter, so that deductions cross the months as well."""
    filed(cast.author, shanghai("2024-12-31", "23:59"), title="上年最后一分钟")
    filed(cast.author, shanghai("2025-12-31", "23:59"), title="本年最后一分钟")
    filed(cast.author, shanghai("2026-01-01", "00:00"), title="次年第一分钟")
    first = adopted(cast, outlets["county"], "2025-01-01")
    for outlet, day in [("city", "2025-04-15"), ("province", "2025-08-15"), ("central", "2025-12-31")]:
        adopted(cast, outlets[outlet], day, item=first.item)
    year = Period.parse("2025")
    counted_months(city.office, year)
    by_months = of_the_year(tallies.load(city.office, year), year, "青山县")
    at_once = of_the_year(loaded(city.office, year), year, "青山县")
    assert by_months == at_once == (2, 4, 1, 50)
    december = counted(city.office, "2025-12")["青山县"]
    assert (december.filed, december.central, december.points) == (1, 1, 30)
    assert counted(city.office, "2026-01")["青山县"].filed == 1
    rows = [row for group in drafted(city.office, year).content.groups for row in group.rows]
    (printed,) = [row for row in rows if row.name == "青山县"]
    assert (printed.filed, printed.adopted, printed.points) == (2, 4, 50)


def test_fault_1_holds_for_an_assessment_year_that_begins_in_december(cast, city, outlets) -> None:
    adopted(cast, outlets["city"], "2025-11-30", title="上一考核年度最后一天")
    adopted(cast, outlets["city"], "2025-12-01", title="本考核年度第一天")
    adopted(cast, outlets["city"], "2025-12-31", title="公历年最后一天")
    year = Period.parse("2026", 12)
    counted_months(city.office, year)
    assert of_the_year(tallies.load(city.office, year), year, "青山县")[1] == 2
    assert of_the_year(loaded(city.office, year), year, "青山县")[1] == 2


def test_fault_2_total_and_running_total_are_two_numbers(cast, city, outlets) -> None:
    adopted(cast, outlets["city"], "2025-12-10", title="去年十二月的稿件")
    adopted(cast, outlets["city"], "2026-02-10", title="二月的稿件")
    (counties,) = [group for group in drafted(city.office).content.groups if group.kind == "county"]
    assert (counties.total.points, counties.total.points_to_date) == (10, 20)
    assert (counties.total.adopted, counties.total.adopted_to_date) == (1, 2)
    sheet = opened(bulletin_workbook(drafted(city.office).content)).worksheets[0]
    formulas = [
        cell.value for row in sheet.iter_rows() for cell in row if str(cell.value).startswith("=SUM(")
    ]
    assert len(formulas) == len(set(formulas)) > 8


def test_fault_3_head_rows_and_totals_are_read_off_one_tree(cast, city, outlets) -> None:
    adopted(cast, outlets["city"], "2026-02-10")
    document = drafted(city.office).content
    for group in document.groups:
        table = figure_table(group, lambda row, key: "")
        width = sum(head.colspan for head in table.head[0])
        assert {len(row) for row in table.body} == {len(table.foot)} == {width} == {len(leaves(FIGURES))}
    listed = adoption_table(document.adoptions, {})
    assert {len(row) for row in listed.body} == {sum(head.colspan for head in listed.head[0])}
    assert len(leaves(ADOPTIONS)) == len(listed.body[0])


def test_fault_3_every_total_of_the_workbook_adds_up_its_own_column(cast, city, outlets) -> None:
    """Each formula stands below the head it belongs to and sums the cells above it in its own column."""
    adopted(cast, outlets["city"], "2026-02-10")
    sheet = opened(bulletin_workbook(drafted(city.office).content)).worksheets[0]
    cells = [cell for row in sheet.iter_rows() for cell in row]
    sums = {cell.coordinate: str(cell.value) for cell in cells if str(cell.value).startswith("=SUM(")}
    assert sums
    for place, formula in sums.items():
        first, last = formula.removeprefix("=SUM(").removesuffix(")").split(":")
        assert len({cell.rstrip("0123456789") for cell in (place, first, last)}) == 1


def test_fault_4_a_unit_that_filed_nothing_has_its_row_of_zeros_everywhere(
    cast, city, outlets, as_user
) -> None:
    adopted(cast, outlets["city"], "2026-02-10")
    empty = counted(city.office, "2026-02")["白水县"]
    assert (empty.filed, empty.issued, empty.city, empty.points, empty.rank) == (0, 0, 0, 0, 2)
    sheet = opened(bulletin_workbook(drafted(city.office).content)).worksheets[0]
    assert "白水县" in [cell.value for cell in sheet["B"]]
    with time_machine.travel(AFTER, tick=False):
        client = as_user(cast.admin)
        for address in ("month/2026-02/", "period/2026Q1/", "period/2026-02-05..2026-02-20/"):
            assert "白水县" in client.get(f"/stats/{address}").content.decode()


def test_fault_5_drafts_and_withdrawn_items_are_not_filed(cast, city) -> None:
    draft(cast.author, shanghai("2026-02-10"))
    item = filed(cast.author, shanghai("2026-02-11"), title="撤回的稿件")
    assert counted(city.office, "2026-02")["青山县"].filed == 1
    step(item, Action.WITHDRAW, cast.author, shanghai("2026-02-12"))
    assert counted(city.office, "2026-02")["青山县"].filed == 0
    again = Period.parse("2026-02")
    assert of_the_year(loaded(city.office, again), again, "青山县")[0] == 0


def test_fault_6_a_failed_import_says_so_and_changes_nothing(cast, city, tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["标题", "报送单位", "报送时间", "采用媒体", "采用时间"])
    sheet.append(["好的一行", "青山县", date(2026, 2, 1), None, None])
    sheet.append(["不认识的单位", "没有这个县", date(2026, 2, 1), None, None])
    book.save(tmp_path / "台账.xlsx")
    said = StringIO()
    with pytest.raises(CommandError) as failure:
        call_command("import_ledger", str(tmp_path / "台账.xlsx"), "--office", city.office.code, stdout=said)
    assert failure.value.returncode == 1
    assert not Item.objects.exists()
    assert not Adoption.objects.exists()
    assert not LedgerImport.objects.filter(confirmed_at__isnull=False).exists()
    assert not Tally.objects.filter(filed__gt=0).exists()
