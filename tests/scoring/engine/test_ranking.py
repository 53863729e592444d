"""Rules R40–R45 of docs/scoring.md."""

from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.engine.ranking import changes, rank, ranking_key
from scoring.figures.facts import UnitFact
from scoring.schemes.words import TieRule
from stats.reports import Terms, place
from tests.scoring.builders import UNITS, adoption, always, case, figures, filed, scheme


@dataclass(frozen=True)
class Row:
    """A unit with a score."""

    unit: UnitFact
    points: Decimal


def rows(*points, group="county"):
    """Units 1, 2, 3 … of a group with these points."""
    return [
        Row(UnitFact(number, f"单位{number}", "", group, number), Decimal(score))
        for number, score in enumerate(points, start=1)
    ]


def ranked(given_rows, tie_rule=TieRule.COMPETITION):
    """Ranked by points."""
    return rank(given_rows, key=lambda row: row.points, tie_rule=tie_rule)


def published(name, unit_column, points_column):
    """The units and points of a published table, last line first, so that its order proves nothing."""
    table = case(name)
    return [
        Row(UnitFact(place, row[unit_column], "", "unit", place), Decimal(row[points_column]))
        for place, row in reversed(list(enumerate(table)))
    ]


def test_r40_after_a_tie_the_ranks_that_were_used_up_are_left_out():
    result = ranked(rows(96, 67, 67, 65))
    assert [one.rank for one in result] == [1, 2, 2, 4]
    assert [one.tied for one in result] == [False, True, True, False]


def test_r40_t08_two_units_share_rank_nine_and_the_next_is_eleventh():
    """The published table of 四川省: every printed rank, and every total the sum of its parts."""
    table = case("t08")
    result = ranked(published("t08", "地市名称", "总得分(100)"))
    assert [(one.row.unit.name, one.rank) for one in result] == [
        (row["地市名称"], int(row["排名"])) for row in table
    ]
    assert [one.rank for one in result][8:11] == [9, 9, 11]
    for row in table:
        parts = [value for column, value in row.items() if "得分(" in column and "总" not in column]
        assert sum(map(Decimal, parts)) == Decimal(row["总得分(100)"])


def test_r40_t01_ranks_of_a_table_that_prints_none():
    result = ranked(published("t01", "单位", "得分"))
    assert [(one.row.unit.name, one.rank) for one in result] == [
        ("珠斯花街道", 1),
        ("沙尔呼热街道", 2),
        ("宝日呼吉尔街道", 3),
        ("达来胡硕苏木", 4),
        ("莫斯台街道", 4),
    ]


def test_r40_t02_the_rank_follows_the_points_and_not_the_number_of_local_items():
    result = ranked(published("t02", "单位", "1-3月得分"))
    assert [(one.row.unit.name, one.rank) for one in result] == [
        (row["单位"], int(row["排名"])) for row in case("t02")
    ]


def test_r40_t09_counts_tie_too():
    result = ranked(published("t09", "单位", "用稿篇数"))
    assert [one.rank for one in result] == [1, 2, 3, 4, 5, 6, 7, 7, 7, 10, 11, 12, 13, 13, 15]


def test_r41_dense_ranks_leave_nothing_out():
    assert [one.rank for one in ranked(rows(96, 67, 67, 65), TieRule.DENSE)] == [1, 2, 2, 3]


def test_r42_groups_are_ranked_apart():
    result = ranked(rows(5, 9, group="team") + rows(7, 5, group="county"))
    assert [(one.row.unit.group, one.row.unit.id, one.rank) for one in result] == [
        ("county", 1, 1),
        ("county", 2, 2),
        ("team", 2, 1),
        ("team", 1, 2),
    ]


def test_r42_units_without_points_are_ranked_too():
    assert [one.rank for one in ranked(rows(0, 3, 0))] == [1, 2, 2]
    assert [one.rank for one in ranked(rows(0, 0))] == [1, 1]


def test_r42_units_of_one_rank_keep_their_standing_order():
    tied = [
        Row(UnitFact(number, name, "", "county", position), Decimal(1))
        for number, name, position in [(1, "丙", 2), (2, "乙", 2), (3, "甲", 1)]
    ]
    assert [one.row.unit.id for one in ranked(tied)] == [3, 1, 2]
    assert {one.rank for one in ranked(tied)} == {1}


def test_r42_equal_numbers_written_differently_tie():
    assert [one.rank for one in ranked(rows("5", "5.00"))] == [1, 1]


