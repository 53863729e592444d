"""The cast: one city office with its people, so that tests read as sentences."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from accounts.enums import Role, UnitKind
from accounts.models import Unit, User
from accounts.services.roles import grant_role
from accounts.services.units import create_unit
from adoptions.enums import Carrier, OutletLevel
from adoptions.models import Outlet
from reviews.enums import Action
from reviews.steps.services import take_step
from submissions.enums import Route
from submissions.models import Item
from submissions.services.drafts import Author, save_draft

LONG_AGO = date(2015, 1, 1)
PASSWORD = "Grassland-Wind-2026"


@dataclass(frozen=True, slots=True)
class City:
    """An office with one section, one team and two counties."""

    office: Unit
    section: Unit
    team: Unit
    county: Unit
    other_county: Unit


@dataclass(frozen=True, slots=True)
class Cast:
    """Who works there; `author` and `county_admin` belong to `city.county`."""

    author: User
    colleague: User
    other_author: User
    section_head: User
    supervising_leader: User
    principal_leader: User
    group_member: User
    admin: User
    county_admin: User
    auditor: User


def make_city(code: str = "150500", name: str = "河源市") -> City:
    office = create_unit(
        parent=None,
        kind=UnitKind.OFFICE,
        code=code,
        name=f"{name}委巡察办",
        short_name=name,
        active_from=LONG_AGO,
    )

    def below(kind: str, suffix: str, title: str, position: int) -> Unit:
        return create_unit(
            parent=office,
            kind=kind,
            code=f"{code}-{suffix}",
            name=title,
            position=position,
            active_from=LONG_AGO,
        )

    return City(
        office=office,
        section=below(UnitKind.SECTION, "zhk", "综合科", 1),
        team=below(UnitKind.TEAM, "t1", "第一巡察组", 2),
        county=below(UnitKind.COUNTY, "a", "青山县", 3),
        other_county=below(UnitKind.COUNTY, "b", "白水县", 4),
    )


def make_person(unit: Unit, username: str, name: str, *roles: Role, at: Unit | None = None) -> User:
    person: User = User.objects.create_user(username, PASSWORD, display_name=name, unit=unit)
    for role in roles:
        grant_role(user=person, role=role, unit=at or unit, since=LONG_AGO)
    return person


def make_cast(city: City, prefix: str = "") -> Cast:
    office = city.office
    return Cast(
        author=make_person(city.county, f"{prefix}author", "甲作者", Role.AUTHOR),
        colleague=make_person(city.county, f"{prefix}colleague", "乙同事", Role.AUTHOR),
        other_author=make_person(city.other_county, f"{prefix}other", "丙外县", Role.AUTHOR),
        section_head=make_person(city.section, f"{prefix}section", "丁科长", Role.SECTION_HEAD),
        supervising_leader=make_person(office, f"{prefix}supervising", "戊分管", Role.SUPERVISING_LEADER),
        principal_leader=make_person(office, f"{prefix}principal", "己主要", Role.PRINCIPAL_LEADER),
        group_member=make_person(office, f"{prefix}group", "庚成员", Role.GROUP_MEMBER),
        admin=make_person(city.section, f"{prefix}admin", "辛管理", Role.OFFICE_ADMIN),
        county_admin=make_person(city.county, f"{prefix}countyadmin", "壬县管", Role.COUNTY_ADMIN),
        auditor=make_person(office, f"{prefix}auditor", "癸审计", Role.AUDITOR),
    )


@pytest.fixture
def city(db: None) -> City:
    return make_city()


@pytest.fixture
def cast(city: City) -> Cast:
    return make_cast(city)


@pytest.fixture
def foreign_cast(db: None) -> Cast:
    """The people of another office, who must see nothing of the first."""
    return make_cast(make_city("152200", "远山市"), prefix="foreign_")


@pytest.fixture
def as_user() -> Callable[[User], Client]:
    """A test client signed in as the given person."""

    def sign_in(person: User) -> Client:
        client = Client()
        client.force_login(person)
        return client

    return sign_in


def shanghai(day: str, clock: str = "10:00") -> datetime:
    """An aware moment in China's time zone, given as 2026-04-10 and 10:00."""
    return datetime.fromisoformat(f"{day}T{clock}:00+08:00").astimezone(UTC)


def draft(by: User, now: datetime, **fields: Any) -> Item:
    """A draft that is complete enough to be filed."""
    text: dict[str, Any] = {
        "unit": by.unit,
        "title": "青山县扎实推进巡察整改",
        "body": "青山县委巡察办压实责任，推动整改落地见效。",
        "checker": "单位审核人",
        "declared_unclassified": True,
        "route": Route.ORDINARY,
    } | fields
    authors = text.pop("authors", [Author(name=by.display_name, share=1, user=by)])
    return save_draft(item=None, by=by, fields=text, authors=authors, now=now)


def step(item: Item, action: Action, by: User, now: datetime, comment: str = "") -> Item:
    """Take a step from where the item stands now, and give the item as it stands then."""
    item.refresh_from_db()
    take_step(
        item=item, action=action, by=by, source=item.status, version=item.version, comment=comment, now=now
    )
    item.refresh_from_db()
    return item


def filed(by: User, now: datetime, **fields: Any) -> Item:
    return step(draft(by, now, **fields), Action.SUBMIT, by, now)


def issued(by: User, cast: Cast, now: datetime, **fields: Any) -> Item:
    """An item that went through all three levels at one moment."""
    item = filed(by, now, **fields)
    step(item, Action.PASS, cast.section_head, now)
    step(item, Action.PASS, cast.supervising_leader, now)
    return step(item, Action.ISSUE, cast.principal_leader, now)


@pytest.fixture
def outlets(city: City) -> dict[str, Outlet]:
    """One outlet a level, by level."""
    return {
        level: Outlet.objects.create(
            office=city.office, name=name, level=level, carrier=Carrier.NEWSPAPER, active_from=LONG_AGO
        )
        for level, name in [
            (OutletLevel.CENTRAL, "示例中央日报"),
            (OutletLevel.PROVINCE, "示例自治区日报"),
            (OutletLevel.CITY, "示例市日报"),
            (OutletLevel.COUNTY, "示例县融媒"),
        ]
    }


@pytest.fixture
def clean_files(settings: Any, tmp_path: Path) -> None:
    """Uploads of this test go to a folder of their own."""
    settings.MEDIA_ROOT = tmp_path
