"""What the documents of the project name is there: paths, modules, commands; and each folder has its line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fnmatch import fnmatch
from functools import cache
from pathlib import Path

import pytest
from django.core.management import get_commands

ROOT = Path(__file__).resolve().parents[1]
#: What git leaves out is made while the program runs, or by whoever deploys it.
IGNORED = [line.strip("/") for line in (ROOT / ".gitignore").read_text(encoding="utf-8").split()]
HOMES = ("*.md", "docs/*.md", "*/*/README.md")
SUFFIXES = "css|html|inc|js|json|md|po|py|sh|toml|txt|typ|yml"
#: In code marks a path has a slash, or is a file of a kind that we keep. What begins with one is an address.
PATH = re.compile(rf"(?!/)[\w.*-]+(?:/[\w.*-]*)+|[\w-]+\.(?:{SUFFIXES})")
#: They look like paths and are none.
NO_PATHS = {"1/2", "3/30", "Item.html"}
COMMAND = re.compile(r"\./manage (?P<name>[a-z_]+)")


def is_ignored(path: str) -> bool:
    """Whether git leaves it out, or a folder above it."""
    above = [str(folder) for folder in Path(path).parents]
    return any(fnmatch(each, rule) for each in (path, *above) for rule in IGNORED)


@cache
def folders() -> list[str]:
    """The folders of the project at its top."""
    found = (path.name for path in ROOT.iterdir() if path.is_dir() and path.name != ".git")
    return sorted(name for name in found if not is_ignored(name))


@cache
def paths() -> frozenset[str]:
    """Every file and folder of the project, seen from its top, with a slash before it."""
    below = (path for folder in folders() for path in (ROOT / folder).rglob("*"))
    return frozenset(f"/{path.relative_to(ROOT)}" for path in (*ROOT.iterdir(), *below))


@cache
def documents() -> dict[str, str]:
    """The text of every document, by its path."""
    found = [path for home in HOMES for path in ROOT.glob(home)]
    names = [str(path.relative_to(ROOT)) for path in found]
    return {name: (ROOT / name).read_text(encoding="utf-8") for name in names if not is_ignored(name)}


def code_marks(text: str) -> Iterator[str]:
    """What stands in backticks, outside of blocks."""
    outside = re.sub(r"^```.*?^```", "", text, flags=re.M | re.S)
    return (match[1] for match in re.finditer(r"`([^`\n]+)`", outside))


def exists(path: str) -> bool:
    """Whether a file or folder is called so: its whole path, or the end of it, `*` for any part."""
    end = "/" + path.removeprefix("./").rstrip("/")
    if "*" in end:
        return any(fnmatch(known, f"*{end}") for known in paths())
    return end in paths() or any(known.endswith(end) for known in paths())


@pytest.fixture(params=sorted(documents()))
def document(request: pytest.FixtureRequest) -> str:
    """Every document in turn."""
    return str(request.param)


def test_every_path_in_code_marks_exists(document: str) -> None:
    named = {mark for mark in code_marks(documents()[document]) if PATH.fullmatch(mark)} - NO_PATHS
    assert sorted(path for path in named if not (is_ignored(path.rstrip("/")) or exists(path))) == []


def test_every_link_leads_to_a_file(document: str) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)", documents()[document])
    assert [link for link in links if not ((ROOT / document).parent / link).exists()] == []


def test_every_dotted_name_is_in_its_module(document: str) -> None:
    name = re.compile(rf"(?:{'|'.join(folders())})(?:\.\w+)+")
    dotted = [mark for mark in code_marks(documents()[document]) if name.fullmatch(mark)]
    assert [name for name in dotted if not is_in_its_module(name)] == []


def is_in_its_module(name: str) -> bool:
    """Whether `app.module.name` is a module, or a name that its module defines."""
    parts = name.split(".")
    place = ROOT
    while parts and (place / parts[0]).is_dir():
        place /= parts.pop(0)
    module = place / f"{parts.pop(0)}.py" if parts else place
    if not module.exists():
        return False
    return not parts or defines(module.read_text(encoding="utf-8"), parts[0])


def defines(source: str, name: str) -> bool:
    return bool(re.search(rf"^\s*(?:class|def|type) {name}\b|^\s*{name}(?::.+)? = ", source, re.M))


def test_every_command_exists(document: str) -> None:
    named = {match["name"] for match in COMMAND.finditer(documents()[document])}
    assert named - set(get_commands()) == set()


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
def test_the_table_of_folders_has_each_of_them_once(readme: str) -> None:
    listed = re.findall(r"^\| `([^`]+)/` \|", documents()[readme], re.M)
    assert sorted(listed) == folders()


def test_both_readmes_name_the_same_commands() -> None:
    english, chinese = (
        re.findall(r"^(\./\S+ ?[a-z_]*|bash \S+|\.ci/\S+)", documents()[name], re.M)
        for name in ("README.md", "README.zh-CN.md")
    )
    assert english == chinese


@cache
def source(*, tests: bool) -> str:
    """The text of the program, or of the program and its tests."""
    tops = [ROOT / folder for folder in folders() if tests or folder != "tests"]
    return "\n".join(file.read_text(encoding="utf-8") for top in tops for file in top.rglob("*.py"))


def test_the_glossary_names_what_the_code_names() -> None:
    rows = [line for line in documents()["docs/glossary.md"].splitlines() if line.startswith("| ")]
    named = {mark for row in rows for mark in code_marks(row)}
    program = source(tests=False)
    known = {name for name in named if defines(program, name) or f'"{name}"' in program}
    assert sorted(named - known - set(get_commands())) == []


@pytest.mark.parametrize("guide", ["CONTRIBUTING.md", "docs/architecture.md"])
def test_every_name_of_a_guide_stands_in_the_code(guide: str) -> None:
    named = {mark for mark in code_marks(documents()[guide]) if re.fullmatch(r"[A-Za-z_]\w*(\.\w+)?", mark)}
    words = set(re.findall(r"\w+", " ".join((source(tests=True), *paths()))))
    assert sorted(name for name in named if not words.issuperset(name.split("."))) == []


def test_what_is_not_there_is_found() -> None:
    assert not exists("stats/nowhere.py")
    assert not exists("stats/nowhere*.py")
    assert exists("stats/urls.py")
    assert exists("urls.py")
    assert not exists("rls.py")
    assert not is_in_its_module("kit.bell.sing")
    assert not is_in_its_module("kit.nowhere")
    assert is_in_its_module("kit.bell.ring")
    assert list(code_marks("`one` and\n```\n`two`\n```\n`three`")) == ["one", "three"]
