"""Groups and ranks of a period's tables, by the scheme in force at its end."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from scoring.figures.counts import UnitCount
from scoring.figures.facts import UnitFact
from scoring.periods.period import Period
from scoring.schemes.reading import parse_scheme
from scoring.schemes.timetable import Timetable
from stats.reports import Terms, tables
from tests.scoring.builders import scheme_data

MARCH = Period.parse("2026-03")
UNITS = {
    name: UnitFact(place, name, name, kind, place, code=f"c{place}")
    for place, (name, kind) in enumerate(
        [("甲旗", "county"), ("乙旗", "county"), ("丙旗", "county"), ("丁组", "team")], start=1
    )
}


@dataclass(frozen=True)
class Counted:
    """The same figures in every period but the one before, where they are told apart."""

    now: dict[str, tuple[int, int, int]]
    before: dict[str, tuple[int, int, int]]

    def counts(self, period: Period) -> tuple[UnitCount, ...]:
        """Of every unit: points, items filed, central adoptions."""
        figures = self.before if period == MARCH.previous() else self.now
        return tuple(
            UnitCount(
                unit=UNITS[name],
                filed=filed,
                issued=0,
                adopted={"central": central, "province": 0, "city": 0, "county": 0},
                items_adopted=0,
                points=Decimal(points),
                lines=(),
            )
            for name, (points, filed, central) in figures.items()
        )


NOW = {"甲旗": (10, 1, 0), "乙旗": (10, 5, 2), "丙旗": (30, 2, 1), "丁组": (7, 9, 0)}
BEFORE = {"甲旗": (40, 1, 0), "乙旗": (10, 5, 2), "丙旗": (30, 2, 1), "丁组": (7, 9, 0)}


def ranked(**rules) -> dict[str, list[tuple[str, int | None, int | None]]]:
    """Name, rank and change of every unit, by group, under a scheme changed by keyword."""
    scheme = parse_scheme(scheme_data(**rules))
    groups = tables(Counted(NOW, BEFORE), MARCH, Terms(scheme))
    return {group.kind: [(row.name, row.rank, row.change) for row in group.rows] for group in groups}


def test_units_are_ranked_in_the_schemes_own_groups_and_the_others_by_kind() -> None:
    """By name and by code; the scheme's groups are printed first, in its order."""
    groups = ranked(groups=[{"name": "乙组", "units": ["丁组", "c1"]}, {"name": "甲组", "units": ["c2"]}])
    assert list(groups) == ["乙组", "甲组", "county"]
    assert [name for name, _, _ in groups["乙组"]] == ["甲旗", "丁组"]
    assert groups["甲组"] == [("乙旗", 1, 0)]


def test_changes_of_rank_compare_the_same_groups_as_now() -> None:
    groups = ranked(groups=[{"name": "甲组", "units": ["c1", "c3"]}])
    assert groups["甲组"] == [("丙旗", 1, 1), ("甲旗", 2, -1)]


def test_the_scheme_says_which_figure_ranks() -> None:
    assert [name for name, _, _ in ranked(rank_by="filed")["county"]] == ["乙旗", "丙旗", "甲旗"]


def test_ties_are_broken_by_the_schemes_further_figures() -> None:
    assert [(name, rank) for name, rank, _ in ranked()["county"]] == [("丙旗", 1), ("甲旗", 2), ("乙旗", 2)]
    broken = ranked(ties={"rule": "competition", "then": ["central"]})["county"]
    assert [(name, rank) for name, rank, _ in broken] == [("丙旗", 1), ("乙旗", 2), ("甲旗", 3)]


def test_the_terms_are_those_of_the_last_day() -> None:
    old, new = (parse_scheme(scheme_data(rank_by=metric)) for metric in ("points", "filed"))
    timetable = Timetable.of([(MARCH.start.replace(year=2025), old), (MARCH.start.replace(day=31), new)])
    assert Terms.of(timetable, MARCH).scheme is new
    assert Terms.of(timetable, MARCH.previous()).scheme is old
    assert Terms.of(timetable, Period.parse("2020")).scheme is old
