"""Faults that were found in comparable systems, each proven absent here."""

from __future__ import annotations

from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from openpyxl import Workbook

from adoptions.models import Adoption
from adoptions.services import revoke_adoption
from reviews.enums import Action
from stats import tallies
from stats.columns import ADOPTIONS, FIGURES, leaves
from stats.exports import bulletin_workbook
from stats.periods import Month, Period
from stats.services import close_month, count_month, create_default_scheme
from stats.tables import adoption_table, figure_table
from submissions.models import Item
from tests.conftest import LONG_AGO, draft, filed, issued, shanghai, step
from tests.stats.world import AFTER, adopted, counted, drafted, opened


@pytest.fixture(autouse=True)
def _scheme(city) -> None:
    create_default_scheme(office=city.office, effective_from=LONG_AGO, now=AFTER)


def test_the_last_evening_of_the_year_is_counted_in_december_and_in_the_year(cast, city) -> None:
    filed(cast.author, shanghai("2025-12-31", "23:59"))
    filed(cast.author, shanghai("2026-01-01", "00:00"), title="新年第一件")
    assert counted(city.office, "2025-12")["青山县"].filed == 1
    assert counted(city.office, "2026-01")["青山县"].filed == 1


def test_an_adoption_of_31_december_is_of_that_year(cast, city, outlets) -> None:
    adopted(cast, outlets["city"], "2025-12-31")
    assert counted(city.office, "2025-12")["青山县"].city == 1
    assert counted(city.office, "2026-01")["青山县"].city == 0


def test_twelve_months_add_up_to_the_year(cast, city, outlets) -> None:
    """The same item in a better paper each quarter, so that deductions cross the months."""
    first = adopted(cast, outlets["county"], "2025-01-15")
    for outlet, day in [("city", "2025-04-15"), ("province", "2025-08-15"), ("central", "2025-12-31")]:
        adopted(cast, outlets[outlet], day, item=first.item)
    year = Period.parse("2025")
    for month in year.months:
        count_month(office=city.office, month=month, now=AFTER)
    stored = {row.unit.name: row for row in tallies.load(city.office, year).counts(year)}
    document = drafted(city.office, year).content
    printed = {row.name: row for group in document.groups for row in group.rows}
    assert stored["青山县"].points == printed["青山县"].points == 50
    assert stored["青山县"].adopted_total == printed["青山县"].adopted == 4
    assert stored["青山县"].items_adopted == printed["青山县"].items_adopted == 1


def test_the_total_and_the_running_total_are_two_numbers(cast, city, outlets) -> None:
    adopted(cast, outlets["city"], "2025-12-10", title="去年十二月的稿件")
    adopted(cast, outlets["city"], "2026-02-10", title="二月的稿件")
    (counties,) = [group for group in drafted(city.office).content.groups if group.kind == "county"]
    assert (counties.total.points, counties.total.points_to_date) == (10, 20)
    sheet = opened(bulletin_workbook(drafted(city.office).content)).worksheets[0]
    formulas = [
        cell.value for row in sheet.iter_rows() for cell in row if str(cell.value).startswith("=SUM(")
    ]
    assert len(formulas) == len(set(formulas)) > 8


def test_head_rows_and_totals_are_read_off_one_tree(cast, city, outlets) -> None:
    adopted(cast, outlets["city"], "2026-02-10")
    document = drafted(city.office).content
    for group in document.groups:
        table = figure_table(group, lambda row, key: "")
        width = sum(head.colspan for head in table.head[0])
        assert {len(row) for row in table.body} == {len(table.foot)} == {width} == {len(leaves(FIGURES))}
    listed = adoption_table(document.adoptions, {})
    assert {len(row) for row in listed.body} == {sum(head.colspan for head in listed.head[0])}
    assert len(leaves(ADOPTIONS)) == len(listed.body[0])


def test_a_unit_that_filed_nothing_has_its_row_of_zeros(cast, city, outlets) -> None:
    adopted(cast, outlets["city"], "2026-02-10")
    empty = counted(city.office, "2026-02")["白水县"]
    assert (empty.filed, empty.issued, empty.city, empty.points, empty.rank) == (0, 0, 0, 0, 2)
    sheet = opened(bulletin_workbook(drafted(city.office).content)).worksheets[0]
    assert "白水县" in [cell.value for cell in sheet["B"]]


def test_drafts_and_withdrawn_items_are_not_filed(cast, city) -> None:
    draft(cast.author, shanghai("2026-02-10"))
    item = filed(cast.author, shanghai("2026-02-11"), title="撤回的稿件")
    assert counted(city.office, "2026-02")["青山县"].filed == 1
    step(item, Action.WITHDRAW, cast.author, shanghai("2026-02-12"))
    assert counted(city.office, "2026-02")["青山县"].filed == 0


def test_a_failed_import_says_so_and_changes_nothing(cast, city, tmp_path: Path) -> None:
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


def test_unproven_and_revoked_adoptions_do_not_count(cast, city, outlets) -> None:
    adopted(cast, outlets["city"], "2026-02-10", link="", title="没有佐证")
    proven = adopted(cast, outlets["city"], "2026-02-11", title="有链接")
    assert counted(city.office, "2026-02")["青山县"].city == 1
    revoke_adoption(
        adoption=Adoption.objects.get(pk=proven.pk),
        reason="登记错误",
        revision=proven.revision,
        by=cast.admin,
        now=AFTER,
    )
    assert counted(city.office, "2026-02")["青山县"].city == 0


def test_an_item_filed_in_one_month_and_issued_in_the_next_is_counted_in_each(cast, city) -> None:
    item = filed(cast.author, shanghai("2026-01-31", "23:30"))
    step(item, Action.PASS, cast.section_head, shanghai("2026-02-01"))
    step(item, Action.PASS, cast.supervising_leader, shanghai("2026-02-01"))
    step(item, Action.ISSUE, cast.principal_leader, shanghai("2026-02-01"))
    january, february = counted(city.office, "2026-01"), counted(city.office, "2026-02")
    assert (january["青山县"].filed, january["青山县"].issued) == (1, 0)
    assert (february["青山县"].filed, february["青山县"].issued) == (0, 1)


def test_a_month_that_runs_cannot_be_closed(city) -> None:
    with pytest.raises(ValueError, match="not ended"):
        close_month(office=city.office, month=Month.parse("2026-04"), now=AFTER)


def test_an_item_is_issued_once(cast, city) -> None:
    issued(cast.author, cast, shanghai("2026-02-10"))
    assert counted(city.office, "2026-02")["青山县"].issued == 1
