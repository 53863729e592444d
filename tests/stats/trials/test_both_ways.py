"""A ledger that is tried and a ledger that is imported and counted come to the same figures (R88)."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from adoptions.models import Outlet
from scoring.engine.authors import author_lines
from scoring.periods.period import Period
from scoring.schemes.model import OutletPolicy
from scoring.schemes.reading import parse_scheme
from scoring.schemes.scheme import Scheme
from scoring.schemes.timetable import Timetable
from scoring.schemes.words import SeveralOutlets
from stats.facts.authors import of_items
from stats.facts.loading import load_facts
from stats.trials.ledgers.facts import read_facts
from stats.trials.ledgers.outcome import ALWAYS, score
from tests.adoptions.builders import book, run_import
from tests.conftest import Cast

HEADER = (
    "标题",
    "报送单位",
    "报送时间",
    "采用媒体",
    "级别",
    "载体",
    "采用时间",
    "采用方式",
    "体裁",
    "字数",
    "作者",
)
PERIOD = Period.parse("2026H1")
OUTLETS = {"示例中央日报": "中央", "示例自治区日报": "自治区", "示例市日报": "市", "示例县融媒": "县"}
SCHEME = parse_scheme(
    {
        "name": "两条路",
        "adoption": {
            "rules": [
                {"level": "central", "points": "50"},
                {"level": "city", "points": "10"},
                {"level": "city", "genre": "research", "points": "17"},
                {"level": "city", "min_length": 1000, "points": "23"},
                {"genre": "news", "points": "3"},
                {"level": "province", "carrier": "newspaper", "points": "20"},
                {"level": "county", "min_length": 500, "genre": "analysis", "points": "7"},
            ],
        },
        "filing": [
            {"kind": "per_item", "points": "1"},
            {"kind": "per_item", "points": "2", "genre": "research"},
            {"kind": "per_item", "points": "4", "genre": "news"},
            {"kind": "per_item", "points": "8", "min_length": 1000},
        ],
    }
)
#: Rules that look at items by genre, length and share, at weeks, and at all but one word.
SELECTIVE = parse_scheme(
    {
        "name": "挑着数",
        "adoption": {
            "rules": [
                {"points": "5"},
                {"level": {"not": "county"}, "mode": {"not": "merged"}, "points": "10"},
            ],
            "modifiers": [{"genre": {"not": "news"}, "add": "1"}],
        },
        "several_units": {"policy": "flat", "points": "7"},
        "joint_counts": "share",
        "filing": [
            {"kind": "threshold", "items": 2, "points": "1", "window": "week", "genre": {"not": "news"}}
        ],
        "bonuses": [
            {"event": "target_met", "window": "half", "metric": metric, "target": target, "points": points}
            | asked
            for metric, asked, target, points in (
                ("filed", {"genre": "research"}, "1", "100"),
                ("filed", {"min_length": 1000}, "1", "200"),
                ("adopted", {"genre": {"not": "news"}}, "1.5", "400"),
                ("items_adopted", {"max_length": 800}, "1", "800"),
                ("city", {}, "0.5", "1600"),
            )
        ],
        "limits": [{"of": "adoption", "window": "week", "max": "15"}],
    }
)
type Points = dict[str, Decimal]
type Rows = Sequence[dict[str, Any]]


@pytest.fixture(autouse=True)
def _outlets(outlets: dict[str, Outlet], settings: Any, tmp_path: Path) -> None:
    """Those of the office's list; files of imports go with the test."""
    settings.MEDIA_ROOT = tmp_path


def used(title: Any = "甲", **cells: Any) -> dict[str, Any]:
    """One adoption by the city's daily."""
    known = {"标题": title, "报送单位": "青山县", "采用媒体": "示例市日报", "采用时间": "2026-03-05"} | cells
    return {"级别": OUTLETS.get(known["采用媒体"]), "载体": "报" if known["采用媒体"] else ""} | known


def tried(rows: Rows, scheme: Scheme = SCHEME) -> tuple[Points, Points]:
    """Points of units and of authors by name, by the file alone."""
    outcome = score(
        facts=read_facts(BytesIO(book(rows, HEADER)), "xlsx", scheme), scheme=scheme, period=PERIOD
    )
    units = {one.row.unit.name: one.row.points for one in outcome.units if one.row.points}
    return units, by_name((line.name, line.points) for line in outcome.people)


def counted(rows: Rows, cast: Cast, scheme: Scheme = SCHEME) -> tuple[Points, Points]:
    """The same after an import, which is taken back."""
    office = cast.admin.office
    assert office is not None
    with transaction.atomic():
        run_import(book(rows, HEADER), cast, accept_partial=True)
        always = Timetable.of([(ALWAYS, scheme)])
        facts = load_facts(office, PERIOD, as_of=PERIOD.end, schemes=always)
        counts = facts.counts(PERIOD)
        authors = of_items(filing.item_id for filing in facts.filings)
        people = list(author_lines((line for row in counts for line in row.lines), authors.facts, always))
        transaction.set_rollback(True)
    units = {row.unit.name: row.points for row in counts if row.points}
    return units, by_name((line.name, line.points) for line in people)


def by_name(parts: Any) -> Points:
    sums: defaultdict[str, Decimal] = defaultdict(Decimal)
    for name, points in parts:
        sums[name] += points
    return dict(sums)


def both(rows: Rows, cast: Cast) -> tuple[Points, Points]:
    """What the two ways agree on, in whatever order the rows stand."""
    found = tried(rows)
    assert tried(rows[::-1]) == found
    assert counted(rows, cast) == found
    assert counted(rows[::-1], cast) == found
    return found


