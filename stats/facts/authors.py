"""Who wrote the items: their parts for the engine, and who they are for the pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from accounts.enums import Role
from accounts.models import RoleGrant, Unit, User
from scoring.figures.facts import AuthorFact
from submissions.models import Authorship


@dataclass(frozen=True, slots=True)
class Person:
    """An author: somebody with an account, or a name that an item of a unit bears.

    `unit_path` is where they belong: the account's unit now, or the unit of the items with the name.
    """

    key: str
    name: str
    user_id: int | None
    unit_id: int
    unit_name: str
    unit_path: str


@dataclass(frozen=True, slots=True)
class Authors:
    """The authors of some items."""

    facts: tuple[AuthorFact, ...]
    people: Mapping[str, Person]


def of_items(items: Iterable[int]) -> Authors:
    """Who wrote these items, in one query."""
    facts: list[AuthorFact] = []
    people: dict[str, Person] = {}
    rows = Authorship.objects.filter(item__in=set(items)).select_related("user__unit", "item__unit")
    for row in rows.order_by("item_id", "position", "pk"):
        person = _account(row) if row.user_id else named(row.name, row.item.unit)
        people.setdefault(person.key, person)
        facts.append(AuthorFact(row.item_id, person.key, person.name, row.share))
    return Authors(tuple(facts), people)


def of_office(office: Unit, first: date, last: date) -> Mapping[str, Person]:
    """Everybody with an account who was an author on one of these days, whether they wrote or not."""
    grants = RoleGrant.objects.overlapping(first, last).filter(
        role=Role.AUTHOR, user__unit__office=office, user__is_active=True
    )
    people = (person_of(grant.user) for grant in grants.select_related("user__unit"))
    return {person.key: person for person in people}


def person_of(user: User) -> Person:
    """The author who has this account."""
    unit = user.unit
    return Person(key_of(user.pk), user.display_name, user.pk, unit.pk, unit.name, unit.path)


def named(name: str, unit: Unit) -> Person:
    """The author who is known by name alone; namesakes of one unit are taken for one."""
    return Person(f"name:{name}@{unit.pk}", name, None, unit.pk, unit.name, unit.path)


def key_of(user_id: int) -> str:
    return f"user:{user_id}"


def _account(row: Authorship) -> Person:
    assert row.user is not None
    return person_of(row.user)
