"""Every rule of docs/scoring.md has a test, and every test's rule is in the page."""

import ast
import re
from pathlib import Path

HERE = Path(__file__).parent
DOCS = HERE.parent / "docs" / "scoring.md"


def rules_with_headings():
    """The rules that have a heading."""
    return re.findall(r"^### (R[0-9]{2,3}) ", DOCS.read_text(encoding="utf-8"), re.M)


def rules_with_tests():
    """The rules named by a test function, as r24 in its name or R24 in its docstring."""
    rules = set()
    for path in HERE.glob("*/**/test_*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                rules |= {f"R{number}" for number in re.findall(r"_r([0-9]{2,3})(?=_)", node.name)}
                rules |= set(re.findall(r"\bR[0-9]{2,3}\b", ast.get_docstring(node) or ""))
    return rules


def test_every_documented_rule_has_a_test_and_every_tested_rule_is_documented():
    assert rules_with_tests() == set(rules_with_headings())


def test_no_two_rules_share_an_id():
    assert len(rules_with_headings()) == len(set(rules_with_headings()))
