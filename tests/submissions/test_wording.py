"""The state of an item in plain words."""

from __future__ import annotations

from datetime import date

import pytest

from submissions.enums import Status
from submissions.models import Item
from submissions.wording import status_in_words, waiting_days
from tests.conftest import shanghai


def item(status: Status) -> Item:
    return Item(status=status, status_since=shanghai("2026-04-09", "23:59"))


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (Status.DRAFT, "草稿"),
        (Status.SECTION_REVIEW, "在综合科负责人处 第2天"),
        (Status.SUPERVISING_REVIEW, "在分管领导处 第2天"),
        (Status.PRINCIPAL_REVIEW, "在主要领导处 第2天"),
        (Status.GROUP_REVIEW, "在领导小组处 第2天"),
        (Status.SECTION_RETURN, "综合科负责人退回"),
        (Status.WITHDRAWN, "已撤回"),
        (Status.ISSUED, "已签发"),
    ],
)
def test_every_state_has_its_words(status: Status, words: str):
    assert status_in_words(item(status), date(2026, 4, 10)) == words


def test_days_are_counted_in_china_and_from_one():
    late = Item(status=Status.SECTION_REVIEW, status_since=shanghai("2026-04-10", "00:01"))
    assert waiting_days(late, date(2026, 4, 10)) == 1
    assert waiting_days(item(Status.SECTION_REVIEW), date(2026, 4, 10)) == 2
    assert waiting_days(item(Status.ISSUED), date(2026, 4, 10)) is None
    assert waiting_days(item(Status.SECTION_REVIEW), date(2026, 4, 1)) == 1, (
        "a clock set back shows no nonsense"
    )
