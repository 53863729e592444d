"""What a reviewer has decided, as a workbook: what the page shows, and nobody else's."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.urls import reverse
from openpyxl import load_workbook

from reviews.enums import Action
from tests.conftest import Cast, filed, shanghai, step


def rows_of(client: Any, **query: str) -> list[list[Any]]:
    answer = client.get(reverse("reviews:decision-export"), query)
    assert answer.status_code == 200
    sheet = load_workbook(BytesIO(b"".join(answer.streaming_content))).active
    assert sheet is not None
    return [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3)]


def test_it_holds_ones_own_decisions_latest_first(cast: Cast, as_user) -> None:
    first = filed(cast.author, shanghai("2026-04-10"), title="甲稿")
    second = filed(cast.other_author, shanghai("2026-04-10"), title="=乙稿")
    step(first, Action.PASS, cast.section_head, shanghai("2026-04-11", "09:30"), "同意")
    step(second, Action.RETURN, cast.section_head, shanghai("2026-04-12"), "请核实")
    step(first, Action.PASS, cast.supervising_leader, shanghai("2026-04-12"))
    rows = rows_of(as_user(cast.section_head), c="all")
    assert [(row[1], row[6], row[7]) for row in rows] == [
        ("=乙稿", "退回修改", "请核实"),
        ("甲稿", "通过", "同意"),
    ]
    assert rows[1][8].isoformat() == "2026-04-11T09:30:00"
    assert [row[1] for row in rows_of(as_user(cast.section_head), action="return")] == ["=乙稿"]
    assert rows_of(as_user(cast.principal_leader)) == []


def test_only_reviewers_have_one(cast: Cast, as_user) -> None:
    assert as_user(cast.author).get(reverse("reviews:decision-export")).status_code == 403
