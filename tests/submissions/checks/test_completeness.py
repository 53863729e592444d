"""An item says when and where, and is as long as its genre asks."""

from __future__ import annotations

import pytest

from submissions.checks.completeness import gaps
from submissions.checks.findings import Reason
from submissions.enums import Genre

WHOLE = "4月10日，市委巡察办召开会议。" + "会议要求狠抓整改。" * 30


def reasons(body: str, genre: str = Genre.NEWS, units: tuple[str, ...] = ()) -> list[Reason]:
    return [finding.reason for finding in gaps(title="", body=body, genre=genre, units=units)]


def test_a_whole_item_has_no_gaps() -> None:
    assert reasons(WHOLE) == []


def test_an_empty_body_is_not_judged() -> None:
    assert reasons(" \n") == []


def test_time_and_place_are_missed() -> None:
    assert reasons("大家纷纷表示深受鼓舞。" * 20) == [Reason.NO_TIME, Reason.NO_PLACE]


def test_the_name_of_a_unit_is_a_place() -> None:
    assert reasons("近日，青山深受鼓舞。" * 20, units=("青山",)) == []


@pytest.mark.parametrize(("times", "expected"), [(1, [Reason.TOO_SHORT]), (12, []), (200, [Reason.TOO_LONG])])
def test_length_is_measured_by_genre(times: int, expected: list[Reason]) -> None:
    assert reasons("近日，市委巡察办召开会议。" * times) == expected
