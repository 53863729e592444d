"""Working days: weekends rest, holidays rest, some weekends are worked."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviews.deadlines.workdays import Calendar

#: The Spring Festival of 2026: Saturdays 14 and 28 February are worked, 16 to 23 rest.
FESTIVAL = Calendar(
    {date(2026, 2, day): False for day in (16, 17, 18, 19, 20, 23)}
    | {date(2026, 2, 14): True, date(2026, 2, 28): True}
)
days = st.dates(date(2026, 1, 1), date(2026, 12, 31))
calendars = st.builds(Calendar, st.dictionaries(days, st.booleans(), max_size=40))


@pytest.mark.parametrize(
    ("arrived", "term", "due"),
    [
        ("2026-03-02", 2, "2026-03-04"),
        ("2026-03-05", 2, "2026-03-09"),
        ("2026-03-07", 1, "2026-03-09"),
        ("2026-02-13", 1, "2026-02-14"),
        ("2026-02-13", 2, "2026-02-24"),
        ("2026-02-27", 1, "2026-02-28"),
    ],
)
def test_a_term_ends_so_many_working_days_after_the_arrival(arrived: str, term: int, due: str) -> None:
    assert FESTIVAL.due(date.fromisoformat(arrived), term) == date.fromisoformat(due)


@pytest.mark.parametrize(
    ("due", "today", "left"),
    [
        ("2026-03-04", "2026-03-02", 2),
        ("2026-03-04", "2026-03-04", 0),
        ("2026-03-04", "2026-03-05", -1),
        ("2026-03-06", "2026-03-08", -1),
        ("2026-03-06", "2026-03-10", -2),
        ("2026-02-24", "2026-02-14", 1),
    ],
)
def test_what_is_left_is_counted_in_working_days(due: str, today: str, left: int) -> None:
    assert FESTIVAL.left(date.fromisoformat(due), date.fromisoformat(today)) == left


@given(calendars, days, st.integers(1, 10))
def test_the_latest_overdue_arrival_divides_the_late_from_the_rest(
    calendar: Calendar, today: date, term: int
) -> None:
    last = calendar.latest_overdue_arrival(term, today)
    assert calendar.due(last, term) < today
    assert calendar.due(last + timedelta(days=1), term) >= today


@given(calendars, days, days)
def test_what_is_left_is_negative_exactly_when_the_day_has_passed(
    calendar: Calendar, due: date, today: date
) -> None:
    assert (calendar.left(due, today) < 0) == (today > due)