def test_r43_a_change_is_the_ranks_gained_since_the_period_before():
    before = ranked(rows(9, 8, 7, 6, 5))
    now = ranked(rows(1, 8, 7, 6, 7))
    assert changes(now, before) == {2: 1, 3: 1, 5: 3, 4: 0, 1: -4}


def test_r43_a_unit_that_was_not_in_the_group_has_no_change():
    before = ranked(rows(9, group="team"))
    assert changes(ranked(rows(9, 8)), before) == {1: None, 2: None}
    assert changes(ranked(rows(9, 8, group="team")), before) == {1: 0, 2: None}


scores = st.lists(st.integers(0, 5), max_size=12).map(lambda points: rows(*points))


@given(scores, st.sampled_from(TieRule), st.randoms(use_true_random=False))
def test_r42_ranks_are_consistent_and_do_not_depend_on_the_order_given(given_rows, tie_rule, random):
    result = ranked(given_rows, tie_rule)
    assert sorted(one.row.unit.id for one in result) == [row.unit.id for row in given_rows]
    assert all(one.value == one.row.points for one in result)
    for higher, lower in pairwise(result):
        assert higher.value >= lower.value
        assert (higher.rank == lower.rank) == (higher.value == lower.value)
        assert higher.rank <= lower.rank
    shuffled = random.sample(given_rows, len(given_rows))
    assert ranked(shuffled, tie_rule) == result


@given(scores)
def test_r40_a_rank_is_one_more_than_the_number_of_better_units(given_rows):
    for one in ranked(given_rows):
        assert one.rank == 1 + sum(other.points > one.value for other in given_rows)


@given(scores)
def test_r41_a_dense_rank_is_one_more_than_the_number_of_better_scores(given_rows):
    for one in ranked(given_rows, TieRule.DENSE):
        assert one.rank == 1 + len({other.points for other in given_rows if other.points > one.value})


@given(scores)
def test_r43_nothing_changes_against_oneself(given_rows):
    result = ranked(given_rows)
    assert set(changes(result, result).values()) <= {0}


def test_r40_no_rows_no_ranks():
    assert ranked([]) == []


@pytest.mark.parametrize("tie_rule", TieRule)
def test_r40_whole_numbers_and_decimals_rank_alike(tie_rule):
    by_count = rank(rows(3, 1, 2), key=lambda row: int(row.points), tie_rule=tie_rule)
    assert [one.rank for one in by_count] == [1, 2, 3]


def by_scheme(settings, *facts, **given):
    """The names and ranks of the three counties by a scheme's own figure."""
    counts = figures(*facts, timetable=always(**settings), **given).values()
    placed = rank(counts, key=ranking_key(scheme(**settings)), tie_rule=TieRule.COMPETITION)
    return [(one.row.unit.short_name, one.rank) for one in placed]


EQUAL = [
    adoption(1, (1, 5), "province", shares=[(1, 1)]),
    adoption(2, (1, 5), "city", item=2, shares=[(2, 1)]),
    adoption(3, (1, 6), "city", item=3, shares=[(2, 1)]),
    adoption(4, (1, 6), "province", item=4, shares=[(3, 1)]),
]


def test_r44_among_equals_further_figures_decide():
    assert by_scheme({}, *EQUAL) == [("奈曼", 1), ("开鲁", 1), ("库伦", 1)]
    decided = by_scheme({"ties": {"then": ["city"]}}, *EQUAL)
    assert decided == [("开鲁", 1), ("奈曼", 2), ("库伦", 2)]
    both = by_scheme({"ties": {"then": ["city", "filed"]}}, *EQUAL, filings=filed(1, unit=3))
    assert both == [("开鲁", 1), ("库伦", 2), ("奈曼", 3)]


def test_r45_a_scheme_may_rank_by_another_figure():
    assert by_scheme({"rank_by": "adopted"}, *EQUAL) == [("开鲁", 1), ("奈曼", 2), ("库伦", 2)]
    assert by_scheme({"rank_by": "filed"}, *EQUAL, filings=filed(2, unit=3))[0] == ("库伦", 1)


def test_r45_units_are_ranked_in_the_groups_of_the_scheme():
    timetable = always(groups=[{"name": "甲组", "units": ["奈曼旗", "开鲁县"]}])
    counts = figures(*EQUAL, timetable=timetable, units=UNITS).values()
    placed = place(counts, Terms(timetable.entries[0].scheme))
    assert {(one.row.unit.group, one.row.unit.short_name) for one in placed} == {
        ("甲组", "奈曼"),
        ("甲组", "开鲁"),
        ("county", "库伦"),
    }
