"""No module but `reviews/steps/moving.py` moves an item from one status to another."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from tests.program import ROOT, modules

WRITER = "reviews/steps/moving.py"
#: Other models have a `status` of their own: names of the variables that hold their rows.
OTHER_STATUS = {"adjustment", "bulletin", "objection"}
#: Items born in a state: as drafts (the field's default) and, from the old ledger, as issued.
BORN_ISSUED = ("submissions/services/filing.py", "record_historic")
WRITES = {"update", "update_or_create", "bulk_update", "bulk_create", "save"}


def offences(source: str, module: str) -> Iterator[str]:
    """Every place in a module that could write an item's status."""
    tree = ast.parse(source)
    for function in ast.walk(tree):
        name = function.name if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef) else ""
        for child in ast.iter_child_nodes(function):
            child.inside = name or getattr(function, "inside", "")  # type: ignore[attr-defined]
    for node in ast.walk(tree):
        found = written_status(node)
        if found and (module, getattr(node, "inside", "")) != BORN_ISSUED:
            yield f"{module}:{getattr(node, 'lineno', 0)}: {found}"


def written_status(node: ast.AST) -> str:
    """What the node writes, "" when it writes no status of an item."""
    if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        for target in targets:
            for part in ast.walk(target):
                if isinstance(part, ast.Attribute) and part.attr == "status":
                    owner = ast.unparse(part.value)
                    if owner.rpartition(".")[2] not in OTHER_STATUS:
                        return f"{owner}.status = …"
    if isinstance(node, ast.Call):
        called = ast.unparse(node.func)
        owner, _, last = called.rpartition(".")
        keywords = {keyword.arg for keyword in node.keywords}
        if last in {"update", "update_or_create", "get_or_create", "create", "Item"} and "status" in keywords:
            return f"{called}(status=…)"
        if called == "setattr" and any(is_status(argument) for argument in node.args[1:2]):
            return "setattr(…, 'status', …)"
        named = [node.args[1]] if last == "bulk_update" and len(node.args) > 1 else []
        named += [word.value for word in node.keywords if word.arg in {"fields", "update_fields", "defaults"}]
        if (
            last in WRITES
            and owner not in OTHER_STATUS
            and any(is_status(part) for value in named for part in ast.walk(value))
        ):
            return f"{called}(… 'status' …)"
    return ""


def is_status(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and node.value == "status"


@pytest.mark.parametrize(
    "module", sorted({str(path.relative_to(ROOT)) for path in modules().values()} - {WRITER})
)
def test_only_the_mover_writes_the_status_of_an_item(module: str) -> None:
    assert list(offences((ROOT / module).read_text(encoding="utf-8"), module)) == []


def test_within_the_writer_only_one_function_does() -> None:
    source = (ROOT / WRITER).read_text(encoding="utf-8")
    moving = next(
        node
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef) and node.name == "move"
    )
    found = [int(line.split(":")[1]) for line in offences(source, WRITER)]
    assert found, "the writer was renamed: name the new one here"
    assert all(moving.lineno <= line <= (moving.end_lineno or 0) for line in found)


@pytest.mark.parametrize(
    "code",
    [
        "item.status = 'issued'",
        "self.item.status: str = 'issued'",
        "a, item.status = 1, 'issued'",
        "Item.objects.filter(pk=1).update(status='issued')",
        "Item.objects.update_or_create(pk=1, status='issued')",
        "Item.objects.create(status='issued')",
        "Item(status='issued')",
        "setattr(item, 'status', 'issued')",
        "Item.objects.bulk_update(items, ['status'])",
        "Item.objects.bulk_update(items, fields=['status'])",
        "item.save(update_fields=['title', 'status'])",
        "Item.objects.update_or_create(pk=1, defaults={'status': 'issued'})",
    ],
)
def test_every_way_to_write_a_status_is_seen(code: str) -> None:
    assert list(offences(code, "elsewhere.py"))


@pytest.mark.parametrize(
    "code",
    [
        "items.filter(status='issued')",
        "items.exclude(status__in=NOT_FILED)",
        "bulletin.status = BulletinStatus.ISSUED",
        "status = item.status",
        "item.save(update_fields=['title'])",
        "bulletin.save(update_fields=['status'])",
    ],
)
def test_reading_a_status_is_no_offence(code: str) -> None:
    assert list(offences(code, "elsewhere.py")) == []
