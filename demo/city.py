"""The demo city before anything is filed: units, people, rounds, media, the scoring scheme."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from random import Random

from django.contrib.auth.hashers import make_password

from accounts.enums import UnitKind
from accounts.models import Unit, User
from accounts.services.audit import record
from accounts.services.roles import grant_role
from accounts.services.units import create_unit
from adoptions.models import Outlet
from adoptions.outlets.services import OutletFacts, create_outlet, edit_outlet, stamp
from demo import cast, media
from demo.agenda import Agenda
from demo.media import DemoOutlet
from demo.window import ZONE, Window
from reviews.deadlines.services import create_default_calendar
from reviews.enums import Secrecy
from reviews.office_settings.services import set_own_check, set_rule
from scoring.services.versions import create_default_scheme
from submissions.enums import Chain
from submissions.models import Round


@dataclass(slots=True)
class City:
    """The city, its agenda, and the dice that decide what is left open."""

    window: Window
    agenda: Agenda = field(default_factory=Agenda)
    rng: Random = field(default_factory=lambda: Random(150500))  # noqa: S311 the demo is the same every time
    units: dict[str, Unit] = field(default_factory=dict)
    people: dict[str, User] = field(default_factory=dict)
    rounds: dict[str, Round] = field(default_factory=dict)
    outlets: list[tuple[DemoOutlet, Outlet]] = field(default_factory=list)

    @property
    def office(self) -> Unit:
        return self.units[cast.OFFICE]


def found(window: Window) -> City:
    """The city as it stood a year before the first item."""
    city = City(window)
    begun = datetime.combine(window.first - timedelta(days=365), time(9), ZONE)
    _units(city, begun)
    _people(city, begun)
    set_rule(chain=Chain.THREE_LEVELS, secrecy=Secrecy.IMPORTANT, by=city.people["guanli"], now=begun)
    set_own_check(unit=city.units[cast.OWN_CHECK], on=True, by=city.people["guanli"], now=begun)
    for name, first, last in window.rounds:
        city.rounds[name] = Round.objects.create(office=city.office, name=name, starts=first, ends=last)
    for outlet in media.OUTLETS:
        facts = OutletFacts(
            name=outlet.former or outlet.name,
            level=outlet.level,
            carrier=outlet.carrier,
            active_from=begun.date(),
            active_to=window.first if outlet.closed else None,
        )
        by = city.people["guanli"]
        made = create_outlet(office=city.office, facts=facts, by=by, now=begun)
        if outlet.former:
            renamed = replace(facts, name=outlet.name)
            made = edit_outlet(outlet=made, facts=renamed, seen=stamp(made), by=by, now=begun)
        city.outlets.append((outlet, made))
    create_default_calendar(office=city.office)
    create_default_scheme(office=city.office, effective_from=begun.date(), now=begun)
    return city


def _units(city: City, begun: datetime) -> None:
    city.units[cast.OFFICE] = office = create_unit(
        parent=None,
        kind=UnitKind.OFFICE,
        code=cast.OFFICE,
        name="通辽市委巡察办（演示）",
        short_name="通辽市",
        region_code=cast.OFFICE,
        active_from=begun.date(),
    )
    record(actor=None, action="office.set-up", target=office, office=office, now=begun, detail={"demo": True})
    for position, unit in enumerate(cast.UNITS, 1):
        city.units[unit.code] = create_unit(
            parent=city.units[unit.parent],
            kind=unit.kind,
            code=unit.code,
            name=unit.name,
            short_name=unit.short_name,
            region_code=unit.region_code,
            position=position,
            active_from=begun.date(),
        )


def _people(city: City, begun: datetime) -> None:
    password = make_password(cast.PASSWORD)  # slow on purpose, so once for all
    for person in cast.PEOPLE:
        city.people[person.username] = user = User.objects.create(
            username=person.username,
            password=password,
            display_name=person.name,
            post=person.post,
            unit=city.units[person.unit],
        )
        for role in person.roles:
            grant_role(user=user, role=role, unit=user.unit, since=begun.date())
