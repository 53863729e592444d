"""Whom a writer may name as an author, and what a typed name means."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from django.db.models import Q

from accounts.enums import UnitKind
from accounts.models import User
from accounts.querysets import UserQuerySet, below, scope_of
from submissions.models import Item
from submissions.search import searchable

#: A name with the unit behind it, such as 王伟（青山县）.
NAME_AND_UNIT = re.compile(r"(?P<name>[^（]+)（(?P<unit>[^）]+)）")
#: Names offered while typing; any other name may be typed all the same.
OFFERED = 300


def possible_authors(user: User, item: Item | None) -> UserQuerySet:
    """Accounts a typed name is looked up in: the writer's own subtrees, the office, its sections and
    teams, and whoever is an author of the item already. People of other counties are not shown around."""
    office_level = Q(unit=user.office) | Q(
        unit__parent=user.office, unit__kind__in=[UnitKind.SECTION, UnitKind.TEAM]
    )
    near = Q(is_active=True, unit__office=user.office) & (below(scope_of(user), "unit__path") | office_level)
    if item is not None:
        near |= Q(pk__in=item.authorships.values("user"))
    people: UserQuerySet = User.objects.filter(near).select_related("unit")
    return people


def offered_names(user: User, item: Item | None) -> list[str]:
    """What the name field proposes, the writer's own unit first."""
    ordered = possible_authors(user, item).order_by("unit__position", "unit__code", "display_name", "pk")
    people = list(ordered[:OFFERED])
    labels = labels_of(people)
    own = [labels[person.pk] for person in people if person.unit_id == user.unit_id]
    return list(dict.fromkeys([*own, *labels.values()]))


def labels_of(people: Iterable[User]) -> dict[int, str]:
    """Account id → the shortest of name, name（unit）, name（unit account） that means one of `people`."""
    people = list(people)
    names = Counter(person.display_name for person in people)
    in_unit = Counter((person.display_name, person.unit_id) for person in people)
    labels = {}
    for person in people:
        label = person.display_name
        if names[label] > 1:
            unit = str(person.unit)
            unique = in_unit[label, person.unit_id] == 1
            label += f"（{unit}）" if unique else f"（{unit} {person.username}）"
        labels[person.pk] = label
    return labels


class AmbiguousName(Exception):
    """Several people are called so; `choices` are the names that tell them apart."""

    def __init__(self, name: str, choices: Sequence[str]) -> None:
        super().__init__(name)
        self.name, self.choices = name, choices


class NameBook:
    """Looks typed names up, all of a form with one query."""

    def __init__(self, user: User, item: Item | None, typed: Iterable[str]) -> None:
        names = {name_and_unit(name)[0] for name in typed}
        self._people: defaultdict[str, list[User]] = defaultdict(list)
        for person in possible_authors(user, item).filter(display_name__in=names).order_by("pk"):
            self._people[person.display_name].append(person)

    def find(self, typed: str) -> User | None:
        """The one account a typed name means; None for an outside author. Raises AmbiguousName."""
        name, unit = name_and_unit(typed)
        labels = labels_of(self._people[name])
        meant = [person for person in self._people[name] if unit is None or _is_of(person, unit)]
        if len(meant) > 1:
            raise AmbiguousName(typed, sorted(labels[person.pk] for person in meant))
        return meant[0] if meant else None

    def label(self, person: User) -> str:
        return labels_of(self._people[person.display_name]).get(person.pk, person.display_name)


def name_and_unit(typed: str) -> tuple[str, str | None]:
    """(name, unit or None) of a typed name, whichever brackets were used."""
    text = searchable(typed).replace("(", "（").replace(")", "）")
    parts = NAME_AND_UNIT.fullmatch(text)
    return (parts["name"].strip(), parts["unit"].strip()) if parts else (text, None)


def _is_of(person: User, unit: str) -> bool:
    return unit in {person.unit.short_name, person.unit.name, f"{person.unit} {person.username}"}
