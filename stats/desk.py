"""What the desk shows of figures: a unit's place, what is being counted, adjustments that wait."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from accounts.models import Unit, User
from kit.numbers import DASH, points_text
from scoring.periods.month import Month
from scoring.periods.period import Period
from scoring.timetables import timetable_of
from scoring.wording import group_label
from stats import tallies
from stats.facts.rows import ranking_unit_id
from stats.links import period_page
from stats.models import Adjustment, Tally
from stats.reports import Terms, tables
from stats.rules import may_approve_adjustment
from submissions.models import StaleMonth


@dataclass(frozen=True, slots=True)
class Standing:
    """A unit's place in its group in one month; `change` is in ranks gained, None without comparison.

    `rank` is None as long as the whole group has nothing.
    """

    unit: Unit
    month: Month
    rank: int | None
    tied: bool
    among: int
    points: Decimal
    change: int | None
    filed: int
    adopted: int
    group_label: str
    url: str

    @property
    def unit_name(self) -> str:
        return self.unit.name

    @property
    def rank_text(self) -> str:
        return DASH if self.rank is None else str(self.rank)

    @property
    def points_text(self) -> str:
        return points_text(self.points)


def unit_standing(unit: Unit, month: Month) -> Standing | None:
    """The place of the ranking unit at or above `unit`; None for the office itself and its people."""
    office = unit.office
    if office is None or unit.pk == office.pk:
        return None
    return unit_standings(office, month).get(ranking_unit_id(unit.path, office))


def unit_standings(office: Unit, month: Month) -> dict[int, Standing]:
    """The places of all ranking units of an office, by their ids; see `facts.ranking_unit_id`."""
    period = Period.of(month)
    terms = Terms.of(timetable_of(office), period)
    groups = tables(tallies.load(office, terms.span(period)), period, terms)
    units = Unit.objects.in_bulk([row.unit_id for group in groups for row in group.rows])
    return {
        row.unit_id: Standing(
            unit=units[row.unit_id],
            month=month,
            rank=row.rank,
            tied=row.tied,
            among=len(group.rows),
            points=row.points,
            change=row.change,
            filed=row.filed,
            adopted=row.adopted,
            group_label=group_label(group.kind),
            url=period_page(period),
        )
        for group in groups
        for row in group.rows
        if row.unit_id is not None
    }


def last_closed_month(office: Unit) -> Month | None:
    """The latest month with a closed count sheet."""
    tally = Tally.objects.of_office(office).closed().order_by("-month").first()
    return Month.of(tally.month) if tally else None


def months_being_counted(office: Unit) -> int:
    """How many months wait to be counted again."""
    return StaleMonth.objects.filter(office=office).count()


def adjustments_waiting(user: User) -> list[Adjustment]:
    """Adjustments of points that this person may approve or refuse now, the oldest proposal first."""
    proposed = Adjustment.objects.of_office(user.office).proposed().exclude(proposed_by=user)
    waiting = proposed.select_related("office", "unit", "proposed_by").order_by("proposed_at")
    return [adjustment for adjustment in waiting if may_approve_adjustment(user, adjustment)]
