"""Rules R01–R09 of docs/scoring.md."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.periods.month import Month, PeriodError, local_date
from scoring.periods.period import Period, PeriodKind

months = st.builds(Month, st.integers(1950, 2150), st.integers(1, 12))
periods = st.builds(lambda first, length: Period(first, first.plus(length)), months, st.integers(0, 119))
days = st.dates(date(1950, 1, 1), date(2150, 12, 31))


def test_r01_a_moment_belongs_to_its_day_in_shanghai():
    assert local_date(datetime(2026, 3, 31, 15, 59, tzinfo=UTC)) == date(2026, 3, 31)
    assert local_date(datetime(2026, 3, 31, 16, 0, tzinfo=UTC)) == date(2026, 4, 1)


def test_r01_a_naive_moment_has_no_day():
    with pytest.raises(ValueError, match="naive"):
        local_date(datetime(2026, 3, 31, 16, 0))  # noqa: DTZ001


def test_r01_a_period_holds_its_first_day_and_not_the_day_after_its_last():
    march = Period.parse("2026-03")
    assert (march.start, march.end) == (date(2026, 3, 1), date(2026, 4, 1))
    assert march.contains(date(2026, 3, 1))
    assert march.contains(date(2026, 3, 31))
    assert not march.contains(date(2026, 2, 28))
    assert not march.contains(date(2026, 4, 1))


def test_r01_a_period_cannot_end_before_it_begins():
    with pytest.raises(PeriodError):
        Period(Month(2026, 3), Month(2026, 2))


def test_r01_months_are_ordered_in_time():
    assert Month(2025, 12) < Month(2026, 1) < Month(2026, 2)
    assert Month(2025, 12).next() == Month(2026, 1) == Month.of(date(2026, 1, 31))
    assert Month(2026, 1).plus(-13) == Month(2024, 12)


@pytest.mark.parametrize("number", [0, 13])
def test_r01_there_are_only_twelve_months(number):
    with pytest.raises(PeriodError):
        Month(2026, number)


@pytest.mark.parametrize("text", ["2026-12", "2026Q4", "2026H2", "2026"])
def test_fault_1_31_december_counts_and_1_january_does_not(text):
    """R02: comparable systems lost the last day of the year."""
    period = Period.parse(text)
    assert period.contains(date(2026, 12, 31))
    assert not period.contains(date(2027, 1, 1))


@given(days, st.integers(1, 12))
def test_r02_every_day_of_a_year_is_in_exactly_one_of_its_twelve_months(day, start_month):
    year = Period.year_of(Month.of(day), start_month)
    assert year.contains(day)
    assert len(year.months) == 12
    assert sum(Period.of(month).contains(day) for month in year.months) == 1


@given(periods)
def test_r02_the_months_of_a_period_join_without_gap_or_overlap(period):
    ends = [month.end for month in period.months]
    starts = [month.start for month in period.months]
    assert starts[0] == period.start
    assert ends[-1] == period.end
    assert ends[:-1] == starts[1:]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("2026-03", PeriodKind.MONTH),
        ("2026-04..2026-06", PeriodKind.QUARTER),
        ("2026-02..2026-04", PeriodKind.RANGE),
        ("2026-07..2026-12", PeriodKind.HALF),
        ("2026-02..2026-07", PeriodKind.RANGE),
        ("2026-01..2026-12", PeriodKind.YEAR),
        ("2025-12..2026-11", PeriodKind.YEAR),
        ("2015-08..2016-06", PeriodKind.RANGE),
    ],
)
def test_r03_quarters_and_halves_are_those_of_the_calendar(text, kind):
    assert Period.parse(text, year_start_month=12).kind is kind


@given(months)
def test_r03_every_month_lies_in_one_calendar_quarter(month):
    quarter = Period.quarter_of(month)
    assert quarter.kind is PeriodKind.QUARTER
    assert month in quarter.months


@pytest.mark.parametrize(
    ("start_month", "first", "last"),
    [
        (1, "2026-01", "2026-12"),
        (6, "2026-06", "2027-05"),
        (7, "2025-07", "2026-06"),
        (8, "2025-08", "2026-07"),
        (12, "2025-12", "2026-11"),
    ],
)
def test_r04_an_assessment_year_is_called_after_the_year_that_holds_most_of_it(start_month, first, last):
    year = Period.parse("2026", start_month)
    assert (str(year.first), str(year.last)) == (first, last)
    assert year.label.startswith("2026年度")


@given(months, st.integers(1, 12))
def test_r04_the_year_of_a_month_is_found_again_by_its_name(month, start_month):
    year = Period.year_of(month, start_month)
    assert month in year.months
    assert year.first.month == start_month
    assert Period.parse(year.label[:4], start_month) == year


@pytest.mark.parametrize("text", ["2026-03", "2026Q1", "2026H1", "2018-01..2018-02", "2025-12..2026-11"])
def test_r05_what_is_read_is_written_the_same(text):
    assert str(Period.parse(text)) == text


@given(periods, st.integers(1, 12))
def test_r05_what_is_written_means_the_same_whenever_the_year_starts(period, start_month):
    assert Period.parse(str(period), start_month) == period


def test_r05_ten_years_are_read_and_no_more():
    assert len(Period.parse("2016-01..2025-12")) == 120
    with pytest.raises(PeriodError):
        Period.parse("2016-01..2026-01")


def test_r05_case_and_outer_blanks_do_not_matter():
    assert Period.parse(" 2026q1 ") == Period.parse("2026Q1")


@pytest.mark.parametrize(
    "text",
    [
        "", "26", "2026-3", "2026-13", "2026-00", "2026Q0", "2026Q5", "2026H3", "2026-W01", "２０２６",
        "2026-03-01", "..", "2026-01..", "..2026-01", "2026-02..2026-01", "2026Q1..2026Q2", "2026..2027",
        "0000", "9999-12", "1900-01..1910-01", "2026-01...2026-02",
    ],
)  # fmt: skip
def test_r05_nothing_else_is_read(text):
    with pytest.raises(PeriodError):
        Period.parse(text)


@given(st.text(max_size=20))
def test_r05_any_text_is_a_period_or_a_period_error(text):
    try:
        period = Period.parse(text)
    except PeriodError:
        return
    assert Period.parse(str(period)) == period


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("2026-03", "2026年3月"),
        ("2026Q1", "2026年第一季度"),
        ("2026Q4", "2026年第四季度"),
        ("2026H1", "2026年上半年"),
        ("2026H2", "2026年下半年"),
        ("2026", "2026年度"),
        ("2025-12..2026-11", "2026年度（2025年12月—2026年11月）"),
        ("2018-01..2018-02", "2018年1—2月"),
        ("2015-08..2016-06", "2015年8月—2016年6月"),
    ],
)
def test_r06_a_period_has_a_name_for_documents(text, label):
    assert Period.parse(text).label == label


@pytest.mark.parametrize(
    ("text", "previous", "year_ago"),
    [
        ("2026-01", "2025-12", "2025-01"),
        ("2026Q1", "2025Q4", "2025Q1"),
        ("2026H1", "2025H2", "2025H1"),
        ("2018-01..2018-02", "2017-11..2017-12", "2017-01..2017-02"),
        ("2025-12..2026-11", "2024-12..2025-11", "2024-12..2025-11"),
    ],
)
def test_r07_a_period_is_compared_with_the_one_before_and_a_year_ago(text, previous, year_ago):
    period = Period.parse(text)
    assert str(period.previous()) == previous
    assert str(period.year_ago()) == year_ago


@given(periods)
def test_r07_the_previous_period_is_as_long_and_ends_where_this_begins(period):
    assert period.previous().end == period.start
    assert len(period.previous()) == len(period)


@pytest.mark.parametrize(
    ("start_month", "text", "to_date"),
    [
        (1, "2026Q2", "2026-01..2026-06"),
        (8, "2016-06", "2015-08..2016-06"),
        (12, "2026Q1", "2025-12..2026-03"),
        (12, "2026Q4", "2026-10..2026-12"),
    ],
)
def test_r08_the_running_total_begins_with_the_assessment_year(start_month, text, to_date):
    assert Period.parse(text).to_date(start_month) == Period.parse(to_date)


@given(periods, st.integers(1, 12))
def test_r08_the_running_total_covers_the_period_and_ends_with_it(period, start_month):
    running = period.to_date(start_month)
    assert running.start <= period.start
    assert running.end == period.end


def test_r01_the_years_of_a_long_period_have_leap_days():
    assert Period.parse("2024-02").end - Period.parse("2024-02").start == timedelta(days=29)


any_days = st.tuples(st.dates(date(1950, 1, 1), date(2150, 12, 31)), st.integers(0, 800)).map(
    lambda pair: Period.days(pair[0], pair[0] + timedelta(pair[1]))
)


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("2026-03-01..2026-03-31", "2026-03"),
        ("2026-01-01..2026-03-31", "2026Q1"),
        ("2025-12-01..2026-11-30", "2025-12..2026-11"),
        ("2024-02-01..2024-02-29", "2024-02"),
    ],
)
def test_r09_days_that_are_whole_months_are_those_months(text, same):
    assert Period.parse(text) == Period.parse(same)
    assert Period.parse(text).whole_months


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("2026-03-05..2026-04-10", "2026年3月5日—4月10日"),
        ("2025-12-31..2026-01-01", "2025年12月31日—2026年1月1日"),
        ("2026-03-01..2026-03-30", "2026年3月1日—3月30日"),
        ("2026-03-05..2026-03-05", "2026年3月5日"),
    ],
)
def test_r09_a_period_may_be_any_days(text, label):
    period = Period.parse(text)
    assert (str(period), period.label, period.kind) == (text, label, PeriodKind.DAYS)
    assert not period.whole_months
    with pytest.raises(ValueError, match="not whole months"):
        _ = period.months


def test_r09_the_months_that_a_period_touches():
    touched = Period.parse("2026-01-31..2026-03-01").months_touched
    assert touched == (Month(2026, 1), Month(2026, 2), Month(2026, 3))


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-05",
        "2026-03-05..2026-03-04",
        "2026-02-01..2026-02-29",
        "2026-03..2026-04-10",
        "2026-03-05..2026-04",
        "1026-03-05..1026-04-10",
        "2026-03-05..2036-03-05",
        "2026-3-5..2026-4-10",
    ],
)
def test_r09_days_that_make_no_period_are_refused(text):
    with pytest.raises(PeriodError):
        Period.parse(text)


def test_r07_days_are_compared_with_as_many_days_before_and_the_same_days_a_year_ago():
    period = Period.parse("2026-03-05..2026-04-10")
    assert str(period.previous()) == "2026-01-27..2026-03-04"
    assert str(period.year_ago()) == "2025-03-05..2025-04-10"
    assert str(Period.parse("2024-02-10..2024-02-28").year_ago()) == "2023-02-10..2023-02-28"
    assert str(Period.parse("2024-02-29..2024-03-05").year_ago()) == "2023-02-28..2023-03-05"


def test_r08_the_running_total_of_days_ends_on_their_last_day():
    period = Period.parse("2026-03-05..2026-04-10")
    assert str(period.to_date(12)) == "2025-12-01..2026-04-10"
    assert str(period.to_date(4)) == "2026-03-05..2026-04-10"


@given(any_days)
def test_r09_days_are_written_and_read_the_same_and_join_what_was_before(period):
    assert Period.parse(str(period)) == period
    before = period.previous()
    assert before.end == period.start
    if not period.whole_months:
        assert before.end - before.start == period.end - period.start
    assert period.year_ago().start < period.start
    assert period.to_date(12).end == period.end


@given(any_days)
def test_r09_a_period_holds_exactly_its_days(period):
    assert period.contains(period.start)
    assert period.contains(period.last_day)
    assert not period.contains(period.end)
    assert not period.contains(period.start - timedelta(1))
