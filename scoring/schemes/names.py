"""The names in a scheme that must be those of something: units, their groups, outlets.

Rule R86 of docs/scoring.md. Levels, genres, metrics and groups of outlets are checked where they are read.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from scoring.schemes.nodes import Flaw, Problem


@dataclass(frozen=True, slots=True)
class Register:
    """The names that there are, and the present name for one that something had before."""

    known: frozenset[str]
    former: Mapping[str, str] = field(default_factory=dict)


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


def unknown_names(data: Any, names: Names) -> Iterator[Problem]:
    """Every name in the JSON of a scheme that is nobody's, or is no longer, however flawed the rest."""
    own = {name for _path, name in _named(data, ("groups", _EACH, "name"))}
    for naming in NAMINGS:
        register: Register | None = getattr(names, naming.register)
        if register is None:
            continue
        for path, name in _named(data, naming.steps):
            if name in register.known or (naming.register == "groups" and name in own):
                continue
            if name in register.former:
                yield Problem(path, Flaw.RENAMED, f"{name} → {register.former[name]}")
            else:
                yield Problem(path, naming.flaw, name)


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
