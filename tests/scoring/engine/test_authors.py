"""Rules R48 and R97 of docs/scoring.md: what people earn."""

from dataclasses import replace
from decimal import Decimal

import pytest

from scoring.engine.authors import author_lines
from scoring.figures.facts import AuthorFact
from tests.scoring.builders import adoption, always, event, figures, filed

AUTHORS = [AuthorFact(1, "user:1", "张三"), AuthorFact(1, "name:李四@1", "李四")]


def earned(*facts, authors=AUTHORS, filings=(), **settings):
    """Points by author, added up."""
    timetable = always(**settings)
    rows = figures(*facts, filings=filings, timetable=timetable)
    lines = [line for row in rows.values() for line in row.lines]
    points: dict[str, Decimal] = {}
    for line in author_lines(lines, authors, timetable):
        points[line.name] = points.get(line.name, Decimal(0)) + line.points
    return points


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        ({"policy": "split"}, 5),
        ({"policy": "full"}, 10),
        ({"policy": "factor", "factor": "0.6"}, 6),
        ({"policy": "fixed", "points": 3}, 3),
    ],
)
def test_r48_an_items_points_are_divided_among_its_authors(policy, expected):
    assert earned(adoption(1, (1, 5)), several_authors=policy) == {"张三": expected, "李四": expected}


def test_r97_authors_may_each_get_a_flat_value_too():
    policy = {"policy": "flat", "points": 12}
    assert earned(adoption(1, (1, 5)), several_authors=policy) == {"张三": 12, "李四": 12}
    assert earned(adoption(1, (1, 5), mode="repost"), several_authors=policy) == {"张三": 0, "李四": 0}
    assert earned(adoption(1, (1, 5)), authors=AUTHORS[:1], several_authors=policy) == {"张三": 10}


def test_r48_one_author_alone_has_all_and_shares_count():
    assert earned(adoption(1, (1, 5)), authors=AUTHORS[:1]) == {"张三": 10}
    uneven = [AuthorFact(1, "user:1", "张三", 3), AUTHORS[1]]
    assert earned(adoption(1, (1, 5)), authors=uneven) == {"张三": Decimal("7.5"), "李四": Decimal("2.5")}


@pytest.mark.parametrize("several_units", ["split", "full"])
def test_r48_an_adoption_of_several_units_earns_the_authors_points_once(several_units):
    points = earned(adoption(1, (1, 5), shares=[(1, 1), (2, 1)]), several_units=several_units)
    assert points == {"张三": 5, "李四": 5}


def test_r48_bonuses_and_filing_of_the_item_are_the_authors_too():
    points = earned(
        adoption(1, (1, 5)),
        event(2, (1, 6), "instruction", item=1),
        event(3, (1, 7), "task"),
        filings=filed(1),
        bonuses=[{"event": "instruction", "points": 20}, {"event": "task", "points": 4}],
        filing=[{"kind": "per_item", "points": 2}],
    )
    assert points == {"张三": 16, "李四": 16}


def test_r48_what_the_unit_loses_is_not_the_authors_loss():
    points = earned(
        adoption(1, (1, 5)),
        event(2, (1, 6), "late"),
        penalties=[{"event": "late", "points": 1}],
        limits=[{"of": "total", "window": "year", "max": 3}],
    )
    assert points == {"张三": 5, "李四": 5}


def test_r48_an_untrue_item_leaves_its_authors_nothing():
    points = earned(
        adoption(1, (1, 5), shares=[(1, 1), (2, 1)]),
        event(2, (3, 6), "untrue", item=1, shares=[(1, 1), (2, 1)]),
        penalties=[{"event": "untrue", "points": 5, "voids": "item"}],
    )
    assert points == {"张三": 0, "李四": 0}


def test_r48_the_odd_cent_goes_to_whoever_signs_first():
    three = [AuthorFact(1, key, key) for key in ("name:乙@1", "name:甲@1", "user:1")]
    for signed in (three, three[::-1]):
        points = earned(adoption(1, (1, 5)), authors=signed)
        assert [points[author.name] for author in signed] == [
            Decimal("3.34"),
            Decimal("3.33"),
            Decimal("3.33"),
        ]


def test_r48_whoever_signs_twice_has_both_parts():
    assert earned(adoption(1, (1, 5)), authors=[*AUTHORS, replace(AUTHORS[0], share=3)]) == {
        "张三": 8,
        "李四": 2,
    }


def test_r48_a_fixed_value_is_for_adoptions_and_bonuses_and_filing_are_full():
    points = earned(
        adoption(1, (1, 5)),
        event(2, (1, 6), "instruction", item=1),
        filings=filed(1),
        bonuses=[{"event": "instruction", "points": 20}],
        filing=[{"kind": "per_item", "points": 4}],
        several_authors={"policy": "fixed", "points": 3},
    )
    assert points == {"张三": 27, "李四": 27}


def test_r48_points_for_so_many_items_filed_are_nobodys():
    rules = [{"kind": "per_items", "items": 2, "points": 5}, {"kind": "threshold", "items": 2, "points": 50}]
    assert earned(adoption(1, (1, 5)), filings=filed(2), filing=rules) == {"张三": 5, "李四": 5}


@pytest.mark.parametrize(
    "policy", ["split", "full", {"policy": "fixed", "points": 3}, {"policy": "factor", "factor": "0.333"}]
)
@pytest.mark.parametrize("points", ["0.01", "10", "3.35"])
def test_r48_what_an_untrue_item_gave_is_taken_back_to_the_cent(policy, points):
    points = earned(
        *(adoption(number, (1, number)) for number in (1, 2, 3)),
        event(2, (2, 1), "instruction", item=1),
        event(9, (3, 6), "untrue", item=1),
        authors=[*AUTHORS, AuthorFact(1, "user:9", "王五")],
        rules=[{"points": points}],
        bonuses=[{"event": "instruction", "points": points}],
        penalties=[{"event": "untrue", "points": 5, "voids": "item"}],
        several_outlets="sum",
        several_authors=policy,
    )
    assert points == {"张三": 0, "李四": 0, "王五": 0}


def test_r48_items_without_authors_earn_nobody_anything():
    assert earned(adoption(1, (1, 5), item=2)) == {}
