"""The names in a scheme that must be those of something: units, their groups, outlets.

Rules R86, R93 and R94 of docs/scoring.md. Levels, genres, metrics and groups of outlets are checked where
they are read.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from scoring.schemes.nodes import Flaw, Problem


@dataclass(frozen=True, slots=True)
class Register:
    """The names that there are.

    `aliases` are understood still, `former` ones no longer: both with the present name. A name in `double`
    may mean several.
    """

    known: frozenset[str]
    former: Mapping[str, str] = field(default_factory=dict)
    aliases: Mapping[str, str] = field(default_factory=dict)
    double: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Names:
    """What a scheme may name; None where it cannot be known. A scheme's own groups come on top."""

    groups: Register
    units: Register | None = None
    outlets: Register | None = None


class _Naming(NamedTuple):
    """A member of the document that names something: its steps, in `Names` whose name, the flaw."""

    steps: tuple[str, ...]
    register: str
    flaw: Flaw


#: What has an identity of its own beside its name.
NAMED: Final = ("units", "outlets")
_EACH: Final = "[]"
_ALL: Final = "*"
NAMINGS: Final = (
    _Naming(("groups", _EACH, "units"), "units", Flaw.NO_UNIT),
    _Naming(("outlet_groups", _ALL), "outlets", Flaw.NO_OUTLET),
    _Naming(("adoption", "rules", _EACH, "outlet"), "outlets", Flaw.NO_OUTLET),
    _Naming(("adoption", "rules", _EACH, "group"), "groups", Flaw.NO_GROUP),
    _Naming(("adoption", "modifiers", _EACH, "outlet"), "outlets", Flaw.NO_OUTLET),
    _Naming(("adoption", "modifiers", _EACH, "group"), "groups", Flaw.NO_GROUP),
    _Naming(("filing", _EACH, "group"), "groups", Flaw.NO_GROUP),
    _Naming(("targets", _EACH, "group"), "groups", Flaw.NO_GROUP),
    _Naming(("targets", _EACH, "unit"), "units", Flaw.NO_UNIT),
)
#: Where a scheme names its own groups of outlets.
_OF_OUTLETS: Final = tuple(
    _Naming(("adoption", part, _EACH, "outlet_group"), "outlet_groups", Flaw.UNLISTED)
    for part in ("rules", "modifiers")
)
#: What is told of a name and hinders nothing.
HARMLESS: Final = frozenset({Flaw.NO_OUTLET, Flaw.ALIAS})


def unknown_names(data: Any, names: Names) -> Iterator[Problem]:
    """Every name in the JSON of a scheme that is nobody's, no longer or not only one's, and every alias.

    However flawed the rest.
    """
    own = {name for _path, name in _named(data, ("groups", _EACH, "name"))}
    for naming in NAMINGS:
        register: Register | None = getattr(names, naming.register)
        if register is None:
            continue
        for path, name in _named(data, naming.steps):
            if name in register.double:
                yield Problem(path, Flaw.TWO_BEARERS, f"{name} → {register.double[name]}")
            elif name in register.known or (naming.register == "groups" and name in own):
                continue
            elif name in register.aliases:
                yield Problem(path, Flaw.ALIAS, f"{name} → {register.aliases[name]}")
            elif name in register.former:
                yield Problem(path, Flaw.RENAMED, f"{name} → {register.former[name]}")
            else:
                yield Problem(path, naming.flaw, name)


def names_of_kind(data: Any, register: str) -> set[str]:
    """The names of a kind, such as "outlets", in the JSON of a scheme."""
    namings = (naming for naming in NAMINGS if naming.register == register)
    return {name for naming in namings for _path, name in _named(data, naming.steps)}


def renamed(data: Any, register: str, said: Mapping[str, Sequence[str]]) -> Any:
    """The JSON of a scheme with these names of a kind said otherwise; the rest as it was.

    An entry that names what has several names now, or none, stands there as often.
    """
    for naming in (*NAMINGS, *_OF_OUTLETS):
        if naming.register == register and said:
            data = _renamed(data, naming.steps, said)
    return data


