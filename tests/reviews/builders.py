"""Items brought to any state of the chain, by the steps that lead there."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from accounts.models import User
from reviews.chain import LEVELS, ROUTES, approval
from reviews.enums import Action
from submissions.enums import Route, Status
from submissions.models import Item
from submissions.services import save_draft
from tests.conftest import Cast, draft, filed, shanghai, step

NOW = shanghai("2026-04-10")


def important(route: str) -> dict[str, Any]:
    return {"route": route, "route_reason": "全市重点工作" if route == Route.IMPORTANT else ""}


def decider(cast: Cast, status: str) -> User:
    """The cast's holder of the role that decides at a level."""
    person: User = getattr(cast, LEVELS[Status(status)].role.value)
    return person


def standing(cast: Cast, status: str, route: str = Route.ORDINARY, now: datetime = NOW) -> Item:
    """An item of `cast.author` that has come to `status` step by step."""
    if status == Status.DRAFT:
        return draft(cast.author, now, **important(route))
    item = filed(cast.author, now, **important(route))
    if status == Status.WITHDRAWN:
        return step(item, Action.WITHDRAW, cast.author, now)
    for level in ROUTES[Route(route)]:
        if status == level.waiting:
            return item
        holder = decider(cast, level.waiting)
        if status == level.returned:
            return step(item, Action.RETURN, holder, now, "请核实数字")
        item = step(item, approval(route, level.waiting), holder, now)
    assert item.status == status, f"no way to {status} on the {route} route"
    return item


def revised(item: Item, by: User, **fields: Any) -> Item:
    """The item with its working text changed, not yet filed again."""
    item.refresh_from_db()
    return save_draft(
        item=item, by=by, fields=fields, authors=None, now=item.changed_at + timedelta(minutes=1)
    )


def refiled(item: Item, by: User, now: datetime = NOW, **fields: Any) -> Item:
    """The item changed and filed again by `by`."""
    return step(revised(item, by, **fields), Action.SUBMIT, by, now)


def states(route: str) -> list[Status]:
    """Every state an item of the route can come to."""
    levels = ROUTES[Route(route)]
    return [
        Status.DRAFT,
        Status.WITHDRAWN,
        *(level.waiting for level in levels),
        *(level.returned for level in levels),
        Status.ISSUED,
    ]
