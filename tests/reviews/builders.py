"""Items brought to any state of the chain, by the steps that lead there."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final

from accounts.enums import Role
from accounts.models import User
from reviews.chain import LEVELS, MEETING, ROADS, UNIT, UNIT_FIRST, Road, approval
from reviews.enums import Action, MeetingKind, Stance
from reviews.models import AgendaItem, CheckedUnit, Meeting, OfficeRule, Opinion
from submissions.enums import Chain, Route, Status
from submissions.models import Item
from submissions.services.drafts import save_draft
from tests.conftest import Cast, draft, filed, make_person, shanghai, step

NOW = shanghai("2026-04-10")
#: The roads of an office that has set nothing.
ORDINARY: Final = Road(Chain.THREE_LEVELS, Route.ORDINARY)
IMPORTANT: Final = Road(Chain.THREE_LEVELS, Route.IMPORTANT)
#: An office's own chain → with and without the unit's own check.
BASE: Final = {UNIT_FIRST[chain]: chain for chain in UNIT_FIRST} | {chain: chain for chain in UNIT_FIRST}


def important(route: str) -> dict[str, Any]:
    return {"route": route, "route_reason": "全市重点工作" if route == Route.IMPORTANT else ""}


def unit_head(cast: Cast) -> User:
    """The head of the county in which `cast.author` works."""
    found: User | None = User.objects.filter(grants__role=Role.UNIT_HEAD, unit=cast.author.unit).first()
    return found or make_person(cast.author.unit, "unithead", "子县主", Role.UNIT_HEAD)


def use_chain(cast: Cast, chain: Chain) -> None:
    """Set the rule of the office, and the own check of the county's items, so that they take this chain."""
    OfficeRule.objects.update_or_create(office=cast.author.office, defaults={"chain": BASE[chain]})
    CheckedUnit.objects.filter(unit=cast.author.unit).delete()
    if chain != BASE[chain]:
        unit_head(cast)
        CheckedUnit.objects.create(unit=cast.author.unit, since=NOW, set_by=cast.admin)


def decider(cast: Cast, status: str) -> User:
    """The cast's holder of the role that decides at a level."""
    level = LEVELS[Status(status)]
    person: User = unit_head(cast) if level == UNIT else getattr(cast, level.role.value)
    return person


def discussed(item: Item, chair: User, now: datetime) -> AgendaItem:
    """The director's meeting has agreed to the item as it is, and its chair may approve it."""
    kind = MeetingKind.DIRECTORS
    meeting = Meeting.objects.create(
        office=item.office, kind=kind, held_at=now, chair=chair, recorder=chair, created_at=now
    )
    meeting.members.set([chair])
    version = item.versions.get(number=item.version)
    entry = AgendaItem.objects.create(meeting=meeting, item=item, version=version, position=1)
    Opinion.objects.create(entry=entry, member=chair, stance=Stance.AGREE, recorded_by=chair, at=now)
    return entry


def item_at(cast: Cast, status: str, road: Road = ORDINARY, now: datetime = NOW) -> Item:
    """An item of `cast.author` that has come to `status` step by step."""
    use_chain(cast, road.chain)
    if status == Status.DRAFT:
        return draft(cast.author, now, **important(road.route))
    item = filed(cast.author, now, **important(road.route))
    if status == Status.WITHDRAWN:
        return step(item, Action.WITHDRAW, cast.author, now)
    for level in ROADS[road]:
        if status == level.waiting:
            return item
        holder = decider(cast, level.waiting)
        if status == level.returned:
            return step(item, Action.RETURN, holder, now, "请核实数字")
        if level == MEETING:
            discussed(item, holder, now)
        item = step(item, approval(road, level.waiting), holder, now)
    assert item.status == status, f"no way to {status} along {road}"
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


def states(road: Road) -> list[Status]:
    """Every state that the steps of review bring an item to along the road."""
    levels = ROADS[road]
    return [
        Status.DRAFT,
        Status.WITHDRAWN,
        *(level.waiting for level in levels),
        *(level.returned for level in levels),
        Status.ISSUED,
    ]
