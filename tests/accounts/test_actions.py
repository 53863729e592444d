"""The audit trail has a Chinese word for every action that is recorded anywhere."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from accounts.actions import ACTIONS
from reviews.enums import Action

ROOT = Path(__file__).resolve().parents[2]
APPS = ("accounts", "notices", "submissions", "reviews", "incentives", "adoptions", "stats", "publicity")


def recorded() -> Iterator[str]:
    """The literal actions that the code records."""
    for app in APPS:
        for path in (ROOT / app).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.keyword) and node.arg == "action":
                    for value in ast.walk(node.value):
                        if isinstance(value, ast.Constant) and isinstance(value.value, str):
                            yield value.value


def test_every_recorded_action_has_a_word() -> None:
    literal = {action for action in recorded() if "." in action.strip(".")}
    assert literal
    assert literal - set(ACTIONS) == set()


def test_every_step_of_the_chain_has_a_word() -> None:
    assert {f"item.{action}" for action in Action} <= set(ACTIONS)
