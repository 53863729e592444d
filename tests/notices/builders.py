"""Notices without an item behind them, for tests of telling itself."""

from __future__ import annotations

from typing import Any

from accounts.models import User
from notices.enums import Kind
from notices.services import tell
from tests.conftest import shanghai

NOW = shanghai("2026-04-10")
LATER = shanghai("2026-04-11")


def told(*people: User, **different: Any) -> int:
    """`notices.services.tell`, with something to say."""
    said: dict[str, Any] = {
        "kind": Kind.ARRIVED,
        "subject": "item:17",
        "text": "《青山县扎实推进巡察整改》待您审核",
        "about": "A-2026-0017",
        "link": "/review/items/17/",
        "key": "arrived:17:1",
        "now": NOW,
    }
    return tell(people, **said | different)
