"""The shape of the program beyond the arrows that import-linter holds: no two files need each other."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter

from tests.program import modules


def imported(source: str, known: Mapping[str, object]) -> Iterator[str]:
    """The modules that a file imports wherever it does so, for types alone as well."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and node.module:
            for name in node.names:
                inner = f"{node.module}.{name.name}"
                yield inner if inner in known else node.module
        elif isinstance(node, ast.Import):
            yield from (name.name for name in node.names)


def are_models_of_querysets(importer: str, other: str) -> bool:
    """Querysets name their models in types, and models are made with their querysets: the one circle."""
    return (
        importer.endswith("querysets")
        and other.endswith("models")
        and importer.partition(".")[0] == other.partition(".")[0]
    )


def circle(imports: Mapping[str, set[str]]) -> list[str]:
    """One circle of modules that import each other in turn; empty when there is none."""
    try:
        TopologicalSorter(imports).prepare()
    except CycleError as error:
        found: list[str] = error.args[1]
        return found
    return []


def test_no_circle_of_files_but_models_and_their_querysets() -> None:
    known = modules()
    imports = {
        name: {
            other
            for other in imported(path.read_text(encoding="utf-8"), known)
            if other in known and other != name and not are_models_of_querysets(name, other)
        }
        for name, path in known.items()
    }
    assert circle(imports) == []


def test_a_circle_is_found_in_type_imports_and_through_packages() -> None:
    known = {"a", "a.one", "a.two"}
    sources = {
        "a.one": "if TYPE_CHECKING:\n    from a import two",
        "a.two": "def late():\n    from a.one import thing",
    }
    imports = {name: set(imported(source, dict.fromkeys(known))) for name, source in sources.items()}
    assert imports == {"a.one": {"a.two"}, "a.two": {"a.one"}}
    assert set(circle(imports)) == {"a.one", "a.two"}