def followed(data: Any, names: Names) -> Any:
    """The JSON of a scheme with the present names for aliases."""
    for kind in NAMED:
        register: Register | None = getattr(names, kind)
        said = {alias: (present,) for alias, present in register.aliases.items()} if register else {}
        data = renamed(data, kind, said)
    return data


def regrouped(before: Any, after: Any) -> Any:
    """The edited JSON of a scheme with the new name of a group, of units or outlets, wherever it is named.

    A group was renamed when another of the same members, or else in the same place, stands there instead.
    """
    for kind in ("groups", "outlet_groups"):
        old, new = _groups(before, kind), _groups(after, kind)
        gone, come = old.keys() - new.keys(), [name for name in new if name not in old]
        said = {}
        for name in gone:
            alike = [other for other in come if new[other] == old[name]]
            place = list(old).index(name)
            if not alike and len(old) == len(new):
                alike = [other for other in come if list(new).index(other) == place]
            if len(alike) == 1:
                said[name] = alike
        after = renamed(after, kind, said)
    return after


def _groups(data: Any, kind: str) -> dict[str, Any]:
    """The groups in the JSON of a scheme with their members, by name."""
    groups = data.get(kind) if isinstance(data, dict) else None
    if isinstance(groups, dict):
        return groups
    rows = groups if isinstance(groups, list) else []
    named = ((row.get("name"), row.get("units")) for row in rows if isinstance(row, dict))
    return {name: units for name, units in named if isinstance(name, str)}


def _renamed(value: Any, steps: tuple[str, ...], said: Mapping[str, Sequence[str]]) -> Any:
    if not steps:
        return list(dict.fromkeys(_said(value, said))) if isinstance(value, list) else value
    if steps[0] == _EACH:
        rows = value if isinstance(value, list) else []
        return [new for one in rows for new in _rows(one, steps[1:], said)] if rows else value
    if not isinstance(value, dict):
        return value
    keys = value if steps[0] == _ALL else value.keys() & {steps[0]}
    return {key: _renamed(part, steps[1:], said) if key in keys else part for key, part in value.items()}


def _rows(row: Any, steps: tuple[str, ...], said: Mapping[str, Sequence[str]]) -> Iterable[Any]:
    """An entry as often as what it names has names."""
    name = row.get(steps[0]) if isinstance(row, dict) and len(steps) == 1 else None
    if isinstance(name, str):
        return [{**row, steps[0]: new} for new in _said([name], said)]
    return [_renamed(row, steps, said)]


def _said(names: Iterable[Any], said: Mapping[str, Sequence[str]]) -> Iterator[Any]:
    for name in names:
        yield from said.get(name.strip(), (name,)) if isinstance(name, str) else (name,)


def _named(data: Any, steps: tuple[str, ...], path: str = "") -> Iterator[tuple[str, str]]:
    """(place, name) of all that the steps lead to; names of a list have the list's place."""
    if not steps:
        yield from ((path, name) for name in _texts(data))
    elif steps[0] == _EACH:
        for index, one in enumerate(data if isinstance(data, list) else []):
            yield from _named(one, steps[1:], f"{path}[{index}]")
    elif isinstance(data, dict):
        for key in data if steps[0] == _ALL else [steps[0]]:
            yield from _named(data.get(key), steps[1:], f"{path}.{key}" if path else str(key))


def _texts(value: Any) -> Iterator[str]:
    """A text as it is read, one that is excluded, or those of a list; blank ones name nothing."""
    if isinstance(value, dict):
        yield from _texts(value.get("not"))
    elif isinstance(value, str):
        yield from filter(None, [value.strip()])
    elif isinstance(value, list):
        yield from (one for one in value if isinstance(one, str) and one.strip())
