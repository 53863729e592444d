"""What the desk and the navigation show of figures: a unit's place, what is being counted, what waits."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q

from accounts.enums import Role
from accounts.models import Unit, User
from accounts.rules import has_role
from stats import facts, tallies
from stats.columns import points_text
from stats.enums import BulletinStatus
from stats.links import period_page
from stats.models import Bulletin, Tally
from stats.periods import Month, Period
from stats.reports import Terms, tables
from stats.wording import group_label
from submissions.models import StaleMonth


@dataclass(frozen=True, slots=True)
class Standing:
    """A unit's place in its group in one month; `change` is in ranks gained, None without comparison."""

    unit: Unit
    month: Month
    rank: int
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
    def points_text(self) -> str:
        return points_text(self.points)


def unit_standing(unit: Unit, month: Month) -> Standing | None:
    """The place of the ranking unit at or above `unit`; None for the office itself and its people."""
    office = unit.office
    if office is None or unit.pk == office.pk:
        return None
    ranking_id = facts.ranking_unit_id(unit.path, office)
    period = Period.of(month)
    terms = Terms.of(facts.timetable(office), period)
    for group in tables(tallies.load(office, terms.span(period)), period, terms):
        for row in group.rows:
            if row.unit_id == ranking_id and row.rank is not None:
                ranked = unit if unit.pk == ranking_id else Unit.objects.get(pk=ranking_id)
                return Standing(
                    unit=ranked,
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
    return None


def last_closed_month(office: Unit) -> Month | None:
    """The latest month with a closed count sheet."""
    tally = Tally.objects.of_office(office).closed().order_by("-month").first()
    return Month.of(tally.month) if tally else None


def months_being_counted(office: Unit) -> int:
    """How many months wait to be counted again."""
    return StaleMonth.objects.filter(office=office).count()


def bulletins_waiting(user: User) -> list[Bulletin]:
    """Bulletins that this person may check or issue now, the oldest period first."""
    wanted = Q(pk__in=[])
    if has_role(user, Role.OFFICE_ADMIN):
        wanted |= Q(status=BulletinStatus.DRAFT)
    if has_role(user, Role.OFFICE_ADMIN) or has_role(user, Role.PRINCIPAL_LEADER):
        wanted |= Q(status=BulletinStatus.CHECKED) & ~Q(checked_by=user)
    return list(
        Bulletin.objects.of_office(user.office).filter(wanted).defer("document").order_by("last_day")
    )
