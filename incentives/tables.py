"""The tables of targets: a row a unit or a person, with what is set and what was reached."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from accounts.enums import Role
from accounts.models import RoleGrant, Unit, User
from incentives.models import Target
from incentives.progress import Progress, amounts, progress, reached_by_people, reached_by_units, year_period
from incentives.rules import ranking_units
from stats import links


@dataclass(frozen=True, slots=True)
class TargetRow:
    """A line of the table: every measure in order."""

    name: str
    url: str
    cells: Sequence[Progress]
    id: int


def unit_rows(reader: User, year: int) -> list[TargetRow]:
    """The ranking units that the reader sees and that existed in the year."""
    office = reader.office
    set_ = amounts(Target.objects.of_year(office, year).of_units())
    reached = reached_by_units(office, year)
    units = ranking_units(reader).active_between(date(year, 1, 1), date(year, 12, 31)).in_order()
    period = year_period(year)
    return [
        TargetRow(
            name=unit.name,
            url=links.unit_page(unit.pk, period),
            cells=progress(set_.get((unit.pk, None), {}), reached.get(unit.pk, {})),
            id=unit.pk,
        )
        for unit in units
    ]


def people_rows(unit: Unit, year: int, today: date) -> list[TargetRow]:
    """A unit's authors, and whoever else has a target in it."""
    office = unit.office or unit
    people = people_of(unit, year)
    set_ = amounts(Target.objects.of_year(office, year).of_people(unit))
    reached = reached_by_people(people, office, year, today)
    period = year_period(year)
    return [
        TargetRow(
            name=person.display_name,
            url=f"{reverse('stats:author', args=[person.pk])}?period={period}",
            cells=progress(set_.get((unit.pk, person.pk), {}), reached[person.pk]),
            id=person.pk,
        )
        for person in people
    ]


def people_of(unit: Unit, year: int) -> list[User]:
    """Those who write for the unit or one below it in the year, and those for whom a target is set."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    writing = RoleGrant.objects.overlapping(first, last).filter(
        role=Role.AUTHOR, user__is_active=True, user__unit__path__startswith=unit.path
    )
    having = Target.objects.filter(unit=unit, year=year, person__isnull=False)
    found = User.objects.filter(pk__in=writing.values("user")) | User.objects.filter(
        pk__in=having.values("person")
    )
    return list(found.select_related("unit").order_by("unit__path", "display_name", "pk"))
