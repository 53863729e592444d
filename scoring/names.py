"""What a scheme of an office may name, whom it means by a name, and what that is called today.

Units that are ranked, by name or code, their kinds, and the outlets of the office's list; all of them also by
the aliases that have not been ended.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Self

from django.db.models import Q

from accounts.enums import UnitKind
from accounts.models import Unit, UnitAlias
from adoptions.models import Outlet, OutletAlias
from scoring.schemes.names import NAMED, Names, Register, names_of_kind, renamed

#: Whom the names in a scheme mean: "units" or "outlets" → name → ids.
type Meant = dict[str, dict[str, list[int]]]


@dataclass(frozen=True, slots=True)
class Borne:
    """The names of one kind of things: the present name of each id, and the ids of everybody by every name.

    `codes` never change, so they need no following; `ended` names are no longer understood.
    """

    present: Mapping[int, str]
    by_name: Mapping[str, frozenset[int]]
    by_alias: Mapping[str, frozenset[int]]
    ended: Mapping[str, frozenset[int]]
    codes: frozenset[str] = frozenset()

    def bearers(self, name: str) -> frozenset[int]:
        """Whom a name means; outlets of one name are one, and a name that may be several means nobody."""
        found = self.by_name.get(name, frozenset()) | self.by_alias.get(name, frozenset())
        return found if len(self._called(found)) == 1 else frozenset()

    def register(self) -> Register:
        """As the reader of schemes wants it."""
        spoken = self.by_name.keys() | self.by_alias.keys()
        whom = {
            name: self._called(self.by_name.get(name, frozenset()) | self.by_alias.get(name, frozenset()))
            for name in spoken
        }
        return Register(
            known=frozenset(self.by_name),
            former={name: min(self._called(ids)) for name, ids in self.ended.items() if name not in spoken},
            aliases={name: min(whom[name]) for name in self.by_alias if name not in self.by_name},
            double={name: "、".join(sorted(called)) for name, called in whom.items() if len(called) > 1},
        )

    def _called(self, ids: Iterable[int]) -> set[str]:
        return {self.present[pk] for pk in ids}


def names_of(office: Unit) -> Names:
    """The names that a scheme may use today, also of closed units and outlets; four queries."""
    borne = borne_in(office)
    return Names(
        units=borne["units"].register(),
        groups=Register(frozenset(str(kind) for kind in UnitKind)),
        outlets=borne["outlets"].register(),
    )


def borne_in(office: Unit) -> dict[str, Borne]:
    """Who bears which name in an office; four queries."""
    units = Unit.objects.filter(Q(parent=office, office=office) | Q(pk=office.pk))
    rows = list(units.values_list("pk", "name", "code"))
    outlets = dict(Outlet.objects.of_office(office).values_list("pk", "name"))
    return {
        "units": _borne(
            {pk: name for pk, name, _code in rows},
            UnitAlias.objects.filter(holder__in=units),
            codes={code: pk for pk, _name, code in rows},
        ),
        "outlets": _borne(outlets, OutletAlias.objects.filter(holder__office=office), codes={}),
    }


def meant_by(rules: Any, borne: Mapping[str, Borne], before: Meant) -> Meant:
    """Whom the names in the JSON of a scheme mean, beyond what was noted `before`.

    A thing is noted under one name: who bears another name of the scheme only now is not meant by it. What
    has come to share the name of an outlet that is noted is noted with it.
    """
    found: Meant = {}
    for kind in NAMED:
        noted = {name: set(ids) for name, ids in before.get(kind, {}).items()}
        taken = set[int]().union(*noted.values())
        for name in sorted(names_of_kind(rules, kind) - borne[kind].codes):
            if name in noted:
                called = (borne[kind].present[pk] for pk in noted[name] & borne[kind].present.keys())
                fitting = set[int]().union(*(borne[kind].by_name[each] for each in set(called)))
            else:
                fitting = set(borne[kind].bearers(name))
            if fitting - taken:
                noted.setdefault(name, set()).update(fitting - taken)
        found[kind] = {name: sorted(ids) for name, ids in noted.items()}
    return found


@dataclass(frozen=True, slots=True)
class Present:
    """What those are called today whom versions of a scheme mean."""

    names: Mapping[str, Mapping[int, str]]

    @classmethod
    def of(cls, meant: Iterable[Meant]) -> Self:
        """At most two queries."""
        ids: defaultdict[str, set[int]] = defaultdict(set)
        for each in meant:
            for kind, noted in each.items():
                ids[kind].update(*noted.values())
        return cls(
            {
                kind: dict(model.objects.filter(pk__in=ids[kind]).values_list("pk", "name"))
                for kind, model in (("units", Unit), ("outlets", Outlet))
                if ids[kind]
            }
        )

    def rules(self, rules: dict[str, Any], meant: Meant) -> dict[str, Any]:
        """The rules of a version with everybody under the present name.

        A name that was nobody's and was taken by somebody whom the version knows by another name is left out:
        that one goes on being known by the other.
        """
        for kind in self.names:
            said = self._said(kind, meant)
            now = {name for names in said.values() for name in names}
            said |= {name: () for name in names_of_kind(rules, kind) & now if name not in said}
            rules = renamed(rules, kind, {name: to for name, to in said.items() if to != (name,)})
        return rules

    def changes(self, meant: Meant) -> list[tuple[str, str]]:
        """(name in the version, present name) of those that have another name today."""
        said = (pair for kind in self.names for pair in self._said(kind, meant).items())
        return [(name, "、".join(now)) for name, now in said if now != (name,)]

    def _said(self, kind: str, meant: Meant) -> dict[str, tuple[str, ...]]:
        called = self.names[kind]
        return {
            name: tuple(dict.fromkeys(called[pk] for pk in ids if pk in called))
            for name, ids in meant.get(kind, {}).items()
        }


def _borne(present: dict[int, str], aliases: Any, *, codes: dict[str, int]) -> Borne:
    by_name, by_alias, ended = (defaultdict[str, set[int]](set) for _kind in range(3))
    for pk, name in present.items():
        by_name[name].add(pk)
    for code, pk in codes.items():
        by_name[code].add(pk)
    for name, pk, until in aliases.values_list("name", "holder", "until"):
        (ended if until else by_alias)[name].add(pk)
    return Borne(present, _frozen(by_name), _frozen(by_alias), _frozen(ended), frozenset(codes))


def _frozen(found: Mapping[str, set[int]]) -> dict[str, frozenset[int]]:
    return {name: frozenset(ids) for name, ids in found.items()}
