"""Period-on-period and year-on-year: differences of counts, of points, and of rates in percentage points."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from kit.columns import leaves, text
from scoring.figures.counts import UnitCount
from scoring.periods.period import Period
from stats.comparing import COMPARED, compare
from stats.reports import NO_SCHEME, Terms, tables
from tests.scoring.builders import KAILU, NAIMAN, adoption, always, figures

MARCH = Period.parse("2026-03")


@dataclass(frozen=True)
class Known:
    """Counts by period, nothing for the others."""

    rows: dict[Period, tuple[UnitCount, ...]]

    def counts(self, period: Period) -> tuple[UnitCount, ...]:
        return self.rows.get(period) or unit_counts(0, 0, 0)


def unit_counts(filed: int, items: int, adopted: int, *, units=(NAIMAN, KAILU)) -> tuple[UnitCount, ...]:
    """The first unit has these figures, ten points for each adoption; the others have nothing."""
    return tuple(
        UnitCount(
            unit=unit,
            filed=filed if unit is NAIMAN else 0,
            issued=0,
            adopted={"central": 0, "province": 0, "city": adopted if unit is NAIMAN else 0, "county": 0},
            items_adopted=items if unit is NAIMAN else 0,
            points=Decimal(10 * adopted if unit is NAIMAN else 0),
            lines=(),
        )
        for unit in units
    )


def compared(now, before=(), year_ago=()):
    known = Known({MARCH: now, MARCH.previous(): before, MARCH.year_ago(): year_ago})
    groups = tables(known, MARCH, Terms())
    return compare(groups, now, before, year_ago)[0]


def shown(row) -> dict[str, str]:
    return {column.key: text(column, row) for column in leaves(COMPARED)}


def test_r72_rates_differ_in_percentage_points() -> None:
    """3 of 8 against 1 of 4 is 37.5% against 25%: 12.5 percentage points more, not 50 percent."""
    group = compared(unit_counts(8, 3, 3), unit_counts(4, 1, 1), unit_counts(10, 5, 5))
    row = shown(next(row for row in group.rows if row.name == NAIMAN.name))
    assert row["rate"] == "37.5%"
    assert row["rate_before"] == "+12.5"
    assert row["rate_year"] == "−12.5"
    assert (row["filed_before"], row["filed_year"]) == ("+4", "−2")
    assert (row["points"], row["points_before"], row["points_year"]) == ("30", "+20", "−20")


def test_a_rate_that_one_of_the_periods_does_not_have_is_not_compared() -> None:
    group = compared(unit_counts(8, 3, 3), unit_counts(0, 1, 1))
    row = shown(next(row for row in group.rows if row.name == NAIMAN.name))
    assert (row["rate_before"], row["adopted_before"]) == ("—", "+2")


def test_a_period_of_which_nothing_is_known_is_not_compared() -> None:
    group = compared(unit_counts(8, 3, 3), unit_counts(0, 0, 0), unit_counts(0, 0, 0))
    assert (group.total.filed_before, group.total.points_year) == (None, None)


def test_a_unit_that_did_not_exist_then_is_not_compared() -> None:
    group = compared(unit_counts(8, 3, 3), unit_counts(4, 1, 1, units=(NAIMAN,)))
    row = next(row for row in group.rows if row.name == KAILU.name)
    assert (row.filed, row.filed_before, row.rate_before) == (0, None, None)


def test_the_total_compares_the_sums() -> None:
    group = compared(unit_counts(8, 3, 3), unit_counts(4, 1, 1))
    total = group.total
    assert (total.filed, total.filed_before, total.adopted_before) == (8, 4, 2)
    assert total.rate_before == Decimal("0.125")


def test_r70_nobody_is_first_in_a_group_that_has_nothing() -> None:
    """Rule R70: a dash for everybody, and no change of rank against such a period."""
    empty = Known({})
    (group,) = tables(empty, MARCH, Terms(NO_SCHEME))
    assert [row.rank for row in group.rows] == [None, None]
    later = Known({MARCH: unit_counts(8, 3, 3)})
    (group,) = tables(later, MARCH, Terms())
    assert [(row.name, row.rank, row.change) for row in group.rows] == [
        (NAIMAN.name, 1, None),
        (KAILU.name, 2, None),
    ]


def test_r70_points_below_zero_are_something() -> None:
    rows = figures(adoption(1, (3, 5)), timetable=always(), period=MARCH)
    assert rows[NAIMAN.id].points == 10
    lost = tuple(
        UnitCount(row.unit, 0, 0, dict.fromkeys(row.adopted, 0), 0, Decimal(points), ())
        for row, points in zip(unit_counts(0, 0, 0), (0, -5), strict=True)
    )
    (group,) = tables(Known({MARCH: lost}), MARCH, Terms())
    assert [(row.name, row.rank) for row in group.rows] == [(NAIMAN.name, 1), (KAILU.name, 2)]