@pytest.mark.django_db
def test_a_blank_length_takes_no_other_rows(cast: Cast) -> None:
    rows = [used(字数=1500), used(采用时间="2026-03-06")]
    assert both(rows, cast)[0] == {"青山县": 23 + 10 + 1 + 8}


@pytest.mark.django_db
def test_a_blank_genre_takes_no_other_rows_and_is_no_news(cast: Cast) -> None:
    rows = [used(体裁="调研文章"), used(采用时间="2026-03-06")]
    assert both(rows, cast)[0] == {"青山县": 17 + 10 + 1 + 2}
    assert both([used(采用媒体="示例县融媒")], cast)[0] == {"青山县": 1}


@pytest.mark.django_db
def test_rows_of_two_genres_earn_their_own_and_the_earliest_is_the_items(cast: Cast) -> None:
    rows = [used(体裁="消息", 采用时间="2026-03-06"), used(体裁="调研文章")]
    assert both(rows, cast)[0] == {"青山县": 10 + 17 + 1 + 2}


def test_a_blank_carrier_takes_no_other_rows() -> None:
    """In the system the list of outlets tells it, in a trial the sheet “媒体”."""
    rows = [used(采用媒体="示例自治区日报"), used(采用媒体="示例自治区日报", 采用时间="2026-03-06", 载体="")]
    assert tried(rows)[0] == tried(rows[::-1])[0] == {"青山县": 20 + 1}


@pytest.mark.django_db
def test_authors_of_several_rows_share_the_item(cast: Cast) -> None:
    rows = [used(作者="张三"), used(采用时间="2026-03-06", 作者="李四、张三"), used(采用时间="2026-03-07")]
    assert both(rows, cast)[1] == {"张三": Decimal("15.5"), "李四": Decimal("15.5")}


@pytest.mark.django_db
def test_of_one_adoption_told_twice_the_fuller_row_counts(cast: Cast) -> None:
    rows = [used(), used(字数=1500)]
    assert both(rows, cast)[0] == {"青山县": 23 + 1 + 8}


@pytest.mark.django_db
def test_r27_the_odd_cent_is_the_first_named_units_both_ways(cast: Cast) -> None:
    rows = [used(报送单位="白水县、青山县", 字数=1500), used("乙", 报送单位="青山县、白水县", 字数=1500)]
    units = "白水县、青山县、第一巡察组"
    halves = [used(title, 报送单位=units, 采用媒体="示例中央日报") for title in "丙丁"]
    assert both(rows + halves, cast)[0] == {
        "白水县": 23 + 9 + 2 + 2 * Decimal("16.67"),
        "青山县": 23 + 9 + 2 * Decimal("16.67"),
        "第一巡察组": 2 * Decimal("16.66"),
    }


@pytest.mark.django_db
def test_r48_the_odd_cent_is_the_earliest_rows_author_both_ways(cast: Cast) -> None:
    rows = [
        used(采用媒体="示例中央日报", 采用时间="2026-03-06", 作者="张三"),
        used(采用媒体="示例中央日报", 采用时间="2026-03-05", 作者="王五、李四"),
    ]
    assert both(rows, cast)[1] == {
        "王五": 2 * Decimal("16.67") + Decimal("0.34"),
        "李四": 2 * Decimal("16.67") + Decimal("0.33"),
        "张三": 2 * Decimal("16.66") + Decimal("0.33"),
    }


@pytest.mark.parametrize("others", ["青山县 第一巡察组", "第一巡察组 青山县"])
def test_r110_of_one_day_and_level_the_order_of_rows_decides_nothing(others: str) -> None:
    """Two rows that differ only in the second unit; the sheet of units is not there to tell the order."""
    highest = replace(SCHEME, several_outlets=OutletPolicy(SeveralOutlets.HIGHEST))
    rows = [used(报送单位=f"白水县、{other}") for other in others.split()]
    rows[1]["采用媒体"] = "别的市日报"
    found = [
        score(facts=read_facts(BytesIO(book(order, HEADER)), "xlsx", highest), scheme=highest, period=PERIOD)
        for order in (rows, rows[::-1])
    ]
    first, second = ({one.row.unit.name: one.row.points for one in outcome.units} for outcome in found)
    assert first == second


@pytest.mark.django_db
@pytest.mark.parametrize("scheme", [SCHEME, SELECTIVE], ids=["plain", "selective"])
@pytest.mark.parametrize("seed", range(12))
def test_r88_any_ledger_comes_to_the_same_both_ways_in_any_order(
    seed: int, scheme: Scheme, cast: Cast
) -> None:
    chance = random.Random(seed)  # noqa: S311
    rows = [any_row(chance) for _ in range(chance.randint(2, 9))]
    found = tried(rows, scheme)
    for _ in range(2):
        chance.shuffle(rows)
        assert tried(rows, scheme) == found
        assert counted(rows, cast, scheme) == found


def any_row(chance: random.Random) -> dict[str, Any]:
    """A row of one of two items; what it tells of them differs from row to row, or is left blank."""
    told: dict[str, Any] = {
        "标题": chance.choice("甲甲乙"),
        "报送单位": chance.choice(["青山县", "青山县", "青山县、白水县", "白水县、第一巡察组、青山县"]),
        "体裁": chance.choice(["", "", "调研文章", "消息", "问题分析"]),
        "字数": chance.choice([None, None, 300, 800, 1500]),
        "作者": chance.choice(["", "张三", "李四", "张三、王五"]),
    }
    if chance.random() < 0.2:
        return used(采用媒体="", 采用时间="", **told, 报送时间="2026-03-02")
    day = f"2026-03-{chance.randint(3, 6):02d}"
    mode = chance.choice(["", "综合"])
    return used(采用媒体=chance.choice(list(OUTLETS)), 采用时间=day, 采用方式=mode, **told)
