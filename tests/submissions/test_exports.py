"""The workbook of the list: the same rows in the same order, printable, and nothing that calculates."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from submissions.models import Round
from submissions.services.drafts import Author
from tests.conftest import Cast, City, filed, issued, shanghai

EXPORT = "/items/export/"
HEADER = [
    *("序号", "标题", "编号", "报送单位", "作者", "报送人", "单位审核人"),
    *("体裁", "阶段", "轮次", "类别", "重要程度", "状态", "报送时间", "签发时间"),
]


def sheet_of(client: Any, **query: str) -> Any:
    answer = client.get(EXPORT, {"c": "all"} | query)
    assert answer.status_code == 200
    return load_workbook(BytesIO(b"".join(answer.streaming_content))).active


def test_each_item_is_a_row_of_plain_values(cast: Cast, city: City, as_user):
    round_ = Round.objects.create(office=city.office, name="第一轮", starts="2026-03-01", ends="2026-05-31")
    authors = [Author("甲作者", 2, cast.author), Author("李记者", 1)]
    item = issued(cast.author, cast, shanghai("2026-04-10", "09:30"), authors=authors, round=round_)
    sheet = sheet_of(as_user(cast.admin))
    assert [cell.value for cell in sheet[2]] == HEADER
    row = dict(zip(HEADER, (cell.value for cell in sheet[3]), strict=True))
    assert row["序号"] == 1
    assert (row["编号"], row["标题"], row["报送单位"]) == (item.number, item.title, "青山县")
    assert (row["作者"], row["报送人"], row["单位审核人"]) == ("甲作者、李记者", "甲作者", "单位审核人")
    assert (row["体裁"], row["阶段"], row["轮次"]) == ("消息", "巡中", "第一轮")
    assert (row["类别"], row["重要程度"], row["状态"]) == ("重点", "一般稿件", "已签发")
    assert [cell.value.isoformat() for cell in sheet[3][13:]] == ["2026-04-10T09:30:00"] * 2


def test_it_is_made_for_paper(cast: Cast, as_user):
    filed(cast.author, shanghai("2026-04-10"))
    sheet = sheet_of(as_user(cast.admin))
    assert sheet.freeze_panes == "A3"
    assert sheet.print_title_rows == "$1:$2"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert [str(merged) for merged in sheet.merged_cells.ranges] == ["A1:O1"]
    assert "共 1 条" in sheet["A1"].value


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0", "𬱖", "ᠮᠣᠩᠭᠣᠯ"])
def test_text_is_text_whatever_it_begins_with(cast: Cast, as_user, text: str):
    filed(cast.author, shanghai("2026-04-10"), title=text, checker=text, authors=[Author(text + "x", 1)])
    row = sheet_of(as_user(cast.admin))[3]
    assert [(row[n].value, row[n].data_type) for n in (1, 4, 6)] == [
        (text, "s"),
        (text + "x", "s"),
        (text, "s"),
    ]


def test_it_holds_all_pages_of_what_is_on_screen_in_its_order(cast: Cast, as_user):
    for number in range(30):
        filed(cast.author, shanghai("2026-04-10"), title=f"整改{number:02}")
    filed(cast.author, shanghai("2026-04-10"), title="别的", body="别的")
    sheet = sheet_of(as_user(cast.author), q="整改", o="-title", page="2")
    titles = [row[1].value for row in sheet.iter_rows(min_row=3)]
    assert titles == [f"整改{number:02}" for number in reversed(range(30))]
    assert [row[0].value for row in sheet.iter_rows(min_row=3)] == list(range(1, 31))


def test_it_has_the_columns_that_are_on_screen(cast: Cast, as_user):
    filed(cast.author, shanghai("2026-04-10"))
    client = as_user(cast.author)

    def both(**query: object) -> list[list[str]]:
        columns = [str(column.title) for column in client.get("/items/", query).context["columns"]]
        answer = client.get(EXPORT, query)
        sheet = load_workbook(BytesIO(b"".join(answer.streaming_content))).active
        assert sheet is not None
        return [columns, [str(cell.value) for cell in sheet[2]][1:]]

    usual, exported = both()
    assert usual == exported
    assert len(usual) < len(HEADER) - 1
    assert both(c=["checker", "stage"]) == [["标题", "单位审核人", "阶段"]] * 2
    assert both(c=["all", "stage"]) == [HEADER[1:]] * 2
    assert both(c=["no-such-column"]) == [usual] * 2


def test_it_shows_nobody_more_than_the_list(cast: Cast, foreign_cast: Cast, as_user):
    filed(cast.author, shanghai("2026-04-10"))
    for stranger in (cast.other_author, foreign_cast.admin):
        assert sheet_of(as_user(stranger)).max_row == 2


def test_its_queries_do_not_grow_with_its_rows(cast: Cast, as_user, django_assert_num_queries):
    client = as_user(cast.admin)
    filed(cast.author, shanghai("2026-04-10"))
    sheet_of(client)
    with CaptureQueriesContext(connection) as few:
        sheet_of(client)
    expected = len(few)
    for _ in range(30):
        filed(cast.author, shanghai("2026-04-10"))
    with django_assert_num_queries(expected):
        sheet_of(client)


def test_the_file_has_a_name_with_its_day(cast: Cast, as_user, time_machine):
    time_machine.move_to(shanghai("2026-04-10"))
    answer = as_user(cast.admin).get(EXPORT)
    assert "20260410.xlsx" in answer["Content-Disposition"]
    assert answer["Content-Type"].endswith("spreadsheetml.sheet")
