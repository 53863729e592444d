"""Who wrote the items: their parts for the engine, and who they are for the pages. Rule R111."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch

from accounts.enums import Role
from accounts.models import RoleGrant, Unit, User
from accounts.names import bearings
from adoptions.models import Credit
from scoring.figures.facts import AuthorFact
from stats.facts.namesakes import Namesakes, units_of_item
from submissions.filed import Signed, authors_as_filed
from submissions.models import Authorship, Item
from submissions.people import name_and_unit


@dataclass(frozen=True, slots=True)
class Person:
    """An author: somebody with an account, or a name that items of a unit bear.

    `unit_path` is where they belong: the account's unit now, or the unit whose items have the name.
    """

    key: str
    name: str
    user_id: int | None
    unit_id: int
    unit_name: str
    unit_path: str


@dataclass(frozen=True, slots=True)
class Authors:
    """The authors of some items, in the order in which they sign; one may sign an item twice."""

    facts: tuple[AuthorFact, ...]
    people: Mapping[str, Person]


def of_items(items: Iterable[int]) -> Authors:
    """Who wrote these items of one office, in a fixed number of queries."""
    signed = authors_as_filed(set(items))
    accounts = User.objects.select_related("unit").in_bulk({each.user_id for each in signed if each.user_id})
    bare = _Bare.of([each for each in signed if each.user_id is None])
    facts: list[AuthorFact] = []
    people: dict[str, Person] = {}
    for each in signed:
        if each.user_id:
            person = person_of(accounts[each.user_id])
        else:
            assert bare is not None, "this one is"
            person = bare.person(each)
        people.setdefault(person.key, person)
        facts.append(AuthorFact(each.item_id, person.key, person.name, each.share))
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
    return Person(f"user:{user.pk}", user.display_name, user.pk, unit.pk, unit.name, unit.path)


def named(name: str, unit: Unit) -> Person:
    """The author who is known by name alone; namesakes of one unit are taken for one."""
    return Person(f"name:{name}@{unit.pk}", name, None, unit.pk, unit.name, unit.path)


def is_author(person: Person, office: Unit) -> bool:
    """Whether some item of the office bears the name of this person, who has no account."""
    filed = Authorship.objects.filter(item__in=Item.objects.filter(office=office).filed(), user__isnull=True)
    items = filed.filter(name__startswith=person.name).values_list("item", flat=True)
    return person.key in of_items(items).people


@dataclass(frozen=True, slots=True)
class _Bare:
    """Whom the names without an account on some items mean."""

    office: _OfficeUnits
    units_of: Mapping[int, Sequence[int]]
    accounts: Mapping[str, Sequence[User]]
    namesakes: Namesakes

    @classmethod
    def of(cls, signed: Sequence[Signed]) -> _Bare | None:
        """Only of names on an item of several units other items are asked, however old."""
        if not signed:
            return None
        office = _OfficeUnits.of(signed[0].item_id)
        units_of = _units_of({each.item_id for each in signed})
        joint = {each.name for each in signed if len(units_of[each.item_id]) > 1}
        filed = Item.objects.filter(office=office.id).filed()
        others = Authorship.objects.filter(item__in=filed, name__in=joint, user__isnull=True)
        pairs = list(others.values_list("name", "item_id")) if joint else []
        units_of |= _units_of({item for _, item in pairs} - units_of.keys())
        names = {office.named(each.name)[0] for each in signed}
        homes = [(name, units_of[item]) for name, item in pairs]
        return cls(office, units_of, _accounts(office.id, names), Namesakes(homes))

    def person(self, signed: Signed) -> Person:
        """The account of that name at the unit, if there is one, or the name at the unit."""
        name, unit = self.office.named(signed.name)
        if unit is None:
            units = self.units_of[signed.item_id]
            unit = self.namesakes.unit_of(name, units, lambda at: self._account(name, at) is not None)
        account = self._account(name, unit)
        return person_of(account) if account else named(name, self.office.units[unit])

    def _account(self, name: str, unit_id: int) -> User | None:
        """The only one of the name who belongs there, or to a unit below, or wrote for it once."""
        unit = self.office.units[unit_id]
        there = [user for user in self.accounts.get(name, ()) if _belongs(user, unit)]
        return there[0] if len(there) == 1 else None


@dataclass(frozen=True, slots=True)
class _OfficeUnits:
    """All units of an office, which an author's name may state: 张三（青山县）."""

    id: int
    units: Mapping[int, Unit]
    by_name: Mapping[str, int]

    @classmethod
    def of(cls, item_id: int) -> _OfficeUnits:
        """Of the office of an item."""
        office_id = Item.objects.values_list("office_id", flat=True).get(pk=item_id)
        units = list(Unit.objects.filter(office=office_id).prefetch_related("aliases"))
        borne = [bearing for unit in units for bearing in bearings(unit)]
        former = Counter(bearing.name for bearing in borne if bearing.is_alias)
        # Present names last, so that they stand; a former one that two units bore means neither.
        by_name = {each.name: each.holder.pk for each in borne if former[each.name] == 1 and each.is_alias}
        by_name |= {each.name: each.holder.pk for each in borne if not each.is_alias}
        return cls(office_id, {unit.pk: unit for unit in units}, by_name)

    def named(self, typed: str) -> tuple[str, int | None]:
        """The name without its unit, and the unit when one is stated that there is, or was of that name."""
        name, stated = name_and_unit(typed)
        unit = self.by_name.get(stated) if stated else None
        return (typed, None) if unit is None else (name, unit)


def _belongs(user: User, unit: Unit) -> bool:
    """What stands below the office itself are units of their own."""
    wrote_for = (grant.unit for grant in user.grants.all())
    return any(
        own.pk == unit.pk or (unit.pk != unit.office_id and own.path.startswith(unit.path))
        for own in (user.unit, *wrote_for)
    )


def _accounts(office_id: int, names: Collection[str]) -> Mapping[str, list[User]]:
    wrote = RoleGrant.objects.filter(role=Role.AUTHOR).select_related("unit")
    people = User.objects.filter(unit__office=office_id, display_name__in=names).select_related("unit")
    found: defaultdict[str, list[User]] = defaultdict(list)
    for user in people.prefetch_related(Prefetch("grants", wrote)):
        found[user.display_name].append(user)
    return found


def _units_of(items: Collection[int]) -> dict[int, Sequence[int]]:
    """Of every item the unit that filed it and those its standing adoptions are credited to."""
    credited: defaultdict[int, set[int]] = defaultdict(set)
    standing = Credit.objects.filter(adoption__item__in=items, adoption__revoked_at__isnull=True)
    for item, unit in standing.values_list("adoption__item_id", "unit_id"):
        credited[item].add(unit)
    filed_by = Item.objects.filter(pk__in=items).values_list("pk", "unit_id")
    return {item: units_of_item(unit, credited[item]) for item, unit in filed_by}
